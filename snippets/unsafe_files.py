"""Files of weights that are broken, and files that are dangerous."""

import pickle
import tempfile
from pathlib import Path
from textwrap import fill

import numpy as np

from safe_file import load, save
from train_letters import trained


# --8<-- [start:trap]
class Trap:
    """What a pickle may hold: an order to call any function at all."""

    def __reduce__(self):
        """Tell pickle what to call when it opens the file."""
        return print, ("this ran while the file was being opened",)


# --8<-- [end:trap]


if __name__ == "__main__":
    folder = tempfile.TemporaryDirectory()
    file = Path(folder.name) / "letters.safetensors"
    save(trained(np.float32), file)
    data = file.read_bytes()

    # --8<-- [start:damaged]
    cut = data[:-100]
    longer = (10**12).to_bytes(8, "little") + data[8:]
    lying = data.replace(b'"shape": [36]', b'"shape": [99]')
    for bad in (cut, longer, lying):
        file.write_bytes(bad)
        try:
            load(file)
        except ValueError as error:
            print(fill(f"ValueError: {error}", 40))
    # --8<-- [end:damaged]

    # --8<-- [start:pickle]
    file = file.with_name("weights.pickle")
    file.write_bytes(pickle.dumps(Trap()))
    pickle.loads(file.read_bytes())
    # --8<-- [end:pickle]
    folder.cleanup()
