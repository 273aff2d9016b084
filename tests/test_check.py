"""From an object to a report: the verdict, the smallest failing case, and why."""

import ctypes
import os
from dataclasses import replace

import numpy as np
import pytest

import exercises
from groundup.checking.check import check, recognise
from groundup.checking.trial import trial
from groundup.exercise import Case, Exercise, Mistake, Scenario, exercise_of
from groundup.finding import Contrast, Report, Verdict
from groundup.source import starter


def report_on(obj, name=None, **options):
    return check(exercise_of(getattr(exercises, name or obj.__name__)), obj, **options)


def seen(report):
    return [finding.seen for finding in report.findings]


def test_a_right_function_passes_and_no_more_is_claimed_than_was_tried():
    def slope(f, x, h=1e-5):
        return (f(x + h) - f(x - h)) / h / 2

    report = report_on(slope)

    assert report.verdict is Verdict.PASSED
    assert report.headline == "slope: 2 calls agree with the reference and 1 property holds."
    assert report.tried == ("adding a constant to f never changes the slope",)
    assert "process of its own" in report.protection


def test_a_step_counted_once_is_named():
    def slope(f, x, h=1e-5):
        return (f(x + h) - f(x - h)) / h

    report = report_on(slope)

    assert report.verdict is Verdict.WRONG
    assert report.contrast == Contrast("slope(np.sin, 0.3)", "1.91067", "0.955336", "they are 0.9553 apart")
    assert report.mistake == "step counted once"
    assert report.findings[0].seen == "Your answer is twice the slope."
    assert report.findings[0].attempt == "How far apart are x - h and x + h?"


def test_a_slip_is_named_though_an_exception_is_missing_too():
    def middle(values):
        return sum(values) / (len(values) + 1)

    report = report_on(middle)

    assert report.mistake == "one counted too many"
    assert seen(report) == [
        "You divide by one more than there are.",
        "It returns 0.0 where it is asked to raise ValueError.",
    ]


def test_a_missing_exception_alone_is_not_taken_for_a_slip():
    def middle(values):
        return sum(values) / max(len(values), 1)

    report = report_on(middle)

    assert not report.mistake
    assert seen(report) == ["It returns 0.0 where it is asked to raise ValueError."]


def test_a_known_loop_is_named_from_its_first_call():
    def slope(f, x, h=1e-5):
        while f(x) < 2:
            pass

    exercise = exercise_of(exercises.slope)
    assert recognise(exercise, trial(exercise, slope, seconds=0.1)).name == "loops for ever"


def test_a_mistake_that_was_tried_before_is_compared_with_that_and_not_run_again():
    exercise = exercise_of(exercises.slope)
    counted_once, runs = exercise.mistakes[0], []

    def again(f, x, h=1e-5):
        runs.append(x)
        return counted_once.program(f, x, h)

    known = Mistake(counted_once.name, again)
    got = trial(exercise, counted_once.program)
    asked = replace(exercise, mistakes=[known])

    assert recognise(asked, got, tried={known: got}) is known
    assert not runs
    assert recognise(asked, got, tried={known: trial(exercise, exercise.reference)}) is not known
    assert recognise(asked, got) is known
    assert runs


def test_a_mistake_that_agrees_only_on_some_cases_is_not_named():
    def slope(f, x, h=1e-5):
        return (f(x + h) - f(x - h)) / (h if h < 0.1 else 2 * h)

    assert report_on(slope).mistake == ""


def test_a_class_is_checked_like_a_function():
    class Counter:
        count = 0

        def __init__(self, start):
            Counter.count = start

        def click(self, times=1):
            Counter.count += times
            return Counter.count

    report = report_on(Counter)

    assert report.verdict is Verdict.WRONG
    assert report.mistake == "counts are shared"


@pytest.mark.parametrize(
    "body", ["...", "pass", "raise NotImplementedError", "raise NotImplementedError('later')", '"""The words."""']
)
def test_an_empty_body_is_not_started(body):
    space = {}
    exec(f"def slope(f, x, h=1e-5):\n    {body}\n", space)

    report = report_on(space["slope"])

    assert report.verdict is Verdict.NOT_STARTED


def test_a_partly_given_class_is_not_started_until_its_gap_is_filled():
    class Counter:
        def __init__(self, start):
            self.count = start

        def click(self, times=1):
            """Add so many clicks and return the count."""
            ...  # your code here
            return self.count

    assert report_on(Counter).verdict is Verdict.NOT_STARTED


def test_a_class_that_is_half_written_is_told_which_methods_are_still_empty():
    class Counter:
        def __init__(self, start):
            self.count = start

        def click(self, times=1):
            """Add so many clicks and return the count."""

    report = report_on(Counter)

    assert report.verdict is Verdict.WRONG
    assert [finding.seen for finding in report.findings] == ["Not written yet: `click`."]


def test_a_starter_is_not_started_though_its_words_or_its_gap_are_gone_and_an_import_stands_above_it():
    exercise = exercise_of(exercises.clipped)
    words, gap = '    """The entries of values, none of them above top."""\n', "    ...  # your code here\n"
    given = starter(exercise) + "\n"
    assert words in given and gap in given
    cells = [
        given,
        given.replace(words, ""),
        given.replace(gap, ""),
        given.replace(words, "").replace(gap, "    pass\n"),
    ]

    for cell in [*cells, *("import numpy as np\n" + cell for cell in cells)]:
        space = {"np": np}
        exec(cell, space)
        assert check(exercise, space["clipped"]).verdict is Verdict.NOT_STARTED, cell

    exec("import numpy as np\n" + given.replace(gap, "    low = np.inf\n"), space)
    assert check(exercise, space["clipped"]).verdict is not Verdict.NOT_STARTED


def test_the_reference_itself_is_refused():
    assert report_on(exercises.slope).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("thing", [3, np.zeros(3), "slope"])
def test_what_is_not_even_callable_is_said_in_one_sentence(thing):
    report = check(exercise_of(exercises.slope), thing)

    assert report.verdict is Verdict.WRONG
    assert report.headline.startswith("slope should be something to call, and is ")


def test_a_class_for_a_function_and_the_other_way_round():
    class slope:
        pass

    def Counter(start):
        return start

    assert report_on(slope).headline == "slope should be a function and is a class."
    assert report_on(Counter).headline == "Counter should be a class and is not one."


def test_a_crash_shows_the_learners_own_line():
    def slope(f, x, h=1e-5):
        step = 2 * h
        return (f(x + step) - f(x)) / undefined  # noqa: F821

    report = report_on(slope)

    assert report.verdict is Verdict.CRASHED
    assert report.place.code.startswith("return (f(x + step) - f(x)) / undefined")
    assert report.contrast.returned == "NameError: name 'undefined' is not defined"


def test_an_exit_and_a_null_read_leave_this_process_alone():
    def slope(f, x, h=1e-5):
        os._exit(0)

    def running_sum(values):
        return ctypes.string_at(0)

    for report in (report_on(slope), report_on(running_sum)):
        assert report.verdict is Verdict.CRASHED
        assert "your notebook is as it was" in report.headline
        assert report.contrast.called != ""


def test_a_report_survives_being_written_down():
    def slope(f, x, h=1e-5):
        return f(x)

    report = report_on(slope)

    assert Report.from_dict(report.as_dict()) == report


def test_without_a_child_the_report_says_so():
    def slope(f, x, h=1e-5):
        return (f(x + h) - f(x - h)) / (2 * h)

    report = report_on(slope, isolate=False)

    assert report.passed
    assert "in this process" in report.protection


# What can be seen where no known mistake is.


def prints(values):
    print(np.cumsum(values))


def forgets_return(values):
    np.cumsum(values)


def a_list(values):
    if not len(values):
        raise ValueError
    return np.cumsum(np.asarray(values, float)).tolist()


def a_generator(values):
    yield from values


def itself(values):
    return itself


def never_raises(values):
    return np.cumsum(np.asarray(values, float))


def _sum(values):
    values = np.asarray(values, float)
    if not values.size:
        raise ValueError
    return np.cumsum(values)


def single(values):
    return _sum(values).astype(np.float32)


def tripled(values):
    return 3 * _sum(values)


def halved(values):
    return _sum(values) / 2


def negative(values):
    return -_sum(values)


def one_more(values):
    return _sum(values) + 1


def turned(values):
    return _sum(values)[::-1]


def late(values):
    return np.concatenate([[0.0], _sum(values)[:-1]])


def short(values):
    return _sum(values)[:-1]


def long(values):
    return np.concatenate([[0.0], _sum(values)])


def lost(values):
    result = _sum(values)
    result[-1] = np.nan
    return result


def column(values):
    return _sum(values)[:, None]


def rounded(values):
    return _sum(values) * (1 + 1e-6 * np.sin(np.arange(len(values)) + 1))


def constant(values):
    return np.ones_like(_sum(values))


def nought(values):
    up = down = _sum(values)
    return up - down


def negative_beyond_three(values):
    result = _sum(values)
    return -result if len(result) > 3 else result


def one_number(values):
    return np.asarray(_sum(values)[0])


def says_so(values):
    if not len(values):
        print("ValueError: nothing to sum")
        return values
    return _sum(values)


SEEN = [
    (prints, "It prints its answer and returns None."),
    (forgets_return, "It returns None."),
    (a_list, "It returns a list where an array is expected."),
    (a_generator, "It returns a generator where an array is expected."),
    (itself, "It returns a function where an array is expected."),
    (never_raises, "It returns [] where it is asked to raise ValueError."),
    (single, "The values are right but their dtype is float32 and should be float64."),
    (tripled, "Every number is 3 times what it should be."),
    (halved, "Every number is 1/2 times what it should be."),
    (negative, "Every number has the opposite sign."),
    (one_more, "Every number is 1 more than it should be."),
    (nought, "Every number is 0."),
    (turned, "The entries are right but in reversed order."),
    (late, "The entries stand one place too far to the right."),
    (short, "It has one entry too few, the last."),
    (long, "It has one entry too many, the first."),
    (lost, "There is NaN at [3] where a finite number should be."),
    (column, "Its shape is (4, 1) and should be (4,): one axis too many."),
    (negative_beyond_three, "Every number that is wrong has the opposite sign."),
    (one_number, "It is one number and should be an array of shape (4,)."),
    (rounded, "The answer is close: off by a factor of at most 1e-06 of itself."),
]


@pytest.mark.parametrize(("obj", "words"), SEEN, ids=[obj.__name__ for obj, _ in SEEN])
def test_what_can_be_seen_is_said(obj, words):
    from groundup.checking.diagnose import findings
    from groundup.checking.trial import failures

    exercise = exercise_of(exercises.running_sum)
    failing = failures(exercise, trial(exercise, obj), trial(exercise, exercise.reference))

    assert findings(exercise, failing, obj, most=1)[0].seen == words


def found(obj, name="running_sum"):
    """All that is seen of a wrong answer, no known mistake in the way."""
    from groundup.checking.diagnose import findings
    from groundup.checking.trial import failures

    exercise = exercise_of(getattr(exercises, name))
    failing = failures(exercise, trial(exercise, obj), trial(exercise, exercise.reference))
    return findings(exercise, failing, obj, most=9)


def test_an_answer_that_never_comes_back_is_all_that_is_said():
    assert [f.seen for f in found(prints)] == ["It prints its answer and returns None."]
    assert [f.seen for f in found(forgets_return)] == ["It returns None."]


def test_none_is_spoken_of_only_where_the_call_that_is_shown_gave_it():
    def sometimes(values):
        return _sum(values) + 1 if len(values) > 2 else None

    failing = found(sometimes)
    assert "It returns None." not in [f.seen for f in failing[1:]]


def test_printing_the_name_of_an_exception_is_told_from_raising_it():
    finding = found(says_so)[0]

    assert finding.seen == "It returns [] where it is asked to raise ValueError."
    assert finding.means == "Printing is not raising: only `raise ValueError(…)` stops the function."


def test_a_list_is_no_fault_where_a_tuple_is_expected_and_lists_are_taken():
    def normalise(x):
        mean, deviation = x.mean(), x.std()
        return [-(x - mean) / deviation, mean, deviation]

    assert not [f for f in found(normalise, "normalise") if "a list" in f.seen]


def test_an_argument_of_the_inner_function_is_told_from_a_name_that_nobody_gives():
    def twice(f):
        return f(f(x))  # noqa: F821

    def thrice(f):
        return lambda x: f(f(g(x)))  # noqa: F821

    (early,), (unknown,) = found(twice, "twice"), found(thrice, "twice")

    assert early.seen == "Nobody has given `x` a value yet."
    assert early.attempt == "Which inner `def` has `x` between its brackets?"
    assert unknown.seen == "Nothing gives `g` a value."


def test_one_answer_where_several_are_asked_for_is_counted():
    def both(a, b):
        return np.cumsum(a), np.cumsum(b)

    def alone(a, b):
        return np.cumsum(a)

    def a_number(a, b):
        return 3.0

    def stacked(a, b):
        return np.array([np.cumsum(a), np.cumsum(b)])

    exercise = Exercise("both", __name__, both, probes=[Case((np.array([2.0, 1.0]), np.array([4.0, 7.0])), {})])

    one = "2 answers are asked for, in a tuple; one is returned."
    assert [seen(check(exercise, wrong))[0] for wrong in (alone, a_number)] == [one, one]
    assert seen(check(exercise, stacked))[0] == "It returns an array where a tuple is expected."


def test_a_transposed_result_is_seen():
    report = report_on(lambda a, b: np.outer(a, b).T, "outer")

    assert "rows and columns are exchanged" in " ".join(seen(report)) or report.mistake


def test_an_argument_that_is_ignored_is_seen():
    from groundup.checking.diagnose import findings
    from groundup.checking.trial import failures

    def slope(f, x, h=1e-5):
        return (np.sin(x + h) - np.sin(x - h)) / (2 * h)

    exercise = exercise_of(exercises.add_one)
    failing = failures(exercise, trial(exercise, lambda values: [9]), trial(exercise, exercise.reference))

    assert "The answer does not depend on `values`." in [
        f.seen for f in findings(exercise, failing, lambda values: [9], most=9)
    ]


def test_where_all_is_zero_an_argument_that_is_read_is_not_called_ignored():
    def cancels(values):
        up = down = sum(values)
        return 1.0 * (up - down)

    def never_looks(values):
        return 0.0

    assert [f.seen for f in found(cancels, "middle")] == ["Every number is 0."]
    assert [f.seen for f in found(never_looks, "middle")] == [
        "Every number is 0.",
        "The answer does not depend on `values`.",
    ]


def test_a_path_that_is_one_row_too_short_is_seen_at_its_end():
    (first,) = [f.seen for f in found(lambda a, b: np.outer(a, b)[1:], "outer")][:1]

    assert first == "It has one row too few, the first."


def test_of_a_yes_or_no_it_is_not_said_that_an_argument_is_ignored():
    def rises(values, by):
        return len(values) > 3 or by > 100

    assert not [f for f in found(rises, "rises") if "does not depend" in f.seen]


def test_an_argument_that_was_made_into_the_right_answer_is_not_said_to_come_back_as_it_was():
    def add_one(values):
        values[:] = [value + 1 for value in values]
        return values

    assert seen(report_on(add_one)) == ["It changes its argument `values`."]


def test_the_same_thing_is_not_said_twice():
    def one_for_all(values):
        return float(np.sum(values))

    told = [f.seen for f in found(one_for_all)]
    assert told[0] == "It is one number and should be an array of shape (4,)."
    assert len(set(told)) == len(told)


def test_the_first_wrong_value_of_a_chain_is_named():
    def normalise(x):
        return (x - x.mean()) / x.std(ddof=1), x.mean(), x.std(ddof=1)

    contrast = report_on(normalise).contrast

    assert (contrast.returned, contrast.expected) == ("deviation = 2.64575", "deviation = 2.16025")
    assert contrast.difference == "right so far: mean; the first to go wrong is deviation: they are 0.4855 apart"


def test_values_that_agree_are_not_shown_as_if_they_differed():
    def add_one(values):
        values.append(0)
        return [value + 1 for value in values[:-1]]

    def normalise(x):
        np.random.rand()
        return (x - x.mean()) / x.std(), x.mean(), x.std()

    for wrong, side in (
        (add_one, "what it returns is right, but it changed its argument values"),
        (normalise, "its values are right, but it used the global random state"),
    ):
        contrast = report_on(wrong).contrast
        assert (contrast.returned, contrast.expected, contrast.difference) == ("", "", side)


def test_a_copy_where_a_view_is_asked_for_is_told_apart():
    def first_half(x):
        return x[: len(x) // 2].copy()

    said = "what it returns is right, but it is a copy and should share the memory of x"
    assert report_on(first_half).contrast.difference == said
    assert report_on(lambda x: x[: len(x) // 2], "first_half").passed


def test_a_loop_over_entries_is_told_by_counting_and_not_by_time():
    def first_half(x):
        for _ in range(len(x)):
            pass
        return x[: len(x) // 2]

    report = report_on(first_half)

    assert report.contrast.expected == "no loop over the entries"
    assert report.contrast.difference.startswith("Python does ")
    assert (report.contrast.called, report.contrast.returned) == ("", "")  # no number is wrong
    assert "Its answers are right" in seen(report)[0]


def test_work_hidden_in_a_comprehension_or_a_map_is_counted_too():
    hidden = (
        lambda x: x[: [i for i in range(len(x))][-1] // 2 + 1],
        lambda x: (list(map(lambda entry: entry, x)), x[: len(x) // 2])[1],
    )

    assert [report_on(f, "first_half").passed for f in hidden] == [False, False]


def test_a_training_run_is_watched_and_its_history_is_kept():
    def descend(f, x, steps, log, rate=0.1):
        for step in range(steps):
            log(step, loss=f(x))
            x = x - rate * exercises.slope(f, x)
        return x

    ticks = []
    report = report_on(descend, watching=ticks.append)

    assert report.passed
    assert report.history["loss"][0] == 9.0
    assert len(report.history["loss"]) == 40
    assert (ticks[0].step, ticks[0].steps, ticks[0].values) == (0, 40, {"loss": 9.0})


def test_a_mistake_that_rests_on_an_earlier_exercise_names_it_and_a_picture_comes_along():
    def descend(f, x, steps, log, rate=0.1):
        for step in range(steps):
            log(step, f(x))
            x += rate * exercises.slope(f, x)
        return x

    report = report_on(descend)

    assert (report.mistake, report.because) == ("uphill", "slope")
    assert report.picture == "<svg>the way it went</svg>"
    assert report.history["loss"][-1] > 9.0


def test_a_crash_is_not_taken_for_another_crash_of_the_same_class():
    def slope(f, x, h=1e-5):
        return f * x

    assert report_on(slope).mistake == ""


def test_what_is_said_of_one_call_is_said_of_the_one_that_is_shown():
    def running_sum(values):
        return np.cumsum(np.asarray(values, float)) + (len(values) > 3)

    report = report_on(running_sum)

    assert report.contrast.called == "running_sum(array([3.0, 1.0, 2.0, 5.0]))"
    assert not any("ValueError" in finding.seen for finding in report.findings)


def test_the_lessons_first_example_is_shown_if_it_fails_and_else_the_smallest_call():
    def add_one(values):
        return [value + 2 for value in values]

    def only_long(values):
        return [value + 1 + (len(values) < 2) for value in values]

    assert report_on(add_one).contrast.called == "add_one([3, 1, 2])"
    assert report_on(only_long, "add_one").contrast.called == "add_one([5])"


def test_of_two_failing_scripts_the_one_that_the_lesson_puts_first_is_shown_though_it_is_longer():
    def twice(x):
        return 2 * x

    def step_by_step(twice):
        first = twice(1)
        second = twice(first)
        return first, second

    def at_once(twice):
        return twice(3)

    exercise = Exercise("twice", __name__, twice, probes=[Scenario(step_by_step), Scenario(at_once)])

    report = check(exercise, lambda x: x + 2, isolate=False)

    assert report.contrast.called.startswith("first = twice(1)")


def lists_are_no_arrays(values):
    return [1.0, 2.0, 3.0, 4.0][np.asarray(values, int)]


def asks_an_array(values):
    return values if values > 2 else -values


def math_of_an_array(values):
    import math

    return math.exp(values)


def loops_over_a_number(values):
    return [entry for entry in 3.0]


def appends_a_number(values):
    total = list(values)
    total += 0.5
    return total


def calls_an_answer(values):
    return values(0)


def adds_functions(values):
    return np.sin + asks_an_array


def never_set(values):
    total += values  # noqa: F821
    return total


def past_the_end(values):
    return list(values)[99]


def an_axis_that_is_not_there(values):
    return np.ones(3).sum(axis=1)


def an_index_too_many(values):
    return np.ones(3)[np.arange(3), np.arange(3)]


def indices_of_two_lengths(values):
    return np.ones((3, 3))[np.arange(3), np.arange(2)]


def eigenvectors_of_an_oblong(values):
    return np.linalg.eigh(np.ones((3, 2)))


def running_sum():
    return 0.0


def a_call_that_does_not_fit(values):
    return running_sum(values)


def a_float_for_a_size(values):
    return list(values)[len(values) / 2]


def shapes_of_no_product(values):
    return np.ones((2, 3)) @ np.ones((2, 3))


def asks_a_list_for_its_sum(values):
    return list(values).sum()


def asks_a_list_for_its_axes(values):
    return list(values).T


def a_list_times_a_float(values):
    return list(values) * 0.5


def sizes_side_by_side(values):
    return np.zeros(2, 3)


def rows_side_by_side(values):
    return np.array([1.0, 2.0], [3.0, 4.0])


def three_rows_side_by_side(values):
    return np.array([1.0, 2.0], [3.0, 4.0], [5.0, 6.0])


def size_of_a_list(values):
    return abs(list(values))


def a_list_less_a_number(values):
    return list(values) - 0.5


def a_list_and_a_number(values):
    return list(values) + 0.5


def a_list_turned_round(values):
    return -list(values)


def one_over_whole_numbers(values):
    return np.arange(1, 4) ** -1


def floats_into_whole_numbers(values):
    whole = np.arange(1, 4)
    whole -= whole.mean()
    return whole


def a_list_held_against_a_number(values):
    return list(values) < 0


def axes_of_a_list(values):
    return list(values)[:, None]


CRASHES = [
    (floats_into_whole_numbers, "Numbers with a point were to be written into an array of whole numbers."),
    (one_over_whole_numbers, "An array of whole numbers is raised to a negative power."),
    (shapes_of_no_product, "A matrix product was given two shapes that do not fit together."),
    (asks_a_list_for_its_sum, "A list was asked for something that arrays have and lists have not."),
    (asks_a_list_for_its_axes, "A list was asked for something that arrays have and lists have not."),
    (a_list_times_a_float, "A list was multiplied by something that is no whole number."),
    (sizes_side_by_side, "What belongs together was handed over as several arguments."),
    (rows_side_by_side, "What belongs together was handed over as several arguments."),
    (three_rows_side_by_side, "What belongs together was handed over as several arguments."),
    (size_of_a_list, "`abs` or a minus sign was given a list."),
    (a_list_less_a_number, "A list or a tuple was used in arithmetic."),
    (a_list_and_a_number, "A list or a tuple was used in arithmetic."),
    (a_list_turned_round, "`abs` or a minus sign was given a list."),
    (a_list_held_against_a_number, "A list was compared with a number."),
    (axes_of_a_list, "A list was indexed as if it had axes."),
    (lists_are_no_arrays, "A list was indexed by an array."),
    (asks_an_array, "`if`, `while`, `and` or `or` was given an array."),
    (math_of_an_array, "A function for one number was given an array."),
    (loops_over_a_number, "One number stands where several are needed."),
    (appends_a_number, "One number stands where several are needed."),
    (calls_an_answer, "Something was called that is not a function."),
    (adds_functions, "A function itself was used in a sum or product."),
    (never_set, "A name is read before it has a value."),
    (past_the_end, "An index points past the end."),
    (an_axis_that_is_not_there, "An axis was named that the array does not have."),
    (an_index_too_many, "An array was given more indices than it has axes."),
    (indices_of_two_lengths, "The arrays that index an array together are not equally long."),
    (eigenvectors_of_an_oblong, "A matrix was given that is not square, where a square one is wanted."),
    (running_sum, "The number of arguments does not fit."),
    (a_call_that_does_not_fit, "The number of arguments does not fit, in a call of `running_sum` inside your code."),
    (a_float_for_a_size, "A float stands where a whole number is needed: a size, an index or a number of rounds."),
]


@pytest.mark.parametrize(("obj", "words"), CRASHES, ids=[obj.__name__ for obj, _ in CRASHES])
def test_what_python_means_by_a_crash_is_said(obj, words):
    assert seen(report_on(obj, "running_sum"))[0] == words


def floats_into_a_whole_tensor(values):
    import torch

    whole = torch.arange(3)
    whole -= 0.5
    return whole


def asks_a_tensor(values):
    import torch

    return 0 <= torch.as_tensor(np.asarray(values)) - 9 < 2


def tensors_of_no_product(values):
    import torch

    return torch.ones(1, 2, 3) @ torch.ones(1, 2, 3)


def a_mask_between_brackets(values):
    import torch

    return torch.ones(1, 2, 2)[torch.ones(2, 2).bool()]


def a_pair_for_a_tensor(values):
    import torch

    return torch.ones(2, 2) - torch.ones(2, 2).max(dim=1)


def changed_while_recorded(values):
    import torch

    parameter = torch.ones(2, requires_grad=True)
    parameter -= 1
    return parameter


def scores_on_three_axes(values):
    import torch

    return torch.nn.functional.cross_entropy(torch.ones(2, 5, 4), torch.ones(2, 5).long())


OF_TORCH = [
    (floats_into_a_whole_tensor, "Numbers with a point were to be written into an array of whole numbers."),
    (asks_a_tensor, "One yes or no was asked of a whole tensor."),
    (tensors_of_no_product, "A matrix product was given two shapes that do not fit together."),
    (
        a_mask_between_brackets,
        "A mask stands between square brackets, and its shape is not that of the first axes of what it picks from.",
    ),
    (a_pair_for_a_tensor, "A pair was used as if it were one tensor."),
    (changed_while_recorded, "A parameter was changed in place while torch was recording."),
    (scores_on_three_axes, "Scores and targets do not fit together in `cross_entropy`."),
]


@pytest.mark.torch
@pytest.mark.parametrize(("obj", "words"), OF_TORCH, ids=[obj.__name__ for obj, _ in OF_TORCH])
def test_what_torch_means_by_a_crash_is_said(obj, words):
    import torch  # noqa: F401 - here, or each child would load it within its time

    assert seen(report_on(obj, "running_sum"))[0] == words


LEAKED = 3.0


def test_a_value_from_elsewhere_in_the_notebook_is_told():
    def running_sum(values):
        return np.cumsum(np.asarray(values, float)) + LEAKED

    assert seen(report_on(running_sum))[0] == "It reads `LEAKED` from elsewhere in the notebook."


def test_a_call_with_an_empty_argument_is_not_the_first_to_be_shown():
    def outer(a, b):
        return [][0]

    assert report_on(lambda values: values[np.array([0])], "add_one").contrast.called != "add_one([])"
    assert "[]" not in report_on(outer).contrast.called
