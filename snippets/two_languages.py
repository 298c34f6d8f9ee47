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


def sentences(language):
    """The words of forty sentences in a language."""
    file = data_file(f"sentences_{language}.txt")
    return words(file.read_text(encoding="utf-8"))


# --8<-- [end:words]


# --8<-- [start:learn]
it, en = sentences("it"), sentences("en")
texts = {"Italian": it, "English": en, "nine to one": 9 * it + en}
learnt = {name: learn(text, MERGES) for name, text in texts.items()}


def cut(language, name):
    """The new sentence of a language, as tokens of one vocabulary."""
    return encode(" " + NEW[language], learnt[name])


# --8<-- [end:learn]

if __name__ == "__main__":
    # --8<-- [start:cost]
    print("tokens a word    it    en")
    for name in learnt:
        row = ""
        for language, text in NEW.items():
            row += f"{len(cut(language, name)) / len(words(text)):6.1f}"
        print(f"{name:13}{row}")
    # --8<-- [end:cost]

    # --8<-- [start:scripts]
    for word in (" fiume", " river", " ποτάμι", " 川"):
        number = len(encode(word, learnt["Italian"]))
        print(f"{word}: {len(word)} characters, {number} tokens")
    # --8<-- [end:scripts]
