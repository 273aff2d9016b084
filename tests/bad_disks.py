"""Run Python on a disk that is full or read-only, for real where this machine lets us, in a process of its own.

A private mount namespace serves as root and, where the system allows it, for anybody; it ends with its process. Where
there is none, a limit on the size of files stands in for the full disk, and permissions for the read-only one.
"""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOM = 400_000  # bytes on the small disk
LIMITED = f"""
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({ROOM}, {ROOM}))
"""
PERMITTED = """
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in [folder, *(os.path.join(folder, name) for name in names)]:
        os.chmod(name, os.stat(name).st_mode & ~0o222 | 0o444 | (0o111 if os.path.isdir(name) else 0))
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
"""


def on_a_small_disk(folder: Path, code: str) -> str:
    """What `code` prints when `folder`, which is empty then, has room for 400 kB. sys.argv[1] is the folder."""
    return _run(folder, f"mount -t tmpfs -o size={ROOM // 1000}k tmpfs {folder}", LIMITED, code)


def on_a_read_only_disk(folder: Path, code: str) -> str:
    """What `code` prints when `folder` and all in it can be read and not written."""
    return _run(folder, f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder}", PERMITTED, code)


def _run(folder: Path, mount: str, instead: str, code: str) -> str:
    begin = [sys.executable, "-c"]
    if _namespace():
        command = [*_namespace(), "sh", "-c", f'{mount} && exec "$@"', "sh", *begin, code, str(folder)]
    else:
        imports, _, rest = code.partition("\n\n")  # after its imports: another user may not read our packages
        command = [*begin, f"{imports}\n{instead}\n{rest}", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def _namespace() -> list[str]:
    """The command that gives a process its own mounts, or [] where that is not allowed."""
    for command in (["unshare", "-m"] if os.getuid() == 0 else [], ["unshare", "-rm"]):
        tries = [*command, "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
        if command and subprocess.run(tries, capture_output=True, check=False).returncode == 0:
            return command
    return []
