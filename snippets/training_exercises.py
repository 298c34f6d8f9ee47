"""Solutions to the exercises on how weights are computed."""

import gradient_step
from feedforward import W1, W2, b1, b2

# --8<-- [start:by_hand]
gradient_step.target = 5.0
dW1, db1, dW2, db2 = gradient_step.backward(W1, b1, W2, b2)
print("dW2 =", (dW2 + 0).tolist(), " db2 =", db2.tolist())
print("W2 =", (W2 - 0.01 * dW2).tolist(), " b2 =", b2 - 0.01 * db2)
# --8<-- [end:by_hand]
