"""Bits per character against size and names, as scaling.py measured them.

Networks of four widths, and Kneser-Ney, on the same names.
"""

from scaling import measured

found = measured()
networks = {
    row["width"]: row["parameters"] for row in found["networks"]
}  # {width: parameters}
bits = {(row["width"], row["names"]): row for row in found["networks"]}
names = sorted(
    {n for _, n in bits if all((w, n) in bits for w in networks)}
)
counting = {
    (row["letters"], row["names"]): row for row in found["counting"]
}

if __name__ == "__main__":
    # --8<-- [start:table]
    print("epochs:", found["settings"]["epochs"])
    print("names                " + "".join(f"{n:8,}" for n in names))
    for width, parameters in networks.items():
        held = "".join(f"{bits[width, n]['bits']:8.2f}" for n in names)
        print(f"width {width:2} {parameters:8,} w.{held}")
    for letters in (3, 5):
        held = "".join(
            f"{counting[letters, n]['bits']:8.2f}" for n in names
        )
        print(f"Kneser-Ney, {letters} letters{held}")
    # --8<-- [end:table]
