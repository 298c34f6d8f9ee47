"""How many connections a network has, when each node meets all the next."""

from itertools import pairwise


# --8<-- [start:connections]
def connections(*layers):
    """Count the connections of a fully connected network.

    `layers`: how many nodes each layer has, the input layer first.
    Raises ValueError for fewer than two layers, or a layer without nodes.
    """
    right = [isinstance(nodes, int) and nodes >= 1 for nodes in layers]
    if len(layers) < 2 or not all(right):
        raise ValueError(f"two or more layers, of 1 node or more: {layers}")
    return sum(nodes * following for nodes, following in pairwise(layers))


# --8<-- [end:connections]


if __name__ == "__main__":
    # --8<-- [start:small]
    print("2, 3, 1     ->", connections(2, 3, 1))
    print("4, 8, 8, 2  ->", connections(4, 8, 8, 2))
    # --8<-- [end:small]

    # --8<-- [start:double]
    first = connections(16, 16, 16, 16)
    for width in (16, 32, 64, 128):
        n = connections(width, width, width, width)
        print(f"width {width:3}: {n:6,} = {n // first:2} x {first}")
    # --8<-- [end:double]

    # --8<-- [start:gpt3]
    width = 12_288  # numbers that GPT-3 hands from layer to layer
    print(f"{width:,} x {width:,} = {connections(width, width):,}")
    # --8<-- [end:gpt3]
