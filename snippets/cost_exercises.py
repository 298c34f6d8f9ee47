"""Solutions of the exercises on what a model costs."""

from compare_sizes import bits, networks
from count_parameters import EXAMPLE, count_parameters
from scaling import symbols
from tokens_a_second import training_gigabytes
from towns import read

if __name__ == "__main__":
    # --8<-- [start:ours]
    D = 60 * symbols(read("it", "train"))
    print(f"60 epochs: {D:,} symbols")
    print(f"6 x 89,712 x {D:,} = {6 * 89712 * D:.1e}")
    print(f"Llama 3.1 405B: {3.8e25 / (6 * 89712 * D):.0e} times as many")
    # --8<-- [end:ours]

    # --8<-- [start:gpt2]
    count = count_parameters(EXAMPLE)
    print(f"{count.total:,} x 16 = {count.total * 16:,} bytes")
    print(f"{training_gigabytes(count):.2f} GB")
    # --8<-- [end:gpt2]

    # --8<-- [start:energy]
    hours = 30.84e6
    seconds = hours * 3600
    print(f"{hours:,.0f} h x 3600 s = {seconds:.1e} s")
    each = 3.8e25 / seconds
    print(
        f"{each:.1e} operations a second, {each / 989e12:.0%} of the most"
    )
    print(f"{hours:,.0f} h x 700 W = {hours * 700 / 1e9:.1f} GWh")
    # --8<-- [end:energy]

    # --8<-- [start:budget]
    for width, part in ((16, 1), (32, 4), (64, 16)):
        some = read("it", "train")[::part]
        C = 6 * networks[width] * 24 * symbols(some)
        print(f"width {width}, {len(some):6,} names: 6ND = {C:.1e}", end="")
        print(f", {bits[width, len(some)]:.2f} bits")
    # --8<-- [end:budget]
