"""The drill as a page: each answer is kept, and the next question stands there at once."""

import re
from urllib.parse import urlencode

import torch  # noqa: F401 - what makes the questions, in the process beside the server: without it, none is asked
from furnished import hidden


async def test_a_drill_keeps_an_answer_and_asks_the_next(page, store):
    form = hidden(await page("drill", params={"level": 1}))

    html = await page("drill", method="POST", body=urlencode({**form, "given": "a", "seconds": "2.5"}))

    (kept,) = store.events("drill")
    assert kept.detail["seconds"] == 2.5
    assert hidden(html)["id"] != form["id"]
    assert re.search(r"<dd>[01] of 1</dd>", html)


async def test_seconds_that_cannot_be_are_bounded(page, store):
    html = await page("drill", params={"level": 2})
    for seconds in ("-3", "1e9"):
        sent = {**hidden(html), "given": "1", "seconds": seconds}
        html = await page("drill", method="POST", body=urlencode(sent))

    assert [event.detail["seconds"] for event in store.events("drill")] == [3600.0, 3.0]  # newest first


async def test_a_question_that_another_tab_has_answered_is_not_answered_twice(page, store):
    form = hidden(await page("drill", params={"level": 3}))
    sent = {"method": "POST", "body": urlencode({**form, "given": "a"})}

    await page("drill", **sent)
    again = await page("drill", **sent)

    assert "answered already, in another tab" in again
    assert len(store.events("drill")) == 1
