"""Solutions to the exercises on how weights are computed."""

import numpy as np

import gradient_step
from activations import relu
from feedforward import W1, W2, b1, b2, forward

# --8<-- [start:by_hand]
gradient_step.target = 5.0
dW1, db1, dW2, db2 = gradient_step.backward(W1, b1, W2, b2)
print("dW2 =", (dW2 + 0).tolist(), " db2 =", db2.tolist())
print("W2 =", (W2 - 0.01 * dW2).tolist(), " b2 =", b2 - 0.01 * db2)
# --8<-- [end:by_hand]

# --8<-- [start:another]
gradient_step.x, gradient_step.target = np.array([4.0, 1.0]), 9.0
h, y = forward(gradient_step.x, W1, b1, W2, b2, relu)
print("h =", h, " y =", y)
gradients = gradient_step.backward(W1, b1, W2, b2)
for name, gradient in zip(("W1", "b1", "W2", "b2"), gradients):
    print(f"d{name} =", gradient.tolist())
# --8<-- [end:another]

# --8<-- [start:bottom]
h, y = forward(np.array([2.0, 3.0]), W1, b1, W2, b2, relu)
rest = y[0] - h[0] * W2[0, 0]
print(f"y = {h[0]} w + {rest}")
print(f"dL/dw = {h[0]} ({h[0]} w - {3 - rest}) = {h[0] ** 2} (w - 1/6)")
# --8<-- [end:bottom]
