"""Solutions of the exercises on language models."""

import numpy as np
from connections import connections
from next_token import counts, scores, softmax

if __name__ == "__main__":
    # --8<-- [start:layers]
    print("10, 20, 20, 5 ->", connections(10, 20, 20, 5))
    print("10, 40, 40, 5 ->", connections(10, 40, 40, 5))
    # --8<-- [end:layers]

    # --8<-- [start:cold]
    for temperature in (1.0, 0.1, 100.0):
        print(f"T = {temperature:5}", dict(zip(counts, softmax(scores, temperature).round(3).tolist(), strict=True)))
    # --8<-- [end:cold]

    # --8<-- [start:shift]
    print("the same:", np.allclose(softmax(scores), softmax(scores + 100)))
    # --8<-- [end:shift]
