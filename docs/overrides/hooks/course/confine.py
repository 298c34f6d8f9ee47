"""A program has no network, and writes in one folder alone, where the system (Linux) lets any process ask for that.

A page's program is its author's code, and is run by whoever builds the site. Landlock (landlock(7)) takes from this
process, and from all that it starts, the right to connect, and to change files but in the folders it is given; a
network of one's own (unshare(2)) has nobody in it. What a system does not offer is left as it is.
"""

import contextlib
import ctypes
import os
import sys
from pathlib import Path

# Numbers of system calls and flags: landlock.h, sched.h, prctl.h of Linux.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION, PATH_BENEATH, NO_NEW_PRIVILEGES = 1, 1, 38
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
# The rights that change files, by the version of Landlock that first knows them: to write, remove and make of every
# kind; to move from folder to folder; to cut short; to speak to devices. Then those to listen and to connect.
WRITING = {1: sum(1 << bit for bit in (1, *range(4, 13))), 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
CONNECTING = {4: 0b11}


class Rights(ctypes.Structure):
    """struct landlock_ruleset_attr: what is taken away."""

    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class Beneath(ctypes.Structure):
    """struct landlock_path_beneath_attr: what a folder gives back."""

    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("files", ctypes.c_uint64), ("folder", ctypes.c_int32))


def _asked(answer: int) -> int:
    """What the system answered. Raises OSError where it refused."""
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer


def landlock() -> int:
    """The version of Landlock that this system offers; 0 for none. The fourth is the first that knows connections."""
    if sys.platform != "linux":
        return 0
    return max(0, ctypes.CDLL(None).syscall(CREATE_RULESET, None, ctypes.c_size_t(0), VERSION))


def confine(*folders: Path) -> None:
    """Take from this process, for good, the network and the right to write outside these folders, which exist."""
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(OSError):
        _asked(system.unshare(NEW_USER | NEW_NETWORK))
    version = landlock()
    with contextlib.suppress(OSError):
        files = sum(rights for first, rights in WRITING.items() if first <= version)
        rights = Rights(files, sum(rights for first, rights in CONNECTING.items() if first <= version))
        size = ctypes.sizeof(Rights) if version >= min(CONNECTING) else Rights.network.offset
        rules = _asked(system.syscall(CREATE_RULESET, ctypes.byref(rights), ctypes.c_size_t(size), 0))
        for folder in (*folders, Path(os.devnull)):
            place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            given = Beneath(files if folder.is_dir() else files & (1 << 1 | 1 << 14 | 1 << 15), place)
            _asked(system.syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.byref(given), 0))
            os.close(place)
        _asked(system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _asked(system.syscall(RESTRICT_SELF, rules, 0))
        os.close(rules)
