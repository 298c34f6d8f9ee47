"""A list of one's own: learnt from, whatever its alphabet; refused, in plain words, when it is no list of names."""

import itertools

import pytest
import train_on
from pages import SNIPPETS

NAMES = ["".join(name) for name in itertools.product("aeio", "bdrt", "aeiou", "ln", "ao")]


@pytest.fixture
def written(tmp_path):
    """Writes a list, text or bytes; returns its file."""

    def write(content):
        file = tmp_path / "names.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return file

    return write


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("rosa\nviola\n", ["rosa", "viola"]),
        ("rosa\nviola", ["rosa", "viola"]),
        ("\ufeffRosa\r\n\r\n  viola \r\nROSA\r\n", ["rosa", "viola"]),
        ("perche\u0301\n", ["perché"]),
        ("роза\n玫瑰\nl'iris d'acqua 2\n", ["роза", "玫瑰", "l'iris d'acqua 2"]),
    ],
)
def test_names_are_read(written, content, names):
    assert train_on.read(written(content)) == names


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file is empty"),
        (" \n\r\n", "the file is empty"),
        ("rosa\nperché\n".encode("latin-1"), "line 2 is not UTF-8: save"),
        ("rosa\n".encode("utf-16"), "line 1 is not UTF-8"),
        ("rosa\nst. john\n", "line 2: the full stop marks the end of a name"),
        ("rosa\trossa\n", r"line 1: '\\t' is no letter: write one name a line"),
        ("rosa\n\0\n", r"line 2: '\\x00' is no letter"),
        ("rosa\n" + "a" * 64, "line 2: 64 symbols are no name: at most 63"),
    ],
)
def test_what_is_no_list_is_refused(written, content, said):
    with pytest.raises(ValueError, match=said):
        train_on.read(written(content))


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "No such file"), ("rosa\n", "too few names: they make 0"), ("rosa\nviola\niris\n", "too few names")],
)
def test_the_command_says_what_is_wrong_with_which_file(written, capsys, content, said):
    file = written(content or "")
    if content is None:
        file.unlink()
    with pytest.raises(SystemExit) as end:
        train_on.main([str(file)])
    assert str(end.value).startswith(f"{file}: {said}")


@pytest.mark.parametrize("words", [["--steps", "0"], ["--names", "0"], ["--seed", "-1"]])
def test_wrong_settings_are_refused(words, capsys):
    with pytest.raises(SystemExit):
        train_on.main(words)
    assert "start from 1" in capsys.readouterr().err


def test_a_list_is_divided_whole():
    train, heldout = train_on.split(NAMES, 3)
    assert len(heldout) == len(NAMES) // 10 and sorted(train + heldout) == sorted(NAMES)


def test_it_learns_and_invents(written, capsys):
    train_on.main([str(written("\n".join(NAMES))), "--names", "5", "--steps", "60"])
    first, symbols, guessing, best, *invented = capsys.readouterr().out.splitlines()
    assert first == "288 names to learn from, 32 held out" and symbols == "12 symbols: .abdeilnortu"
    bits = [float(line.split(":")[1].split()[0]) for line in (guessing, best)]
    assert bits[0] == 3.58 and bits[1] < 2.5
    assert len(set(invented)) == 5 and not set(invented) & {"", *NAMES}


def test_what_it_keeps_is_the_best_moment():
    from letters import CONTEXT, score
    from towns import alphabet, examples

    names = train_on.read(train_on.data_file(train_on.EXAMPLE))  # so few that it overfits
    train, heldout = train_on.split(names, 1)
    symbols = alphabet(names)
    bits, step, p = train_on.learn(train, heldout, symbols, 1000, 1)
    last = train_on.MOST * (len(examples(train, symbols, CONTEXT)[1]) // train_on.SIZE)
    assert 0 < step < last and score(p, *examples(heldout, symbols, CONTEXT)) == bits


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_lists_that_come_with_it_are_whole(language):
    names = train_on.read(SNIPPETS / "data" / f"elements_{language}.txt")
    assert len(names) == 118
