"""The same sentences in two languages, cut by three vocabularies."""

from bpe import encode, learn
from places import data_file

MERGES = 200
NEW = {
    "it": "Il vecchio ponte attraversa il fiume vicino alla stazione.",
    "en": "The old bridge crosses the river near the station.",
}


# --8<-- [start:words]
def words(text):
    """The words of a text, each with the space before it."""
    return [" " + word for word in text.split()]


def sentences(language, first=0, step=1):
    """The words of forty sentences in a language, or of some of them."""
    file = data_file(f"sentences_{language}.txt")
    lines = file.read_text(encoding="utf-8").splitlines()
    return words(" ".join(lines[first::step]))


# --8<-- [end:words]


# --8<-- [start:learn]
def vocabularies(*some):
    """The merges that some sentences teach, in each language and mixed."""
    it, en = sentences("it", *some), sentences("en", *some)
    texts = {"Italian": it, "English": en, "nine to one": 9 * it + en}
    return {name: learn(text, MERGES) for name, text in texts.items()}


learnt = vocabularies()


def cut(language, name):
    """The new sentence of a language, as tokens of one vocabulary."""
    return encode(" " + NEW[language], learnt[name])


# --8<-- [end:learn]


# --8<-- [start:tokens_a_word]
HALVES = ((0, 2), (1, 2))  # every other sentence: the first, the second
halves = [vocabularies(*half) for half in HALVES]


def tokens_a_word(language, name):
    """The mean over both halves, each cut as the other teaches."""
    both = []
    for half, taught in zip(HALVES, reversed(halves)):
        some = sentences(language, *half)
        tokens = sum(len(encode(word, taught[name])) for word in some)
        both.append(tokens / len(some))
    return sum(both) / 2


# --8<-- [end:tokens_a_word]

if __name__ == "__main__":
    # --8<-- [start:cost]
    print("tokens a word    it    en")
    for name in learnt:
        row = (f"{tokens_a_word(language, name):6.1f}" for language in NEW)
        print(f"{name:13}", *row, sep="")
    # --8<-- [end:cost]

    # --8<-- [start:scripts]
    for word in (" fiume", " river", " ποτάμι", " 川"):
        number = len(encode(word, learnt["Italian"]))
        print(f"{word}: {len(word)} characters, {number} tokens")
    # --8<-- [end:scripts]
