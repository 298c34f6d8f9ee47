"""Bits per character against size and names, as scaling.py measured them.

Networks of four widths, and Kneser-Ney, on the same names.
"""

from scaling import measured

# --8<-- [start:rows]
found = measured()
networks, bits, counting = {}, {}, {}
for row in found["networks"]:
    networks[row["width"]] = row["parameters"]
    bits[row["width"], row["names"]] = row["bits"]
for row in found["counting"]:
    counting[row["letters"], row["names"]] = row["bits"]
names = sorted({n for _, n in bits})
# --8<-- [end:rows]

if __name__ == "__main__":
    # --8<-- [start:table]
    print("epochs:", found["settings"]["epochs"])
    print("width  parameters" + "".join(f"{n:8,}" for n in names))
    for width, parameters in networks.items():
        held = "".join(f"{bits[width, n]:8.2f}" for n in names)
        print(f"{width:5}{parameters:12,}{held}")
    for letters in (3, 5):
        held = "".join(f"{counting[letters, n]:8.2f}" for n in names)
        print(f"K-N, {letters} letters   {held}")
    gaps = (bits[64, n] - counting[5, n] for n in names)
    print("64 less K-N, 5   " + "".join(f"{gap:8.2f}" for gap in gaps))
    # --8<-- [end:table]
