"""Byte-pair encoding: any text comes back, what is learnt is what a slow learner learns, wrong input is named."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import swapped_letters
import town_tokens
import two_languages
from bpe import decode, encode, encode_all, learn, vocabulary
from bpe_by_hand import counted, cut, first_of, words
from byte_pairs import END, merge, pairs, single_bytes
from hypothesis import given
from hypothesis import strategies as st
from places import data_file
from towns import read

MERGES = town_tokens.merges
texts = st.text(st.characters(exclude_categories=["Cs"]))
few = st.lists(st.text("aabcè", max_size=12), max_size=6)  # many pairs alike, many runs of one letter


def learnt_slowly(words, merges):
    """The merges and the words cut with them, by the definition: all is counted again at each step, as text."""
    learnt, cut = [], [tuple(bytes([b]) for b in word.encode()) for word in words]
    while len(learnt) < merges:
        counts = Counter()
        for tokens in cut:
            i = 0
            while i + 1 < len(tokens):
                counts[tokens[i : i + 2]] += 1
                overlap = i + 2 < len(tokens) and tokens[i] == tokens[i + 1] == tokens[i + 2]
                i += 1 + overlap  # of a run, the first two, the next two, ...
        if not counts:
            break
        best = sorted(counts, key=lambda pair: (-counts[pair], *pair))[0]
        learnt.append(best)
        cut = [joined_slowly(tokens, best) for tokens in cut]
    return learnt, cut


def joined_slowly(tokens, pair):
    """The same tokens with the first such pair joined, and then the rest."""
    for i in range(len(tokens) - 1):
        if tokens[i : i + 2] == pair:
            return (*tokens[:i], pair[0] + pair[1], *joined_slowly(tokens[i + 2 :], pair))
    return tokens


@given(texts)
def test_any_text_comes_back(text):
    tokens = encode(text, MERGES)
    assert decode(tokens) == text and len(tokens) <= len(text.encode())
    assert set(tokens) <= vocabulary(MERGES).keys()


@given(few, st.integers(0, 12))
def test_what_is_learnt_is_what_a_slow_learner_learns(words, merges):
    slow, cut = learnt_slowly(words, merges)
    assert learn(words, merges) == slow
    assert [tuple(encode(word, slow)) for word in words] == cut
    places = vocabulary(slow)
    flat = [END, *(place for tokens in cut for place in [*(places[t] for t in tokens), END])]
    assert encode_all(words, slow).tolist() == flat


@given(few, st.integers(0, 6), st.integers(0, 6))
def test_fewer_merges_are_the_first_of_more(words, fewer, more):
    assert learn(words, fewer) == learn(words, fewer + more)[:fewer]


@given(st.text("ab", max_size=9), st.text("ab", max_size=9))
def test_a_space_is_where_words_part(one, other):
    merges = learn([" ab", " ba", " aab", f" {one}", f" {other}"], 9)
    assert encode(f" {one} {other}", merges) == encode(f" {one}", merges) + encode(f" {other}", merges)


@pytest.mark.parametrize(("run", "number", "tokens"), [("aa", 1, 1), ("aaa", 1, 2), ("aaaa", 2, 2), ("aaaaa", 2, 3)])
def test_a_run_is_paired_from_the_left(run, number, tokens):
    assert len(pairs(single_bytes(run))) == number
    assert len(merge(single_bytes(run), (b"a", b"a"))) == tokens
    assert merge(single_bytes(run), (b"a", b"a"))[0] == b"aa"


def test_the_words_by_hand():
    left, learnt = cut, []
    for _ in range(3):
        learnt.append(first_of(counted(left)))
        left = [merge(tokens, learnt[-1]) for tokens in left]
    assert learnt == learn(words, 3) == [(b"s", b"a"), (b"a", b"s"), (b"as", b"sa")]
    assert decode(left[1]) == "cassa" and left[1] == [b"c", b"assa"]


def test_ties_go_to_the_first_in_the_order_of_bytes():
    assert learn(["ba", "ab"], 1) == [(b"a", b"b")]
    assert learn(["èa", "za"], 1) == [(b"z", b"a")]  # the bytes of è come after z


def test_tokens_of_the_names_held_out():
    heldout = read("it", "heldout")
    each = [len(encode(name, MERGES)) for name in heldout]
    assert (
        sum(each) / len(each) == pytest.approx(town_tokens.per_name(heldout, MERGES)) == pytest.approx(4.45, abs=0.01)
    )
    assert town_tokens.per_name(heldout, []) == pytest.approx(
        sum(len(name.encode()) for name in heldout) / len(heldout)
    )
    assert len(vocabulary(MERGES)) == 756


def test_bits_are_those_of_a_sum_by_hand():
    names, merges = ["casa", "cassa", "sala"], learn(words, 3)
    P = town_tokens.table(names, merges)
    tokens = [END, *(vocabulary(merges)[t] for t in encode("sala", merges)), END]
    bits, number = town_tokens.cost(P, ["sala"], merges)
    np.testing.assert_allclose(P.sum(axis=0), 1)
    assert number == len(tokens) - 1
    assert bits == pytest.approx(-sum(np.log2(P[i, j]) for j, i in pairwise(tokens)))


def test_both_lists_of_sentences_say_the_same_and_do_not_hold_the_new_ones():
    lists = {language: two_languages.sentences(language) for language in two_languages.NEW}
    assert len({sum(word.endswith(".") for word in one) for one in lists.values()}) == 1
    for language, one in lists.items():
        assert two_languages.NEW[language] not in "".join(one)
        assert decode(encode("".join(one), two_languages.learnt["English"])) == "".join(one)


def test_a_language_costs_more_with_the_vocabulary_of_the_other():
    """On sentences that taught nothing: as counted here, without the functions of the page."""
    lines = {one: data_file(f"sentences_{one}.txt").read_text(encoding="utf-8").splitlines() for one in ("it", "en")}
    found = {}
    for taught, tried in (("it", "it"), ("it", "en"), ("en", "it"), ("en", "en")):
        means = []
        for some, others in ((slice(0, None, 2), slice(1, None, 2)), (slice(1, None, 2), slice(0, None, 2))):
            learnt = learn(two_languages.words(" ".join(lines[taught][some])), 200)
            words = two_languages.words(" ".join(lines[tried][others]))
            assert not set(lines[taught][some]) & set(lines[tried][others])
            means.append(sum(len(encode(word, learnt)) for word in words) / len(words))
        name = {"it": "Italian", "en": "English"}[taught]
        found[taught, tried] = np.mean(means)
        assert found[taught, tried] == pytest.approx(two_languages.tokens_a_word(tried, name))
    assert found["en", "it"] / found["it", "it"] == pytest.approx(4 / 3, abs=0.02)  # about a third more
    assert 1.4 < found["it", "en"] / found["en", "en"] < 1.5  # nearly half


def test_a_vocabulary_in_another_order_is_another_vocabulary():
    own, wrong = (swapped_letters.measure(swapped_letters.p, one) for one in swapped_letters.alphabets)
    assert wrong > own + 0.3
    again = swapped_letters.measure(swapped_letters.moved, swapped_letters.swapped)
    assert again == pytest.approx(own)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: learn(["a"], -1), "merges: a whole number from 0, not -1"),
        (lambda: learn(["a"], 1.0), "not 1.0"),
        (lambda: learn(["a"], True), "not True"),
        (lambda: learn("casa", 1), "words: a list of texts, not 'casa'"),
        (lambda: encode_all("casa", []), "words: a list of texts, not 'casa'"),
        (
            lambda: encode_all(["casa"], [(b"s", b"a"), (b"as", b"sa")]),
            "merge 2 of 2: no merge before makes b'as': keep",
        ),
        (lambda: encode("casa", [(b"as", b"sa"), (b"a", b"s")]), "merge 1 of 2: no merge before makes b'as': keep"),
        (lambda: encode_all(["a", "b"], [(b"a", b"\xff")]), "merge 1 of 1: byte 255 ends words .*: leave it out"),
        (lambda: vocabulary([(b"a", b"b"), (b"ab", b"\xffa")]), "merge 2 of 2: byte 255 ends words"),
        (lambda: learn(["casa", 3], 1), "a text is wanted, not 3"),
        (lambda: learn(["\ud800"], 1), r"U\+D800 is half a character"),
        (lambda: encode("a\udfff", []), r"U\+DFFF is half a character"),
        (lambda: encode(b"a", []), "a text is wanted, not b'a'"),
        (lambda: encode("a", None), "a list of pairs, not None"),
        (lambda: encode("a", [("a", "b")]), "merge 1 of 1: two byte strings are wanted"),
        (lambda: encode("a", [(b"a",)]), "two byte strings are wanted"),
        (lambda: encode("a", [(b"", b"a")]), "two byte strings are wanted"),
        (lambda: vocabulary([b"ab"]), "two byte strings are wanted"),
        (lambda: decode([b"\xc3"]), "byte 0 does not fit"),
        (lambda: decode([b"a", b"\x80"]), "byte 1 does not fit"),
        (lambda: decode(["a"]), "a list of byte strings, not"),
        (lambda: decode(b"a"), "a list of byte strings, not"),
    ],
)
def test_wrong_input_is_named_in_one_sentence(wrong, words):
    with pytest.raises(ValueError, match=words) as caught:
        wrong()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda much: learn(much, 1),
        lambda much: learn(["a"], much),
        lambda much: encode(much.encode(), []),
        lambda much: encode("a", much),
        lambda much: encode("a", [(much, b"a")]),
        lambda much: encode("a", [(much.encode(), b"a")]),
        lambda much: encode_all([much.encode()], []),
        lambda much: decode([much] * 1000),
    ],
)
def test_an_error_does_not_show_all_that_is_wrong(wrong):
    with pytest.raises(ValueError) as caught:
        wrong("long " * 1000)
    assert len(str(caught.value)) < 300


def test_no_words_no_merges():
    assert learn([], 5) == learn([""], 5) == learn(["a", "b"], 5) == []
    assert encode("", MERGES) == [] and decode([]) == ""
