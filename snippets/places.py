"""Where the files of the course are: in its project, or in your folder."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
MODELS = HERE.parent / "docs" / "assets" / "models"  # in the project only
CACHE = (HERE.parent if MODELS.is_dir() else HERE) / ".cache"


def data_file(name):
    """Where a file that the programs read is. Raises FileNotFoundError."""
    for folder in (HERE / "data", HERE, MODELS):
        if (folder / name).is_file():
            return folder / name
    where = "it is in llm-e-pesi.zip, which every page of the course offers"
    raise FileNotFoundError(f"{name} is not in {HERE / 'data'}: {where}")
