"""Solutions to the exercises on why weights are published."""

import bz2

from compare_models import compare
from published import find, weights
from towns import read
from transformer import score

heldout = read("it", "heldout")

# --8<-- [start:names]
p = weights()
for name in ("montelusa", "lusamonte", "asuletnom"):
    total = score(p, [name]) * (len(name) + 1)
    print(f"{name}: {total:.1f} bits, one in {2**total:.0e}")
# --8<-- [end:names]

# --8<-- [start:compress]
text = "\n".join(heldout) + "\n"
symbols = len(text)  # a line's end is the end mark
print(f"{symbols} symbols, {len(text.encode())} bytes as they are")
print(f"bz2: {len(bz2.compress(text.encode()))} bytes")
for model, found in compare(["it"]).items():
    print(f"{model}: {symbols * found['it'] / 8:.0f} bytes")
print(f"weights of the Transformer: {find().stat().st_size} bytes")
# --8<-- [end:compress]

# --8<-- [start:sums]
for name in ("pisa", "pasi"):
    places = [ord(letter) - ord("a") + 1 for letter in name]
    print(name, " + ".join(map(str, places)), "=", sum(places))
# --8<-- [end:sums]

# --8<-- [start:chance]
bits = 2.5 * 10  # nine letters and the end
print(f"{bits} bits: one in {2**bits:,.0f}")
# --8<-- [end:chance]
