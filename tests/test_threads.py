"""A learner's code has one thread of torch's, and the session's own setting is left as it was."""

import os
import subprocess
import sys

import pytest
import torch

from groundup.checking.threads import ASLEEP, one_thread


@pytest.fixture
def two_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def test_a_block_has_one_thread_and_the_setting_comes_back_even_after_an_error(two_threads):
    with pytest.raises(KeyError), one_thread():
        assert torch.get_num_threads() == 1
        raise KeyError

    assert torch.get_num_threads() == 2


def test_every_step_of_a_trial_has_one_thread(two_threads):
    from exercises import add_one
    from groundup.checking.trial import trial
    from groundup.exercise import exercise_of

    seen = []
    trial(exercise_of(add_one), lambda values: seen.append(torch.get_num_threads()))

    assert seen == [1, 1]
    assert torch.get_num_threads() == 2


def test_torch_is_not_loaded_for_it():
    script = """
import sys
from groundup.checking.threads import one_thread
with one_thread():
    assert "torch" not in sys.modules
"""

    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_torch_lets_its_waiting_threads_sleep_where_the_environment_says_so():
    command, settings = [sys.executable, "-c", "import torch"], ASLEEP | {"OMP_DISPLAY_ENV": "TRUE"}
    said = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True)

    assert "OMP_WAIT_POLICY = 'PASSIVE'" in said.stderr
