"""Byte-pair encoding of five short words, step by step."""

from collections import Counter

from bpe import encode, learn
from byte_pairs import merge, pairs, single_bytes

# --8<-- [start:words]
words = ["casa", "cassa", "massa", "sala", "salsa"]
cut = [single_bytes(word) for word in words]


def shown(tokens):
    """Some tokens as text, a space between one and the next."""
    return " ".join(token.decode() for token in tokens)


# --8<-- [end:words]


# --8<-- [start:best]
def counted(cut):
    """How often each pair occurs in words that are lists of tokens."""
    return Counter(pair for tokens in cut for pair in pairs(tokens))


def first_of(counts):
    """The most frequent pair; of several, the first as bytes."""
    most = max(counts.values())
    return min(pair for pair, n in counts.items() if n == most)


# --8<-- [end:best]

if __name__ == "__main__":
    # --8<-- [start:bytes]
    for word in ("casa", "città", "川"):
        print(word, "->", *word.encode())
    possible = range(256)
    print(len(possible), "possible bytes, from 0 to", possible[-1])
    # --8<-- [end:bytes]

    # --8<-- [start:steps]
    for _ in range(3):
        print(",  ".join(map(shown, cut)))
        counts = counted(cut)
        for pair in sorted(counts, key=lambda pair: (-counts[pair], pair)):
            if counts[pair] > 1:
                print(f"  {shown(pair):8}{counts[pair]}")
        best = first_of(counts)
        cut = [merge(tokens, best) for tokens in cut]
        print("joined:", shown(best), "->", b"".join(best).decode())
    print(",  ".join(map(shown, cut)))
    # --8<-- [end:steps]

    # --8<-- [start:encode]
    merges = learn(words, 3)
    for word in ("passa", "sasso", "città"):
        print(word, "->", encode(word, merges))
    # --8<-- [end:encode]
