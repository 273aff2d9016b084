"""On what kind of file system a folder lies, as Linux tells it; elsewhere nothing is known, and "" is said."""

from __future__ import annotations

import os
import re
from pathlib import Path

NETWORK = {"9p", "afs", "beegfs", "ceph", "cifs", "davfs", "drvfs", "glusterfs", "gpfs", "lustre", "ncpfs"}
NETWORK |= {"nfs", "nfs4", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs"}
NETWORK |= {f"fuse.{name}" for name in ("glusterfs", "grpcfuse", "rclone", "s3fs", "sshfs", "vmhgfs-fuse")}

_seen: dict[int, str] = {}


def kind_of_drive(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The type of the file system that holds a folder, or "" where that cannot be told. Asked once for each device."""
    if str(folder).startswith("\\\\"):  # \\server\share on Windows
        return "smbfs"
    try:
        device = os.stat(folder).st_dev
        if device not in _seen:
            _seen[device] = kind_in(folder.resolve(), mounts.read_text(encoding="utf-8", errors="replace"))
        return _seen[device]
    except OSError:
        return ""


def kind_in(folder: Path, mounts: str) -> str:
    """The type of the file system in which an absolute folder lies, given the text of /proc/mounts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])  # a space stands there as \040
        inside = str(folder) == point or str(folder).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind
