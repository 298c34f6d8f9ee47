"""Matrices of rank 1 and 2: products of narrow matrices."""

import numpy as np

# --8<-- [start:rank]
B = np.array([[1], [2], [3]])  # (3, 1)
A = np.array([[2, 0, 1]])  # (1, 3)
print(B @ A)
B2 = np.array([[1, 0], [2, 1], [3, 1]])  # (3, 2): one column more
A2 = np.array([[2, 0, 1], [1, 1, 0]])  # (2, 3): one row more
print(B2 @ A2)
one, other = B2[:, :1] @ A2[:1], B2[:, 1:] @ A2[1:]
print("column by row:", one.tolist(), "+", other.tolist())
for matrix in (B @ A, B2 @ A2):
    print("rank", np.linalg.matrix_rank(matrix))
# --8<-- [end:rank]
