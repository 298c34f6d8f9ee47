"""Three models on names of three countries that none of them has seen.

    python compare_models.py          a table
    python compare_models.py --json   {model: {country: bits per character}}

All three learnt from Italian names alone, and have no other letters than
those: ñ is read as n, œ as oe. The end of a name counts as a symbol.
"""

import json
import sys

import letters
import pairs
import published
import transformer
from remember import remember
from towns import COUNTRIES, LETTERS, examples, plain, read
from train_letters import trained


# --8<-- [start:compare]
def held_out(country):
    """Held-out names of a country, in the letters of Italian names.

    Without the few that are also among the Italian names to learn from.
    """
    learnt = set(read("it", "train"))
    names = [plain(name, LETTERS) for name in read(country, "heldout")]
    return [name for name in names if name not in learnt]


@remember
def scores(names, learnt, network, weights):
    """Bits per character of three models on some names: {model: bits}."""
    W = pairs.table(learnt, LETTERS)
    X, y = examples(names, LETTERS, letters.CONTEXT)
    return {
        "pairs": pairs.score(W, LETTERS, names),
        "feedforward": letters.score(network, X, y),
        "transformer": transformer.score(weights, names),
    }


def compare(countries=COUNTRIES):
    """{model: {country: bits per character}}, from held-out names only."""
    given = read("it", "train"), trained(), published.weights()
    found = {c: scores(held_out(c), *given) for c in countries}
    models = found[countries[0]]
    return {m: {c: found[c][m] for c in countries} for m in models}


# --8<-- [end:compare]


if __name__ == "__main__":
    # --8<-- [start:table]
    results = compare()
    if "--json" in sys.argv:
        print(json.dumps(results))
    else:
        print(f"{'':11}", *(f"{country:>5}" for country in COUNTRIES))
        for model, found in results.items():
            print(f"{model:11}", *(f"{s:5.2f}" for s in found.values()))
    # --8<-- [end:table]
