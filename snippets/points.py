"""A matrix moves points: each is a vector, and so is where it goes."""

import numpy as np

# --8<-- [start:numbers]
triangle = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 1.0]])  # a point a row
turn = np.array([[0.0, -1.0], [1.0, 0.0]])
squeeze = np.array([[0.5, 0.0], [0.0, 1.0]])
# --8<-- [end:numbers]

if __name__ == "__main__":
    # --8<-- [start:turned]
    for point in triangle:
        print(point, "->", turn @ point)
    # --8<-- [end:turned]

    # --8<-- [start:both]
    corner = triangle[2]
    print("turn, then squeeze:", squeeze @ (turn @ corner))
    print("squeeze @ turn:    ", (squeeze @ turn) @ corner)
    print("squeeze, then turn:", turn @ (squeeze @ corner))
    # --8<-- [end:both]
