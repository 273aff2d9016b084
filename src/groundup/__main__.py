"""`python -m groundup`, for where the command itself is not on PATH."""

from .cli import main

main(prog_name="groundup")
