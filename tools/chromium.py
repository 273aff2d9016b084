"""See to it that there is a Chromium for the browser tests: install Debian's as root, else say how to get it."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> str | None:
    if any(map(shutil.which, NAMES)):
        return None
    how = "The browser tests need Chromium: on Debian run `apt-get install chromium`, elsewhere put one on PATH."
    if not shutil.which("apt-get") or os.name != "posix" or os.geteuid() != 0:
        return how
    print("Installing Chromium for the browser tests.", flush=True)
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        if subprocess.run(["apt-get", "-qq", *command], env=quietly, stdout=subprocess.DEVNULL).returncode:
            return f"apt-get {command[0]} failed, for the reason above. {how}"
    return None


if __name__ == "__main__":
    sys.exit(main())
