"""Three models on names of three countries that none of them has seen.

    python compare_models.py           a table
    python compare_models.py --json    {model: {country: bits a symbol}}

All three learnt from Italian names alone, and have no other letters than
those: ñ is read as n, œ as oe. The end of a name counts as a symbol.
"""

import json
import sys

import letters
import pairs
import transformer
from safe_file import load
from towns import examples, plain, read
from train_letters import trained

COUNTRIES = ("it", "fr", "es")


# --8<-- [start:compare]
def held_out(country):
    """Held-out names of a country, in the letters of Italian names.

    Without the few that are also among the Italian names to learn from.
    """
    learnt = set(read("it", "train"))
    names = [plain(n, pairs.LETTERS) for n in read(country, "heldout")]
    return [name for name in names if name not in learnt]


def compare(countries=COUNTRIES):
    """{model: {country: bits a symbol}}, from held-out names only."""
    table = pairs.table(read("it", "train"), pairs.LETTERS)
    network = {name: w.astype(float) for name, w in trained().items()}
    published = load(transformer.find())[0]
    published = {name: w.astype(float) for name, w in published.items()}
    models = {
        "pairs": lambda names: pairs.score(table, pairs.LETTERS, names),
        "feedforward": lambda names: letters.score(
            network, *examples(names, letters.LETTERS, letters.CONTEXT)
        ),
        "transformer": lambda names: transformer.score(published, names),
    }
    return {
        model: {country: bits(held_out(country)) for country in countries}
        for model, bits in models.items()
    }


# --8<-- [end:compare]


if __name__ == "__main__":
    # --8<-- [start:table]
    results = compare()
    if "--json" in sys.argv:
        print(json.dumps(results))
    else:
        print(f"{'':11}", *(f"{country:>5}" for country in COUNTRIES))
        for model, found in results.items():
            print(f"{model:11}", *(f"{b:5.2f}" for b in found.values()))
    # --8<-- [end:table]
