"""One neuron: a weighted sum and a bias."""


# --8<-- [start:neuron]
def neuron(x, w, b):
    """Each input times its weight, all summed, plus the bias.

    x (n,), w (n,), b a number; returns a number.
    Raises ValueError when there are not as many weights as inputs.
    """
    if len(x) != len(w):
        raise ValueError(f"{len(x)} inputs but {len(w)} weights")
    return sum(value * weight for value, weight in zip(x, w)) + b


# --8<-- [end:neuron]

# --8<-- [start:numbers]
x = [2.0, 3.0]  # (2,)
w = [0.5, 1.0]  # (2,)
b = -1.0
# --8<-- [end:numbers]

if __name__ == "__main__":
    # --8<-- [start:output]
    print("y =", neuron(x, w, b))
    # --8<-- [end:output]

    # --8<-- [start:move]
    for w2 in (-1.0, 0.0, 1.0, 2.0):
        print(f"w2 = {w2:4}  y = {neuron(x, [w[0], w2], b):4}")
    # --8<-- [end:move]

    # --8<-- [start:bias]
    print("b = -1.0:", neuron([0.0, 0.0], w, -1.0))
    print("b =  0.0:", neuron([0.0, 0.0], w, 0.0))
    # --8<-- [end:bias]
