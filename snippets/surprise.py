"""What a guess costs: minus the logarithm of its probability."""

import numpy as np

# --8<-- [start:cost]
for chance in (1, 1 / 2, 1 / 4, 1 / 8):
    bits, nats = 0 - np.log2(chance), 0 - np.log(chance)
    print(f"p = {chance:<5}  -log2 p = {bits:.0f}  -ln p = {nats:.3f}")
# --8<-- [end:cost]
