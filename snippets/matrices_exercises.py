"""Solutions of the exercises on matrices and vectors."""

import numpy as np

from points import squeeze, turn

if __name__ == "__main__":
    # --8<-- [start:product]
    A = np.array([[2, 0], [1, 3]])
    B = np.array([[1, 4], [5, 2]])
    print(A @ B)
    print(B @ A)
    # --8<-- [end:product]

    # --8<-- [start:shapes]
    M, v = np.ones((4, 3)), np.ones(3)
    print("M @ v   ", (M @ v).shape)
    print("v @ M.T ", (v @ M.T).shape)
    print("M.T @ M ", (M.T @ M).shape)
    try:
        M @ M
    except ValueError:
        print("M @ M    not defined: 3 columns, 4 rows")
    # --8<-- [end:shapes]

    # --8<-- [start:points]
    for point in ((1.0, 0.0), (1.0, 2.0), (-2.0, 1.0)):
        print(point, "->", squeeze @ point)
    # --8<-- [end:points]

    # --8<-- [start:turns]
    print("twice:     ", (turn @ turn).tolist())
    print("four times:", (turn @ turn @ turn @ turn).tolist())
    back = turn.T
    print("and back:  ", (back @ turn).tolist())
    # --8<-- [end:turns]
