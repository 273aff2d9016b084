"""Exercises of the lesson on derivatives: from an average speed to a checker of claimed derivatives.

Builds on the functions of lesson 1. Knows nothing of more than one variable: gradients are a later lesson.
"""

import math

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
from groundup.lessons.math.math_functions_examples import compose, horner, sigmoid

# ---- 1. A speed between two times


@exercise
def average_speed(s, a, b):
    """The average speed between two times: the distance covered, over the time it took.

    s: a function; s(t) is the position in metres at the time t in seconds
    a, b: two different times in seconds, in either order
    Returns a float in metres per second, negative where the position goes down as time goes on.

    With s(t) = t**2 the cart stands at 9 m when t = 3 and at 16 m when t = 4,
    so average_speed(s, 3, 4) is 7.0.
    """
    return (s(b) - s(a)) / (b - a)


case(average_speed, lambda t: t**2, 3, 4)
case(average_speed, lambda t: t**2, 2, 7)
case(average_speed, lambda t: 10 - 3 * t, 1, 3)
case(average_speed, lambda t: 5 * t + 2, 1.5, 4)
case(average_speed, lambda t: np.sin(t), 0.5, 2.0)
case(average_speed, lambda t: t**3, 2, 1.75)
case(average_speed, lambda t: t**2, 3, 2)


@holds(average_speed, "at a steady speed, every interval shows that speed")
def _(average_speed, rng):
    for speed, start in rng.normal(size=(4, 2)):
        a, b = rng.uniform(1, 9, size=2)
        assert close(average_speed(lambda t: start + speed * t, a, b), speed)  # noqa: B023


@holds(average_speed, "it does not matter from which mark on the road the position is measured")
def _(average_speed, rng):
    for mark in rng.normal(size=3) * 10:
        assert close(average_speed(lambda t: t**3 + mark, 1, 4), 21.0)  # noqa: B023


@mistake(average_speed, "distance without time")
def _(s, a, b):
    """You return the distance covered, in metres. In how many seconds was it covered?"""
    return s(b) - s(a)


@mistake(average_speed, "divided by the end time")
def _(s, a, b):
    """You divide by b, the reading of the clock at the end. How much time passed since the reading a?"""
    return (s(b) - s(a)) / b


@mistake(average_speed, "since the beginning")
def _(s, a, b):
    """You return s(b) / b, which looks only at the end. Where was the cart at the time a?"""
    return s(b) / b


@mistake(average_speed, "one difference turned round")
def _(s, a, b):
    """Your sign is always the opposite one. If the distance is end minus start, which way round is the time?"""
    return (s(a) - s(b)) / (b - a)


@mistake(average_speed, "time over distance")
def _(s, a, b):
    """Your number is in seconds per metre. Which of the two differences belongs on top for metres per second?"""
    return (b - a) / (s(b) - s(a))


@mistake(average_speed, "whole-number division")
def _(s, a, b):
    """Your answers are rounded down to whole numbers. What does // do that / does not?"""
    return (s(b) - s(a)) // (b - a)


@mistake(average_speed, "no brackets")
def _(s, a, b):
    """Without brackets, s(b) - s(a) / b - a divides s(a) by b and nothing else.
    What should stand above the fraction bar?"""
    return s(b) - s(a) / b - a


@mistake(average_speed, "brackets above the bar only")
def _(s, a, b):
    """You divide the distance by b, and take a away from the result: `/` comes before `-`.
    Which of the two belong together below the fraction bar?"""
    return (s(b) - s(a)) / b - a


@mistake(average_speed, "the distance's sign dropped")
def _(s, a, b):
    """You drop the sign of the distance and keep that of the time. Rolling backwards from 7 to 1 in two seconds:
    which of the two differences is negative?"""
    return abs(s(b) - s(a)) / (b - a)


@mistake(average_speed, "its sign dropped")
def _(s, a, b):
    """Your speeds are never negative. At 10 - 3t metres the cart rolls backwards: how should the number show it?"""
    return abs((s(b) - s(a)) / (b - a))


hint(average_speed, "Which two positions does the cart have, and how far apart are they?")
hint(average_speed, "One difference of positions, one difference of times: which is divided by which?")
hint(
    average_speed,
    "Put each difference in its own brackets, and take both in the same order: the later minus the earlier.",
)


prediction(
    "cubic_slope",
    """Now the cart is at t³ metres after t seconds.
    You measure its average speed from t = 2 over shorter and shorter intervals.
    Which number do the average speeds close in on?""",
    beliefs={
        8: "8 metres is where the cart is at t = 2. How far it has come does not say how fast it goes.",
        4: "4 is 2·2, the speed of the cart at t². Its rule does not carry over: the cube has another slope.",
        6: "6 is 3·2: the 3 came down from the exponent, and the t² that stays behind was left at t.",
        7: "7 is the average from t = 1 to t = 2. The intervals here begin at 2 and become short.",
        19: "19 is the average over a whole second, from t = 2 to t = 3. In that second the cart speeds up.",
    },
    rtol=1e-3,
)

quiz(
    "what_the_needle_shows",
    "At t = 3 the needle shows 6 m/s, although in an instant no distance is covered and no time passes. What is the 6?",
    wrong(
        "The average speed over a very short interval, say a billionth of a second.",
        """Then it would be 6.000000001, and a different number again for a shorter interval.
        No interval gives 6 exactly: all of them give 6 + h.""",
    ),
    right(
        "The one number that the average speeds come as close to as you like, once the interval is short enough.",
        """Name any margin, however small, and all intervals shorter than it stay within it.
        6 is the only number of which that is true, and it is never itself one of the averages.""",
    ),
    wrong(
        "The value of 0/0, which is 6 for this cart.",
        """If 0/0 had a value it would be the same for every cart.
        The division was carried out while h was not 0, and what was left is 6 + h; no 0/0 was ever computed.""",
    ),
    wrong(
        "A rounded value: the true speed at an instant cannot be known exactly.",
        """Rounding would leave a gap that no shorter interval can close.
        The averages 6 + h come closer to 6 than any gap, so 6 is not nearly right: it is right.""",
    ),
)


# ---- 2. Polynomials


@exercise(needs=[horner])
def deriv_poly(coeffs):
    """The coefficients of a polynomial's derivative, lowest power first.

    coeffs: n numbers, n >= 1, as a list or an array; coeffs[k] belongs to x**k, as in horner
    Returns an array of floats (float64), n - 1 of them; entry k belongs to x**k. coeffs is left as it was.
    Only a constant (n = 1) is different: it gives array([0.]), not an empty array.

    3 + 5x + 2x**2 has the derivative 5 + 4x, so deriv_poly([3, 5, 2]) is array([5., 4.]).
    """
    coeffs = np.asarray(coeffs, dtype=float)
    if len(coeffs) == 1:
        return np.array([0.0])
    powers = np.arange(1, len(coeffs))
    return powers * coeffs[1:]


case(deriv_poly, [3, 5, 2])
case(deriv_poly, [7.0])
case(deriv_poly, [6, -2])
case(deriv_poly, [0, 0, 0, 4])
case(deriv_poly, np.array([2.0, -1.0, 0.5, 4.0]))
case(deriv_poly, np.array([4, -3, 7, 1, -2]))


@cases(deriv_poly, count=4)
def _(rng):
    return (rng.normal(size=rng.integers(3, 8)),)


@holds(deriv_poly, "its value is the slope of the polynomial, as a very short chord shows it")
def _(deriv_poly, rng):
    for size in (2, 4, 7):
        coeffs, x, h = rng.normal(size=size), rng.uniform(-1, 1), 1e-5
        chord = (horner(coeffs, x + h) - horner(coeffs, x - h)) / (2 * h)
        assert close(horner(deriv_poly(coeffs), x), chord, rtol=1e-5, atol=1e-7)


@holds(deriv_poly, "the derivative of a sum is the sum of the derivatives")
def _(deriv_poly, rng):
    p, q = rng.normal(size=(2, 5))
    assert close(deriv_poly(p + q), deriv_poly(p) + deriv_poly(q))


@mistake(deriv_poly, "kept every power")
def _(coeffs):
    """You multiplied by the powers and left each number in its old place, with a 0 in front.
    To which power of x does the slope of 5x belong?"""
    coeffs = np.asarray(coeffs, dtype=float)
    return np.arange(len(coeffs)) * coeffs


@mistake(deriv_poly, "shifted without multiplying")
def _(coeffs):
    """You moved the coefficients one place down and left their sizes alone.
    Of the n ways to pick one h out of the n brackets of (x + h)**n, how many did you count?"""
    coeffs = np.asarray(coeffs, dtype=float)
    return coeffs[1:] if len(coeffs) > 1 else np.array([0.0])


@mistake(deriv_poly, "multiplied by the new power")
def _(coeffs):
    """You multiplied by the power that is left, so the slope of 5x comes out as 0.
    Is it the power before or after the step down that counts the brackets?"""
    coeffs = np.asarray(coeffs, dtype=float)
    return np.arange(len(coeffs) - 1) * coeffs[1:] if len(coeffs) > 1 else np.array([0.0])


@mistake(deriv_poly, "multiplied by the new power, in whole numbers")
def _(coeffs):
    """You multiplied by the power that is left, so the slope of 5x comes out as 0, and ints stayed ints.
    Is it the power before or after the step down that counts the brackets?"""
    return np.array([(k - 1) * coeffs[k] for k in range(1, len(coeffs))]) if len(coeffs) > 1 else np.array([0.0])


@mistake(deriv_poly, "returned inside the loop")
def _(coeffs):
    """Only the first term of the derivative is there: the function ends in the first round of its loop.
    How far to the right should `return` stand?"""
    out = []
    for k in range(1, len(coeffs)):
        out.append(float(k * coeffs[k]))
        return np.array(out)
    return np.array([0.0])


@mistake(deriv_poly, "returned inside the loop, and nothing behind it")
def _(coeffs):
    """Only the first term of the derivative is there, and for a constant nothing comes back: `return` stands inside
    the loop. How far to the right should it stand?"""
    out = []
    for k in range(1, len(coeffs)):
        out.append(float(k * coeffs[k]))
        return np.array(out)


@mistake(deriv_poly, "nothing for a constant")
def _(coeffs):
    """For a constant your answer is empty, and a polynomial without coefficients has no value anywhere.
    What is the slope of a level line?"""
    coeffs = np.asarray(coeffs, dtype=float)
    return np.arange(1, len(coeffs)) * coeffs[1:]


@mistake(deriv_poly, "highest power first")
def _(coeffs):
    """You read the last number as the constant. In [3, 5, 2], which power of x does the 3 belong to?"""
    flipped = np.asarray(coeffs, dtype=float)[::-1]
    return (np.arange(1, len(flipped)) * flipped[1:])[::-1] if len(flipped) > 1 else np.array([0.0])


@mistake(deriv_poly, "integers stay integers")
def _(coeffs):
    """Given integers you return integers, and floats are asked for. Which dtype has the array that you multiply?"""
    coeffs = np.asarray(coeffs)
    return np.arange(1, len(coeffs)) * coeffs[1:] if len(coeffs) > 1 else np.array([0.0])


@mistake(deriv_poly, "wrote into the caller's coefficients")
def _(coeffs):
    """After the call, the polynomial that you were given has other coefficients.
    Where could the products be put, other than over their own factors?"""
    for k in range(len(coeffs)):
        coeffs[k] *= k
    return np.array(coeffs[1:], dtype=float) if len(coeffs) > 1 else np.array([0.0])


hint(deriv_poly, "Take 3 + 5x + 2x² and differentiate it by hand, term by term. Which number of the list is gone?")
hint(
    deriv_poly,
    "The number before x^k becomes k times as large and moves to place k - 1. What do you multiply coeffs[1:] by?",
)
hint(
    deriv_poly,
    "The factors are 1, 2, …, n - 1, an np.arange. Make floats of everything at the start, and treat n = 1 by itself.",
)


@exercise
def tangent_line(f, df, x0):
    """The tangent of f at x0, as slope and intercept of the line y = m*x + c.

    f: a function of a number
    df: its derivative, a function too
    x0: a number, the place where the line touches
    Returns (m, c): the slope of the line, and its height at x = 0.

    x**2 has height 9 and slope 6 at x0 = 3. The line is y = 6x - 9, so the answer is (6, -9).
    """
    # begin solution
    m = df(x0)
    c = f(x0) - m * x0
    # end solution
    return m, c


case(tangent_line, lambda x: x**2, lambda x: 2 * x, 3.0)
case(tangent_line, lambda x: x**2, lambda x: 2 * x, -4.0)
case(tangent_line, lambda x: x**3, lambda x: 3 * x**2, 2.0)
case(tangent_line, lambda x: np.exp(x), lambda x: np.exp(x), 0.0)
case(tangent_line, lambda x: np.sin(x), lambda x: np.cos(x), 2.5)
case(tangent_line, lambda x: 5 - 3 * x, lambda x: -3.0, 1.5)


@holds(tangent_line, "the line passes through the point where it touches")
def _(tangent_line, rng):
    for x0 in rng.normal(size=4):
        m, c = tangent_line(np.exp, np.exp, x0)
        assert close(m * x0 + c, np.exp(x0))


@holds(tangent_line, "ten times closer to the point, the curve is a hundred times closer to the line")
def _(tangent_line):
    m, c = tangent_line(np.sin, np.cos, 1.0)
    far, near = (abs(np.sin(1 + h) - (m * (1 + h) + c)) for h in (1e-2, 1e-3))
    assert close(far / near, 100.0, rtol=0.02)


@mistake(tangent_line, "the height as intercept")
def _(f, df, x0):
    """Your line has the right slope and the height f(x0) at x = 0, so it is too high or too low at x0.
    How far does a line of slope m climb between 0 and x0?"""
    return df(x0), f(x0)


@mistake(tangent_line, "a line from the origin")
def _(f, df, x0):
    """Your line joins the origin to the point, with slope f(x0) / x0. Does it touch the curve there, or cross it?"""
    return f(x0) / x0, 0


@mistake(tangent_line, "climbed the wrong way")
def _(f, df, x0):
    """You added m*x0 to the height. Going back from x0 to 0 along a rising line, does the height go up or down?"""
    m = df(x0)
    return m, f(x0) + m * x0


@mistake(tangent_line, "the intercept turned round")
def _(f, df, x0):
    """Your slope is right, and the intercept has the opposite sign: it is m*x0 - f(x0).
    In f(x0) = m*x0 + c, on which side does c stand alone?"""
    m = df(x0)
    return m, m * x0 - f(x0)


@mistake(tangent_line, "intercept first")
def _(f, df, x0):
    """Both numbers are right and they stand in the other order. Which one comes first in y = m*x + c?"""
    m = df(x0)
    return f(x0) - m * x0, m


@mistake(tangent_line, "the slope somewhere else")
def _(f, df, x0):
    """You took the slope at the height f(x0) instead of the place x0. Which axis does df read its argument from?"""
    m = df(f(x0))
    return m, f(x0) - m * x0


hint(tangent_line, "Two facts fix a line: its slope, and one point on it. Which point do you know?")
hint(tangent_line, "Put the point into y = m*x + c: at x = x0 the height is f(x0). Which letter is then still unknown?")
hint(tangent_line, "Solve f(x0) = m*x0 + c for c, with m from df.")


# ---- 3. Products, quotients, chains


@exercise
def product_quotient(f, df, g, dg):
    """The derivatives of the product f*g and of the quotient f/g, as two functions.

    f, g: functions of a number or an array
    df, dg: their derivatives
    Returns (d_product, d_quotient): two functions of x.
    d_quotient is asked for only where g(x) is not 0.

    With f(x) = x**2 and g(x) = x, at x = 3: the product is x**3 and d_product(3) is 27,
    the quotient is x and d_quotient(3) is 1.0.
    """

    def d_product(x):
        # begin solution
        return df(x) * g(x) + f(x) * dg(x)
        # end solution

    def d_quotient(x):
        # begin solution
        return (df(x) * g(x) - f(x) * dg(x)) / g(x) ** 2
        # end solution

    return d_product, d_quotient


@scenario(product_quotient)
def _(product_quotient):
    d_product, d_quotient = product_quotient(lambda x: x**2, lambda x: 2 * x, lambda x: x, lambda x: 1.0)
    return callable(d_product), callable(d_quotient)


@scenario(product_quotient)
def _(product_quotient):
    d_product, d_quotient = product_quotient(lambda x: x**2, lambda x: 2 * x, lambda x: x, lambda x: 1.0)
    yield "d_product(3.0)", d_product(3.0)
    yield "d_quotient(3.0)", d_quotient(3.0)


@scenario(product_quotient)
def _(product_quotient):
    d_product, d_quotient = product_quotient(np.sin, np.cos, np.exp, np.exp)
    yield "d_product(0.5)", d_product(0.5)
    yield "d_quotient(0.5)", d_quotient(0.5)
    yield "d_product(-1.25)", d_product(-1.25)
    yield "d_quotient(-1.25)", d_quotient(-1.25)


@scenario(product_quotient)
def _(product_quotient):
    d_product, d_quotient = product_quotient(np.exp, np.exp, lambda x: 2 + x**3, lambda x: 3 * x**2)
    x = np.array([-1.0, 0.25, 1.5, 2.0])
    yield "d_product(x)", d_product(x)
    yield "d_quotient(x)", d_quotient(x)


@holds(product_quotient, "dividing by g and multiplying by it again gives back the slope of f")
def _(product_quotient, rng):
    g, dg = lambda x: x**2 + 1, lambda x: 2 * x
    _, d_quotient = product_quotient(np.sin, np.cos, g, dg)
    d_back, _ = product_quotient(lambda x: np.sin(x) / g(x), d_quotient, g, dg)
    for x in rng.uniform(0.5, 2, size=4):
        assert close(d_back(x), np.cos(x))


@holds(product_quotient, "a constant factor of 3 makes the slope 3 times as large; dividing by 3, a third")
def _(product_quotient, rng):
    d_product, d_quotient = product_quotient(np.sin, np.cos, lambda x: 3.0, lambda x: 0.0)
    for x in rng.uniform(0, 2, size=3):
        assert close(d_product(x), 3 * np.cos(x))
        assert close(d_quotient(x), np.cos(x) / 3)


@mistake(product_quotient, "numbers, not functions")
def _(f, df, g, dg):
    """You return two numbers, and two functions of x are asked for: d_product without brackets is the function
    itself. Which x did you take, though nobody has given one yet?"""
    x = 3.0
    return df(x) * g(x) + f(x) * dg(x), (df(x) * g(x) - f(x) * dg(x)) / g(x) ** 2


@mistake(product_quotient, "only the product given back")
def _(f, df, g, dg):
    """One function comes back, and two are asked for. What does `return a, b` give that `return a` does not?"""
    return lambda x: df(x) * g(x) + f(x) * dg(x)


@mistake(product_quotient, "slope times slope")
def _(f, df, g, dg):
    """Your product rule is f'·g', the small corner of the picture, and it leaves out both strips.
    For x·x it says 1·1. What is the slope of x² at 3?"""
    return lambda x: df(x) * dg(x), lambda x: (df(x) * g(x) - f(x) * dg(x)) / g(x) ** 2


@mistake(product_quotient, "slope over slope")
def _(f, df, g, dg):
    """Your product is right; your quotient rule is f'/g'. It says that x²/x has the slope 2x.
    What is x²/x, and what is its slope?"""
    return lambda x: df(x) * g(x) + f(x) * dg(x), lambda x: df(x) / dg(x)


@mistake(product_quotient, "both rules without the other function")
def _(f, df, g, dg):
    """Your rules are f'·g' and f'/g'. For x²·x the first says 2x·1, and x³ has the slope 3x²;
    for x²/x the second says 2x. Which two strips does the rectangle gain?"""
    return lambda x: df(x) * dg(x), lambda x: df(x) / dg(x)


@mistake(product_quotient, "quotient's terms exchanged")
def _(f, df, g, dg):
    """Your product is right; your quotient has the opposite sign.
    When only f grows, the fraction grows: which term has to come with a plus?"""
    return lambda x: df(x) * g(x) + f(x) * dg(x), lambda x: (f(x) * dg(x) - df(x) * g(x)) / g(x) ** 2


@mistake(product_quotient, "one division by g missing")
def _(f, df, g, dg):
    """Your product is right; your quotient lacks one division by g.
    Look at q'·g = f' - q·g': what still stands beside q'?"""
    return lambda x: df(x) * g(x) + f(x) * dg(x), lambda x: (df(x) * g(x) - f(x) * dg(x)) / g(x)


@mistake(product_quotient, "divided by g, multiplied by g")
def _(f, df, g, dg):
    """Your product is right; your quotient ends in `/ g(x)*g(x)`, which divides by g and multiplies by it again.
    Which brackets, or which power, keep both below the fraction bar?"""
    return lambda x: df(x) * g(x) + f(x) * dg(x), lambda x: (df(x) * g(x) - f(x) * dg(x)) / g(x) * g(x)


@mistake(product_quotient, "half of the quotient divided")
def _(f, df, g, dg):
    """Your product is right; in your quotient only the second term is divided by g².
    Which brackets put both terms above the fraction bar?"""
    return lambda x: df(x) * g(x) + f(x) * dg(x), lambda x: df(x) * g(x) - f(x) * dg(x) / g(x) ** 2


@mistake(product_quotient, "functions not called")
def _(f, df, g, dg):
    """f, df, g and dg are functions, and functions cannot be multiplied: their values at x can.
    Which of the four did you call, and which not?"""
    return lambda x: df * g + f * dg, lambda x: (df * g - f * dg) / g**2


@mistake(product_quotient, "a plus in the quotient")
def _(f, df, g, dg):
    """Your product is right; your quotient adds the two terms. When only g grows, does f/g become larger or smaller?"""
    return lambda x: df(x) * g(x) + f(x) * dg(x), lambda x: (df(x) * g(x) + f(x) * dg(x)) / g(x) ** 2


@mistake(product_quotient, "a minus in the product")
def _(f, df, g, dg):
    """Your quotient is right; your product subtracts the second strip.
    Both sides of the rectangle grow: is the second strip gained or lost?"""
    return lambda x: df(x) * g(x) - f(x) * dg(x), lambda x: (df(x) * g(x) - f(x) * dg(x)) / g(x) ** 2


hint(product_quotient, "Look at the rectangle again. How long and how thick is each of the two strips?")
hint(
    product_quotient,
    "For the quotient q = f/g, differentiate f = q·g by the product rule. Which of the letters is the one you want?",
)
hint(
    product_quotient,
    "You have f' = q'·g + q·g'. Solve for q', then put f/g where q still stands, and make it one fraction.",
)


@exercise
def chain_rule(df, g, dg):
    """The derivative of f(g(x)), as a function of x.

    df: the derivative of the outer function f
    g, dg: the inner function and its derivative
    Returns a function of x; x may be a number or an array. f itself is not needed.

    With f(u) = u**2 and g(x) = x**3, at x = 2: g gives 8, f has the slope 16 there, g has the slope 12.
    The answer is a function d with d(2) = 192.
    """
    return lambda x: df(g(x)) * dg(x)


@scenario(chain_rule)
def _(chain_rule):
    d = chain_rule(lambda u: 2 * u, lambda x: x**3, lambda x: 3 * x**2)
    return callable(d)


@scenario(chain_rule)
def _(chain_rule):
    d = chain_rule(lambda u: 2 * u, lambda x: x**3, lambda x: 3 * x**2)
    return d(2.0)


@scenario(chain_rule)
def _(chain_rule):
    d = chain_rule(lambda u: np.cos(u), lambda x: x**2 + 1, lambda x: 2 * x)
    return d(0.5)


@scenario(chain_rule)
def _(chain_rule):
    d = chain_rule(np.exp, lambda x: 5 - 3 * x, lambda x: -3.0)
    return d(np.array([0.5, 1.0, 2.5]))


@holds(chain_rule, "for f(g(h(x))) it does not matter which two are joined first")
def _(chain_rule, rng):
    g, dg, h, dh = np.sin, np.cos, lambda x: x**2 + 0.5, lambda x: 2 * x
    inner_first = chain_rule(np.exp, compose(g, h), chain_rule(dg, h, dh))
    outer_first = chain_rule(chain_rule(np.exp, g, dg), h, dh)
    for x in rng.uniform(0.3, 1.5, size=4):
        assert close(inner_first(x), outer_first(x))


@holds(chain_rule, "a function followed by its inverse has the slope 1")
def _(chain_rule, rng):
    d = chain_rule(lambda u: 1 / u, np.exp, np.exp)  # log(exp(x)) is x
    for x in rng.normal(size=4):
        assert close(d(x), 1.0)


@mistake(chain_rule, "outer slope at x")
def _(df, g, dg):
    """You asked for the outer slope at x. The outer function never sees x: which number arrives there?"""
    return lambda x: df(x) * dg(x)


@mistake(chain_rule, "slopes added")
def _(df, g, dg):
    """You added the two slopes. If g stretches a length 12 times and f stretches the result 16 times,
    how much longer is it than at first?"""
    return lambda x: df(g(x)) + dg(x)


@mistake(chain_rule, "inner slope forgotten")
def _(df, g, dg):
    """You return the outer slope alone, measured against u = g(x). How fast does u change when x does?"""
    return lambda x: df(g(x))


@mistake(chain_rule, "all slopes taken at slopes")
def _(df, g, dg):
    """You fed the inner slope into the outer derivative, and multiplied by the inner slope as well. Is it g or dg that
    makes the number f is given?"""
    return lambda x: df(dg(x)) * dg(x)


@mistake(chain_rule, "derivative of the derivative")
def _(df, g, dg):
    """You fed the inner slope into the outer derivative: df(dg(x)). Is it g or dg that makes the number f is given?"""
    return lambda x: df(dg(x))


@mistake(chain_rule, "inner slope at the wrong place")
def _(df, g, dg):
    """You asked for the inner slope at g(x). The inner function is given x itself: where is its slope needed?"""
    return lambda x: df(g(x)) * dg(g(x))


@mistake(chain_rule, "functions not called")
def _(df, g, dg):
    """df, g and dg are functions, and it is numbers that df takes and that can be multiplied.
    Which of the three did you call with x, and which not?"""
    return lambda x: df(g) * dg


hint(chain_rule, "Follow a number x through the machine: what does g receive, and what does f receive?")
hint(
    chain_rule, "Each stage stretches by its own slope, taken at the number that it receives. What are the two factors?"
)
hint(chain_rule, "Return a function, as compose did: lambda x: … with one product in it.")

quiz(
    "chain_memory",
    """Ten stages stand in a chain, each with a known derivative formula, and none of them can be undone.
    A number x was sent through all ten, and only the last output was kept.
    Why can the slope of the output with respect to x no longer be computed?""",
    wrong(
        "It can be: multiply the ten slopes, which belong to the stages and not to the numbers sent through them.",
        """That is true of straight lines. The slope of u² is 4 at 2 and 16 at 8:
        it depends on the number that arrives.""",
    ),
    wrong(
        "Because all ten slopes have to be taken at x, and x was not kept.",
        """Only the first stage is given x. For f(u) = u² and g(x) = x³ at 2, f′(x)·g′(x) is 4·12 = 48,
        and a short chord of x⁶ there shows 192. (With x, one could send it through again.)""",
    ),
    right(
        "Because each slope has to be taken at the number that its stage was given, and those numbers are gone.",
        """A slope is a slope at a place. This is why backpropagation keeps what every stage received
        on the way forward, or else sends the input through once more.""",
    ),
    wrong(
        "Because each derivative is fed the slope of the stage before it, and the first of these was not kept.",
        """Then the rule would be f′(g′(x)): derivatives composed as the functions are.
        For f(u) = u² and g(x) = x³ at 2 that is 2·12 = 24, and the slope is 192.""",
    ),
)


@exercise(needs=[sigmoid])
def sigmoid_grad_from_output(y):
    """The slope of the sigmoid, from its output y alone.

    y: a float or an array of floats of any shape: outputs of sigmoid(x), so each from 0 to 1,
    both included, because far out the floats round to them
    Returns the slope of sigmoid at the x that gave y, in the shape of y. y is left as it was.

    Where the output is 0.5 the slope is 0.25; where the output is 0.9 the slope is 0.09.
    """
    return y * (1 - y)


case(sigmoid_grad_from_output, 0.5)
case(sigmoid_grad_from_output, 0.9)
case(sigmoid_grad_from_output, 0.0)
case(sigmoid_grad_from_output, np.array([0.1, 0.5, 0.75, 1.0]))
case(sigmoid_grad_from_output, np.array([[0.2, 0.4, 0.6], [0.01, 0.8, 0.99]]))


@holds(sigmoid_grad_from_output, "given sigmoid(x), it is the slope that a very short chord of the sigmoid shows at x")
def _(sigmoid_grad_from_output, rng):
    x, h = rng.normal(size=6) * 2, 1e-5
    chord = (sigmoid(x + h) - sigmoid(x - h)) / (2 * h)
    assert close(sigmoid_grad_from_output(sigmoid(x)), chord, rtol=1e-7)


@holds(sigmoid_grad_from_output, "the slope is never above 1/4")
def _(sigmoid_grad_from_output):
    assert np.all(sigmoid_grad_from_output(np.linspace(0.0, 1.0, 101)) <= 0.25 + 1e-15)


@mistake(sigmoid_grad_from_output, "sigmoid applied again")
def _(y):
    """You use y where the formula has x, and so it goes through the sigmoid once more.
    It has been through it already: what does the argument hold?"""
    return sigmoid(y) * (1 - sigmoid(y))


@mistake(sigmoid_grad_from_output, "the sign turned")
def _(y):
    """Your slopes are negative. The sigmoid rises everywhere: which of y and y² is larger between 0 and 1?"""
    return y**2 - y


@mistake(sigmoid_grad_from_output, "the rule of tanh")
def _(y):
    """1 - y² is the slope of tanh from its output. At y = 0.5 it gives 0.75. Which slope did you compute at x = 0?"""
    return 1 - y**2


@mistake(sigmoid_grad_from_output, "differentiated by s")
def _(y):
    """1 - 2y is how fast y(1 - y) changes when y does. Was the question how y changes when x does?"""
    return 1 - 2 * y


@mistake(sigmoid_grad_from_output, "wrote into the outputs")
def _(y):
    """Your numbers are right, and the array of outputs that you were given now holds slopes.
    What does `*=` do to an array?"""
    y *= 1 - y
    return y


hint(sigmoid_grad_from_output, "The slope is e⁻ˣ/v², and y = 1/v. What is v, written with y?")
hint(
    sigmoid_grad_from_output,
    "v is 1 + e⁻ˣ, so e⁻ˣ is v - 1. Write v as 1/y in both places of e⁻ˣ/v²: what is left?",
)
hint(
    sigmoid_grad_from_output,
    "It comes to (1/y - 1)·y². Multiply out, or take one factor y to the front. Then test it on 0.9, which gives 0.09.",
)

quiz(
    "sigmoid_depth",
    """Ten sigmoids stand one behind the other, each fed by the one before.
    Why can the slope of the last output with respect to the first input be no more than about a millionth?""",
    right(
        "Each stage multiplies the slope by at most 1/4, and (1/4)¹⁰ is about 0.000001.",
        """Slopes of stages multiply. This is the vanishing gradient, which for years kept deep networks from being
        trained, and one reason why ReLU, with slope 1, took the sigmoid's place.""",
    ),
    wrong(
        "The outputs are squeezed between 0 and 1, so they become smaller at each stage.",
        "The outputs do not shrink: sigmoid(0.66) is again about 0.66. What shrinks is how much they differ.",
    ),
    wrong(
        "Ten times 1/4 is 2.5, and rounding errors take the rest.",
        "Slopes along a chain multiply; they do not add. Rounding, of about one part in 10¹⁶, plays no part.",
    ),
    wrong(
        "The sigmoid is flat for large inputs, and ten of them make the input large.",
        """All stages but the first have inputs between 0 and 1, where the sigmoid is far from flat.
        Even at its steepest, at 0, its slope is only 1/4.""",
    ),
)


# ---- 4. A slope from two values


@exercise(rtol=1e-8, atol=1e-9)
def central_diff(f, x, h=1e-5):
    """The slope of f at x, measured by a chord whose ends lie an equal step either side of x.

    f: a function of a number; of an array too, entry by entry, where x is an array
    x: a number or an array of numbers, left as it was
    h: the step, a positive number: the ends are at x - h and x + h
    Returns the slope of the chord, a float, or an array in the shape of x.

    With f(x) = x**3, x = 2, h = 0.1: the chord runs from f(1.9) = 6.859 to f(2.1) = 9.261,
    and its slope is 12.01.
    """
    return (f(x + h) - f(x - h)) / (2 * h)


case(central_diff, lambda x: x**3, 2, 0.1)
case(central_diff, lambda x: x**2, 3)
case(central_diff, lambda x: np.sin(x), 1.0)
case(central_diff, lambda x: np.exp(x), -0.5, h=0.25)
case(central_diff, lambda x: np.sin(1000 * x), 0.3)
case(central_diff, lambda x: np.sin(1000 * x), 0.3, 1e-4)
case(central_diff, np.cos, np.array([0.5, 1.0, 2.0]), 1e-3)
case(central_diff, lambda x: x**2, np.array([1, 2, 5]))


@cases(central_diff, count=3)
def _(rng):
    return np.sin, rng.normal(size=(2, 3)), rng.uniform(0.01, 0.5)


@holds(central_diff, "of a parabola it is exact, however large the step")
def _(central_diff, rng):
    a, b, c, x = rng.normal(size=4)
    for h in (0.1, 1.0, 7.0):
        assert close(central_diff(lambda t: a * t**2 + b * t + c, x, h), 2 * a * x + b, rtol=1e-9)


@holds(central_diff, "of x**3 it is too large by h**2, at every x")
def _(central_diff, rng):
    for x in rng.uniform(1, 3, size=3):
        assert close(central_diff(lambda t: t**3, x, 0.5) - 3 * x**2, 0.25, rtol=1e-9)


@mistake(central_diff, "forward difference")
def _(f, x, h=1e-5):
    """One end of your chord is at x itself. For x³ at 2 with h = 0.1 that gives 12.61 where 12.01 is asked for.
    Where does the other end have to lie, for x to be in the middle?"""
    return (f(x + h) - f(x)) / h


@mistake(central_diff, "backward difference")
def _(f, x, h=1e-5):
    """Your chord ends at x and lies wholly to the left. For x³ at 2 with h = 0.1 that gives 11.41.
    Where does its other end have to lie, for x to be in the middle?"""
    return (f(x) - f(x - h)) / h


@mistake(central_diff, "step counted once")
def _(f, x, h=1e-5):
    """Your slope is twice what it should be. How far apart are x - h and x + h?"""
    return (f(x + h) - f(x - h)) / h


@mistake(central_diff, "divided by two, multiplied by h")
def _(f, x, h=1e-5):
    """`a / 2*h` is (a / 2)·h: the step ended up above the fraction bar.
    Which brackets keep 2*h together below it?"""
    return (f(x + h) - f(x - h)) / 2 * h


@mistake(central_diff, "no brackets")
def _(f, x, h=1e-5):
    """Without brackets, f(x + h) - f(x - h) / 2*h divides only f(x - h), and by 2 alone.
    What belongs above the fraction bar, and what below it?"""
    return f(x + h) - f(x - h) / 2 * h


@mistake(central_diff, "no brackets around the rise")
def _(f, x, h=1e-5):
    """You divide f(x - h) by 2h and take that away from f(x + h): `/` comes before `-`.
    Which two heights belong together above the fraction bar?"""
    return f(x + h) - f(x - h) / (2 * h)


@mistake(central_diff, "half steps")
def _(f, x, h=1e-5):
    """The ends of your chord lie h/2 either side, so it is half as long as asked for. What does h measure?"""
    return (f(x + h / 2) - f(x - h / 2)) / h


@mistake(central_diff, "a step of its own")
def _(f, x, h=1e-5):
    """Your step is a tiny one, whatever h is, and the answers are wrong from the fifth digit on.
    What do the digits of f(x + h) and f(x - h) share when h is 1e-12?"""
    h = 1e-12
    return (f(x + h) - f(x - h)) / (2 * h)


@mistake(central_diff, "moved x itself")
def _(f, x, h=1e-5):
    """Given an array, you moved the caller's own x: `x += h` writes into it.
    Which expression makes a new array instead?"""
    x += h
    above = f(x)
    x -= 2 * h
    return (above - f(x)) / (2 * h)


@mistake(central_diff, "only the rise")
def _(f, x, h=1e-5):
    """You return how much f rises along the chord. What is the rise to be divided by?"""
    return f(x + h) - f(x - h)


hint(
    central_diff,
    "Draw x on a line, and h to its left and right. Where are the two ends of the chord, and how far apart?",
)
hint(central_diff, "You have written this division before: average_speed, with other names for the two times.")
hint(
    central_diff,
    "Rise over run: the rise is f at the right end minus f at the left end, and the run is in brackets below it.",
)

prediction(
    "error_factor",
    """The step h of the central difference is divided by 10.
    By what factor does its error shrink? (Take sin at 1, and h from 0.01 to 0.001.)""",
    beliefs={
        10: "10 is what the forward difference does: its error is proportional to h. Here that part cancels.",
        2: "The two sides do cancel something, and it is more than a half: the whole error in proportion to h.",
        20: "Two sides do not make it twice as good at each step: the errors of the sides cancel each other.",
        1000: "That would be an error in proportion to h³. The first term that survives is the one with h².",
        1: "A smaller step does help here: at h = 0.01 the computer's rounding is still far below the error.",
    },
)

prediction(
    "tiny_step",
    """The true slope of x² at x = 1 is 2, and on a parabola the central difference is exact, whatever h.
    What does the computer give for h = 1e-15?""",
    options=(
        "2, as exactly as a float can say it.",
        "A number that is wrong by several per cent.",
        "0.",
        "An error: the step is too small for a float.",
    ),
    beliefs={
        "a": "In exact arithmetic it would be 2. But 1 + h is rounded to a float, and hardly a digit of h survives.",
        "c": "That comes next: from about h = 1e-17 on, 1 + h is 1, and so is 1 - h, and the rise is 0.",
        "d": "A float can hold 1e-15, and even 1e-300. It cannot hold all digits of 1 + 1e-15, and nothing warns you.",
    },
)

quiz(
    "smaller_is_worse",
    "Mathematics says: the smaller h, the better. Why does the error rise again below about h = 1e-5?",
    wrong(
        "The computer cannot represent numbers as small as h, and puts 0 or a rough neighbour in their place.",
        "It holds 1e-300 without trouble, and 1e-12 to 16 digits. Small numbers are not the difficulty.",
    ),
    wrong(
        "The sine is computed by a series, and that is inaccurate when its argument hardly changes.",
        "sin is right to about the 16th digit for all these arguments, and x², without a series, goes wrong as well.",
    ),
    right(
        """The two places and the two values are each rounded near the 16th digit, the digits before cancel in the
        difference, and what is left is divided by a small number.""",
        """Here a place or a value of about 1 is off by up to 1e-16. The rise inherits that from both,
        and dividing by 2h blows it up to about 1e-16/h.""",
    ),
    wrong(
        "The error h² is only an approximation, which holds for middling h and fails for small ones.",
        "The smaller h, the better h² describes the error of exact arithmetic. It is another error that takes over.",
    ),
)

prediction(
    "relu_kink",
    """ReLU is 0 for x below 0 and x above: level, then slope 1.
    What does the central difference say its slope is at x = 0, for any h?""",
    beliefs={
        0: "0 is the slope on the left, and what PyTorch returns by agreement. The chord has one end on each side.",
        1: "1 is the slope on the right. The left end of the chord lies on the level part.",
    },
)


# ---- 5. Following tangents to a root


@exercise(limit=2.0)
def newton_root(f, df, x0, tol=1e-10, max_iter=50):
    """A place where f is 0, found by following tangents from x0.

    f, df: a function of a number, and its derivative
    x0: a number, the first guess
    tol: stop once a step was shorter than tol, whether to the left or the right; that step still counts
    max_iter: at most so many steps are taken
    Returns the place that the last step led to, a float.
    Raises ValueError if the slope is 0 where a tangent is to be followed.
    Raises ValueError if max_iter steps were taken and none was shorter than tol.

    For x**2 - 2 from x0 = 1 the steps lead to 1.5, to 1.41667, to 1.414216, and on to the root of 2.
    """
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError(f"the tangent at {x} is level and meets no root")
        step = f(x) / slope
        x = x - step
        if abs(step) < tol:
            return x
    raise ValueError(f"no root within {max_iter} steps of {x0}")


case(newton_root, lambda x: x**2 - 2, lambda x: 2 * x, 1)
case(newton_root, lambda x: x**2 - 2, lambda x: 2 * x, 1, tol=0.01)
case(newton_root, lambda x: x**2 - 2, lambda x: 2 * x, 1, tol=0.5)
case(newton_root, lambda x: x**2 - 2, lambda x: 2 * x, 1, 1e-10, 5)
case(newton_root, lambda x: x**2 - 2, lambda x: 2 * x, 1, 1e-10, 4)
case(newton_root, lambda x: x**2 - 2, lambda x: 2 * x, -0.3)
case(newton_root, lambda x: 6 - 2 * x, lambda x: -2, 3.0)
case(newton_root, lambda x: 1e-12 * (x - 3), lambda x: 1e-12, 5.0)
case(newton_root, lambda x: np.cos(x), lambda x: -np.sin(x), 2.0)
case(newton_root, lambda x: x**2 - 2, lambda x: 2 * x, 0)
case(newton_root, lambda x: x**2 - 6 * x + 5, lambda x: 2 * x - 6, 3)
case(newton_root, lambda x: x**2 + 1, lambda x: 2 * x, 1)
case(newton_root, lambda x: x**2 - 2, lambda x: x, 1)
case(newton_root, lambda x: x**3, lambda x: 3 * x**2, 0.1)
case(newton_root, lambda x: x**3, lambda x: 3 * x**2, 0.14)


@holds(newton_root, "f is 0 at the root, for cubes as well")
def _(newton_root, rng):
    for a in rng.uniform(1, 50, size=4):
        root = newton_root(lambda x: x**3 - a, lambda x: 3 * x**2, a)  # noqa: B023
        assert close(root**3, a)


@holds(newton_root, "where there is no root, it stops and says so")
def _(newton_root):
    try:
        newton_root(lambda x: x**2 + 1, lambda x: 2 * x, 0.7)
    except ValueError:
        return
    raise AssertionError("x**2 + 1 is 0 nowhere, and no ValueError was raised")


@mistake(newton_root, "steps without end")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """Where no step becomes short, your loop never ends. What should happen once max_iter steps are taken?"""
    x, step = x0, math.inf
    while abs(step) >= tol:
        slope = df(x)
        if slope == 0:
            raise ValueError
        step = f(x) / slope
        x = x - step
    return x


@mistake(newton_root, "judged by the height")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """You stop when f(x) is small, and a flat f is small long before x is near: at 0.0003, x³ is already below 1e-10.
    Which number says how far you still moved?"""
    x = x0
    for _ in range(max_iter + 1):
        if abs(f(x)) < tol:
            return float(x)
        slope = df(x)
        if slope == 0:
            raise ValueError
        x = x - f(x) / slope
    raise ValueError


@mistake(newton_root, "judged by the height after the step")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """You stop when f is small at the new place, and a flat f is small long before x is near the root.
    Which number says how far you still moved?"""
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError
        x = x - f(x) / slope
        if abs(f(x)) < tol:
            return x
    raise ValueError


@mistake(newton_root, "away from the root")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """Your steps go the wrong way. Where f is positive and rising, does the root lie to the left or to the right?"""
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError
        step = f(x) / slope
        x = x + step
        if abs(step) < tol:
            return x
    raise ValueError


@mistake(newton_root, "run and rise exchanged")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """Your step is df(x) / f(x). A rise of f(x) along a line of slope 6: how long is the run?"""
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError
        step = slope / f(x)
        x = x - step
        if abs(step) < tol:
            return x
    raise ValueError


@mistake(newton_root, "level tangent not looked for")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """At a place of slope 0 you divide by it, and Python raises ZeroDivisionError. What was to be raised there?"""
    x = x0
    for _ in range(max_iter):
        step = f(x) / df(x)
        x = x - step
        if abs(step) < tol:
            return x
    raise ValueError


@mistake(newton_root, "the last guess, whatever it is")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """When the steps run out you return the place you stand on, as if it were a root.
    How would the caller know that it is none?"""
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError
        step = f(x) / slope
        x = x - step
        if abs(step) < tol:
            return x
    return x


@mistake(newton_root, "the last step not taken")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """When a step is short enough you return the place before it. Which of the two places is nearer to the root?"""
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError
        step = f(x) / slope
        if abs(step) < tol:
            return x
        x = x - step
    raise ValueError


@mistake(newton_root, "steps to one side always count as short")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """You compare the step with tol as it is, and every negative step is less than tol. How long is a step of -0.5?"""
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError
        step = f(x) / slope
        x = x - step
        if step < tol:
            return x
    raise ValueError


@mistake(newton_root, "steps to the left always count as short")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """You ask whether new - x is below tol, and every move to the left is negative. How long is a step of -0.08?"""
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError
        new = x - f(x) / slope
        if new - x < tol:
            return new
        x = new
    raise ValueError


@mistake(newton_root, "a step as long as tol taken for short")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """With tol = 0.5 you stop after a step of 0.5. Is a step that is exactly as long as tol shorter than it?"""
    x = x0
    for _ in range(max_iter):
        slope = df(x)
        if slope == 0:
            raise ValueError
        step = f(x) / slope
        x = x - step
        if abs(step) <= tol:
            return x
    raise ValueError


@mistake(newton_root, "one step too many")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """You allow one step more than max_iter. How many rounds does your loop make when max_iter is 4?"""
    x = x0
    for _ in range(max_iter + 1):
        slope = df(x)
        if slope == 0:
            raise ValueError
        step = f(x) / slope
        x = x - step
        if abs(step) < tol:
            return x
    raise ValueError


@mistake(newton_root, "one slope for all steps")
def _(f, df, x0, tol=1e-10, max_iter=50):
    """You asked for the slope once, at x0, and used it for every step. Which line touches the curve where you are?"""
    x, slope = x0, df(x0)
    if slope == 0:
        raise ValueError
    for _ in range(max_iter):
        step = f(x) / slope
        x = x - step
        if abs(step) < tol:
            return x
    raise ValueError


hint(
    newton_root,
    "From the point (x, f(x)) you slide down a line of slope df(x) to height 0. How far is that to the side?",
)
hint(
    newton_root,
    "One step is f(x) / df(x), and it is subtracted. In each round, what must be looked at before it, and what after?",
)
hint(
    newton_root,
    """In each round: the slope, ValueError if it is 0; the step; the new x; and if abs(step) is below tol, return.
    After the loop there is one line left to write.""",
)

prediction(
    "wrong_slope",
    "Newton's method looks for √2, with a derivative that is 10 % too large everywhere. What happens?",
    options=(
        "It runs off, and finds nothing.",
        "It ends at a number that is 10 % off.",
        "It finds the root of 2, and needs more steps.",
        "Nothing changes: only the sign of the slope matters.",
    ),
    beliefs={
        "a": "It would, were the slope less than half of what it should be. A slope too steep makes steps too short.",
        "b": "The slope decides how far to step, and not where to stop: at the root f is 0, and so is every step.",
        "d": "The sign decides the direction, the size decides the length, and it is the length that made Newton fast.",
    },
)


# ---- 6. The instrument


@exercise(needs=[central_diff], rtol=1e-6, atol=1e-8)
def check_derivative(f, df, points, h=1e-5, floor=1e-3):
    """How far a claimed derivative is from what is measured: the largest relative error over some points.

    f: a function of one number
    df: what is claimed to be its derivative
    points: a list or an array of numbers, at least one; f and df are called with one number at a time
    h: the step for central_diff, which does the measuring
    floor: where both slopes are smaller than this, the error is taken relative to this instead

    At each point the error is |claimed - measured| / max(|claimed|, |measured|, floor).
    Returns the largest of these errors, a float.
    Returns infinity (np.inf) if a claimed or a measured slope, at any point, is nan or infinite.
    Raises ValueError if there are no points, because then nothing was checked.

    For x**2 at [1, 2], the claim 2x has an error below 1e-9, and the claim 3x has the error 0.3333.
    """
    if len(points) == 0:
        raise ValueError("no points: nothing was checked")
    worst = 0.0
    for x in points:
        claimed, measured = df(x), central_diff(f, x, h)
        if not (np.isfinite(claimed) and np.isfinite(measured)):
            return np.inf
        error = abs(claimed - measured) / max(abs(claimed), abs(measured), floor)
        worst = max(worst, error)
    return worst


case(check_derivative, lambda x: x**2, lambda x: 2 * x, [1.0, 2.0])
case(check_derivative, lambda x: x**2, lambda x: 3 * x, [1.0, 2.0])
case(check_derivative, lambda x: x**2, lambda x: x, [1.0, 2.0])
case(check_derivative, lambda x: 5 * x**3, lambda x: 15 * x, [1, 2, 4, 3])
case(check_derivative, lambda x: 5 * x**3, lambda x: 15 * x, [2, 1])
case(check_derivative, lambda x: math.sin(x), lambda x: math.cos(x), [-2.0, 0.5, 1.0, 3.0])
case(check_derivative, lambda x: math.sin(x), lambda x: -math.cos(x), [0.5])
case(check_derivative, lambda x: np.sin(1000 * x), lambda x: 1000 * np.cos(1000 * x), np.array([0.3, 0.2]))
case(check_derivative, np.exp, np.exp, np.array([0.5, 1.5]), h=0.1)
case(check_derivative, lambda x: 1e-4 * x, lambda x: 2e-4, [1.0, 3.0])
case(check_derivative, lambda x: 1e-4 * x, lambda x: 3e-4, [1.0, 2.0], floor=1e-4)
case(check_derivative, lambda x: x**2, lambda x: np.nan if x == 2 else 2 * x, [1.0, 2.0, 3.0])
case(check_derivative, lambda x: np.nan if x < 1 else x**2, lambda x: 2 * x, [2.0, 0.5, 3.0])
case(check_derivative, lambda x: x**2, lambda x: np.inf if x == 2 else 2 * x, [1.0, 2.0, 3.0])
case(check_derivative, lambda x: np.inf if x > 2 else x**2, lambda x: 2 * x, [1.0, 2.0, 1.5])
case(check_derivative, lambda x: -(x**2), lambda x: -3 * x, [1.0, 2.0])
case(check_derivative, lambda x: 7.0, lambda x: 0.0, [1.0, 2.0])
case(check_derivative, lambda x: x**2, lambda x: 2 * x, [])
case(check_derivative, lambda x: x**2, lambda x: 2 * x, np.array([]))

PLANTED = {  # f, its derivative, and what somebody wrote instead of it
    "sin(x^2), inner slope forgotten": (
        lambda x: math.sin(x * x),
        lambda x: 2 * x * math.cos(x * x),
        lambda x: math.cos(x * x),
    ),
    "x exp(x), product rule forgotten": (
        lambda x: x * math.exp(x),
        lambda x: (1 + x) * math.exp(x),
        lambda x: math.exp(x),
    ),
    "1/(1 + x^2), sign lost": (
        lambda x: 1 / (1 + x * x),
        lambda x: -2 * x / (1 + x * x) ** 2,
        lambda x: 2 * x / (1 + x * x) ** 2,
    ),
    "x^3, wrong only left of 0": (lambda x: x**3, lambda x: 3 * x**2, lambda x: 3 * x * abs(x)),
    "exp(x), one per cent off": (math.exp, math.exp, lambda x: 1.01 * math.exp(x)),
}


@holds(check_derivative, "every right derivative stays below 1e-7, and every planted wrong one is above 1e-3")
def _(check_derivative):
    points = [-1.5, -0.5, 0.75, 2.0]
    for what, (f, df, planted) in PLANTED.items():
        assert check_derivative(f, df, points) < 1e-7, f"the right derivative of {what.split(',')[0]} is called wrong"
        assert check_derivative(f, planted, points) > 1e-3, f"a wrong derivative is not caught: {what}"


@holds(check_derivative, "neither the order of the points nor the sign of f matters")
def _(check_derivative, rng):
    points = list(rng.normal(size=5))
    error = check_derivative(math.sin, lambda x: 1 - x, points)
    assert close(check_derivative(math.sin, lambda x: 1 - x, points[::-1]), error)
    assert close(check_derivative(lambda x: -math.sin(x), lambda x: x - 1, points), error)


def _relative(claimed, measured, floor):
    return abs(claimed - measured) / max(abs(claimed), abs(measured), floor)


def _checker(error=_relative, overall=max, measure=central_diff):
    """A check_derivative of which one part may be exchanged: the error at a point, their union, or the instrument."""

    def program(f, df, points, h=1e-5, floor=1e-3):
        if len(points) == 0:
            raise ValueError
        errors = []
        for x in points:
            claimed, measured = df(x), measure(f, x, h)
            if not (np.isfinite(claimed) and np.isfinite(measured)):
                return np.inf
            errors.append(error(claimed, measured, floor))
        return overall(errors)

    return program


@mistake(check_derivative, "claims that are too small pass")
def _(f, df, points, h=1e-5, floor=1e-3):
    """You took claimed - measured with its sign, so a claim that is too small has a negative error,
    and that is never the largest. How far apart are 4 and 6?"""
    signed = _checker(lambda c, m, floor: (c - m) / max(abs(c), abs(m), floor), lambda errors: max(0.0, *errors))
    return signed(f, df, points, h, floor)


@mistake(check_derivative, "the floor added")
def _(f, df, points, h=1e-5, floor=1e-3):
    """You add floor below the fraction bar, which changes every error a little. It is one of three numbers, and the
    largest of them divides: which function picks it?"""
    return _checker(lambda c, m, floor: abs(c - m) / (max(abs(c), abs(m)) + floor))(f, df, points, h, floor)


@mistake(check_derivative, "not relative")
def _(f, df, points, h=1e-5, floor=1e-3):
    """You return the largest difference as it is. To be off by 0.01 is a disaster for a slope of 0.01,
    and nothing for a slope of a million. What is it to be divided by?"""
    return _checker(lambda c, m, floor: abs(c - m))(f, df, points, h, floor)


@mistake(check_derivative, "signs left in the size")
def _(f, df, points, h=1e-5, floor=1e-3):
    """You divide by max(claimed, measured, floor): where both slopes are negative that is the floor.
    Which of -6 and -4 is the larger slope, if only size counts?"""
    return _checker(lambda c, m, floor: abs(c - m) / max(c, m, floor))(f, df, points, h, floor)


@mistake(check_derivative, "no floor")
def _(f, df, points, h=1e-5, floor=1e-3):
    """You divide by the larger slope, however small it is: where both are 0 that is 0/0.
    What was `floor` for?"""
    return _checker(lambda c, m, floor: abs(c - m) / max(abs(c), abs(m)))(f, df, points, h, floor)


@mistake(check_derivative, "relative to the claim alone")
def _(f, df, points, h=1e-5, floor=1e-3):
    """You divide by the claimed slope and leave the measured one out. What does a claim of 0 do to your error?"""
    return _checker(lambda c, m, floor: abs(c - m) / max(abs(c), floor))(f, df, points, h, floor)


@mistake(check_derivative, "relative to the measured slope alone")
def _(f, df, points, h=1e-5, floor=1e-3):
    """You divide by the measured slope and leave the claimed one out. For the claim 3x of x² your error is 0.5.
    Which of 3x and 2x is the larger?"""
    return _checker(lambda c, m, floor: abs(c - m) / max(abs(m), floor))(f, df, points, h, floor)


@mistake(check_derivative, "the mean error")
def _(f, df, points, h=1e-5, floor=1e-3):
    """You average over the points. A derivative that is wrong at one place of a thousand then looks nearly right.
    Which of the errors says that something is wrong somewhere?"""
    return _checker(overall=lambda errors: sum(errors) / len(errors))(f, df, points, h, floor)


@mistake(check_derivative, "only the last point")
def _(f, df, points, h=1e-5, floor=1e-3):
    """Your answer is the error at the last point: each round of the loop writes over what the round before found.
    What has to be kept from one round to the next?"""
    return _checker(overall=lambda errors: errors[-1])(f, df, points, h, floor)


@mistake(check_derivative, "only the first point")
def _(f, df, points, h=1e-5, floor=1e-3):
    """Your answer is the error at the first point: the loop ends in its first round. How far in is your `return`?"""
    for x in points:
        claimed, measured = df(x), central_diff(f, x, h)
        if not (np.isfinite(claimed) and np.isfinite(measured)):
            return np.inf
        return _relative(claimed, measured, floor)
    raise ValueError


@mistake(check_derivative, "measured by a forward difference")
def _(f, df, points, h=1e-5, floor=1e-3):
    """Right derivatives get an error of about 1e-5: your instrument is that coarse. Which chord has x in its middle?"""
    return _checker(measure=lambda f, x, h: (f(x + h) - f(x)) / h)(f, df, points, h, floor)


@mistake(check_derivative, "nan slips through")
def _(f, df, points, h=1e-5, floor=1e-3):
    """A claim of nan passes: every comparison with nan is False, `slope == np.nan` too, so max(worst, nan) keeps worst.
    Where could you ask np.isfinite before comparing?"""
    if len(points) == 0:
        raise ValueError
    worst = 0.0
    for x in points:
        claimed, measured = df(x), central_diff(f, x, h)
        worst = max(worst, _relative(claimed, measured, floor))
    return worst


@mistake(check_derivative, "nan comes out as nan")
def _(f, df, points, h=1e-5, floor=1e-3):
    """Where a slope is nan your answer is nan, and `nan > 1e-6` is False: whoever asks 'is the error large?' hears no.
    Which number is larger than every bound?"""
    if len(points) == 0:
        raise ValueError
    pairs = [(df(x), central_diff(f, x, h)) for x in points]
    return float(np.max([_relative(c, m, floor) for c, m in pairs]))


@mistake(check_derivative, "infinity slips through")
def _(f, df, points, h=1e-5, floor=1e-3):
    """nan is caught, an infinite slope is not: inf/inf is nan, and max(worst, nan) keeps worst.
    Which function is True for an ordinary number and for nothing else?"""
    if len(points) == 0:
        raise ValueError
    worst = 0.0
    for x in points:
        claimed, measured = df(x), central_diff(f, x, h)
        if np.isnan(claimed) or np.isnan(measured):
            return np.inf
        worst = max(worst, _relative(claimed, measured, floor))
    return worst


@mistake(check_derivative, "nothing checked, nothing wrong")
def _(f, df, points, h=1e-5, floor=1e-3):
    """With no points at all you report the error 0, as for a perfect derivative. What has been checked by then?"""
    return _checker()(f, df, points, h, floor) if len(points) else 0.0


_LINE = "error = abs(claimed - measured) / max(abs(claimed), abs(measured), floor)"
equivalent(
    check_derivative,
    f"{_LINE}  ⇒  {_LINE.replace('claimed - measured', 'measured - claimed')}",
    "the distance of two numbers is the same both ways",
)

hint(
    check_derivative,
    "Begin with one point: what is claimed there, what is measured, and what do you divide their distance by?",
)
hint(
    check_derivative,
    "Keep the worst error so far in a variable that starts at 0.0 before the loop. When may it change?",
)
hint(
    check_derivative,
    """Two cases stand outside the rule: no points (before the loop) and a slope that is not finite (inside it, before
    any comparison, because nan compares as False with everything).""",
)


# ---- Review


@question(average_speed, "the average of a square")
def _(rng):
    a, start, h = int(rng.integers(2, 6)), int(rng.integers(1, 6)), int(rng.integers(1, 4))
    return Asked(
        f"A cart is at {a}t² metres after t seconds."
        f" What is its average speed, in m/s, from t = {start} to t = {start + h}?",
        average_speed(lambda t: a * t**2, start, start + h),
        why=f"The distance is {a}·({start + h}² - {start}²) m = {a * ((start + h) ** 2 - start**2)} m, in {h} s.",
    )


@question(deriv_poly, "the slope of a polynomial")
def _(rng):
    c, b, a, x = (int(n) for n in rng.integers(1, 6, size=4))
    slope = horner(deriv_poly([c, b, a, 1]), x)
    return Asked(
        f"What is the slope of {c} + {b}x + {a}x² + x³ at x = {x}?",
        float(slope),
        why=f"The derivative is {b} + {2 * a}x + 3x², term by term; at x = {x} that is {slope:g}.",
    )


@question(tangent_line, "a step along the tangent")
def _(rng):
    x0, y, m = (int(n) for n in rng.integers(2, 9, size=3))
    h = int(rng.integers(1, 5)) / 10
    slope, intercept = tangent_line(lambda x: y, lambda x: m, x0)
    return Asked(
        f"f({x0}) = {y} and f'({x0}) = {m}. What height does the tangent have at x = {x0 + h:g}?",
        round(slope * (x0 + h) + intercept, 9),
        why=f"From the height {y} it climbs {m} for each unit to the right: {y} + {m}·{h:g}.",
    )


@question(chain_rule, "two gears")
def _(rng):
    x, u, inner, at_x, at_u = (int(n) for n in rng.permutation(np.arange(2, 10))[:5])
    return Asked(
        f"g({x}) = {u} and g'({x}) = {inner}. f'({x}) = {at_x} and f'({u}) = {at_u}."
        f" What is the slope of f(g(x)) at x = {x}?",
        chain_rule({x: at_x, u: at_u}.get, lambda _: u, lambda _: inner)(x),
        why=f"f is given u = {u}, so its slope there counts: f'({u})·g'({x}) = {at_u}·{inner}.",
    )


@question(sigmoid_grad_from_output, "a slope without x")
def _(rng):
    y = int(rng.integers(1, 20)) / 20
    return Asked(
        f"A sigmoid gives the output {y:g} for some x. What is its slope at that x?",
        round(sigmoid_grad_from_output(y), 9),
        why=f"y(1 - y) = {y:g}·{1 - y:g}.",
    )


@question(central_diff, "the error of a chord")
def _(rng):
    x, h = int(rng.integers(1, 5)), int(rng.integers(1, 5)) / 10
    return Asked(
        f"The central difference of x³ at x = {x} with h = {h:g}:"
        f" by how much is it larger than the true slope {3 * x**2}?",
        round(central_diff(lambda t: t**3, x, h) - 3 * x**2, 9),
        why="((x + h)³ - (x - h)³)/2h is 3x² + h²: at every x the error is h².",
    )
