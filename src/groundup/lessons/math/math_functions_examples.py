"""Functions, from a straight line to a sigmoid that does not overflow: the exercises of the first lesson.

Knows nothing of derivatives: growth is felt here and measured in the next lesson.
"""

import math
import warnings

import numpy as np

from groundup.differs import close
from groundup.exercise import (
    Asked,
    case,
    cases,
    equivalent,
    exercise,
    hint,
    holds,
    mistake,
    prediction,
    question,
    quiz,
    right,
    scenario,
    wrong,
)

# ---- a line -------------------------------------------------------------------------------------------------------


@exercise
def line_through(p, q):
    """The slope and the intercept of the straight line through two points.

    p and q are points: pairs (x, y) of numbers.
    Returns the pair (m, c) of floats for which y = m * x + c at both points.
    The order of the two points makes no difference.

    Raises ValueError if both points have the same x: no line of this form goes through them.

    Example: line_through((1, 5), (3, 11)) is (3.0, 2.0), because 3 * 1 + 2 = 5 and 3 * 3 + 2 = 11.
    """
    (x0, y0), (x1, y1) = p, q
    if x0 == x1:
        raise ValueError(f"both points have x = {x0}, so no line y = m * x + c goes through them")
    m = (y1 - y0) / (x1 - x0)
    return m, y0 - m * x0


case(line_through, (1, 5), (3, 11))
case(line_through, (-2, 4.5), (2, -3))
case(line_through, (0.5, 7.0), (3.0, 7.0))
case(line_through, (4, 1), (4, 6))


@cases(line_through, 4)
def _(rng):
    x0, y0, step, y1 = rng.uniform(0.5, 4.0, size=4) * (-1, 1, 1, -1)
    return (float(x0), float(y0)), (float(x0 + step), float(y1))


@holds(line_through, "both points lie on the line")
def _(line_through, rng):
    for _ in range(5):
        (x0, x1), (y0, y1) = rng.normal(size=(2, 2))
        m, c = line_through((x0, y0), (x1, y1))
        assert close(m * x0 + c, y0), "the first point is not on the line"
        assert close(m * x1 + c, y1), "the second point is not on the line"


@holds(line_through, "the order of the points makes no difference")
def _(line_through):
    assert close(line_through((1.0, -2.0), (5.0, 7.0)), line_through((5.0, 7.0), (1.0, -2.0)))


@mistake(line_through, "run over rise")
def _(p, q):
    """Your slope says how far to go right for one step up. Which of the two differences belongs on top, if the
    slope is what y gains for one step of x?"""
    (x0, y0), (x1, y1) = p, q
    if x0 == x1:
        raise ValueError("no slope")
    m = (x1 - x0) / (y1 - y0) if y1 != y0 else math.inf
    return m, y0 - m * x0


@mistake(line_through, "run over rise, level lines not thought of")
def _(p, q):
    """You divide the gain of x by the gain of y, and a level line then divides by 0. Which of the two belongs on top,
    if the slope is what y gains for one step of x?"""
    (x0, y0), (x1, y1) = p, q
    if x0 == x1:
        raise ValueError("no slope")
    m = (x1 - x0) / (y1 - y0)
    return m, y0 - m * x0


@mistake(line_through, "height of the first point for the intercept")
def _(p, q):
    """The slope is right, and the intercept is the height of a given point. At which x does a line show its
    intercept?"""
    (x0, y0), (x1, y1) = p, q
    if x0 == x1:
        raise ValueError("no slope")
    return (y1 - y0) / (x1 - x0), float(y0)


@mistake(line_through, "walked the wrong way to the axis")
def _(p, q):
    """The slope is right, and m * x was added to the height of a point. To come from x back to 0, is the slope
    added or taken away?"""
    (x0, y0), (x1, y1) = p, q
    if x0 == x1:
        raise ValueError("no slope")
    m = (y1 - y0) / (x1 - x0)
    return m, y0 + m * x0


@mistake(line_through, "differences in opposite order")
def _(p, q):
    """Your slope has the wrong sign: one difference goes from p to q, the other from q to p. In which order are the
    two subtractions written?"""
    (x0, y0), (x1, y1) = p, q
    if x0 == x1:
        raise ValueError("no slope")
    m = (y1 - y0) / (x0 - x1)
    return m, y0 - m * x0


@mistake(line_through, "an upright line let through")
def _(p, q):
    """Two points with the same x did not give a ValueError. What is x1 - x0 for them, and what does dividing by it
    do?"""
    (x0, y0), (x1, y1) = p, q
    m = (y1 - y0) / (x1 - x0)
    return m, y0 - m * x0


@mistake(line_through, "x left out of the intercept")
def _(p, q):
    """The slope is right, and m was taken once from the height of a point. How many steps of 1 lie between that point
    and x = 0?"""
    (x0, y0), (x1, y1) = p, q
    if x0 == x1:
        raise ValueError("no slope")
    m = (y1 - y0) / (x1 - x0)
    return m, y0 - m


@mistake(line_through, "whole steps only")
def _(p, q):
    """Your slope is rounded down to a whole number. What does // leave out that / keeps?"""
    (x0, y0), (x1, y1) = p, q
    if x0 == x1:
        raise ValueError("no slope")
    m = (y1 - y0) // (x1 - x0)
    return m, y0 - m * x0


hint(line_through, "How much does y gain from p to q, and how much does x? What does y gain for one step of x?")
hint(line_through, "Once m is known, one point is enough: y0 = m * x0 + c has only one unknown left.")
hint(line_through, "Unpack with (x0, y0), (x1, y1) = p, q, look for equal x first, then write m, then solve for c.")


# ---- powers -------------------------------------------------------------------------------------------------------


@exercise
def horner(coeffs, x):
    """The value of a polynomial, by one multiplication and one addition for each coefficient.

    coeffs = [a0, a1, a2, …] stands for a0 + a1 * x + a2 * x**2 + …, lowest power first: a list or 1-D array.
    x is a number or an array of any shape, ints allowed; it must stay as it was.
    Returns floats (float64), one for each x: same shape as x.
    No coefficients at all stand for the polynomial 0.

    Example: horner([2, -3, 0.5], 4) is -2.0, because 2 - 12 + 8 = -2.
    """
    x = np.asarray(x, dtype=float)  # ints become floats; floats are not copied
    total = np.zeros_like(x)  # as many zeros as there are x
    # begin solution
    for a in reversed(coeffs):
        total = total * x + a
    # end solution
    return total


case(horner, [2, -3, 0.5], 4)
case(horner, [1, 0, 2, -1], np.array([-2, 0, 3, 5]))
case(horner, np.array([0.5, -1.5, 2.0]), np.array([[0.1, -0.2, 0.3], [1.5, 2.5, -3.5]]).T)
case(horner, [7.0], np.array([1.0, 2.0]))
case(horner, [], np.array([1.0, 2.0, 3.0]))
case(horner, [3.0, 1.0], np.array([]))
case(horner, [0] * 20 + [1], np.array([10, -3, 2]))


@cases(horner, 4)
def _(rng):
    return list(map(float, rng.normal(size=rng.integers(2, 6)))), rng.uniform(-2, 2, size=(3, 2))


@holds(horner, "at x = 0 only the first coefficient is left")
def _(horner, rng):
    coeffs = rng.normal(size=4)
    assert close(horner(coeffs, np.zeros(3)), np.full(3, coeffs[0]))


@holds(horner, "a coefficient put in front turns p(x) into a + x * p(x)")
def _(horner, rng):
    coeffs, x = list(rng.normal(size=3)), rng.normal(size=5)
    assert close(horner([0.7, *coeffs], x), 0.7 + x * horner(coeffs, x))


@mistake(horner, "highest power first")
def _(coeffs, x):
    """At x = 0 you return the last coefficient. Which coefficient is left of a polynomial at 0, and where does it
    stand in the list?"""
    x = np.asarray(x, dtype=float)
    total = np.zeros_like(x)
    for a in coeffs:
        total = total * x + a
    return total


@mistake(horner, "added before multiplying")
def _(coeffs, x):
    """Your answer is x times too large: it is 0 at x = 0. Which comes first in a round of the loop, the
    multiplication by x or the addition of a?"""
    x = np.asarray(x, dtype=float)
    total = np.zeros_like(x)
    for a in reversed(coeffs):
        total = (total + a) * x
    return total


@mistake(horner, "every coefficient times x itself")
def _(coeffs, x):
    """Your answer is x times the sum of the coefficients: no power of x ever grows. What has to happen to the total
    so far, so that the highest coefficient ends up multiplied by x many times?"""
    x = np.asarray(x, dtype=float)
    total = np.zeros_like(x)
    for a in reversed(coeffs):
        total = total + a * x
    return total


@mistake(horner, "powers of ints")
def _(coeffs, x):
    """An array of ints was raised to powers as ints: 10**20 does not fit into 64 bits, and NumPy wraps it around
    without a word. What type should x have before it is multiplied?"""
    x = np.asarray(x)
    total = np.zeros(x.shape)
    for k, a in enumerate(coeffs):
        total = total + a * x**k
    return total


@mistake(horner, "one number only")
def _(coeffs, x):
    """It works for one number and fails for an array. Which line asks for a single number?"""
    total, x = 0.0, float(x)
    for a in reversed(coeffs):
        total = total * x + a
    return total


@mistake(horner, "started from the last coefficient")
def _(coeffs, x):
    """It stops on an empty list, and a constant loses the shape of x. What could the total start from, so that
    every coefficient is treated alike?"""
    x = np.asarray(x, dtype=float)
    total = float(coeffs[-1])
    for a in coeffs[-2::-1]:
        total = total * x + a
    return total


@mistake(horner, "returned inside the loop")
def _(coeffs, x):
    """You return the highest coefficient: the function ends in the first round of the loop. How far to the right should
    `return` stand?"""
    x = np.asarray(x, dtype=float)
    total = np.zeros_like(x)
    for a in reversed(coeffs):
        total = total * x + a
        return total
    return total


@mistake(horner, "one coefficient left over")
def _(coeffs, x):
    """a0 is never added: the loop stops one coefficient too early. Which index is the last that your loop sees?"""
    x = np.asarray(x, dtype=float)
    total = np.zeros_like(x)
    for k in range(len(coeffs) - 1, 0, -1):
        total = total * x + coeffs[k]
    return total


@mistake(horner, "zero without a shape")
def _(coeffs, x):
    """With no coefficients a bare 0 comes back, and the shape of x is lost. What was `total` before you made it 0?"""
    x = np.asarray(x, dtype=float)
    total = 0
    for a in reversed(coeffs):
        total = total * x + a
    return total


hint(horner, "By hand for 2 - 3x + 0.5x²: which coefficient do the brackets of 2 + x * (-3 + x * 0.5) begin with?")
hint(horner, "From the inside out: begin with nothing, and for each coefficient do 'times x, then plus a'.")
hint(horner, "A loop of two lines. reversed(coeffs) goes through the list from its end.")


# ---- functions of functions ---------------------------------------------------------------------------------------


@exercise
def compose(*fs):
    """The function that applies all the given functions, the last one first.

    compose(f, g, h) returns a function; called with x, that function gives f(g(h(x))).
    Any number of functions may be given: compose(f) does what f does, and compose() gives x back as it came.
    The function that comes back may be called as often as one likes.

    Example: compose(abs, round)(-2.7) is 3, because round(-2.7) = -3 comes first and abs(-3) = 3 after it.
    """

    def composed(x):
        for f in reversed(fs):
            x = f(x)
        return x

    return composed


@scenario(compose)
def _(compose):
    return compose(lambda x: x + 1, lambda x: 2 * x)(5)


@scenario(compose)
def _(compose):
    return compose(lambda x: x - 4, lambda x: x * x, lambda x: 3 * x + 1)(2)


@scenario(compose)
def _(compose):
    return compose(lambda x: x**3)(2.5)


@scenario(compose)
def _(compose):
    return compose()(11)


@scenario(compose)
def _(compose):
    both = compose(lambda x: x + 10, lambda x: -x)
    return [both(1), both(2), both(3)]


@scenario(compose)
def _(compose):
    return compose(len, str, lambda x: x**2)(1234)


@scenario(compose)
def _(compose):
    return compose(len, lambda text: text.split())("one two three")


@scenario(compose)
def _(compose):
    return compose(np.sqrt, lambda x: x + 1.0, np.square)(np.array([0.0, 2.0, -3.0]))


@holds(compose, "brackets make no difference: f after (g after h) is (f after g) after h")
def _(compose, rng):
    x = rng.normal(size=4)
    f, g, h = (lambda x: x - 3), np.tanh, (lambda x: 2 * x + 1)
    assert close(compose(f, compose(g, h))(x), compose(compose(f, g), h)(x))


@holds(compose, "composing with nothing changes nothing")
def _(compose):
    assert compose(compose(), str, compose())(12) == "12"


@mistake(compose, "first function first")
def _(*fs):
    """Your function works from left to right. In f(g(x)), which of the two sees x first?"""

    def composed(x):
        for f in fs:
            x = f(x)
        return x

    return composed


@mistake(compose, "only two functions")
def _(f, g):
    """It takes exactly two functions. How could one parameter stand for none, one, or ten of them?"""
    return lambda x: f(g(x))


@mistake(compose, "nothing to compose")
def _(*fs):
    """With no functions at all it stops. Which function changes nothing when it comes before or after another, as 0
    does in a sum?"""
    *rest, first = fs

    def composed(x):
        x = first(x)
        for f in reversed(rest):
            x = f(x)
        return x

    return composed


@mistake(compose, "lambdas that look the name up later")
def _(*fs):
    """It calls itself without end. A lambda looks its names up when it is called, so which function does `result`
    mean inside it by then?"""
    result = lambda x: x
    for f in reversed(fs):
        before = result
        result = lambda x: f(before(x))  # noqa: B023
    return result


@mistake(compose, "one function many times")
def _(*fs):
    """One and the same function is applied over and over. When the loop is finished, which function does the name
    in your lambda stand for?"""
    steps = [lambda x: f(x) for f in reversed(fs)]  # noqa: B023

    def composed(x):
        for step in steps:
            x = step(x)
        return x

    return composed


@mistake(compose, "used up by the first call")
def _(*fs):
    """The first call is right, and the second gives x back as it came. What is left of reversed(fs) when a loop has
    gone through it once?"""
    steps = reversed(fs)

    def composed(x):
        for f in steps:
            x = f(x)
        return x

    return composed


@mistake(compose, "returned inside the loop")
def _(*fs):
    """The function ends after its first round: only the last of fs is applied, and without any the answer is None.
    Does `return` stand inside the loop or behind it?"""

    def composed(x):
        for f in reversed(fs):
            x = f(x)
            return x

    return composed


@mistake(compose, "stopped before the first of fs")
def _(*fs):
    """The first function of the list is never applied. Which index is the last that your loop sees?"""

    def composed(x):
        for i in range(len(fs) - 1, 0, -1):
            x = fs[i](x)
        return x

    return composed


@mistake(compose, "a value, not a function")
def _(*fs):
    """compose(f, g) should be a function, ready for an x that comes later. What does your function return when no x
    is known yet?"""
    result = None
    for f in reversed(fs):
        result = f(result)
    return result


@mistake(compose, "already called")
def _(*fs):
    """compose asks for x before anybody has given one: `return composed(x)` calls the inner function. What do you
    return, if the function itself is wanted?"""

    def composed(x):
        for f in reversed(fs):
            x = f(x)
        return x

    return composed(x)  # noqa: F821


hint(compose, "What has to come back: a number, or something that can be called with a number?")
hint(compose, "Define a function of x inside compose, and return it. It sees fs, although fs is not its parameter.")
hint(compose, "Inside: replace x by f(x) for one f after another. Which end of fs does the walk begin at?")


@exercise(needs=[line_through])
def inverse_affine(a, b):
    """The function that undoes the step from x to a * x + b.

    a and b are numbers.
    Returns a function: called with y, a number or an array, it gives the x (floats, same shape) with a * x + b = y.

    Raises ValueError at once, before any y is given, if a equals 0: every x is then sent to b, and none can be found
    again.

    Example: inverse_affine(2, 3)(11) is 4.0, because 2 * 4 + 3 = 11.
    """
    if a == 0:
        raise ValueError(f"0 * x + {b} is {b} for every x, so it cannot be undone")

    def inverse(y):
        return (y - b) / a

    return inverse


@scenario(inverse_affine)
def _(inverse_affine):
    return inverse_affine(2, 3)(11)


@scenario(inverse_affine)
def _(inverse_affine):
    return inverse_affine(-4, 1.5)(np.array([9.5, -2.5, 0.0]))


@scenario(inverse_affine)
def _(inverse_affine):
    to_celsius = inverse_affine(1.8, 32)
    return [to_celsius(212.0), to_celsius(-40.0)]


@scenario(inverse_affine)
def _(inverse_affine):
    halve, shift = inverse_affine(2, 0), inverse_affine(1, 7)
    return [halve(9), shift(9)]


case(inverse_affine, 0, 4)
case(inverse_affine, 0.0, 1.5)


@scenario(inverse_affine)
def _(inverse_affine):
    return inverse_affine(0.3, -2)(np.array([[1, 2, 3], [4, 5, 7]]))


@holds(inverse_affine, "doing and undoing, in either order, leaves a number as it was")
def _(inverse_affine, rng):
    for a, b in rng.normal(size=(5, 2)):
        undo, x = inverse_affine(a, b), rng.normal(size=3)
        assert close(undo(a * x + b), x)
        assert close(a * undo(x) + b, x)


@mistake(inverse_affine, "steps undone in the order they were done")
def _(a, b):
    """You undo the multiplication first, and then take away b. Shoes go on over socks: which comes off first?"""
    if a == 0:
        raise ValueError("nothing can be undone")
    return lambda y: y / a - b


@mistake(inverse_affine, "multiplied once more")
def _(a, b):
    """Your function takes b away and then multiplies by a, which stretches once more. What undoes a multiplication
    by a?"""
    if a == 0:
        raise ValueError("nothing can be undone")
    return lambda y: (y - b) * a


@mistake(inverse_affine, "one over the function")
def _(a, b):
    """Your function is 1 / (a * y + b), which the sign f⁻¹ seems to say. If 2 * 4 + 3 = 11, which number should 11
    be sent to?"""
    if a == 0:
        raise ValueError("nothing can be undone")
    return lambda y: 1 / (a * y + b)


@mistake(inverse_affine, "b added again")
def _(a, b):
    """The division is right, but b was added where it should go. What undoes adding b?"""
    if a == 0:
        raise ValueError("nothing can be undone")
    return lambda y: (y + b) / a


@mistake(inverse_affine, "no brackets")
def _(a, b):
    """y - b / a divides b alone: `/` comes before `-`. What has to be taken away before anything is divided?"""
    if a == 0:
        raise ValueError("nothing can be undone")
    return lambda y: y - b / a


@mistake(inverse_affine, "zero found out too late")
def _(a, b):
    """With a = 0 a function came back, as if there were something to undo. Where must the test stand, so that it
    runs before any y is known?"""

    def inverse(y):
        if a == 0:
            raise ValueError("nothing can be undone")
        return (y - b) / a

    return inverse


hint(inverse_affine, "Write y = a * x + b and solve it for x on paper, one step at a time.")
hint(inverse_affine, "The last step done is the first to be undone. What was done last to x?")
hint(inverse_affine, "Test a first; then define a function of y inside and return it, as in compose.")


# ---- growth -------------------------------------------------------------------------------------------------------


@exercise
def doubling_time(rate, continuous=False):
    """The number of periods until something that grows has doubled.

    rate is the growth per period as a fraction: 0.07 stands for 7 %.
    continuous=False: growth is credited once, at the end of every period, so that t periods multiply by (1 + rate)**t.
    continuous=True: growth is credited at every moment, so that t periods multiply by e**(rate * t).
    Returns t as a float, in periods, not rounded.

    Raises ValueError if rate is 0 or less: what does not grow never doubles.

    Example: doubling_time(1.0) is 1.0, because 100 % credited once is a doubling.
    """
    if rate <= 0:
        raise ValueError(f"at a rate of {rate} nothing ever doubles")
    growth = rate if continuous else np.log(1 + rate)  # t periods multiply by e**(growth * t)
    return np.log(2) / growth


case(doubling_time, 1.0)
case(doubling_time, 0.07)
case(doubling_time, 0.07, continuous=True)
case(doubling_time, 0.25, False)
case(doubling_time, 2, True)
case(doubling_time, 0)
case(doubling_time, -0.03)
case(doubling_time, -0.2, continuous=True)


@cases(doubling_time, 4)
def _(rng):
    return float(rng.uniform(0.01, 0.9)), bool(rng.integers(2))


@holds(doubling_time, "after that time, (1 + rate)**t is 2")
def _(doubling_time):
    for rate in (0.004, 0.05, 0.3, 1.7):
        assert close((1 + rate) ** doubling_time(rate), 2.0)


@holds(doubling_time, "what is credited at every moment doubles sooner")
def _(doubling_time):
    assert all(doubling_time(rate, True) < doubling_time(rate, False) for rate in (0.02, 0.5, 3.0))


@mistake(doubling_time, "the continuous formula for both")
def _(rate, continuous=False):
    """You divide ln 2 by the rate itself, also where growth is credited once a period. What does one period at 100
    % multiply by: e, or 2?"""
    if rate <= 0:
        raise ValueError("never")
    return math.log(2) / rate


@mistake(doubling_time, "percent")
def _(rate, continuous=False):
    """Your times fit a rate that is a hundred times smaller. Is 0.07 seven percent, or seven hundredths of one
    percent?"""
    if rate <= 0:
        raise ValueError("never")
    rate = rate / 100
    return math.log(2) / (rate if continuous else math.log(1 + rate))


@mistake(doubling_time, "whole periods counted in a loop")
def _(rate, continuous=False):
    """You count whole periods until the amount has reached 2, and round up with that. At which moment, between two
    credits, is (1 + rate)**t exactly 2?"""
    if rate <= 0:
        raise ValueError("never")
    amount, periods = 1.0, 0
    while amount < 2:
        amount, periods = amount * (1 + rate), periods + 1
    return periods


@mistake(doubling_time, "growth that is not credited")
def _(rate, continuous=False):
    """Your times are 1 / rate, as if the growth itself never grew. After one period, what is the next rate taken
    of?"""
    if rate <= 0:
        raise ValueError("never")
    return 1 / rate if not continuous else math.log(2) / rate


@mistake(doubling_time, "quotient upside down")
def _(rate, continuous=False):
    """Your answer is one over the time. Does a higher rate make the time shorter or longer?"""
    if rate <= 0:
        raise ValueError("never")
    return (rate if continuous else math.log(1 + rate)) / math.log(2)


@mistake(doubling_time, "rule of seventy")
def _(rate, continuous=False):
    """You divide 0.7 by the rate, a rule for the head that is off by a percent and more. Where does its 0.7 come
    from?"""
    if rate <= 0:
        raise ValueError("never")
    return 0.7 / rate


@mistake(doubling_time, "whole periods")
def _(rate, continuous=False):
    """You give whole periods. At which moment, between two credits, is the formula (1 + rate)**t exactly 2?"""
    if rate <= 0:
        raise ValueError("never")
    return float(math.ceil(math.log(2) / (rate if continuous else math.log(1 + rate))))


@mistake(doubling_time, "rates that never double let through")
def _(rate, continuous=False):
    """A rate of 0 or less did not give a ValueError. What would it mean for a time to be negative or infinite
    here?"""
    growth = np.float64(rate) if continuous else np.log(1 + rate)
    return math.log(2) / growth


@mistake(doubling_time, "the two kinds of growth exchanged")
def _(rate, continuous=False):
    """Each formula is right for the other kind of growth. Which of the two multiplies by 1 + rate in a period?"""
    if rate <= 0:
        raise ValueError("never")
    return math.log(2) / (math.log(1 + rate) if continuous else rate)


@mistake(doubling_time, "logarithm of the quotient")
def _(rate, continuous=False):
    """You take the logarithm of a quotient, and need the quotient of two logarithms. If t * ln(1 + rate) = ln 2, what
    is t?"""
    if rate <= 0:
        raise ValueError("never")
    return math.log(2) / rate if continuous else math.log(2 / (1 + rate))


hint(doubling_time, "Which equation does the time t solve, if the amount starts at 1 and ends at 2?")
hint(doubling_time, "Take the logarithm of both sides of (1 + rate)**t = 2: the exponent comes down as a factor.")
hint(doubling_time, "np.log is the logarithm to base e. For continuous growth the equation is e**(rate * t) = 2.")


# ---- bends --------------------------------------------------------------------------------------------------------


@exercise(needs=[line_through])
def piecewise_linear(knots, values, x):
    """The height at x of straight pieces that join the points (knots[i], values[i]).

    knots and values are lists or 1-D arrays of the same length, two or more; the knots strictly increase.
    Left of the first knot the first piece goes on with its own slope, and so does the last piece right of the last
    knot.
    x is a number or an array of any shape (it may be empty), ints allowed; nothing that is given may be changed.
    Returns floats (float64) in the shape of x.

    Raises ValueError if a knot is not larger than the one before it.

    Example: piecewise_linear([0, 2, 3], [1, 5, 4], 1) is 3.0: halfway up the piece from (0, 1) to (2, 5).
    With x = 5 it is 2.0: the last piece falls by 1 for each step, two steps beyond (3, 4).
    """
    knots, values = np.asarray(knots), np.asarray(values)
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase from left to right")
    slopes = np.diff(values) / np.diff(knots)  # (len(knots) - 1,), one for each piece
    piece = np.clip(np.searchsorted(knots, x) - 1, 0, len(slopes) - 1)  # shape of x: which piece x lies on
    return values[piece] + slopes[piece] * (x - knots[piece])


case(piecewise_linear, [0, 2, 3], [1, 5, 4], 1)
case(piecewise_linear, [0, 2, 3], [1, 5, 4], 5)
case(
    piecewise_linear,
    [-1.5, 0.5, 1.0, 4.0],
    [2.0, -2.0, 0.5, 2.5],
    np.array([-3.0, -1.5, -0.5, 0.5, 0.8, 1.0, 2.0, 4.0, 7.0]),
)
case(piecewise_linear, [0, 1, 3], [0, 3, 4], np.array([[-2, 0, 1], [2, 3, 6]]))
case(piecewise_linear, np.array([1.0, 2.5]), np.array([4.0, 1.0]), np.array([[0.0, 1.0, 1.7], [2.0, 2.5, 9.0]]).T)
case(piecewise_linear, [0.0, 1.0], [5.0, 6.0], np.array([]))
case(piecewise_linear, [0.0, 3.0, 2.0], [1.0, 2.0, 3.0], np.array([0.5, 2.2]))
case(piecewise_linear, [0.0, 1.0, 1.0, 2.0], [1.0, 2.0, 4.0, 3.0], 0.5)


@cases(piecewise_linear, 3)
def _(rng):
    count = int(rng.integers(3, 7))
    knots = np.cumsum(rng.uniform(0.3, 1.5, size=count)) - 2
    return knots, rng.normal(size=count), rng.uniform(knots[0] - 2, knots[-1] + 2, size=11)


@holds(piecewise_linear, "it goes through every given point")
def _(piecewise_linear, rng):
    knots, values = np.cumsum(rng.uniform(0.5, 1, size=6)), rng.normal(size=6)
    assert close(piecewise_linear(knots, values, knots), values)


@holds(piecewise_linear, "halfway between two neighbours it is halfway up")
def _(piecewise_linear, rng):
    knots, values = np.cumsum(rng.uniform(0.5, 1, size=6)), rng.normal(size=6)
    assert close(piecewise_linear(knots, values, (knots[1:] + knots[:-1]) / 2), (values[1:] + values[:-1]) / 2)


@holds(piecewise_linear, "with two points it is one line, everywhere")
def _(piecewise_linear):
    x = np.array([-50.0, -1.0, 0.0, 3.0, 80.0])
    assert close(piecewise_linear([0.0, 2.0], [1.0, 0.0], x), 1 - x / 2)


@mistake(piecewise_linear, "flat beyond the ends")
def _(knots, values, x):
    """Between the knots all is right; beyond them you stay at the height of the last point, as np.interp does
    and as an x cut to the knots would. What do the words ask of the first and the last piece there?"""
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    return np.interp(x, knots, values)


@mistake(piecewise_linear, "the next piece's slope")
def _(knots, values, x):
    """You start at the right point and go on with the slope of the piece after it. searchsorted tells how many
    knots lie left of x: with two knots on the left, what is the index of the piece that x lies on?"""
    knots, values, x = (np.asarray(given, dtype=float) for given in (knots, values, x))
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    slopes = np.diff(values) / np.diff(knots)
    after = np.clip(np.searchsorted(knots, x), 0, len(slopes) - 1)
    piece = np.clip(np.searchsorted(knots, x) - 1, 0, len(slopes) - 1)
    return values[piece] + slopes[after] * (x - knots[piece])


@mistake(piecewise_linear, "one piece too far to the right")
def _(knots, values, x):
    """Your x is put on the piece to the right of its own. How many knots lie left of an x on the very first piece,
    and which index should that piece have?"""
    knots, values, x = (np.asarray(given, dtype=float) for given in (knots, values, x))
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    slopes = np.diff(values) / np.diff(knots)
    piece = np.clip(np.searchsorted(knots, x), 0, len(slopes) - 1)
    return values[piece] + slopes[piece] * (x - knots[piece])


@mistake(piecewise_linear, "the count for the number of the piece")
def _(knots, values, x):
    """You take the count of knots left of x for the number of its piece, and on the last piece it stops. With one knot
    left of x, which piece is it, counted from 0?"""
    knots, values = np.asarray(knots), np.asarray(values)
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    slopes = np.diff(values) / np.diff(knots)
    piece = np.searchsorted(knots, x)
    return values[piece] + slopes[piece] * (x - knots[piece])


@mistake(piecewise_linear, "stairs")
def _(knots, values, x):
    """You return the height of the knot left of x: stairs, with a jump at every knot. How far has the piece climbed
    by the time it reaches x?"""
    knots, values, x = (np.asarray(given, dtype=float) for given in (knots, values, x))
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    return values[np.clip(np.searchsorted(knots, x, side="right") - 1, 0, len(values) - 1)]


@mistake(piecewise_linear, "knots in any order")
def _(knots, values, x):
    """Knots that do not increase were accepted, and the answer means nothing. Which difference between neighbours
    would tell you?"""
    knots, values, x = (np.asarray(given, dtype=float) for given in (knots, values, x))
    with np.errstate(all="ignore"):
        slopes = np.diff(values) / np.diff(knots)
    piece = np.clip(np.searchsorted(knots, x) - 1, 0, len(slopes) - 1)
    return values[piece] + slopes[piece] * (x - knots[piece])


@mistake(piecewise_linear, "off the end of the list")
def _(knots, values, x):
    """Beyond the last knot it stops with an IndexError. Which piece should be used there, and what index do you ask
    for?"""
    knots, values, x = (np.asarray(given, dtype=float) for given in (knots, values, x))
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    slopes = np.diff(values) / np.diff(knots)
    piece = np.maximum(np.searchsorted(knots, x, side="right") - 1, 0)
    return values[piece] + slopes[piece] * (x - knots[piece])


@mistake(piecewise_linear, "heights kept in an array of ints")
def _(knots, values, x):
    """Where x holds ints, your heights have lost what stands behind the point. np.zeros_like(x) makes an array of
    the same type as x: which type must it be to hold 3.5?"""
    knots, values, x = np.asarray(knots, dtype=float), np.asarray(values, dtype=float), np.asarray(x)
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    slopes = np.diff(values) / np.diff(knots)
    out = np.zeros_like(x)
    for index, one in np.ndenumerate(x):
        piece = min(max(int(np.searchsorted(knots, one)) - 1, 0), len(slopes) - 1)
        out[index] = values[piece] + slopes[piece] * (one - knots[piece])
    return out


@mistake(piecewise_linear, "a list indexed by an array")
def _(knots, values, x):
    """It stops as soon as knots or values is a list: a list takes one index at a time. What turns a list into an array,
    which takes a whole array of indices?"""
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    slopes = np.diff(values) / np.diff(knots)
    piece = np.clip(np.searchsorted(knots, x) - 1, 0, len(slopes) - 1)
    return values[piece] + slopes[piece] * (x - knots[piece])


@mistake(piecewise_linear, "one number only")
def _(knots, values, x):
    """It works for one number and stops on an array: `if x < …` and `while x > …` ask one question, and an array has
    many answers. What chooses the piece for every entry at once?"""
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    i = 0 if x <= knots[0] else len(knots) - 2 if x >= knots[-1] else int(np.searchsorted(knots, x)) - 1
    return values[i] + (values[i + 1] - values[i]) / (knots[i + 1] - knots[i]) * (x - knots[i])


@mistake(piecewise_linear, "no clip")
def _(knots, values, x):
    """Right of the last knot it stops with an IndexError, and left of the first it takes the last piece, because the
    index -1 counts from the end. What keeps a number between two bounds?"""
    knots, values, x = (np.asarray(given, dtype=float) for given in (knots, values, x))
    if np.any(np.diff(knots) <= 0):
        raise ValueError("the knots must increase")
    slopes = np.diff(values) / np.diff(knots)
    piece = np.searchsorted(knots, x) - 1
    return values[piece] + slopes[piece] * (x - knots[piece])


equivalent(
    piecewise_linear,
    "piece = np.clip(np.searchsorted(knots, x) - 1, 0, len(slopes) - 1)  ⇒  "
    "piece = np.clip(0, np.searchsorted(knots, x) - 1, len(slopes) - 1)",
    "not below 0 and not above the last, whichever of the two is given as the number to be cut",
)

hint(piecewise_linear, "Which two facts are enough to find the height at x, once you know which piece it lies on?")
hint(
    piecewise_linear,
    "np.searchsorted(knots, x) counts the knots left of each x. What must be taken from that count to number the "
    "pieces from 0, and what should happen to a count that is too small or too large?",
)
hint(
    piecewise_linear,
    "np.diff gives the gains of heights and of knots, and their quotients are all slopes at once. An array of piece "
    "numbers between square brackets picks one slope, one height and one knot for each x. What is left is a line: "
    "start + slope * distance.",
)


# ---- a bend without a corner --------------------------------------------------------------------------------------


def _warnings_of(f, x):
    """What NumPy warns of while f(x) runs, a result too small to be told from 0 aside."""
    with warnings.catch_warnings(record=True) as seen, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        f(x)
    return [str(warning.message) for warning in seen]


@exercise(atol=0)
def sigmoid(x):
    """The share 1 / (1 + e**-x), between 0 and 1, without overflow for any x.

    x is a number or an array of any shape (it may be empty), ints allowed; it must stay as it was.
    Returns floats (float64) in the shape of x.
    NumPy must have nothing to warn of, however large or small x is.
    Small results keep their digits: sigmoid(-50) is 1.9287e-22, and sigmoid(-720) is about 2.03e-313, not 0.
    Far to the right the answer is 1.0, far to the left 0.0.

    Example: sigmoid(0) is 0.5, and sigmoid(np.log(3)) is 0.75, because odds of 3 to 1 are three parts in four.
    """
    e = np.exp(-np.abs(x))  # at most 1, whatever x is: there is nothing to overflow
    return np.where(x >= 0, 1, e) / (1 + e)


case(sigmoid, 0)
case(sigmoid, np.array([1, 2, -3, 0]))
case(sigmoid, np.array([[0.5, -0.5, 1.1], [-40.0, 40.0, -1.0986]]).T)
case(sigmoid, np.array([-720.0, -50.0, -31.0, 31.0, 720.0]))
case(sigmoid, np.array([-1000.0, 1000.0]))
case(sigmoid, -1000)
case(sigmoid, np.array([]))


@cases(sigmoid, 3)
def _(rng):
    return (rng.normal(scale=12, size=(2, 3)),)


@holds(sigmoid, "NumPy has nothing to warn of, from -100000 to 100000")
def _(sigmoid):
    seen = _warnings_of(sigmoid, np.array([-1e5, -1000.0, -710.0, 0.0, 710.0, 1000.0, 1e5]))
    assert not seen, f"NumPy warned: {seen[0]}"


@holds(sigmoid, "sigmoid(x) and sigmoid(-x) add up to 1")
def _(sigmoid, rng):
    x = rng.normal(scale=5, size=7)
    assert close(sigmoid(x) + sigmoid(-x), np.ones(7))


@holds(sigmoid, "it turns the logarithm of the odds p / (1 - p) back into p")
def _(sigmoid):
    p = np.array([0.01, 0.3, 0.5, 0.9])
    assert close(sigmoid(np.log(p / (1 - p))), p)


@mistake(sigmoid, "the textbook formula as it stands")
def _(x):
    """For x = -1000 your formula asks for e**1000, which no float can hold: it overflows to inf, NumPy warns, and
    far to the left the small digits are lost. For which x is e**-x dangerous, and which other form of the same
    fraction uses e**x?"""
    x = np.asarray(x, dtype=float)
    return 1 / (1 + np.exp(-x))


@mistake(sigmoid, "the warning silenced")
def _(x):
    """The warning is gone, and so are the digits it warned of: e**720 is still inf, so sigmoid(-720) is 0 and not
    2.03e-313. What would make the overflow itself go away?"""
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


@mistake(sigmoid, "the other form everywhere")
def _(x):
    """Far to the right your answer is nan: e**x overflows to inf above and below the line, and inf / inf is no
    number. Which form of the fraction is safe for x > 0?"""
    x = np.asarray(x, dtype=float)
    return np.exp(x) / (1 + np.exp(x))


@mistake(sigmoid, "both forms computed, one chosen")
def _(x):
    """The values are right and NumPy still warns: np.where computes both of its branches for every x, and then
    chooses. What single exponential could both branches share, one that is safe for every x?"""
    x = np.asarray(x, dtype=float)
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


@mistake(sigmoid, "x cut to 30")
def _(x):
    """Nothing overflows, because x was cut off at ±30; sigmoid(-50) is then sigmoid(-30), about five hundred
    million times too large. Is there a form that has no need of cutting?"""
    x = np.clip(np.asarray(x, dtype=float), -30, 30)
    return 1 / (1 + np.exp(-x))


@mistake(sigmoid, "x cut to 500")
def _(x):
    """Nothing overflows, because x was cut off at ±500; sigmoid(-720) is then sigmoid(-500), and every x beyond is
    the same. Is there a form that has no need of cutting?"""
    x = np.clip(np.asarray(x, dtype=float), -500, 500)
    return 1 / (1 + np.exp(-x))


@mistake(sigmoid, "x cut to 700")
def _(x):
    """Nothing overflows, because x was cut off at ±700; sigmoid(-720) is then sigmoid(-700), and every x beyond is
    the same. Is there a form that has no need of cutting?"""
    x = np.clip(np.asarray(x, dtype=float), -700, 700)
    return 1 / (1 + np.exp(-x))


@mistake(sigmoid, "one minus the other side")
def _(x):
    """Nothing overflows, but on the left a number near 1 is taken from 1, and sigmoid(-50) becomes 0. Which numerator
    gives the same share without a subtraction?"""
    x = np.asarray(x, dtype=float)
    right_half = 1 / (1 + np.exp(-np.abs(x)))
    return np.where(x >= 0, right_half, 1 - right_half)


@mistake(sigmoid, "the same on both sides")
def _(x):
    """Your curve is its own mirror image: sigmoid(-3) comes out as sigmoid(3). Which of the two forms belongs on the
    left?"""
    return 1 / (1 + np.exp(-np.abs(np.asarray(x, dtype=float))))


@mistake(sigmoid, "no brackets")
def _(x):
    """Your answers are above 1: 1 / 1 + u is 1 + u, since `/` comes before `+`. What belongs together below the
    fraction bar?"""
    return 1 / 1 + np.exp(-np.asarray(x, dtype=float))


@mistake(sigmoid, "by way of tanh")
def _(x):
    """tanh never overflows, but (1 + tanh(x / 2)) / 2 subtracts two nearly equal numbers on the left: sigmoid(-50)
    comes out as 0. How many digits of 1e-22 survive being added to 1?"""
    return 0.5 * (1 + np.tanh(np.asarray(x, dtype=float) / 2))


@mistake(sigmoid, "mirrored")
def _(x):
    """Your curve falls where it should rise. What sign does x have in the exponent?"""
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, e, 1) / (1 + e)


@mistake(sigmoid, "an array of ints for the result")
def _(x):
    """Where x holds ints, every answer below 1 became 0. np.zeros_like(x) makes an array of the same type as x:
    which type must it be to hold 0.7?"""
    x = np.asarray(x)
    out, left = np.zeros_like(x), x < 0
    out[~left] = 1 / (1 + np.exp(-x[~left]))
    out[left] = np.exp(x[left]) / (1 + np.exp(x[left]))
    return out[()]


@mistake(sigmoid, "one number only")
def _(x):
    """It works for one number and stops on an array: `if x >= 0` asks one question, and an array has many answers.
    What chooses entry by entry?"""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


@mistake(sigmoid, "the sign forgotten")
def _(x):
    """Your curve falls where it should rise: 1 / (1 + e**x) is the share of the others. Which sign does x have in the
    exponent?"""
    return 1 / (1 + np.exp(np.asarray(x, dtype=float)))


@mistake(sigmoid, "one minus the rest")
def _(x):
    """1 - 1 / (1 + e**x) is the sigmoid on paper. At x = -50 the fraction is rounded to 1.0, so what is left of the
    difference?"""
    return 1 - 1 / (1 + np.exp(np.asarray(x, dtype=float)))


equivalent(
    sigmoid,
    "return np.where(x >= 0, 1, e) / (1 + e)  ⇒  return np.where(x > 0, 1, e) / (1 + e)",
    "at x = 0 both branches are 1",
)

hint(
    sigmoid,
    "For which x is the number e**-x huge? Multiply 1 / (1 + e**-x) above and below by e**x: when is that safe?",
)
hint(sigmoid, "Both forms have the same denominator, if you write u for the exponential that is at most 1.")
hint(sigmoid, "e**-|x| is at most 1 for every x. Choose only the numerator with np.where; nothing in it can overflow.")


@exercise(needs=[sigmoid], atol=0)
def softplus(x):
    """The smooth bend ln(1 + e**x), without overflow and without loss of small digits.

    x is a number or an array of any shape (it may be empty), ints allowed; it must stay as it was.
    Returns floats (float64) in the shape of x.
    NumPy must have nothing to warn of, however large or small x is.
    Far to the right the answer is x itself; far to the left it is e**x, with all its digits: softplus(-40) is
    4.2484e-18, not 0.

    Example: softplus(0) is 0.6931…, which is ln 2, and softplus(1000) is 1000.0.
    """
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


case(softplus, 0)
case(softplus, 1000)
case(softplus, np.array([2, -1, 3, 0]))
case(softplus, np.array([[0.3, -0.7, 1.9], [-2.5, 5.5, -20.0]]).T)
case(softplus, np.array([-40.0, -700.0, 40.0]))
case(softplus, np.array([-1000.0, 720.0, 5000.0]))
case(softplus, np.array([]))


@cases(softplus, 3)
def _(rng):
    return (rng.normal(scale=9, size=(2, 3)),)


@holds(softplus, "NumPy has nothing to warn of, from -100000 to 100000")
def _(softplus):
    seen = _warnings_of(softplus, np.array([-1e5, -1000.0, -710.0, 0.0, 710.0, 1000.0, 1e5]))
    assert not seen, f"NumPy warned: {seen[0]}"


@holds(softplus, "softplus(x) - softplus(-x) is x")
def _(softplus, rng):
    x = rng.normal(scale=5, size=6)
    assert close(softplus(x) - softplus(-x), x)


@holds(softplus, "it lies above both 0 and x, by ln 2 at most")
def _(softplus, rng):
    x = rng.normal(scale=5, size=20)
    above = softplus(x) - np.maximum(x, 0)
    assert np.all(above > 0) and np.all(above <= np.log(2)), f"it lies {above.min():.3g} to {above.max():.3g} above"


@mistake(softplus, "the formula as it stands")
def _(x):
    """For x = 1000 your answer is inf, and softplus(-40) is 0: e**x overflows on the right, and on the left 1 +
    e**x is rounded to 1 before the logarithm sees it. Which factor can be pulled out of 1 + e**x so that only e**-x
    is left?"""
    return np.log(1 + np.exp(np.asarray(x, dtype=float)))


@mistake(softplus, "log1p alone")
def _(x):
    """The left side is right to the last digit, but for x = 1000 your answer is inf. Which factor can be pulled out
    of 1 + e**x so that only e**-x is left?"""
    return np.log1p(np.exp(np.asarray(x, dtype=float)))


@mistake(softplus, "both branches computed")
def _(x):
    """The values are right and NumPy still warns: np.where computes both of its branches for every x, and then
    chooses. How could one formula serve both sides?"""
    x = np.asarray(x, dtype=float)
    return np.where(x > 30, x, np.log1p(np.exp(x)))


@mistake(softplus, "x added on the left too")
def _(x):
    """On the right all is well; on the left your answer is x and a little more, and should be nearly 0. For which x
    is x pulled out of the logarithm, and for which is nothing?"""
    x = np.asarray(x, dtype=float)
    return x + np.log1p(np.exp(-np.abs(x)))


@mistake(softplus, "one added before the logarithm")
def _(x):
    """The right side is right, but softplus(-40) is 0 and should be 4.2484e-18. What is 1 + 4e-18 in floats, and
    which NumPy function takes the logarithm of 1 + u without ever forming that sum?"""
    x = np.asarray(x, dtype=float)
    return np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(x)))


@mistake(softplus, "x pulled out on both sides")
def _(x):
    """x + ln(1 + e**-x) is safe on the right; at x = -1000 it asks for e**1000 and gives inf. What form is safe
    there, and what do the two forms have in common?"""
    x = np.asarray(x, dtype=float)
    return x + np.log1p(np.exp(-x))


@mistake(softplus, "the corner itself")
def _(x):
    """You return the larger of 0 and x, with a corner at 0; at x = 0 the answer should be ln 2. What does ln(1 +
    e**x) add to that corner?"""
    return np.maximum(np.asarray(x, dtype=float), 0)


@mistake(softplus, "by way of sigmoid")
def _(x):
    """-ln(1 - sigmoid(x)) is softplus on paper. At x = 40 the sigmoid is rounded to 1.0, so what is left of 1 -
    sigmoid(x)?"""
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    with np.errstate(divide="ignore"):
        return -np.log(1 - np.where(x >= 0, 1, e) / (1 + e))


@mistake(softplus, "x taken over too early")
def _(x):
    """For large x you return x itself, and from 10 to 20 that is not yet the answer. How large is ln(1 + e**-x)
    still, beside x, at x = 12?"""
    x = np.asarray(x, dtype=float)
    return np.where(x > 10, x, np.log1p(np.exp(np.minimum(x, 10))))


@mistake(softplus, "one added twice")
def _(x):
    """np.log1p(u) is ln(1 + u): it adds the 1 itself, and you gave it one already. What is u here?"""
    x = np.asarray(x, dtype=float)
    return np.maximum(x, 0) + np.log1p(1 + np.exp(-np.abs(x)))


@mistake(softplus, "log1p of a sum")
def _(x):
    """np.log1p(u) is ln(1 + u): it adds the 1 itself, and you gave it one already; and e**x overflows for x = 1000.
    What is u here?"""
    return np.log1p(1 + np.exp(np.asarray(x, dtype=float)))


@mistake(softplus, "minus the logarithm of a share")
def _(x):
    """-ln(sigmoid(-x)) is softplus on paper. At x = 1000 the share is rounded to 0, and its logarithm is infinite; at
    x = -40 it is rounded to 1. How could the quotient be avoided?"""
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))
    return -np.log(np.where(x <= 0, 1, e) / (1 + e))


hint(
    softplus,
    "Where does ln(1 + e**x) overflow? Pull e**x out of the bracket: what does the logarithm make of a product?",
)
hint(softplus, "One form for x > 0 and one for x < 0: both contain ln(1 + e**-|x|). What does the first have besides?")
hint(
    softplus,
    "What is added to ln(1 + e**-|x|) is x on the right and 0 on the left. np.log1p(u) is ln(1 + u) without loss.",
)


# ---- predictions, in the order of the lesson ----------------------------------------------------------------------

prediction(
    "hundred_lines",
    "One hundred steps, each of them 'times a number, plus a number', one after the other. What does the curve of the "
    "whole look like?",
    options=(
        "It bends up to a hundred times.",
        "It has a single bend.",
        "That depends on the numbers that are drawn.",
        "It is a straight line.",
    ),
    beliefs={
        "a": "It feels as if each step adds a bend. But a step only stretches and shifts, and what is stretched and "
        "shifted stays as straight as it was.",
        "b": "One could think that all those steps blend into one curve. They blend into one stretch and one shift.",
        "c": "The numbers decide how steep and how high. Whether it bends, no number can decide.",
    },
)
prediction(
    "race",
    "x² against 1.1 to the power of x, at x = 100: which is larger?",
    options=("x²", "1.1 to the power of x", "They are about equal."),
    beliefs={
        "a": "From 2 to 95 you would have been right. A growth of a tenth looks tame for a long time.",
        "c": "At 100 they differ by a third already. They met near x = 96.",
    },
)
prediction(
    "interest",
    "You lend 1 for a year at 100 %. Credited once, that makes 2; credited twice, 1.5 · 1.5 = 2.25: "
    "each of n credits adds one nth of what is there. What does it make if it is credited every second, 31,536,000 "
    "times?",
    beliefs={
        2: "That is one credit at the end of the year. Each earlier credit earns interest of its own.",
        2.25: "That is two credits. More of them make more, though not by much.",
        2.5: "Credits keep adding a little; twelve of them pass 2.6 already.",
        3: "A good bound: it is never reached, however often it is credited.",
        float(
            "inf"
        ): "More credits always make more, but each one's rate shrinks as their number grows; the two nearly balance.",
    },
)
prediction(
    "overshoot",
    "The sum shoots over the top of the square just beside the jump. As more and more sines are added, what becomes of "
    "that peak?",
    options=(
        "It shrinks to nothing.",
        "It keeps nearly its height and moves towards the jump.",
        "It grows.",
    ),
    beliefs={
        "a": "Everywhere else the sum does settle on the square, so one expects it here too. The peak gets narrower, "
        "not lower.",
        "c": "New sines make the flank steeper, and that looks like height. Read off the top.",
    },
)
prediction(
    "far_left",
    "1 / (1 + e^(-x)), typed as it stands, at x = -1000: what happens?",
    options=(
        "It stops with an error.",
        "It returns nan, 'not a number'.",
        "It returns 0.0, and all is well.",
        "It returns 0.0, and a warning tells of an infinity on the way.",
    ),
    beliefs={
        "a": "Python's own math.exp(1000) does stop with an OverflowError. NumPy goes on with inf and only warns.",
        "b": "nan comes from inf / inf or inf - inf. Here it is 1 / inf.",
        "c": "The value is what you say, but on the way there e^1000 was asked for and became inf.",
    },
)

# ---- why ----------------------------------------------------------------------------------------------------------

quiz(
    "nonlinear",
    "A network has fifty layers. Each multiplies its inputs by numbers and adds numbers, and nothing stands between "
    "the layers. What can the whole do that one such layer cannot?",
    wrong(
        "Draw fifty bends.",
        "Then one of the layers would have to make a bend, and 'times m, plus c' sends a straight line to a straight "
        "line. Which layer would be the first to bend it?",
    ),
    right(
        "Nothing: there is one single layer that does the same.",
        "Two steps collapse into slope m₂m₁ and intercept m₂c₁ + c₂, and so do fifty, two at a time. A bend between "
        "the layers is what keeps them from collapsing.",
    ),
    wrong(
        "More, because it has fifty times as many numbers to adjust.",
        "There are more knobs, but many settings of them give the same line: in the end one slope and one intercept "
        "show. More knobs on the same family are not a larger family.",
    ),
    wrong(
        "More, if the numbers are chosen well enough.",
        "The collapse used no property of the numbers. Whatever they are, m₂m₁ is one number.",
    ),
)
quiz(
    "undo_square",
    "y = x² sends 3 and -3 to 9. How does it get an inverse?",
    wrong(
        "It has one: the square root.",
        "The root of 9 is 3, so -3 comes back as 3. An inverse must give back every x that was put in.",
    ),
    wrong(
        "Its inverse is 1 / x².",
        "That is one over the function, its reciprocal. It sends 9 to 1/81, not back to 3.",
    ),
    right(
        "By allowing only x ≥ 0: there, each height is reached once, and the root undoes it.",
        "An inverse needs one x for each y. Where a curve only rises, or only falls, that holds.",
    ),
    wrong(
        "By answering with both: 9 goes to 3 and -3.",
        "A function gives one answer for one input. With two, the next function in the chain would not know what to "
        "do.",
    ),
)
quiz(
    "own_rate",
    "2^x and 10^x grow at a rate proportional to their height, as e^x does. Why does e stand in every formula about "
    "change, and not 2 or 10?",
    wrong(
        "Because e^x grows fastest.",
        "10^x grows faster: e is smaller than 3.",
    ),
    wrong(
        "Because e is the smallest base whose powers grow at all.",
        "1.1^x grows too, and so does every b^x with b > 1; the race above was won by 1.1.",
    ),
    right(
        "Because with any other base, each rate of change carries a constant factor along; with e it is 1.",
        "For a tiny step h, e^h is 1 + h up to about h²/2, so the gain e^x · (e^h - 1), divided by h, comes to e^x.",
    ),
    wrong(
        "It is a convention; 2 or 10 would do as well, without any cost.",
        "They would do for counting doublings or digits. But their rates carry a factor, 0.693 or 2.303, in every "
        "formula about change.",
    ),
)
quiz(
    "why_stable",
    "One safe way writes both forms of the sigmoid with e^(-|x|), where |x| is x without its sign. Why?",
    wrong(
        "Because small numbers are more exact than large ones.",
        "Floats keep about sixteen digits at any size. The trouble is not the digits of e^1000, it is that there is no "
        "such float.",
    ),
    right(
        "Because it can only underflow to 0, which is harmless beside 1, and never overflow.",
        "Underflown to 0 it leaves 1 + 0 = 1, which is right to the last digit. inf would swallow whatever it meets.",
    ),
    wrong(
        "Because it is faster than two exponentials.",
        "It is, and that is a bonus. Twice the time would be a fair price for right answers.",
    ),
    wrong(
        "Because the sigmoid is symmetric, so the sign of x does not matter.",
        "The sign does matter: it decides the numerator. The symmetry is sigmoid(-x) = 1 - sigmoid(x), not sigmoid(x).",
    ),
)

# ---- to be asked again --------------------------------------------------------------------------------------------


@question(horner, "a polynomial by Horner's brackets")
def _(rng):
    a, x = [int(n) for n in rng.choice([-3, -2, -1, 1, 2, 3, 4, 5], size=3, replace=False)], int(rng.choice([2, 3, -2]))
    value = a[0] + x * (a[1] + x * a[2])
    return Asked(
        f"coeffs = {a}, lowest power first. What is the polynomial's value at x = {x}?",
        value,
        why=f"From the inside out: {a[2]} * {x} + ({a[1]}) = {a[2] * x + a[1]}, and that times {x} plus ({a[0]}).",
    )


@question(compose, "which function comes first")
def _(rng):
    k, c, x = map(int, rng.choice([2, 3, 4, 5, 6], size=3, replace=False))
    return Asked(
        f"f(x) = {k} * x and g(x) = x + {c}. What is compose(f, g)({x})?",
        k * (x + c),
        why=f"g comes first: {x} + {c} = {x + c}, then times {k}.",
    )


@question(inverse_affine, "undo a line")
def _(rng):
    a, b, x = int(rng.choice([-4, -3, 2, 3, 5])), int(rng.integers(1, 9)), int(rng.integers(2, 9))
    return Asked(
        f"For which number x is {a} * x + {b} equal to {a * x + b}?",
        x,
        why=f"Take {b} away, then divide by {a}.",
    )


@question(doubling_time, "adding or multiplying")
def _(rng):
    start, factor, kind = int(rng.integers(2, 6)), int(rng.integers(2, 5)), int(rng.integers(3))
    gain = start * (factor - 1)
    values = [(start + gain * k, start * factor**k, start + gain * k * k)[kind] for k in range(4)]
    whys = (
        f"Each height is the one before it plus {gain}.",
        f"Each height is the one before it times {factor}.",
        f"The gains are {gain}, {3 * gain} and {5 * gain}, so nothing is added each time; nor is one factor repeated.",
    )
    return Asked(
        f"At x = 0, 1, 2, 3 a curve has the heights {', '.join(map(str, values))}. Which family fits all four?",
        "abc"[kind],
        options=("a line", "an exponential", "neither"),
        why=whys[kind],
    )


@question(doubling_time, "how many doublings")
def _(rng):
    time, doublings = int(rng.integers(3, 12)), int(rng.integers(2, 6))
    return Asked(
        f"Something doubles every {time} years. How many times as large is it after {time * doublings} years?",
        2**doublings,
        why=f"That is time for {doublings} doublings, and each multiplies by 2.",
    )


@question(sigmoid, "the other side of the sigmoid")
def _(rng):
    share = int(rng.integers(55, 98))
    return Asked(
        f"For some x, sigmoid(x) is 0.{share}. What is sigmoid(-x)?",
        round(1 - share / 100, 2),
        why="The two add up to 1.",
    )
