"""Solutions to the exercises on tokens."""

from bpe import decode, encode, learn
from bpe_by_hand import words

# --8<-- [start:two]
for pair in learn(["banana", "ananas"], 2):
    print(pair)
# --8<-- [end:two]

# --8<-- [start:encode]
merges = learn(words, 3)
for word in ("assassa", "aaa"):
    print(word, encode(word, merges))
print("aaa after (a, a):", encode("aaa", [(b"a", b"a")]))
# --8<-- [end:encode]

# --8<-- [start:fair]
print("A:", 5 * 6, "bits,", f"{5 * 6 / 13:.2f} a character")
print("B:", 13 * 3, "bits,", f"{13 * 3 / 13:.2f} a character")
# --8<-- [end:fair]

# --8<-- [start:back]
for tokens in ([b"s", b"a"], [b"sa"]):
    print(tokens, decode(tokens), encode(decode(tokens), merges))
# --8<-- [end:back]
