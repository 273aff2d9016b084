"""The pages as a server gives them: what they show, whom they refuse, and what they leave untouched."""

import json
import sqlite3
from urllib.parse import urlencode

import pytest
from furnished import COURSE, FIRST, attempt, hidden
from tornado.httpclient import HTTPClientError

from groundup.finding import Verdict
from groundup.workspace.store import Event, open_store

PLANTED = "<script>alert('planted')</script>"
PAGES = ["", "review", "drill", "hurts", "moving", f"lesson/{FIRST.key}"]
LOCKED = next(lesson for lesson in COURSE.lessons if lesson.phase == "pytorch")


async def refused(fetch):
    with pytest.raises(HTTPClientError) as error:
        await fetch
    return error.value.code


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_answers_and_keeps_its_weight(page, store, path):
    store.add_attempt(attempt("horner", source="x = 1"))

    html = await page(path)

    assert "</html>" in html and "<h1>" in html
    assert len(html.encode()) < 100_000


@pytest.mark.parametrize("path", [*PAGES, "export", "state"])
async def test_without_a_token_it_is_jupyters_login(jp_fetch, path):
    fetch = jp_fetch("groundup", path, headers={"Authorization": ""}, follow_redirects=False)

    with pytest.raises(HTTPClientError) as error:
        await fetch

    assert error.value.code == 302
    assert "/login?next=" in error.value.response.headers["Location"]


async def cookies(jp_fetch):
    """The cookie of someone who has come in by a token in the address."""
    response = await jp_fetch("groundup", "moving")
    return {"Authorization": "", "Cookie": "; ".join(c.split(";")[0] for c in response.headers.get_list("Set-Cookie"))}


async def test_a_post_without_xsrf_is_refused_and_one_with_it_is_not(jp_fetch, jp_serverapp, store):
    token = jp_serverapp.identity_provider.token
    first = await jp_fetch("groundup", params={"token": token}, headers={"Authorization": ""})
    jar = dict(cookie.split(";")[0].split("=", 1) for cookie in first.headers.get_list("Set-Cookie"))
    came_in = {"Authorization": "", "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
    post = {"method": "POST", "follow_redirects": False, "headers": came_in}

    without = await refused(jp_fetch("groundup", "open", LOCKED.key, body="cell=", **post))
    allowed = await jp_fetch("groundup", "open", LOCKED.key, body=urlencode({"_xsrf": jar["_xsrf"]}), **post)

    assert without == 403
    assert allowed.code == 200
    assert [event.name for event in store.events("opened early")] == ["pytorch"]


@pytest.mark.parametrize("path", ["", "export", "state", f"open/{LOCKED.key}"])
async def test_another_origin_is_refused(jp_fetch, jp_serverapp, path):
    token = jp_serverapp.identity_provider.token
    first = await jp_fetch("groundup", params={"token": token}, headers={"Authorization": ""})
    cookie = "; ".join(each.split(";")[0] for each in first.headers.get_list("Set-Cookie"))
    foreign = {"Authorization": "", "Cookie": cookie, "Origin": "https://elsewhere.example"}

    assert await refused(jp_fetch("groundup", path, headers=foreign)) == 403


async def test_a_page_is_fenced_in(jp_fetch):
    headers = (await jp_fetch("groundup")).headers

    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_what_a_learner_wrote_is_escaped_everywhere(page, store, workspace):
    lesson = FIRST.key
    store.add_attempt(attempt("horner", Verdict.WRONG, source=PLANTED, mistake=PLANTED))
    store.add_attempt(attempt("compose", source=PLANTED))
    store.add_event(Event(attempt("x").at, lesson, "drill", "shapes", {"level": 1, "right": True, "said": PLANTED}))
    my = workspace.my / f"{FIRST.stem}.py"
    my.write_text(my.read_text().replace("# Your own", f"# ── compose ──\n# {PLANTED}\n# Your own"))

    for path in PAGES:
        assert PLANTED not in await page(path), path
    assert "&lt;script&gt;alert" in await page(f"lesson/{lesson}")


async def test_an_answer_and_a_question_that_are_sent_are_escaped(page, store):
    store.add_attempt(attempt("horner"))
    form = hidden(await page("review"))

    again = await page("review", method="POST", body=urlencode({**form, "given": PLANTED, "text": PLANTED}))

    assert PLANTED not in again
    assert "&lt;script&gt;" in again
    assert "not kept" in again


async def test_an_import_of_what_is_no_export_is_told_and_changes_nothing(page, store, workspace):
    store.add_attempt(attempt("horner"))
    before = workspace.database.read_bytes()
    body = (
        b'--cut\r\nContent-Disposition: form-data; name="file"; filename="<script>.zip"\r\n'
        b"Content-Type: application/zip\r\n\r\nno zip at all\r\n--cut--\r\n"
    )

    html = await page("moving", method="POST", body=body, headers={"Content-Type": "multipart/form-data; boundary=cut"})

    assert 'class="said bad"' in html
    assert "<script>." not in html
    assert workspace.database.read_bytes() == before


async def test_a_locked_lesson_asks_once_and_the_page_remembers(page, jp_fetch, store):
    asked = await page("open", LOCKED.key)
    assert "This phase is not open yet." in asked
    assert "It opens when the gate of phase 1, Mathematical foundations, has passed; you may take it first." in asked

    await page("open", LOCKED.key, method="POST", body="cell=")

    again = await page("open", LOCKED.key)
    assert "not open yet" not in again
    assert "You opened this phase before its time" in await page()


async def test_alone_it_says_which_file_to_open(page, workspace):
    html = await page("open", FIRST.key)

    assert str(workspace.notebook(FIRST)) in html
    assert f'href="vscode://file{workspace.notebook(FIRST).as_posix()}"' in html


async def test_the_state_changes_when_a_kernel_records_something(page, store):
    before = json.loads(await page("state"))["stamp"]
    store.add_attempt(attempt("horner"))

    after = json.loads(await page("state"))["stamp"]

    assert before != after
    assert f'data-stamp="{after}"' in await page()


async def test_a_wrong_answer_is_told_with_its_reason_and_a_right_one_kept(page, store):
    store.add_attempt(attempt("horner"))
    form = hidden(await page("review"))

    told = await page("review", method="POST", body=urlencode({**form, "given": "123456"}))

    assert "not this one" in told and "it is" in told
    (kept,) = store.reviews()
    assert (kept.correct, kept.said) == (False, "123456")
    assert "lapsed" in await page()


async def test_two_tabs_that_answer_one_question_record_one_answer(page, store):
    store.add_attempt(attempt("horner"))
    form = hidden(await page("review"))
    sent = {"method": "POST", "body": urlencode({**form, "given": "123456"})}

    first, second = await page("review", **sent), await page("review", **sent)

    assert "not this one" in first
    assert "This was answered already, with 123456" in second
    assert len(store.reviews()) == 1


async def test_when_nothing_is_due_it_says_when_something_will_be(page, store):
    assert "Nothing has been passed yet" in await page("review")
    store.add_attempt(attempt("horner", days=0))

    html = await page("review")

    assert "Nothing is due today" in html
    assert "tomorrow" in html


@pytest.mark.parametrize("path", ["lesson/1_math/9_none", "open/1_math/9_none", "drill?level=7", "drill?level=x"])
async def test_what_is_not_there_is_404(jp_fetch, path):
    path, _, query = path.partition("?")
    params = dict([query.split("=")]) if query else None

    assert await refused(jp_fetch("groundup", path, params=params)) == 404


async def test_a_record_of_a_newer_version_is_told_and_left_untouched(jp_fetch, workspace):
    with open_store(workspace.database) as store:
        store.add_attempt(attempt("horner"))
    with sqlite3.connect(workspace.database) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = workspace.database.read_bytes()

    for path in ("", "review", "hurts", "export", f"lesson/{FIRST.key}"):
        with pytest.raises(HTTPClientError) as error:
            await jp_fetch("groundup", path)
        assert error.value.code == 503
        assert "was written by a newer Ground Up" in error.value.response.body.decode()
    assert "newer" in json.loads((await jp_fetch("groundup", "state")).body)["trouble"]
    assert workspace.database.read_bytes() == before


async def test_a_broken_record_is_told_and_left_untouched(jp_fetch, workspace):
    workspace.database.write_text(f"{PLANTED} no database at all, and long enough to be looked at: " * 9)
    before = workspace.database.read_bytes()

    with pytest.raises(HTTPClientError) as error:
        await jp_fetch("groundup")

    assert "is damaged" in error.value.response.body.decode()
    assert workspace.database.read_bytes() == before


async def test_what_is_exported_is_taken_in(jp_fetch, page, store, workspace, tmp_path):
    store.add_attempt(attempt("horner", source="def horner(): ..."))

    response = await jp_fetch("groundup", "export")

    assert response.headers["Content-Disposition"].startswith('attachment; filename="groundup-')
    body = b"".join(
        [
            b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\n',
            response.body,
            b"\r\n--cut--\r\n",
        ]
    )
    html = await page("moving", method="POST", body=body, headers={"Content-Type": "multipart/form-data; boundary=cut"})
    assert "Everything in it was here already." in html
