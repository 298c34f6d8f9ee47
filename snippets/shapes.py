"""Shapes that fit and shapes that do not: how to read NumPy's error."""

from textwrap import fill

import numpy as np

A = np.array([[1, 2, 3], [4, 5, 6]])  # (2, 3)

if __name__ == "__main__":
    # --8<-- [start:fit]
    for other in ((3, 2), (3, 4), (3,)):
        print(A.shape, "@", other, "->", (A @ np.ones(other)).shape)
    # --8<-- [end:fit]

    # --8<-- [start:error]
    try:
        A @ A
    except ValueError as error:
        print(fill(f"ValueError: {error}", width=56))
    # --8<-- [end:error]

    # --8<-- [start:transpose]
    print(A.T)  # rows become columns: (2, 3) -> (3, 2)
    print((A @ A.T).shape, (A.T @ A).shape)
    # --8<-- [end:transpose]
