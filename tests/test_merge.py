"""The merge of notebooks: known edits one by one, and its three laws under thousands of random ones."""

import copy
import random

import pytest

from groundup.workspace.merge import merge, name_of, text_of


def cell(id, source, kind="code", **more):
    made = {"id": id, "cell_type": kind, "source": source, "metadata": {}}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {}) | more


def book(*cells, **metadata):
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def sources(notebook):
    return [text_of(cell) for cell in notebook["cells"]]


WORDS, TRY, END = cell("w", "# A line\nIt rises.", "markdown"), cell("t", "check(rise)"), cell("e", "draw.plot()")
BASE = book(WORDS, TRY, END)


# ---- one edit at a time --------------------------------------------------------------------------------------------


def test_a_cell_the_learner_left_alone_is_renewed_and_loses_the_outputs_of_its_old_words():
    ran = TRY | {"outputs": [{"output_type": "stream"}], "execution_count": 3}

    merged = merge(BASE, book(WORDS, ran, END), book(WORDS, cell("t", "check(rise)  # new"), END))

    assert merged.notebook["cells"][1] == cell("t", "check(rise)  # new")
    assert (merged.renewed, merged.added, merged.removed, merged.kept) == (1, 0, 0, ())


def test_a_cell_the_learner_changed_stays_with_its_outputs():
    mine = cell("t", "def rise(): return 1\n\ncheck(rise)", outputs=[{"output_type": "stream"}], execution_count=7)

    merged = merge(BASE, book(WORDS, mine, END), book(cell("w", "# Lines", "markdown"), TRY, END))

    assert merged.notebook["cells"][1] == mine
    assert sources(merged.notebook)[0] == "# Lines"
    assert merged.kept == ()


def test_a_cell_that_both_changed_stays_the_learners_and_is_named():
    mine = cell("t", "def rise(): return 1\n\ncheck(rise)")

    merged = merge(BASE, book(WORDS, mine, END), book(WORDS, cell("t", "def rise(a): ...\n\ncheck(rise)"), END))

    assert sources(merged.notebook)[1] == text_of(mine)
    assert merged.kept == ("rise",)


def test_the_same_change_on_both_sides_is_no_conflict():
    changed = cell("t", "check(rise)  # better")

    merged = merge(BASE, book(WORDS, changed, END), book(WORDS, changed, END))

    assert merged.notebook == book(WORDS, changed, END) and not merged.kept


def test_new_cells_come_at_their_place_and_the_learners_own_stay_at_theirs():
    mine, new = cell("m", "rise(1, 2)"), cell("n", "Steeper?", "markdown")

    merged = merge(BASE, book(WORDS, TRY, mine, END), book(WORDS, TRY, new, END))

    assert sources(merged.notebook) == [*sources(book(WORDS, TRY)), "rise(1, 2)", "Steeper?", "draw.plot()"]


def test_a_cell_dropped_by_the_course_goes_unless_the_learner_changed_it():
    gone, kept = cell("w", "# A line\nIt rises.", "markdown"), cell("t", "check(rise)  # mine")

    merged = merge(BASE, book(gone, kept, END), book(END))

    assert sources(merged.notebook) == ["check(rise)  # mine", "draw.plot()"]
    assert (merged.removed, merged.dropped) == (1, ("rise",))


def test_what_the_learner_deleted_stays_deleted():
    merged = merge(BASE, book(TRY, END), book(cell("w", "# Lines", "markdown"), TRY, cell("e", "draw.plot(1)")))

    assert sources(merged.notebook) == ["check(rise)", "draw.plot(1)"]


def test_a_learners_order_stays_and_new_cells_still_find_their_place():
    merged = merge(BASE, book(END, WORDS, TRY), book(WORDS, cell("n", "new"), TRY, END))

    assert sources(merged.notebook) == ["draw.plot()", "# A line\nIt rises.", "new", "check(rise)"]


def test_the_courses_new_order_is_taken_where_the_learner_moved_nothing():
    mine = cell("m", "mine, below the end")

    merged = merge(BASE, book(WORDS, TRY, END, mine), book(END, WORDS, TRY))

    assert sources(merged.notebook) == ["draw.plot()", "mine, below the end", "# A line\nIt rises.", "check(rise)"]


def test_a_copied_cell_and_a_doubled_id_lose_nothing():
    twin = cell("t", "check(rise)  # my second try")
    copied = cell("x9", "check(rise)")

    merged = merge(BASE, book(WORDS, TRY, twin, copied, END), book(WORDS, cell("t", "check(rise)  # new"), END))

    assert sources(merged.notebook) == [
        "# A line\nIt rises.",
        "check(rise)  # new",
        "check(rise)  # my second try",
        "check(rise)",
        "draw.plot()",
    ]


def test_a_cell_that_was_cut_and_pasted_is_still_renewed():
    pasted = cell("other-id", "check(rise)")

    merged = merge(BASE, book(pasted, WORDS, END), book(WORDS, cell("t", "check(rise)  # new"), END))

    assert sources(merged.notebook) == ["check(rise)  # new", "# A line\nIt rises.", "draw.plot()"]


def test_cells_without_ids_are_known_by_their_words_and_get_ids_when_something_is_new():
    bare = [{key: value for key, value in each.items() if key != "id"} for each in (WORDS, cell("", "mine"), TRY, END)]

    merged = merge(BASE, book(*bare) | {"nbformat_minor": 4}, book(WORDS, cell("t", "check(rise)  # new"), END))

    assert sources(merged.notebook) == ["# A line\nIt rises.", "mine", "check(rise)  # new", "draw.plot()"]
    assert merged.notebook["nbformat_minor"] == 5
    assert [each["id"] for each in merged.notebook["cells"]] == ["w", "cell-0", "t", "e"]


def test_an_exercise_whose_cell_got_another_id_is_not_doubled():
    mine = cell("t", "def rise(): return 1\n\ncheck(rise)")

    merged = merge(BASE, book(WORDS, mine, END), book(WORDS, cell("t2", "def rise(a): ...\n\ncheck(rise)"), END))

    assert sources(merged.notebook) == ["# A line\nIt rises.", text_of(mine), "draw.plot()"]
    assert merged.kept == ("rise",)
    assert merged.notebook["cells"][1]["id"] == "t2"  # so that the next update finds it


def test_words_rewritten_under_another_id_are_known_again():
    mine = cell("w", "# A line\nIt rises. (I do not see why.)", "markdown")
    new = cell("w2", "# A straight line\nIt rises.", "markdown")

    merged = merge(BASE, book(mine, TRY, END), book(new, TRY, END))

    assert sources(merged.notebook)[0] == text_of(mine) and len(merged.notebook["cells"]) == 3
    assert merged.kept == ("“A line It rises. (I do not see why.)”",)


def test_words_of_another_kind_under_another_id_are_new():
    mine = cell("w", "# A line\nIt rises. (I do not see why.)", "markdown")
    new = cell("w2", "Nothing like it stands here at all.", "markdown")

    merged = merge(BASE, book(mine, TRY, END), book(new, TRY, END))

    assert sources(merged.notebook)[:2] == [text_of(mine), text_of(new)] or sources(merged.notebook)[:2] == [
        text_of(new),
        text_of(mine),
    ]
    assert merged.dropped == ("“A line It rises. (I do not see why.)”",)


def test_metadata_is_merged_key_by_key():
    base = book(cell("t", "x", metadata={"tag": 1, "old": 1}), version=1, kernel="a")
    mine = book(cell("t", "x", metadata={"tag": 1, "old": 1, "collapsed": True}), version=1, kernel="b", widgets={})
    new = book(cell("t", "x", metadata={"tag": 2}), version=2, kernel="a")

    merged = merge(base, mine, new).notebook

    assert merged["metadata"] == {"version": 2, "kernel": "b", "widgets": {}}
    assert merged["cells"][0]["metadata"] == {"tag": 2, "collapsed": True}


def test_a_still_that_was_drawn_anew_reaches_a_cell_with_the_same_words():
    base, mine, new = (book(cell("s", "![](a.png)", "markdown", attachments={"a.png": n})) for n in (1, 1, 2))

    assert merge(base, mine, new).notebook["cells"][0]["attachments"] == {"a.png": 2}


def test_a_list_of_lines_and_one_string_are_the_same_words():
    lines = cell("w", ["# A line\n", "It rises."], "markdown")

    assert (
        sources(merge(BASE, book(lines, TRY, END), book(cell("w", "New.", "markdown"), TRY, END)).notebook)[0] == "New."
    )


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def rise(): ...\n\ncheck(rise)", "rise"),
        ('predict("crossing", ...)  # a number', "crossing"),
        ("quiz('steep', \"a\")", "steep"),
        ("x = 1", "“x = 1”"),
        ("a = [" + "1, " * 40 + "]", "“a = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, …”"),
        ("", "an empty cell"),
    ],
)
def test_a_cell_is_named_by_what_it_asks_or_by_its_first_words(source, name):
    assert name_of(cell("c", source)) == name


def test_nothing_that_goes_in_is_changed():
    base, mine, new = BASE, book(WORDS, cell("t", "mine"), END), book(TRY, cell("n", "new"), WORDS)
    before = copy.deepcopy((base, mine, new))

    merge(base, mine, new)

    assert (base, mine, new) == before


# ---- the three laws, under random edits ----------------------------------------------------------------------------

TEXTS = ["check(rise)", "check(fall)\n", "x = 1", "x = 1", "", "# Words", "# Words\nand more words", 'quiz("q", ...)']


def some_text(rng):
    return rng.choice(TEXTS) if rng.random() < 0.5 else f"{rng.choice(TEXTS)} {rng.randrange(1000)}"


def some_cell(rng, ids):
    kind = rng.choice(["code", "code", "markdown"])
    made = cell(next(ids), some_text(rng), kind, metadata=rng.choice([{}, {"tags": ["a"]}]))
    return made | ({"outputs": [{"text": rng.random()}]} if kind == "code" and rng.random() < 0.3 else {})


def edited(rng, notebook, ids, *, messy=False):
    """The notebook after a few random edits; `messy` ones also double ids, drop ids, and paste copies."""
    cells = [dict(each) for each in notebook["cells"]]
    for _ in range(rng.randrange(8)):
        at = rng.randrange(len(cells) + 1)
        edit = rng.choice(["add", "change", "delete", "move", "add", "change", *(["copy", "twin", "bare"] * messy)])
        if edit == "add":
            cells.insert(at, some_cell(rng, ids))
        elif cells:
            i = rng.randrange(len(cells))
            if edit == "change":
                cells[i]["source"] = some_text(rng)
            elif edit == "delete":
                del cells[i]
            elif edit == "move":
                cells.insert(min(at, len(cells) - 1), cells.pop(i))
            elif edit == "copy":
                cells.insert(at, cells[i] | {"id": next(ids)})
            elif edit == "twin":
                cells.insert(at, dict(cells[i]))
            elif edit == "bare":
                cells[i].pop("id", None)
    return notebook | {"cells": cells}


def some_book(rng, ids):
    return book(*(some_cell(rng, ids) for _ in range(rng.randrange(9))), version=rng.randrange(3))


def numbered(prefix):
    number = 0
    while True:
        number += 1
        yield f"{prefix}{number}"


SEEDS = range(3000)


def test_whatever_both_sides_do_not_one_text_of_the_learners_is_lost():
    for seed in SEEDS:
        rng = random.Random(seed)
        base = some_book(rng, numbered("b"))
        mine, new = edited(rng, base, numbered("m"), messy=True), edited(rng, base, numbered("n"))

        merged = merge(base, mine, new)
        again = merge(base, merged.notebook, new)

        # every text of the learner's that was not given to them, as often as they have it
        given = sources(base)
        for text in {text for text in sources(mine) if text not in given}:
            assert sources(merged.notebook).count(text) >= sources(mine).count(text), (seed, text)
            assert sources(again.notebook).count(text) >= sources(mine).count(text), (seed, text)
        ids = [each.get("id") for each in merged.notebook["cells"]]
        doubled = [each.get("id") for each in mine["cells"]]
        assert all(ids.count(id) <= max(1, doubled.count(id)) for id in ids), seed


def test_a_course_that_did_not_change_changes_nothing():
    for seed in SEEDS:
        rng = random.Random(seed)
        base = some_book(rng, numbered("b"))
        mine = edited(rng, base, numbered("m"), messy=True)

        merged = merge(base, mine, copy.deepcopy(base))

        assert merged.notebook == mine, seed
        assert (merged.renewed, merged.added, merged.removed, merged.kept, merged.dropped) == (0, 0, 0, (), ()), seed


def test_a_learner_who_changed_nothing_gets_the_new_version():
    for seed in SEEDS:
        rng = random.Random(seed)
        base = some_book(rng, numbered("b"))
        new = edited(rng, base, numbered("n"))
        mine = copy.deepcopy(base)
        for each in mine["cells"]:
            if each["cell_type"] == "code":
                each["outputs"] = []
        new_stripped = new | {
            "cells": [e | ({"outputs": []} if e["cell_type"] == "code" else {}) for e in new["cells"]]
        }

        merged = merge(base, mine, new)

        got = [e | ({"outputs": []} if e["cell_type"] == "code" else {}) for e in merged.notebook["cells"]]
        assert merged.notebook | {"cells": got} == new_stripped, seed
        assert merged.kept == merged.dropped == (), seed


def test_an_update_that_was_cut_short_can_be_done_again():
    for seed in SEEDS:
        rng = random.Random(seed)
        base = some_book(rng, numbered("b"))
        mine, new = edited(rng, base, numbered("m")), edited(rng, base, numbered("n"))
        once = merge(base, mine, new)

        again = merge(base, once.notebook, new)

        assert sorted(sources(again.notebook)) == sorted(sources(once.notebook)), seed
        after = merge(new, once.notebook, new)  # the base written too: the next update has nothing to do
        assert after.notebook == once.notebook, seed
