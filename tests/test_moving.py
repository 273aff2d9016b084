"""Moving house: what is exported comes back, a merge loses nothing in any order, and a bad file changes nothing."""

import hashlib
import io
import json
import random
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from groundup.course.lesson import load_course
from groundup.finding import Verdict
from groundup.workspace import moving, union
from groundup.workspace.moving import MovingError, export_file, export_to, import_file
from groundup.workspace.parcel import LIST, ROWS
from groundup.workspace.store import Attempt, Event, Review, open_store
from groundup.workspace.union import rows_of
from lines_course import write_course, write_workspace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = "1_math/1_lines"
LINES = f"{KEY}.ipynb"
numbers = count()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    package, folder = f"moving{next(numbers)}", tmp_path_factory.mktemp("course")
    write_course(folder, package)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield load_course(f"{package}.lessons")


@pytest.fixture
def make(tmp_path, course):
    """Makes a workspace of a name, as it is on the first day."""

    def made(name):
        (tmp_path / name).mkdir()
        return write_workspace(tmp_path / name / "workspace", course)

    return made


def notebook(*sources, outputs=()):
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": list(outputs), "source": text}
        for n, text in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def live(workspace, seed, rows=30):
    """A random history in a workspace: attempts, events and answers, some at the same moment."""
    rng = random.Random(seed)
    with open_store(workspace.database) as store:
        for n in range(rows):
            at = NOON + timedelta(minutes=rng.randrange(500))
            source = rng.choice(["def rise(a, b): ...", "∂ \0 \ud800 <script>", ""])
            if (kind := rng.randrange(3)) == 0:
                verdict = rng.choice([Verdict.PASSED, Verdict.WRONG])
                store.add_attempt(Attempt(at, KEY, rng.choice(["rise", "slope"]), verdict, "", source, {"n": n}, 0.5))
            elif kind == 1:
                store.add_event(Event(at, KEY, rng.choice(["hint", "solution"]), "rise", {"rung": n}))
            else:
                asked = f"{seed}-{n}"
                store.add_review(Review(at, KEY, "rise", "how far", asked, n, "?", "1", "1", rng.random() < 0.5, 2.5))
    return workspace


def record(workspace):
    """The record as a set: every row with all its columns."""
    with open_store(workspace.database) as store:
        return sorted(json.dumps(row, sort_keys=True) for row in rows_of(store))


def packed(workspace):
    out = io.BytesIO()
    export_to(workspace, out)
    return out.getvalue()


def carry(source, course, target):
    return import_file(target, course, io.BytesIO(packed(source)), NOON)


def everything(workspace):
    """All files of a workspace by their bytes; the database by its rows, since reading it touches its file."""
    files = {
        path.relative_to(workspace.root).as_posix(): path.read_bytes()
        for path in sorted(workspace.root.rglob("*"))
        if path.is_file() and not path.name.startswith(("groundup.db", "lock"))
    }
    return files, record(workspace) if workspace.database.exists() else None


# ---- the record ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_what_is_exported_and_imported_into_an_empty_workspace_is_the_same(make, course, seed):
    here, there = live(make("here"), seed), make("there")
    (here.root / LINES).write_bytes(notebook("mine = 1"))

    carry(here, course, there)

    assert record(there) == record(here)
    assert packed(there) == packed(here)
    with open_store(here.database) as one, open_store(there.database) as other:
        added = "SELECT id FROM event ORDER BY rowid"
        assert one.connection.execute(added).fetchall() == other.connection.execute(added).fetchall()


@pytest.mark.parametrize("seed", range(6))
def test_importing_twice_changes_nothing_more(make, course, seed):
    here, there = live(make("here"), seed), live(make("there"), seed + 100)
    for workspace, text in ((here, "one = 1"), (there, "two = 2")):
        (workspace.root / LINES).write_bytes(notebook(text))
    carry(here, course, there)
    before = everything(there)

    moved = carry(here, course, there)

    assert everything(there) == before
    assert moved.says == ("Everything in it was here already.",)


@pytest.mark.parametrize("seed", range(6))
def test_two_histories_give_the_same_set_in_either_order(make, course, seed):
    one, two, three = (live(make(name), seed + n) for n, name in enumerate(("one", "two", "three")))
    forth, back = make("forth"), make("back")
    for workspace in (one, two, three):
        carry(workspace, course, forth)
    for workspace in (three, two, one):
        carry(workspace, course, back)

    assert record(forth) == record(back) == sorted({*record(one), *record(two), *record(three)})
    assert len(record(forth)) == 90
    carry(one, course, two)
    carry(two, course, one)
    assert record(one) == record(two)


def test_a_copied_workspace_that_went_on_apart_loses_neither_answer(make, course):
    """The same question, as it was put, was answered in both copies: one key in SQL, and still two rows."""
    here = live(make("here"), 1)
    there = type(here)(here.root.parent / "copy")
    shutil.copytree(here.root, there.root)
    for workspace, said in ((here, "1"), (there, "2")):
        with open_store(workspace.database) as store:
            store.add_review(
                Review(NOON, KEY, "rise", "how far", "put before the copy", 1, "?", said, "1", said == "1")
            )
    forth, back = make("forth"), make("back")
    carry(here, course, forth), carry(there, course, forth)
    carry(there, course, back), carry(here, course, back)

    assert record(forth) == record(back) == sorted({*record(here), *record(there)})
    with open_store(forth.database) as store:
        asked = [review.said for review in store.reviews() if review.asked == "put before the copy"]
    assert sorted(asked) == ["1", "2"]


@pytest.mark.parametrize("lost", ["attempt", "event", "review"])
def test_a_merge_that_lost_a_row_would_be_seen(make, course, monkeypatch, lost):
    """The planted lie."""
    insert = union._insert
    monkeypatch.setattr(union, "_insert", lambda base, row: row["table"] != lost and insert(base, row))
    here, there = live(make("here"), 1), make("there")

    carry(here, course, there)

    assert record(there) != record(here)


def test_an_import_that_cannot_be_finished_adds_no_row_at_all(make, course, monkeypatch):
    here, there = live(make("here"), 1), live(make("there"), 2)
    before, insert, calls = record(there), union._insert, count()

    def failing(base, row):
        if next(calls) == 20:
            raise OSError(28, "No space left on device")
        return insert(base, row)

    monkeypatch.setattr(union, "_insert", failing)
    with pytest.raises(Exception, match="No space left"):
        carry(here, course, there)

    assert record(there) == before


def test_what_was_new_is_counted(make, course):
    here, there = make("here"), make("there")
    with open_store(here.database) as store:
        store.add_attempt(Attempt(NOON, KEY, "rise", Verdict.PASSED, "", "…", {}, 0.1))
        store.add_review(Review(NOON, KEY, "rise", "how far", "a", 1, "?", "1", "1", True))

    assert carry(here, course, there).says == ("New in the record: 1 attempt, 1 review answer.",)


# ---- notebooks -----------------------------------------------------------------------------------------------------


def test_a_notebook_that_is_untouched_here_is_taken_with_the_version_it_came_from(make, course):
    here, there = make("here"), make("there")
    given = notebook("given = 1")
    (here.root / LINES).write_bytes(notebook("mine = 1"))
    here.base(here.root / LINES).write_bytes(given)

    moved = carry(here, course, there)

    assert moved.taken == (LINES,) and moved.beside == ()
    assert (there.root / LINES).read_bytes() == notebook("mine = 1")
    assert there.base(there.root / LINES).read_bytes() == given


def test_a_notebook_that_was_only_run_here_is_untouched(make, course):
    here, there = make("here"), make("there")
    for workspace, data in ((here, notebook("mine = 1")), (there, notebook("x", outputs=[{"text": "ran"}]))):
        workspace.base(workspace.root / LINES).write_bytes(notebook("x"))
        (workspace.root / LINES).write_bytes(data)

    assert carry(here, course, there).taken == (LINES,)
    saved = list((there.state / "saved").rglob("*.ipynb"))
    assert [path.read_bytes() for path in saved] == [notebook("x", outputs=[{"text": "ran"}])]


def test_a_notebook_that_both_changed_stays_and_the_other_is_put_beside_it(make, course):
    here, there = make("here"), make("there")
    (here.root / LINES).write_bytes(notebook("mine = 1"))
    (there.root / LINES).write_bytes(notebook("yours = 1"))

    moved = carry(here, course, there)

    assert moved.beside == (f"{KEY}_imported.ipynb",) and moved.taken == ()
    assert (there.root / LINES).read_bytes() == notebook("yours = 1")
    assert (there.root / f"{KEY}_imported.ipynb").read_bytes() == notebook("mine = 1")
    (here.root / LINES).write_bytes(notebook("mine = 2"))
    assert carry(here, course, there).beside == (f"{KEY}_imported_2.ipynb",)


def test_a_notebook_that_is_untouched_there_does_not_take_the_place_of_a_newer_one(make, course):
    here, there = make("here"), make("there")
    for workspace, version in ((here, "old = 1"), (there, "new = 1")):
        for path in (workspace.root / LINES, workspace.base(workspace.root / LINES)):
            path.write_bytes(notebook(version))

    moved = carry(here, course, there)

    assert moved.taken == moved.beside == ()
    assert (there.root / LINES).read_bytes() == notebook("new = 1")


def test_notebooks_of_the_learners_own_and_earlier_copies_travel_too(make, course):
    here, there = make("here"), make("there")
    for name in ("notes.ipynb", "1_math/tries/deep.ipynb", ".groundup/saved/2026-01-01T00-00-00Z/1_math/old.ipynb"):
        (here.root / name).parent.mkdir(parents=True, exist_ok=True)
        (here.root / name).write_bytes(notebook(name))
    (here.root / "1_math" / ".ipynb_checkpoints").mkdir()
    (here.root / "1_math" / ".ipynb_checkpoints" / "1_lines-checkpoint.ipynb").write_bytes(notebook("hidden"))
    (here.root / "secret.txt").write_text("not ours")

    moved = carry(here, course, there)

    assert set(moved.taken) == {"notes.ipynb", "1_math/tries/deep.ipynb"}
    assert (there.state / "saved/2026-01-01T00-00-00Z/1_math/old.ipynb").is_file()
    assert not (there.root / "secret.txt").exists() and not (there.root / "1_math/.ipynb_checkpoints").exists()


# ---- my ------------------------------------------------------------------------------------------------------------


def passed_in(workspace, course, **sections):
    """Put sections into my/lines.py, as passing does."""
    moving.mine.adopt(workspace, course.lessons[0], "".join(f"# ── {n} ──\n{s}\n\n" for n, s in sections.items()))


RISE = "def rise(a, b):\n    return b - a"
SLOPE = "def slope(a, b, run):\n    return rise(a, b) / run"


def sections(workspace):
    return moving.sections_of((workspace.my / "lines.py").read_text())


def test_what_passed_elsewhere_joins_what_passed_here(make, course):
    here, there = make("here"), make("there")
    passed_in(here, course, rise=RISE)
    passed_in(there, course, slope=SLOPE)

    moved = carry(here, course, there)

    assert sections(there) == {"rise": RISE, "slope": SLOPE}
    assert moved.taken == ("my/lines.py",) and moved.beside == ()
    assert (there.my / "lines.py").read_bytes() == there.base(there.my / "lines.py").read_bytes()
    assert carry(here, course, there).says == ("Everything in it was here already.",)


def test_other_code_for_the_same_exercise_is_put_beside(make, course):
    here, there = make("here"), make("there")
    passed_in(here, course, rise=RISE, slope=SLOPE)
    passed_in(there, course, rise="def rise(a, b):\n    return -(a - b)")

    moved = carry(here, course, there)

    assert sections(there)["rise"].endswith("-(a - b)") and sections(there)["slope"] == SLOPE
    assert moved.beside == ("my/lines_imported.py",)
    assert RISE in (there.my / "lines_imported.py").read_text()
    assert carry(here, course, there).beside == ()


def test_a_file_of_my_that_was_edited_by_hand_stays(make, course):
    here, there = make("here"), make("there")
    passed_in(here, course, rise=RISE)
    (there.my / "lines.py").write_text("# mine alone\n")

    assert carry(here, course, there).beside == ("my/lines_imported.py",)
    assert (there.my / "lines.py").read_text() == "# mine alone\n"


def test_a_file_of_my_in_which_nothing_passed_yet_brings_nothing(make, course):
    here, there = make("here"), make("there")
    (there.my / "lines.py").write_text("# mine alone\n")

    assert carry(here, course, there).says == ("Everything in it was here already.",)


def test_two_earlier_copies_of_one_second_are_both_kept(make, course):
    here, there = make("here"), make("there")
    name = "saved/2026-01-01T00-00-00Z/1_math/old.ipynb"
    for workspace, text in ((here, "mine = 1"), (there, "yours = 1")):
        (workspace.state / name).parent.mkdir(parents=True)
        (workspace.state / name).write_bytes(notebook(text))

    for _ in range(2):
        carry(here, course, there)

    kept = sorted((there.state / "saved").rglob("*.ipynb"))
    assert [path.read_bytes() for path in kept] == [notebook("yours = 1"), notebook("mine = 1")]


def test_nothing_of_my_is_run_by_an_import(make, course):
    here, there = make("here"), make("there")
    mark = there.root / "ran"
    passed_in(here, course, rise=f"open({str(mark)!r}, 'w')\n{RISE}")

    carry(here, course, there)

    assert "rise" in sections(there) and not mark.exists()


# ---- what is no export of ours -------------------------------------------------------------------------------------


def repacked(data, change=lambda entries, says: None):
    """An export with its entries, and then its list, changed; the sums are put right unless `change` takes `files`."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    says = json.loads(entries.pop(LIST))
    change(entries, says)
    sums = {name: hashlib.sha256(body).hexdigest() for name, body in entries.items()}
    says["files"] = says["files"] if says.pop("keep", False) else sums
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in {LIST: json.dumps(says).encode(), **entries}.items():
            archive.writestr(zipfile.ZipInfo(name), body)
    return out.getvalue()


@pytest.fixture
def refused(make, course, tmp_path):
    """Imports a file that must be refused; returns the sentence, after looking that nothing has changed."""
    there = live(make("there"), 7)
    file = tmp_path / "export.zip"

    def told(data):
        file.write_bytes(data)
        before = everything(there)
        with pytest.raises(MovingError) as caught:
            import_file(there, course, file)
        assert everything(there) == before and sorted(there.root.parent.iterdir()) == [
            there.root.parent / "empty.ipynb",
            there.root,
        ]
        said = str(caught.value)
        assert "\n" not in said and said.endswith((".", "`.")) and str(file) in said
        return said.replace(str(file), "FILE")

    return told


@pytest.fixture
def good(make):
    here = live(make("good"), 3)
    (here.root / LINES).write_bytes(notebook("mine = 1"))
    return packed(here)


def test_the_helper_that_repacks_makes_a_file_that_is_taken(make, course, good):
    """Else every refusal below might be the helper's own fault."""
    assert import_file(make("fine"), course, io.BytesIO(repacked(good))).rows["attempt"] > 0


@pytest.mark.parametrize("data", [b"", b"my notes\n" * 50, b"SQLite format 3\0" * 20, b"\x89PNG\r\n\x1a\n"])
def test_a_file_of_another_kind_is_refused(refused, data):
    assert refused(data) == "FILE was not made by `groundup export`: name the file that was."


def test_another_zip_file_is_refused(refused):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("holiday.txt", "sun")

    assert refused(out.getvalue()) == "FILE was not made by `groundup export`: name the file that was."


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_short_is_refused(refused, good, share):
    said = refused(good[: int(len(good) * share)])

    assert said.startswith("FILE is damaged or was cut short (") and said.endswith(
        "export it again, and copy it whole."
    )


@pytest.mark.parametrize("seed", range(25))
def test_a_file_with_changed_bytes_is_refused_or_says_the_same(make, course, good, seed, tmp_path):
    rng, data = random.Random(seed), bytearray(good)
    for _ in range(3):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    there, file = make("there"), tmp_path / "export.zip"
    file.write_bytes(data)
    before = everything(there)
    try:
        import_file(there, course, file)
    except MovingError as error:
        assert str(file) in str(error) and everything(there) == before
    else:
        whole = make("whole")
        import_file(whole, course, io.BytesIO(good))
        assert record(there) == record(whole)


@pytest.mark.parametrize("number", ["format", "record"])
def test_a_newer_file_is_refused(refused, good, number):
    said = refused(repacked(good, lambda entries, says: says.update({number: 99, "groundup": "9.9"})))

    assert said == (
        "FILE was exported by Ground Up 9.9, which is newer than this 0.1.0: "
        "update with `pip install --upgrade groundup`."
    )


@pytest.mark.parametrize(
    "name",
    [
        "workspace/../../evil.ipynb",
        "workspace/1_math/../../../evil.ipynb",
        "workspace//etc/evil.ipynb",
        "/etc/evil.ipynb",
        "workspace/C:/evil.ipynb",
        "workspace/..\\evil.ipynb",
        "saved/../evil.ipynb",
        "base/../../evil.ipynb",
        "workspace/./evil.ipynb",
        "elsewhere/evil.ipynb",
        "evil.ipynb",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(refused, good, name):
    said = refused(repacked(good, lambda entries, says: entries.update({name: b"{}"})))

    assert said == f"FILE holds {name!r}, and it leads out of a workspace, so nothing was taken from it."


@pytest.mark.parametrize(
    "name",
    [
        "workspace/.groundup/format.json",
        "workspace/.ipynb_checkpoints/a.ipynb",
        "workspace/groundup.db",
        "workspace/sitecustomize.py",
        "workspace/my/run.sh",
        "workspace/my",
        "workspace/a\x1b[2J.ipynb",
    ],
)
def test_a_file_that_is_neither_notebook_nor_my_is_refused(refused, good, name):
    said = refused(repacked(good, lambda entries, says: entries.update({name: b"{}"})))

    assert said.startswith("FILE holds ") and said.endswith(", so nothing was taken from it.")


def test_an_entry_that_is_not_what_was_listed_is_refused(refused, good):
    def change(entries, says):
        entries[f"workspace/{LINES}"] = notebook("other = 1")
        says["keep"] = True

    assert f"workspace/{LINES} is not what it was" in refused(repacked(good, change))


def test_an_entry_that_is_not_listed_is_refused(refused, good):
    def change(entries, says):
        entries["workspace/more.ipynb"] = b"{}"
        says["keep"] = True

    assert "its list names other files than it holds" in refused(repacked(good, change))


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "splendid"},
        {"at": "yesterday"},
        {"at": "2026-03-01T12:00:00"},
        {"at": "2026-03-01T12:00:00.000000+02:00"},
        {"at": "0001-01-01T00:00:00.000000+00:00"},
        {"at": "9999-12-31T23:59:59.999999+00:00"},
        {"seconds": "fast"},
        {"seconds": float("nan")},
        {"seconds": 10**30},
        {"source": "half a pair \ud800"},
        {"report": "[]"},
        {"report": "{"},
        {"id": ""},
        {"extra": 1},
        {"table": "origin"},
        {"solution_shown": True},
    ],
)
def test_a_row_that_no_record_could_hold_is_refused(refused, good, change):
    def changing(entries, says):
        rows = [json.loads(line) for line in entries[ROWS].splitlines()]
        rows[0].update(change)
        entries[ROWS] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    assert "line 1 of record.jsonl: " in refused(repacked(good, changing))


@pytest.mark.parametrize(
    "says", ["[]", "{}", '{"format": "x"}', "{", '{"format": 1, "record": 1, "groundup": "", "files": 3}']
)
def test_a_list_that_cannot_be_read_is_refused(refused, says):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(LIST, says)

    assert "groundup.json cannot be read" in refused(out.getvalue())


def test_a_file_that_is_not_there_is_told(make, course, tmp_path):
    with pytest.raises(MovingError) as caught:
        import_file(make("there"), course, tmp_path / "none.zip")

    assert str(caught.value) == f"There is no file {tmp_path / 'none.zip'}."


def test_an_export_takes_no_other_files_place(make, tmp_path):
    path = tmp_path / "export.zip"
    path.write_text("mine")

    with pytest.raises(MovingError, match="is there already and stays as it is"):
        export_file(make("here"), path)

    assert path.read_text() == "mine"


def test_an_export_holds_nothing_but_what_is_the_learners(make, tmp_path):
    path = export_file(live(make("here"), 1), tmp_path / "export.zip")

    with zipfile.ZipFile(path) as archive:
        areas = {name.partition("/")[0] for name in archive.namelist()}
    assert areas == {LIST, ROWS, "workspace", "base"}
