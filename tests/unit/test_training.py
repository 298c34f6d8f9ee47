"""Training: remembered when nothing changed, stopped and resumed without a trace."""

import json
import shutil
import subprocess
import sys
import time

import numpy as np
import pytest
import remember
import train_transformer
from adam import Adam
from conftest import environment
from gradient_step import backward, loss, numerical
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pages import SNIPPETS
from safe_file import load

small = arrays(float, 3, elements=st.floats(-2, 2))


@given(arrays(float, (3, 2), elements=st.floats(-2, 2)), small, arrays(float, (1, 3), elements=st.floats(-2, 2)))
def test_gradient_by_hand_is_the_numerical_one(W1, b1, W2):
    b2, x = np.array([0.5]), np.array([2.0, 3.0])
    if np.abs(W1 @ x + b1).min() < 1e-3:  # at the corner of ReLU there is no derivative
        return
    found = numerical(loss, (W1, b1, W2, b2))  # of losses up to 2000, whose rounding is divided by a step of 1e-6
    assert all(np.allclose(a, b, atol=1e-5, rtol=1e-6) for a, b in zip(backward(W1, b1, W2, b2), found, strict=True))


def test_first_step_of_adam_is_the_rate():
    w = {"w": np.array([1.0, 2.0])}
    Adam(w).step({"w": np.array([0.001, -50.0])}, 0.1)
    np.testing.assert_allclose(w["w"], [0.9, 2.1], rtol=1e-4)


def test_adam_finds_the_bottom():
    w = {"w": np.array([3.0, -4.0])}
    adam = Adam(w)
    for i in range(500):
        adam.step({"w": 2 * (w["w"] - [1.0, 2.0])}, 0.1 * (1 - i / 500))
    np.testing.assert_allclose(w["w"], [1.0, 2.0], atol=1e-3)


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """A program of one's own that remembers, in a folder of its own."""
    monkeypatch.setattr(remember, "FOLDER", tmp_path / "kept")
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "told.py").write_text("factor = 2\n", encoding="utf-8")

    def run(more="", data=None):
        (tmp_path / "telling.py").write_text(
            "import numpy as np\nfrom remember import remember\nfrom told import factor\ncalls = []\n"
            f"@remember\ndef double(x, words):\n    calls.append(1){more}\n"
            "    return {'y': np.asarray(x) * factor}\n",
            encoding="utf-8",
        )
        for name in ("telling", "told"):
            sys.modules.pop(name, None)
        import telling

        result = telling.double(*(data or ([1.0, 2.0], {"a": "b"})))
        return len(telling.calls), result["y"].tolist()

    return tmp_path, run


def test_what_was_computed_is_not_computed_again(notebook):
    _, run = notebook
    assert run() == (1, [2.0, 4.0])
    assert run() == (0, [2.0, 4.0])


def test_program_helper_and_data_make_it_compute_again(notebook):
    folder, run = notebook
    run()
    assert run(data=([1.0, 3.0], {"a": "b"}))[0] == 1
    assert run(data=([1.0, 2.0], {"a": "c"}))[0] == 1
    assert run(more="; calls.append(2)")[0] == 2
    (folder / "told.py").write_text("factor = 3\n", encoding="utf-8")
    assert run() == (1, [3.0, 6.0])


def test_a_broken_note_is_computed_again(notebook):
    folder, run = notebook
    run()
    (note,) = (folder / "kept").iterdir()
    note.write_bytes(note.read_bytes()[:50])
    assert run() == (1, [2.0, 4.0])
    assert run() == (0, [2.0, 4.0])


def test_nowhere_to_write_does_no_harm(notebook):
    folder, run = notebook
    (folder / "kept").write_text("a file, not a folder", encoding="utf-8")
    assert run() == (1, [2.0, 4.0])


def test_numbers_come_back_as_numbers(notebook, tmp_path):
    _, run = notebook
    run()
    file = tmp_path / "kept.npz"
    remember.keep({"bits": 2.5, "steps": 3, "word": "àè", "w": np.ones((2, 2))}, file)
    found = remember.arrays_in(file)
    assert isinstance(found["bits"], float) and json.dumps(found["bits"]) == "2.5"
    assert int(found["steps"]) == 3 and found["word"] == "àè" and found["w"].shape == (2, 2)


def test_arguments_that_cannot_be_told_apart_are_refused():
    assert remember.told({"b": [1, 2.0], "a": None}) == "{'a': None, 'b': [1, 2.0]}"
    with pytest.raises(TypeError, match="cannot tell apart"):
        remember.told([object()])


PROGRAM = """
import os, time
from pathlib import Path
from remember import remember

@remember
def slow(x):
    with Path(__file__).with_name("log.txt").open("a") as log:
        log.write("computed\\n")
    time.sleep(1)
    return {"y": x}

print(slow(3)["y"])
"""


@pytest.fixture
def downloads(tmp_path):
    """The folder of a reader who downloaded these programs, in a home with nothing else."""
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    for name in ("remember.py", "places.py"):
        shutil.copy(SNIPPETS / name, folder)
    (folder / "slow.py").write_text(PROGRAM, encoding="utf-8")
    return folder


def start(program, **options):
    """A program, started in a process of its own."""
    return subprocess.Popen([sys.executable, program], env=environment(), stdout=subprocess.PIPE, text=True, **options)


def test_a_reader_finds_files_in_the_folder_of_the_programs_only(downloads, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    assert start(downloads / "slow.py", cwd=tmp_path / "elsewhere").communicate()[0] == "3\n"
    assert not list((tmp_path / "elsewhere").iterdir()) and [*(tmp_path / "home").iterdir()] == [downloads]
    (kept,) = (downloads / ".cache" / "remember").iterdir()
    assert kept.name.startswith("slow-")
    assert remember.FOLDER.parents[1] == SNIPPETS.parent, "here it is the project's"


@pytest.mark.skipif(not remember.flock, reason="this system cannot lock files")
def test_two_at_once_compute_once(downloads):
    processes = [start(downloads / "slow.py") for _ in range(3)]
    assert [process.communicate()[0] for process in processes] == ["3\n"] * 3
    assert (downloads / "log.txt").read_text() == "computed\n"
    assert [file.suffix for file in (downloads / ".cache" / "remember").iterdir()] == [".npz"]


@pytest.mark.skipif(not remember.flock, reason="this system cannot lock files")
def test_a_program_that_was_killed_keeps_nobody_waiting(downloads):
    first = start(downloads / "slow.py")
    while not (downloads / "log.txt").exists():
        time.sleep(0.01)
    first.kill()
    first.communicate()
    began = time.monotonic()
    assert start(downloads / "slow.py").communicate()[0] == "3\n"
    assert time.monotonic() - began < 30


@pytest.fixture
def short(tmp_path, monkeypatch):
    """A training short enough to test, which can be stopped after some epochs."""
    monkeypatch.setattr(train_transformer, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(train_transformer, "score", lambda *_: 0.0)
    whole = train_transformer.epoch

    def train(out, *words, stop=None):
        def epoch(p, adam, names, number, *rest):
            if number == stop:
                raise KeyboardInterrupt
            whole(p, adam, names, number, *rest)

        monkeypatch.setattr(train_transformer, "epoch", epoch)
        train_transformer.main(["--epochs", "3", "--names", "40", "--out", str(tmp_path / out), *words])
        return tmp_path / out / train_transformer.NAME

    return train


def test_stopped_and_resumed_is_as_if_never_stopped(short, capsys):
    never = short("never").read_bytes()
    with pytest.raises(SystemExit, match="the same command goes on"):
        short("stopped", "--fresh", stop=2)
    assert short("stopped").read_bytes() == never
    card = json.loads(capsys.readouterr().out.rpartition("\n{")[2].join(["{", ""]))
    assert card["training"]["epochs"] == 3
    short("other", "--fresh", "--seed", "1")
    assert (load(short("again", "--seed", "1"))[0]["E"] != load(short("never", "--fresh"))[0]["E"]).any()


def test_another_training_is_not_resumed(short):
    with pytest.raises(SystemExit):
        short("one", stop=1)
    with pytest.raises(SystemExit, match=r"other settings.*--fresh"):
        short("one", "--epochs", "4")


def test_a_broken_checkpoint_says_what_to_do(short, tmp_path):
    with pytest.raises(SystemExit):
        short("one", stop=1)
    (file,) = (tmp_path / "kept").glob("*.npz")
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(SystemExit, match="--fresh"):
        short("one")


@pytest.mark.parametrize("words", [["--epochs", "0"], ["--seed", "-1"], ["--names", "0"]])
def test_wrong_settings_are_refused(words, capsys):
    with pytest.raises(SystemExit):
        train_transformer.main(words)
    assert "start from 1" in capsys.readouterr().err
