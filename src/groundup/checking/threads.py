"""One thread for torch while a learner's code runs: small tensors are no faster with more, and on a busy machine far
slower, by a wait that looks as if the code were endless. Knows nothing of what is computed, and never loads torch.

What a learner runs outside a check has all threads; in a kernel whose environment has `ASLEEP`, those that wait for
work sleep. As OpenMP begins them they spin, and beside one other busy process a cell of 0.5 seconds then took 34.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

ASLEEP = {"OMP_WAIT_POLICY": "PASSIVE"}  # read when torch is loaded


@contextmanager
def one_thread() -> Iterator[None]:
    """Run a block with torch kept to one thread, if torch is loaded, and leave its setting as it was."""
    torch = sys.modules.get("torch")
    before = torch.get_num_threads() if torch is not None else 1
    if torch is None or before == 1:
        yield
        return
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
