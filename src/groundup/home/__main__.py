"""`python -m groundup.home lab` or `alone`, and Jupyter's options: the process of a server, as server.py starts it."""

import sys

from ..jupyter import lighten

if __name__ == "__main__":
    lighten()
    _, where, *options = sys.argv
    if where == "lab":
        from jupyterlab.labapp import LabApp as App
    else:
        from .app import Home as App
    App.launch_instance(options)
