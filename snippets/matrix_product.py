"""The product of two matrices: by hand, in plain Python, and with NumPy."""

import numpy as np

# --8<-- [start:numbers]
A = np.array([[1, 2, 3], [4, 5, 6]])  # (2, 3)
B = np.array([[7, 8], [9, 10], [11, 12]])  # (3, 2)
# --8<-- [end:numbers]


# --8<-- [start:by_hand]
def matmul_by_hand(A, B):
    """Matrix product with lists: A (n, k) and B (k, m), lists of rows; returns (n, m).

    Raises ValueError when rows differ in length or A has not as many columns as B has rows.
    """
    for name, M in {"A": A, "B": B}.items():
        if not M or not M[0] or any(len(row) != len(M[0]) for row in M):
            raise ValueError(f"{name} is not a matrix: every row needs the same number of entries, at least one")
    if len(A[0]) != len(B):
        raise ValueError(f"A ({len(A)}, {len(A[0])}) and B ({len(B)}, {len(B[0])}): columns of A, rows of B differ")
    C = []
    for row in A:
        C.append([sum(a * B[k][j] for k, a in enumerate(row)) for j in range(len(B[0]))])
    return C


# --8<-- [end:by_hand]


if __name__ == "__main__":
    # --8<-- [start:steps]
    for i in range(2):
        for j in range(2):
            terms = " + ".join(f"{a} * {b}" for a, b in zip(A[i, :], B[:, j], strict=True))
            print(f"row {i + 1}, column {j + 1}:  {terms} = {A[i, :] @ B[:, j]}")
    # --8<-- [end:steps]

    # --8<-- [start:numpy]
    C = A @ B  # (2, 3) @ (3, 2) -> (2, 2)
    print(C)
    # --8<-- [end:numpy]

    # --8<-- [start:equal]
    C_by_hand = matmul_by_hand(A.tolist(), B.tolist())
    print(C_by_hand)
    print("equal:", C_by_hand == C.tolist())
    # --8<-- [end:equal]

    # --8<-- [start:order]
    print((B @ A).shape)
    print(B @ A)
    # --8<-- [end:order]
