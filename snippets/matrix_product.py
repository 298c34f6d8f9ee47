"""The product of two matrices: step by step, in NumPy, in plain Python."""

import numpy as np

# --8<-- [start:numbers]
A = np.array([[1, 2, 3], [4, 5, 6]])  # (2, 3)
B = np.array([[7, 8], [9, 10], [11, 12]])  # (3, 2)
# --8<-- [end:numbers]


# --8<-- [start:by_hand]
def matmul_by_hand(A, B):
    """Matrix product with lists of rows: A (n, k), B (k, m) -> (n, m).

    Raises ValueError for rows of different lengths, and when A has not
    as many columns as B has rows.
    """
    for name, M in {"A": A, "B": B}.items():
        if not M or not M[0] or any(len(row) != len(M[0]) for row in M):
            raise ValueError(f"{name} is no matrix: rows of one length")
    if len(A[0]) != len(B):
        raise ValueError(
            f"A ({len(A)}, {len(A[0])}) and B ({len(B)}, {len(B[0])}): "
            "A needs as many columns as B has rows"
        )
    columns = list(zip(*B))
    return [
        [sum(p * q for p, q in zip(row, column)) for column in columns]
        for row in A
    ]


# --8<-- [end:by_hand]


if __name__ == "__main__":
    # --8<-- [start:steps]
    for i, row in enumerate(A, 1):
        for j, column in enumerate(B.T, 1):
            terms = " + ".join(f"{p} * {q}" for p, q in zip(row, column))
            print(f"row {i}, column {j}: {terms} = {row @ column}")
    # --8<-- [end:steps]

    # --8<-- [start:numpy]
    C = A @ B  # (2, 3) @ (3, 2) -> (2, 2)
    print(C)
    # --8<-- [end:numpy]

    # --8<-- [start:equal]
    by_hand = matmul_by_hand(A.tolist(), B.tolist())
    print(by_hand)
    print("equal:", by_hand == C.tolist())
    # --8<-- [end:equal]

    # --8<-- [start:order]
    print(B @ A)  # (3, 2) @ (2, 3) -> (3, 3)
    # --8<-- [end:order]
