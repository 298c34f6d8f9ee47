"""Two steps of Adam on one weight, with their sums."""

import numpy as np

from adam import Adam

# --8<-- [start:steps]
weight, rate = 0.5, 0.01
adam = Adam({"w": np.array([weight])})
print("weight", weight, " rate", rate)
print("beta1", adam.beta1, " beta2", adam.beta2)
for gradient in (3.0, -1.0):
    adam.step({"w": np.array([gradient])}, rate)
    t, mean, square = adam.steps, adam.mean["w"][0], adam.square["w"][0]
    m, s = mean / (1 - 0.9**t), square / (1 - 0.99**t)
    print(f"step {t}: gradient {gradient:+}")
    print(f"  mean {mean:.3f}, corrected {m:.3f}")
    print(f"  square {square:.4f}, corrected {s:.3f}")
    print(f"  {m:.3f} / {np.sqrt(s):.3f} = {m / np.sqrt(s):.3f}")
    print(f"  the weight becomes {adam.weights['w'][0]:.4f}")
# --8<-- [end:steps]
