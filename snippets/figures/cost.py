"""Figures and tables of the page on what a model costs."""

from compare_sizes import bits, counting, names, networks
from figures import draw
from figures.draw import Label, Number
from figures.open_models import named
from open_models import counts
from tokens_a_second import CARD, DEVICES, cards, kind_of, tokens_a_second, training_gigabytes


def models():
    """Memory to train each model, the cards it fills at the least, and tokens a second on one card."""
    numbers = {"card": CARD}
    for model, count in counts.items():
        numbers[f"{named(model)}_train"] = Number(training_gigabytes(count), 0)
        numbers[f"{named(model)}_cards"] = cards(count)
        numbers[f"{named(model)}_speed"] = Number(tokens_a_second(count, DEVICES["H100 PCIe"], kind_of(model)), 0)
    return draw.table(numbers)


def sizes():
    """Bits per character against the names that networks and counting learn from."""
    lines = {}
    for width in networks:
        lines[Label(f"width_{width}")] = "chance", [bits[width, n] for n in names]
    for letters in (3, 5):
        lines[Label(f"letters_{letters}")] = "plain", [counting[letters, n] for n in names]
    numbers = {f"w_{width}": parameters for width, parameters in networks.items()}
    for name, n in (("first", names[0]), ("last", names[-1])):
        numbers |= {f"{width}_{name}": Number(bits[width, n], 2) for width in networks}
        numbers |= {f"kn{letters}_{name}": Number(counting[letters, n], 2) for letters in (3, 5)}
        numbers[name] = n
    return draw.doubling(names, lines, (Label("names"), Label("bits")), numbers=numbers)
