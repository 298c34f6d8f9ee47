"""Solutions to the exercises on using weights again."""

import numpy as np

from letters import start

# --8<-- [start:rank]
n = 4096
matrix, update = n * n, 8 * (n + n)
print(f"{n} rows and {n} columns:")
print(f"{matrix} and {update}: {update / matrix:.2%}")
# --8<-- [end:rank]

# --8<-- [start:rank_one]
product = np.array([[2], [3], [1]]) @ np.array([[1, 2]])
print(product.tolist(), "rank", np.linalg.matrix_rank(product))
first = np.array([[1], [3]]) @ np.array([[1, 2]])
rest = np.array([[1, 2], [3, 5]]) - first
print([[1, 2], [3, 5]], "-", first.tolist(), "=", rest.tolist())
# --8<-- [end:rank_one]

# --8<-- [start:frozen]
p = start()
print("trained:", 100 * 3 + 3)
print("as they are:", sum(p[name].size for name in ("E", "W1", "b1")))
# --8<-- [end:frozen]

# --8<-- [start:too_many]
print("numbers for each rank:", 36 + 100)
for rank in (4, 26, 27):
    print(f"rank {rank}: {rank * (36 + 100)} numbers, against {36 * 100}")
# --8<-- [end:too_many]
