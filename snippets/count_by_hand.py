"""The course's own Transformer, counted brick by brick."""

# --8<-- [start:count]
V, d, inner = 36, 48, 192  # symbols, numbers each, hidden neurons
embedding = V * d
positions = 64 * d
dense = d * d + d  # a dense layer from 48 to 48: weights, biases
attention = 4 * dense  # Wq, Wk, Wv, Wo with their biases
feed_forward = d * inner + inner + inner * d + d
norms = 2 * (d + d)  # two a block, each with a scale and a shift
block = attention + feed_forward + norms
print("embedding    36 x 48 =", embedding)
print("positions    64 x 48 =", positions)
print("attention    4 x (48 x 48 + 48) =", attention)
print("feed-forward 48 x 192 + 192 + 192 x 48 + 48 =", feed_forward)
print("two norms    2 x (48 + 48) =", norms)
print(f"a block      {attention} + {feed_forward} + {norms} = {block}")
total = embedding + positions + 3 * block + 2 * d  # a norm at the end
print(
    f"all          {embedding} + {positions} + 3 x {block} + 96 = {total}"
)
# --8<-- [end:count]
