"""Solutions of the exercises on matrices and vectors."""

import numpy as np

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
