"""A text that every Python brings along: the source of its own library, folded to 96 characters.

Which files and how much of each is fixed; what stands in them differs from one version of Python to the next. Knows
nothing of models.
"""

from __future__ import annotations

import functools
import hashlib
import re
import sysconfig
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

FILES = """
_pydecimal _pyio _strptime argparse ast base64 bdb calendar cmd code codecs configparser contextlib copy csv
dataclasses difflib dis doctest enum filecmp fileinput fnmatch fractions ftplib functools gettext glob gzip hashlib
heapq hmac imaplib inspect ipaddress locale mailbox mimetypes netrc ntpath numbers optparse os pdb pickle pickletools
platform plistlib poplib posixpath pprint profile pstats pydoc queue random sched selectors shelve shlex shutil smtplib
socket socketserver ssl statistics string stringprep subprocess symtable tarfile tempfile textwrap threading timeit
tokenize trace traceback tracemalloc types typing uuid warnings weakref webbrowser zipapp
""".split()  # noqa: SIM905 - in sorted order; one that a Python does not have is left out
EACH, SIZE = 24_000, 1_500_000  # characters: of one file at most, and of all
CHARS = "\n" + "".join(map(chr, range(32, 127)))  # the character of each code


def python_source() -> list[str]:
    """The texts, one for each file, in the order of their names; 1.5 million characters in all.

    Raises FileNotFoundError if this Python came without the source of its library.
    """
    return list(_read())


@functools.cache
def _read() -> tuple[str, ...]:
    """The texts, read once: a check in a child of the notebook's process finds them there."""
    folder, texts, left = Path(sysconfig.get_paths()["stdlib"]), [], SIZE
    for name in FILES:
        path = folder / f"{name}.py"
        if left and path.is_file():
            texts.append(fold(path.read_text(encoding="utf-8"))[: min(EACH, left)])
            left -= len(texts[-1])
    if left == SIZE:
        raise FileNotFoundError(f"There is no source of Python's library in {folder}.")
    return tuple(texts)


def fold(text: str) -> str:
    """The text in 96 characters: accents fall off, tabs become blanks, what else is neither is left out."""
    plain = unicodedata.normalize("NFKD", text.expandtabs(8)).encode("ascii", "ignore").decode()
    return re.sub(r"[^\n -~]", "", plain)


def fingerprint(texts: Sequence[str]) -> str:
    """Twelve digits by which two Pythons can be seen to have the same texts."""
    return hashlib.sha256("".join(texts).encode()).hexdigest()[:12]


def encode(text: str) -> Any:
    """The code of each character of a folded text, its place in CHARS: ints from 0 to 95, shape (len(text),)."""
    codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.int64)
    return np.where(codes == 10, 0, codes - 31)


def decode(codes: Any) -> str:
    """The text of an array or list of codes."""
    return "".join(CHARS[code] for code in codes)
