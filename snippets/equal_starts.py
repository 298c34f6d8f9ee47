"""Why weights start at random: neurons that start alike stay alike."""

import numpy as np

from activations import relu
from feedforward import forward, x
from gradient_step import backward

np.set_printoptions(precision=3, suppress=True)

# --8<-- [start:alike]
numbers = (
    np.full((3, 2), 0.5),
    np.zeros(3),
    np.full((1, 3), 0.5),
    np.zeros(1),
)
for _ in range(50):
    numbers = [w - 0.01 * g for w, g in zip(numbers, backward(*numbers))]
W1, b1, W2, b2 = numbers
h, y = forward(x, W1, b1, W2, b2, relu)
print("W1 =", *W1, sep="\n  ")
print("h =", h, " y =", y)
# --8<-- [end:alike]

# --8<-- [start:zeros]
zeros = [np.zeros_like(w) for w in numbers]
for name, gradient in zip(("W1", "b1", "W2", "b2"), backward(*zeros)):
    print(f"d{name} =", gradient.tolist())
# --8<-- [end:zeros]
