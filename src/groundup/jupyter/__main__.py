"""`python -m groundup.jupyter lab` or `home`, and options of Jupyter's: the process of a server, as server.py starts it."""

import sys

from . import lighten

if __name__ == "__main__":
    lighten()
    _, which, *options = sys.argv
    if which == "lab":
        from jupyterlab.labapp import LabApp as App
    else:
        from ..home.app import Home as App
    App.launch_instance(options)
