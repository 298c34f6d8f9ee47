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
print("feedforward  48 x 192 + 192 + 192 x 48 + 48 =", feed_forward)
print("two norms    2 x (48 + 48) =", norms)
print(f"a block      {attention} + {feed_forward} + {norms} = {block}")
total = embedding + positions + 3 * block + 2 * d  # a norm at the end
print(
    f"all          {embedding} + {positions} + 3 x {block} + 96 = {total}"
)
# --8<-- [end:count]

# --8<-- [start:mixtral]
d, inner, tokens = 4096, 14336, 32000
head = d // 32  # numbers in each of 32 heads
narrow = 8 * head  # keys and values have 8 heads
print(f"a head    {d} / 32 = {head}; keys, values 8 x {head} = {narrow}")
attention = 2 * d * d + 2 * d * narrow
expert = 3 * d * inner
router = d * 8
print(f"attention {d} x {d} x 2 + {d} x {narrow} x 2 = {attention:,}")
print(f"an expert {d} x {inner} x 3 = {expert:,}")
print(f"router    {d} x 8 = {router:,}")
block = attention + 8 * expert + router + 2 * d
print(f"a block   with 8 experts and two norms = {block:,}")
total = 32 * block + 2 * tokens * d + d
print(f"all       32 blocks, 2 x {tokens} x {d}, {d} = {total:,}")
# --8<-- [end:mixtral]
