"""Solutions of the exercises on language models."""

import numpy as np

from connections import connections
from next_token import counts, scores, softmax

if __name__ == "__main__":
    # --8<-- [start:by_hand]
    three = np.log([6, 3, 1])
    print("scores", three.round(3), " probabilities", softmax(three))
    # --8<-- [end:by_hand]

    # --8<-- [start:layers]
    print("10, 20, 20, 5 ->", connections(10, 20, 20, 5))
    print("10, 40, 40, 5 ->", connections(10, 40, 40, 5))
    # --8<-- [end:layers]

    # --8<-- [start:extremes]
    print("           ", *(f"{letter:>5}" for letter in counts))
    for temperature in (0.1, 1.0, 100.0):
        chances = softmax(scores, temperature)
        print(f"T = {temperature:5}  ", *(f"{p:.3f}" for p in chances))
    # --8<-- [end:extremes]

    # --8<-- [start:shift]
    print("as they are:", softmax(scores).round(3))
    print("all plus 10:", softmax(scores + 10).round(3))
    print("all doubled:", softmax(scores * 2).round(3))
    # --8<-- [end:shift]
