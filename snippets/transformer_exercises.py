"""Solutions to the exercises on the Transformer."""

import numpy as np

from published import find, weights
from safe_file import load
from towns import read
from transformer import score

# --8<-- [start:six]
arrays = load(find())[0]
block = sum(arrays[name].size for name in arrays if "block1." in name)
print("1728 + 3072 + 6 x", block, "+ 96 =", 1728 + 3072 + 6 * block + 96)
# --8<-- [end:six]

# --8<-- [start:heads]
for heads, width in ((4, 12), (6, 8)):
    print(heads, "x", width, "=", heads * width, "rows in Wq, Wk and Wv")
# --8<-- [end:heads]

# --8<-- [start:normalise]
for z in (np.array([2.0, 4, 6, 8]), np.array([1.0, 3, 5, 7])):
    centred = z - z.mean()
    print(centred, (centred / np.sqrt((centred**2).mean())).round(3))
# --8<-- [end:normalise]

# --8<-- [start:positions]
p = weights()
heldout = read("it", "heldout")
print(f"as it is:          {score(p, heldout):.2f} bits")
p["P"] = np.zeros_like(p["P"])
print(f"without positions: {score(p, heldout):.2f} bits")
# --8<-- [end:positions]
