"""How many connections a network has when every node is joined to every node of the next layer."""


# --8<-- [start:connections]
def connections(*layers):
    """Connections of a fully connected network with this many nodes in each layer, inputs first.

    Raises ValueError when there are fewer than two layers, or one is not a whole number above zero.
    """
    if len(layers) < 2 or any(not isinstance(n, int) or n < 1 for n in layers):
        raise ValueError(f"give two or more layers, each a whole number of nodes above zero: {layers}")
    return sum(nodes * following for nodes, following in zip(layers, layers[1:], strict=False))


# --8<-- [end:connections]


if __name__ == "__main__":
    # --8<-- [start:small]
    print("2, 3, 1     ->", connections(2, 3, 1))
    print("4, 8, 8, 2  ->", connections(4, 8, 8, 2))
    # --8<-- [end:small]

    # --8<-- [start:double]
    for width in (16, 32, 64, 128):
        n = connections(width, width, width, width)
        print(f"4 layers of {width:3} nodes: {n:7,} connections, {n // connections(16, 16, 16, 16):2} times the first")
    # --8<-- [end:double]

    # --8<-- [start:gpt3]
    width = 12_288  # the width of GPT-3: the numbers that go from one layer to the next
    print(f"{width:,} x {width:,} = {connections(width, width):,} connections")
    # --8<-- [end:gpt3]
