"""Where a card is put: a stream, a terminal, and the page of a live kernel, buttons included."""

import io
import os
import sys
import textwrap

import pytest
from jupyter_client.manager import start_new_kernel

from groundup.course.lesson import load_course
from groundup.door import surface
from groundup.render import Tone, said_card
from groundup.workspace.place import Workspace
from groundup.workspace.store import open_store
from lines_course import write_course, write_workspace

CARD = said_card("kept", "It is kept — there.", tone=Tone.GOOD)


class Stream(io.StringIO):
    def __init__(self, encoding, tty=False):
        super().__init__()
        self.code, self.tty = encoding, tty

    @property
    def encoding(self):
        return self.code

    def isatty(self):
        return self.tty

    def write(self, text):
        text.encode(self.code)
        return super().write(text)


@pytest.mark.parametrize(
    ("encoding", "says"), [("utf-8", "✓ kept  It is kept — there.\n"), ("ascii", "? kept  It is kept ? there.\n")]
)
def test_a_stream_gets_the_letters_that_it_can_write(monkeypatch, encoding, says):
    stream = Stream(encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    surface.show(CARD)
    assert stream.getvalue() == says


def test_colour_is_for_terminals_that_want_it(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for tty, unwanted, coloured in [(True, False, True), (True, True, False), (False, False, False)]:
        stream = Stream("utf-8", tty)
        monkeypatch.setattr(sys, "stdout", stream)
        if unwanted:
            monkeypatch.setenv("NO_COLOR", "1")
        surface.show(CARD)
        monkeypatch.delenv("NO_COLOR", raising=False)
        assert ("\x1b[" in stream.getvalue()) is coloured


def test_without_any_output_stream_nothing_is_raised(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    surface.show(CARD)


class Kernel:
    """A live kernel in a workspace, driven as a front end drives it."""

    def __init__(self, course, folder, root):
        environment = {**os.environ, "PYTHONPATH": str(folder)}
        environment.pop("GROUNDUP_WORKSPACE", None)
        self.root = root
        self.manager, self.client = start_new_kernel(cwd=str(root), env=environment)
        setup = f"""
            import groundup.door.session
            from groundup.course.lesson import load_course
            groundup.door.session.begin(load_course({course!r}))
            from groundup import check, hint, lesson, predict, quiz, reveal, solution
            lesson("1_math/1_lines")
        """
        self.opened = self.run(textwrap.dedent(setup))

    def run(self, code):
        """Everything the cell sends to the page, in order."""
        return self.replies(self.client.execute(code))

    def click(self, widget):
        """Press a button of the page."""
        content = {"comm_id": widget, "data": {"method": "custom", "content": {"event": "click"}}}
        message = self.client.session.msg("comm_msg", content)
        self.client.shell_channel.send(message)
        return self.replies(message["header"]["msg_id"])

    def replies(self, asked):
        sent = []
        while True:
            message = self.client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return sent
            sent.append((message["msg_type"], message["content"]))

    @property
    def store(self):
        return open_store(Workspace(self.root).database)


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    write_course(folder, "livecourse")
    sys.path.insert(0, str(folder))
    root = folder / "workspace"
    write_workspace(root, load_course("livecourse.lessons"))
    kernel = Kernel("livecourse.lessons", folder, root)
    yield kernel
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)
    sys.path.remove(str(folder))


def shown(sent):
    return [content["data"] for kind, content in sent if kind in ("display_data", "execute_result")]


def failed(sent):
    return [content for kind, content in sent if kind in ("error", "stream")]


def test_a_page_gets_a_card_once_as_html_and_as_text(kernel):
    sent = kernel.run("def rise(a, b):\n    return a - b\ncheck(rise)")

    assert failed(sent) == []
    (bundle,) = shown(sent)
    assert bundle["text/html"].startswith('<div class="groundup') and "wrong way round" in bundle["text/html"]
    assert bundle["text/plain"].startswith("✗ wrong  rise") and "\x1b" not in bundle["text/plain"]
    assert "<ipython-input" not in str(bundle) and kernel.store.attempts()[0].source.startswith("def rise")


def test_the_lessons_opening_line_is_all_that_its_cell_shows(kernel):
    (bundle,) = shown(kernel.opened)
    assert "Straight lines" in bundle["text/plain"] and failed(kernel.opened) == []


def test_a_prediction_is_made_by_a_click_and_kept(kernel):
    sent = kernel.run('predict("crossing", ...)')
    buttons = [
        content["comm_id"]
        for kind, content in sent
        if kind == "comm_open" and content["data"]["state"].get("description") in ("(a)", "(b)", "(c)")
    ]
    assert len(buttons) == 3 and failed(sent) == []
    card, widget = shown(sent)
    assert "Answer below or" in card["text/plain"] and widget["text/plain"] == ""

    answered = kernel.click(buttons[1])

    told, row = [content["data"] for kind, content in answered if kind == "update_display_data"]
    assert "(b) is kept. Run on to see." in told["text/plain"] and row == {"text/plain": ""}
    assert any(kind == "comm_close" for kind, _ in answered)  # the buttons go
    assert kernel.store.events("prediction")[0].detail["answer"] == "b"


def test_a_quiz_keeps_its_buttons_until_the_answer_is_right(kernel):
    sent = kernel.run('quiz("steep", ...)')
    named = {
        content["data"]["state"].get("description"): content["comm_id"] for kind, content in sent if kind == "comm_open"
    }
    wrong, right = kernel.click(named["(a)"]), kernel.click(named["(b)"])
    assert not any(kind == "comm_close" for kind, _ in wrong) and any(kind == "comm_close" for kind, _ in right)
    assert [event.detail["answer"] for event in kernel.store.events("quiz")] == ["b", "a"]


def test_the_buttons_of_a_prediction_go_when_its_value_is_shown(kernel):
    kernel.run('predict("height", ...)')
    assert any(kind == "comm_close" for kind, _ in kernel.run('reveal("height", 3)'))
    assert not any(kind == "comm_close" for kind, _ in kernel.run('reveal("height", 3)'))


def test_an_interrupt_from_the_page_ends_the_check_and_the_kernel_lives(kernel):
    asked = kernel.client.execute("def slow(x):\n    while True:\n        pass\nmark = 1\ncheck(slow)")
    while kernel.client.get_iopub_msg(timeout=30)["msg_type"] != "execute_input":
        pass
    import time

    time.sleep(0.5)
    kernel.manager.interrupt_kernel()
    sent = kernel.replies(asked)
    (bundle,) = shown(sent)
    assert "when you stopped it" in bundle["text/plain"] and failed(sent) == []
    assert kernel.store.attempts()[0].exercise == "slow"
    assert failed(kernel.run("assert mark == 1")) == []


def test_in_a_terminal_of_ipython_a_card_is_text(tmp_path):
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    try:
        with capture_output() as printed:
            shell.run_cell(
                "from groundup.render import said_card\n"
                "from groundup.door.surface import show\n"
                "show(said_card('a', 'b'))"
            )
        assert printed.stdout == "• a  b\n" and printed.outputs == []
    finally:
        InteractiveShell.clear_instance()
