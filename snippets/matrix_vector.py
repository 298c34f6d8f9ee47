"""A matrix times a vector: each row with the entries of the vector."""

from feedforward import W1, x

if __name__ == "__main__":
    # --8<-- [start:steps]
    for row in W1:
        terms = " + ".join(f"({w}) * {value}" for w, value in zip(row, x))
        total = sum(w * value for w, value in zip(row, x))
        print(f"{terms} = {total}")
    # --8<-- [end:steps]

    # --8<-- [start:numpy]
    print(W1 @ x)  # (3, 2) @ (2,) -> (3,)
    # --8<-- [end:numpy]

    # --8<-- [start:loops]
    product = [sum(w * value for w, value in zip(row, x)) for row in W1]
    print("equal:", product == (W1 @ x).tolist())
    # --8<-- [end:loops]
