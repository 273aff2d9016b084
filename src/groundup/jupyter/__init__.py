"""JupyterLab as Ground Up runs it. Beside this file lie the settings that it starts with.

Knows nothing of lessons or of the learner.
"""

import sys


def lighten() -> None:
    """Have Jupyter load in half of the CPU time; to be called before anything of it is imported.

    Jupyter imports jsonschema, and that imports rfc3987_syntax where it can, which then builds a parser of
    internationalised addresses: two seconds, for a format that no schema of Jupyter's names.
    A module that is None cannot be imported, and jsonschema does without.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
