"""Times the training that the build does, and the memory it takes. A benchmark to run by hand, not a test:

    python tests/bench_training.py

Each program runs in a copy of its own, on one core: the first time with nothing remembered, then again.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
# In the order of the pages: what one has trained, the next ones find.
TRAINING = (
    "train_letters",
    "learnt_pairs",
    "overfitting",
    "new_output",
    "adapt",
    "fine_tuning",
    "assistant",
    "preferences",
    "weights_moved",
    "improve",
)


def run(program):
    """Seconds of processor and megabytes of memory that a program takes."""
    env = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen([sys.executable, str(program)], env=env, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        sys.exit(f"{program.name} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    """Print a line for each program, and the sum."""
    with tempfile.TemporaryDirectory() as folder:
        snippets = Path(folder) / "snippets"
        shutil.copytree(ROOT / "snippets", snippets, ignore=shutil.ignore_patterns("__pycache__"))
        sums = [0.0, 0.0]
        print(f"{'program':20} {'first':>7} {'again':>7} {'memory':>8}")
        for name in TRAINING:
            (first, memory), (again, _) = (run(snippets / f"{name}.py") for _ in range(2))
            sums = [sums[0] + first, sums[1] + again]
            print(f"{name:20} {first:5.2f} s {again:5.2f} s {memory:5.0f} MB")
        print(f"{'all':20} {sums[0]:5.2f} s {sums[1]:5.2f} s   training alone: {sums[0] - sums[1]:.2f} s")


if __name__ == "__main__":
    main()
