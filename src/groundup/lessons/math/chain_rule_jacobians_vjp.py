"""Exercises of the lesson on Jacobians: from the best linear map to the gradient of a layer with a softmax on top.

Builds on measured gradients (lesson 4) and on matrices (lesson 5). Knows nothing of graphs and of tapes: who calls
which rule when is backpropagation, a later lesson.
"""

import tracemalloc

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
    vectorised,
    wrong,
)
from groundup.lessons.math.derivatives_examples import central_diff, chain_rule
from groundup.lessons.math.gradients_examples import gradcheck, partial
from groundup.lessons.math.matrices_examples import matmul_outer, matrix_of
from groundup.lessons.math.vectors_examples import dot

# ---- 1. The best linear map

prediction(
    "table_size",
    """A layer of GPT-2 small is given 1024 rows of 768 numbers and makes as many of them, with a weight matrix of
    shape (768, 768). Write down how fast each output grows with each weight: one number for each pair of an output
    and a weight, 8 bytes for each number. How many terabytes (10¹² bytes) is that table?""",
    beliefs={
        0.0000047: "768·768 numbers are the weights. The table has that many for each of the 786 432 outputs.",
        0.0000063: "1024·768 numbers are the outputs. The table has that many for each of the 589 824 weights.",
        0.46: "786 432 outputs times 589 824 weights are 464 billion numbers. Each takes 8 bytes.",
        0.0036: "That is for one row of 768 outputs. 1024 rows come out.",
    },
    rtol=0.05,
)


@exercise(needs=[central_diff, partial, matrix_of], rtol=1e-7, atol=1e-8)
def jacobian_fd(f, x, h=1e-5):
    """The Jacobian of f at x, measured with central differences: row i belongs to output i, column j to input j.

    f: a function of an array of n floats, shape (n,), that gives an array of m numbers, shape (m,)
    x: n numbers, a list or an array, whole numbers or floats; left as it was
    h: the step: for column j, entry j alone goes to x[j] + h and to x[j] - h
    Returns an array of floats of shape (m, n): entry (i, j) says how fast output i grows with input j.

    With f(v) = (v[0]*v[1], v[1]**2 - v[0]) at x = [1, 1]: when v[0] moves, the outputs grow at the rates 1 and -1; when
    v[1] moves, at the rates 1 and 2. So jacobian_fd(f, [1, 1]) is array([[1., 1.], [-1., 2.]]).
    """
    return matrix_of(lambda e: (f(x + h * e) - f(x - h * e)) / (2 * h), len(x))


# Functions with their Jacobians; as lambdas, because a report shows a lambda as it is written.
_bend = (
    lambda v: np.array([v[0] * v[1], v[1] ** 2 - v[0]]),
    lambda v: np.array([[v[1], v[0]], [-1, 2 * v[1]]]),
)
_fan = (
    lambda v: np.array([v[0] ** 2, v[0] * v[1] ** 3, 5 * v[1] - v[0]]),
    lambda v: np.array([[2 * v[0], 0], [v[1] ** 3, 3 * v[0] * v[1] ** 2], [-1, 5]]),
)

case(jacobian_fd, _bend[0], [1, 1])
case(jacobian_fd, _bend[0], np.array([1, 3]))
case(jacobian_fd, _fan[0], np.array([2.0, -1.0]), 0.5)
case(jacobian_fd, _fan[0], [2, 3])
case(
    jacobian_fd,
    lambda v: np.array([v[0] * v[1] * v[2], np.sin(v[3]) - v[0] ** 3]),
    np.array([1.5, -2, 0.5, 0.7]),
    h=0.25,
)
case(jacobian_fd, lambda v: np.array([v[0] ** 2 * v[1] * v[2]]), np.array([2.0, 1.5, -3.0]))
case(jacobian_fd, lambda v: np.array([v[0] ** 3, np.exp(v[0])]), np.array([0.5]), 0.5)
case(jacobian_fd, lambda v: np.array([np.sin(1000 * v[1]), v[0]]), np.array([1.0, 0.3]))
case(jacobian_fd, np.cumsum, np.array([3.0, 1.0, -2.0, 4.0]))


@cases(jacobian_fd, count=2)
def _(rng):
    return lambda v: np.tanh(np.array([[1, -2, 0.5], [0.3, 1, -1]]) @ v), rng.normal(size=3), rng.uniform(0.1, 0.5)


@holds(jacobian_fd, "a function v ↦ A v + b has the Jacobian A, wherever it is measured")
def _(jacobian_fd, rng):
    A, b = rng.normal(size=(4, 3)), rng.normal(size=4)
    for x in rng.normal(size=(2, 3)):
        assert close(jacobian_fd(lambda v: A @ v + b, x), A, rtol=1e-6, atol=1e-8)


@holds(jacobian_fd, "for a function that works entry by entry, nothing stands beside the diagonal")
def _(jacobian_fd, rng):
    x = rng.normal(size=4)
    assert close(jacobian_fd(np.sin, x), np.cos(x) * np.eye(4), rtol=1e-6, atol=1e-8)


def _columns(f, x, h):
    x = np.array(x, dtype=float)
    return [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))]


@mistake(jacobian_fd, "transposed")
def _(f, x, h=1e-5):
    """Your numbers are right, and they stand mirrored: row j holds what input j does.
    When one input moves, all outputs change: do these numbers make up a row or a column?"""
    return np.array(_columns(f, x, h))


@mistake(jacobian_fd, "only the sum of the outputs", because=partial)
def _(f, x, h=1e-5):
    """You add the outputs up, so one row is left: the gradient of their sum.
    How many outputs does f give, and how many rows has the Jacobian?"""
    return np.array([np.sum(column) for column in _columns(f, x, h)])


@mistake(jacobian_fd, "only the first output", because=partial)
def _(f, x, h=1e-5):
    """You return the gradient of the first output. Where are the slopes of the others?"""
    return np.array([column[0] for column in _columns(f, x, h)])


@mistake(jacobian_fd, "all inputs at once", because=partial)
def _(f, x, h=1e-5):
    """You move all entries of x at once, so every column holds the sum of all of them.
    Which entries of x + h differ from those of x?"""
    x = np.array(x, dtype=float)
    column = (f(x + h) - f(x - h)) / (2 * h)
    return np.column_stack([column] * len(x))


@mistake(jacobian_fd, "forward difference", because=central_diff)
def _(f, x, h=1e-5):
    """One end of each of your chords is x itself, which costs half of the correct digits.
    Where does the other end lie, for x to be in the middle?"""
    x = np.array(x, dtype=float)
    return np.column_stack([(f(x + h * e) - f(x)) / h for e in np.eye(len(x))])


@mistake(jacobian_fd, "step counted once", because=central_diff)
def _(f, x, h=1e-5):
    """Your slopes are twice what they should be. How far apart are x[j] - h and x[j] + h?"""
    return 2 * np.column_stack(_columns(f, x, h))


@mistake(jacobian_fd, "divided by 2 and multiplied by h", because=central_diff)
def _(f, x, h=1e-5):
    """Your differences are divided by 2 and then multiplied by h: `/ 2 * h` works from left to right.
    What has to stand in brackets for both to be below the bar?"""
    return h**2 * np.column_stack(_columns(f, x, h))


@mistake(jacobian_fd, "whole numbers swallow the step", because=partial)
def _(f, x, h=1e-5):
    """Given whole numbers, your array drops what stands behind the point: 1 + h is stored as 1, and 1 - h as 0.
    Which dtype should your own array have?"""
    columns = []
    for j in range(len(x)):
        up, down = np.array(x), np.array(x)
        up[j] += h
        down[j] -= h
        columns.append((f(up) - f(down)) / (2 * h))
    return np.column_stack(columns)


@mistake(jacobian_fd, "whole numbers swallow the step of a copy", because=partial)
def _(f, x, h=1e-5):
    """In an array of whole numbers a step of 1e-5 is cut off: 1 + h is stored as 1, and 1 - h as 0.
    What is to be done to x first?"""
    columns = []
    for j in range(len(x)):
        up, down = x.copy(), x.copy()
        up[j] += h
        down[j] -= h
        columns.append((f(up) - f(down)) / (2 * h))
    return np.column_stack(columns)


@mistake(jacobian_fd, "whole numbers swallow the step in place", because=partial)
def _(f, x, h=1e-5):
    """In an array of whole numbers a step of 1e-5 is cut off: 1 + h is stored as 1, and from there 1 - 2h as 0.
    What is to be done to x first?"""
    x = np.array(x)
    columns = []
    for j in range(len(x)):
        x[j] += h
        above = np.array(f(x))
        x[j] -= 2 * h
        below = np.array(f(x))
        x[j] += h
        columns.append((above - below) / (2 * h))
    return np.column_stack(columns)


@mistake(jacobian_fd, "a step of whole numbers", because=partial)
def _(f, x, h=1e-5):
    """Where x holds whole numbers, so does np.zeros_like(x): a step of 1e-5 put into it becomes 0.
    Which function makes zeros that are floats?"""
    columns = []
    for j in range(len(x)):
        step = np.zeros_like(x)
        step[j] = h
        columns.append((f(x + step) - f(x - step)) / (2 * h))
    return np.column_stack(columns)


@mistake(jacobian_fd, "the step is never taken back", because=partial)
def _(f, x, h=1e-5):
    """Your first column is right, and the later ones are measured where the earlier steps have led.
    What has to happen to an entry before the next one moves?"""
    x = np.array(x, dtype=float)
    columns = []
    for j in range(len(x)):
        x[j] += h
        above = np.array(f(x))
        x[j] -= 2 * h
        columns.append((above - f(x)) / (2 * h))
    return np.column_stack(columns)


hint(jacobian_fd, "Move one input a little. How many numbers change, and are they a row or a column of the answer?")
hint(
    jacobian_fd,
    "Column j is (f(x + step) - f(x - step)) / (2h), where the step is h at place j and 0 elsewhere: h times e_j.",
)
hint(
    jacobian_fd,
    """Make x an array of floats first. The columns are what the linear map 'step in, change out' makes of the basis
    vectors, so matrix_of(that map, len(x)) is the answer; or append them to a list and use np.column_stack.""",
)


# ---- 2. A chain


@exercise(needs=[chain_rule, matrix_of])
def chain_jacobians(steps, x):
    """The Jacobian of a chain of functions at x, from the Jacobians of its links.

    steps: a list of pairs (f, J), at least one, in the order in which the functions are used: the first is given x,
        the second is given what the first gives, and so on. Each f takes an array and gives an array, and J(v) is the
        Jacobian of f at v, an array of shape (outputs of f, inputs of f)
    x: an array of n floats; left as it was
    Returns an array of floats of shape (m, n), where m is how many numbers the last function gives.

    At x = [1, 1] let f(v) = (v[0]*v[1], v[1]**2 - v[0]), which is (1, 0) and has the Jacobian [[1, 1], [-1, 2]] there;
    and then g(v) = (2*v[0] + 5*e**v[1],), with the Jacobian [[2, 5*e**v[1]]], which is [[2, 5]] at (1, 0).
    The chain has the Jacobian [[2, 5]] @ [[1, 1], [-1, 2]], which is array([[-3., 12.]]).
    """
    total = np.eye(len(x))
    for f, J in steps:
        total = J(x) @ total
        x = f(x)
    return total


_one = (lambda v: np.array([2 * v[0] + 5 * np.exp(v[1])]), lambda v: np.array([[2, 5 * np.exp(v[1])]]))
_mix = (
    lambda v: np.array([v[0] * v[1], v[1] * v[2], v[2] * v[0], v[0] ** 2]),
    lambda v: np.array([[v[1], v[0], 0], [0, v[2], v[1]], [v[2], 0, v[0]], [2 * v[0], 0, 0]]),
)
_squares = (np.square, lambda v: 2 * v * np.eye(len(v)))

case(chain_jacobians, [_bend, _one], np.array([1.0, 1.0]))
case(chain_jacobians, [_bend], np.array([2.0, 3.0]))
case(chain_jacobians, [_bend, _bend], np.array([2.0, -0.5]))
case(chain_jacobians, [_bend, _squares, _bend], np.array([0.5, 1.5]))
case(chain_jacobians, [_fan, _mix], np.array([0.5, -1.0]))
case(chain_jacobians, [_bend, _fan, _mix, _squares], np.array([1.0, 0.5]))
case(chain_jacobians, [_squares, _mix], np.array([0.5, 1.5, -1.0]))


@holds(chain_jacobians, "it is what is measured when the whole chain is called")
def _(chain_jacobians, rng):
    x = rng.uniform(0.5, 1.5, size=2)
    measured = jacobian_fd(lambda v: _mix[0](_fan[0](_bend[0](v))), x)
    assert close(chain_jacobians([_bend, _fan, _mix], x), measured, rtol=1e-6, atol=1e-7)


@holds(chain_jacobians, "the identity as one more link, first or last, changes nothing")
def _(chain_jacobians, rng):
    x = rng.uniform(0.5, 1.5, size=2)
    nothing = (lambda v: v.copy(), lambda v: np.eye(len(v)))
    plain = chain_jacobians([_bend, _fan], x)
    assert close(chain_jacobians([nothing, _bend, _fan, nothing], x), plain)


@mistake(chain_jacobians, "the product in the other order", because=matrix_of)
def _(steps, x):
    """You multiply J(first) @ J(second). A step s is met by the first function first: in J s, on which side of the
    matrix does s stand, and so which Jacobian must stand next to it?"""
    total = None
    for f, J in steps:
        total = J(x) if total is None else total @ J(x)
        x = f(x)
    return total


@mistake(chain_jacobians, "every Jacobian at the start", because=chain_rule)
def _(steps, x):
    """You ask every Jacobian at the x that the first function is given. What is the second function given?"""
    total = np.eye(len(x))
    for _, J in steps:
        total = J(x) @ total
    return total


@mistake(chain_jacobians, "the Jacobian at the output", because=chain_rule)
def _(steps, x):
    """You move on to f(x) first and ask for the Jacobian there, where the function does not stand any more.
    At what f was given, or at what it gave?"""
    total = np.eye(len(x))
    for f, J in steps:
        x = f(x)
        total = J(x) @ total
    return total


@mistake(chain_jacobians, "every function is given the start", because=chain_rule)
def _(steps, x):
    """Each of your functions is given the first x again, so that from the third link on the places are wrong.
    Which variable should hold what the link before gave?"""
    total, place = np.eye(len(x)), x
    for f, J in steps:
        total = J(place) @ total
        place = f(x)
    return total


@mistake(chain_jacobians, "multiplied entry by entry")
def _(steps, x):
    """You multiply the Jacobians entry by entry, with `*`. Which product belongs to 'first one map, then the other'?"""
    total = None
    for f, J in steps:
        total = J(x) if total is None else J(x) * total
        x = f(x)
    return total


@mistake(chain_jacobians, "added up")
def _(steps, x):
    """You add the Jacobians of the links. In a chain each link stretches what the one before has stretched:
    do stretches add or multiply?"""
    total = 0
    for f, J in steps:
        total = total + J(x)
        x = f(x)
    return total


@mistake(chain_jacobians, "only the last link")
def _(steps, x):
    """Your answer is the Jacobian of the last function alone. What became of those of the functions before it?"""
    for f, J in steps:
        total = J(x)
        x = f(x)
    return total


@mistake(chain_jacobians, "return within the loop")
def _(steps, x):
    """You return after the first link: that is the Jacobian of the first function alone. Where does the loop end?"""
    total = np.eye(len(x))
    for f, J in steps:
        total = J(x) @ total
        x = f(x)
        return total


@mistake(chain_jacobians, "the product starts as a number")
def _(steps, x):
    """You start with the number 1, and `@` takes no plain number. Which matrix changes nothing that it meets, and how
    many columns must it have?"""
    total = 1
    for f, J in steps:
        total = J(x) @ total
        x = f(x)
    return total


hint(chain_jacobians, "A small step s becomes J₁s, and that is the step which the second function sees. What next?")
hint(
    chain_jacobians,
    "Keep two things while you go along the list: where you are, and the product so far. Each link changes both.",
)
hint(
    chain_jacobians,
    """Start with the identity, as wide as x. For each pair: put its Jacobian, taken where you are now, on the left of
    the product; then move to what f gives. Mind the order of these two.""",
)

prediction(
    "which_end",
    """Three layers, each 1000 numbers wide, and a loss that is one number. Four Jacobians in a row:
    J₄ of shape (1, 1000) for the loss, and J₃, J₂, J₁ of shape (1000, 1000) for the layers.
    The product J₄ J₃ J₂ J₁ can be computed from the right, first J₂ J₁, or from the left, first J₄ J₃.
    Count the multiplications of numbers on each way, and divide the count from the right by the count from the left.
    What comes out?""",
    beliefs={
        1: "The result is the same, the work is not: look at the shapes of what is multiplied on the way.",
        1000: """So much more does a product of two wide matrices cost than one with a row. But of such products the way
        from the right has two, and the way from the left has three with a row.""",
        500: "The last step from the right is cheap, that is true. From the left there are three steps, not four.",
        1000000: "One entry of a row costs 1000 multiplications on either way. Only the count of rows differs.",
        3: "The number of steps is the same, three. What differs is the size of what is carried from step to step.",
    },
    rtol=0.01,
)

quiz(
    "what_reverse_pays",
    """From the end, a chain of 100 layers costs one row times 100 matrices.
    What does this way pay that the way from the start does not?""",
    wrong(
        "It is less accurate: errors add up on the way back.",
        """Rounding errors add up in both directions. The products are the same numbers, put in other brackets.""",
    ),
    right(
        "Memory: what each layer was given must be kept until the way back comes by.",
        """The Jacobian of a layer stands at what the layer was given. The way back needs the last one first, when the
        forward run is over, so everything has to be kept, or computed again. The way from the start can
        forget each number as soon as it has used it.""",
    ),
    wrong(
        "Time: the network has to be run backwards as well, which doubles the price for every input.",
        """The way back is run once, for all inputs together. It is the way from the start that is run once for each
        input.""",
    ),
    wrong(
        "Nothing. It is better for every function.",
        """With one input and a thousand outputs it is the way from the start that carries a single column.
        And even for a loss, the numbers on which the Jacobians depend have to come from somewhere.""",
    ),
)


# ---- 3. A first rule


@exercise
def vjp_mean(g, d):
    """The way back through row means: given how fast the loss grows with each mean, how fast with each entry.

    The forward step was y = X.mean(axis=1), with X of shape (n, d): y[i] is the mean of row i of X.
    g: an array of n floats; g[i] says how fast the loss grows with y[i]
    d: how many entries each row of X has, a whole number of at least 1
    Returns an array of floats of shape (n, d), the shape of X: how fast the loss grows with each entry of X.
    No loop over the rows.

    Each entry of row 0 goes into y[0] and nowhere else, at the rate 1/d. With g = [6, -3] and d = 3,
    vjp_mean(np.array([6.0, -3.0]), 3) is array([[2., 2., 2.], [-1., -1., -1.]]).
    """
    return g[:, None] * np.ones(d) / d


case(vjp_mean, np.array([6.0, -3.0]), 3)
case(vjp_mean, np.array([1.0, -2.0, 0.5]), 2)
case(vjp_mean, np.array([1.5, -2.0, 0.5]), 3)
case(vjp_mean, np.array([2.5]), 4)
case(vjp_mean, np.array([2.0, -7.0, 4.0, 0.0]), 1)
case(vjp_mean, np.linspace(-1.0, 2.0, 5), 2)


@holds(vjp_mean, "it is the gradient of the sum of g times the means, as measured")
def _(vjp_mean, rng):
    g, X = rng.normal(size=3), rng.normal(size=(3, 4))
    assert gradcheck(lambda X: np.sum(g * X.mean(axis=1)), lambda X: vjp_mean(g, 4), X) < 1e-7


@holds(vjp_mean, "each row adds up to its entry of g: nothing is lost on the way back")
def _(vjp_mean, rng):
    g = rng.normal(size=5)
    assert close(vjp_mean(g, 3).sum(axis=1), g)


@vectorised(vjp_mean, "no loop over the rows")
def _(n):
    return np.random.default_rng(n).normal(size=n), 3


@mistake(vjp_mean, "the mean's divisor forgotten")
def _(g, d):
    """Your entries are d times too large: that is the way back through a sum.
    By how much does a mean of d entries grow when one of them grows by 1?"""
    return g[:, None] * np.ones(d)


@mistake(vjp_mean, "divided by the number of rows")
def _(g, d):
    """You divide by the number of rows. Over how many entries was each mean taken?"""
    return g[:, None] * np.ones(d) / len(g)


@mistake(vjp_mean, "a column")
def _(g, d):
    """You return one number for each row, as a column. Each of the d entries of a row has a slope of its own, even
    if these are all alike: which shape has X?"""
    return g[:, None] / d


@mistake(vjp_mean, "the shape of the means")
def _(g, d):
    """Your answer has the shape of g, that of the output. Of which array do you want the slopes, and what is its
    shape?"""
    return g / d


@mistake(vjp_mean, "spread down instead of across")
def _(g, d):
    """You wrote g along each row, so that your array is mirrored. Entry [i, j] of X goes into y[i]:
    with which index should g vary?"""
    return np.ones((d, 1)) * g / d


@mistake(vjp_mean, "the mean of g")
def _(g, d):
    """You took the mean of g, as the forward step did with a row. On the way back, which entries of g does X[0, 0]
    hear from?"""
    return np.ones((len(g), d)) * g.mean() / d


hint(vjp_mean, "If X[0, 2] grows by 1, which means grow, and by how much? What does the loss do then?")
hint(vjp_mean, "All d entries of row i get the same number, g[i] / d. Which index makes a column of g?")
hint(vjp_mean, "g[:, None] has the shape (n, 1). Multiplied with an array of d ones, it is repeated d times across.")


equivalent(
    vjp_mean,
    "return g[:, None] * np.ones(d) / d  ⇒  return g[:, None] / np.ones(d) / d",
    because="dividing by 1 is multiplying by 1",
)


# ---- 4. The instrument


@exercise(needs=[dot])
def adjoint_test(jvp, vjp, x):
    """Whether vjp is the way back that belongs to jvp, tried on one random pair of arrays.

    jvp: a linear function; given v in the shape of x it gives J v, an array in the shape of the output
    vjp: what is claimed to be its way back; given u in the shape of the output it gives Jᵀu, in the shape of x
    x: an array of any shape; only its shape counts
    v and u are drawn at random, independent of each other, from one generator of np.random.default_rng; with its
    method normal, say.
    With a the sum of u times J v, and b the sum of vjp(u) times v, each product entry by entry:
    Returns True if |a - b| <= 1e-6 · |a|, else False.
    Returns False if vjp(u) has another shape than x, or if a or b is nan or infinite.

    For J = [[1, 2]], v = (3, 4) and u = (5,): J v = (11,) and a = 55. The right way back gives (5, 10), with
    b = 15 + 40 = 55. A way back that gives (5, 5) has b = 35 and does not belong to J.
    """
    rng = np.random.default_rng(0)
    v = rng.normal(size=x.shape)
    out = jvp(v)
    u = rng.normal(size=out.shape)
    back = vjp(u)
    if back.shape != x.shape:
        return False
    a, b = np.sum(u * out), np.sum(back * v)
    if not np.isfinite(a):  # with a finite a, no infinite or nan b passes what follows
        return False
    return abs(a - b) <= 1e-6 * abs(a)


# The linear map, its way back, what somebody wrote instead, and the shape of x. A report shows a lambda as it is
# written, so all of a map stands in it.
PLANTED = {
    "a square matrix, not transposed": (
        lambda v: np.array([[2, -1], [0, 3]]) @ v,
        lambda u: np.array([[2, 0], [-1, 3]]) @ u,
        lambda u: np.array([[2, -1], [0, 3]]) @ u,
        (2,),
    ),
    "row sums, handed back as a column": (
        lambda v: v.sum(axis=1),
        lambda u: u[:, None] * np.ones(3),
        lambda u: u[:, None],
        (2, 3),
    ),
    "a matrix in trillionths, half as much again": (
        lambda v: 1e-12 * np.array([[2, -1], [0, 3]]) @ v,
        lambda u: 1e-12 * np.array([[2, 0], [-1, 3]]) @ u,
        lambda u: 1.5e-12 * np.array([[2, 0], [-1, 3]]) @ u,
        (2,),
    ),
    "row means, without the divisor": (
        lambda v: v.mean(axis=1),
        lambda u: u[:, None] * np.ones(3) / 3,
        lambda u: u[:, None] * np.ones(3),
        (2, 3),
    ),
    "the sign turned": (
        lambda v: np.array([[1, 2, -1], [0.5, -3, 2]]) @ v,
        lambda u: np.array([[1, 0.5], [2, -3], [-1, 2]]) @ u,
        lambda u: -np.array([[1, 0.5], [2, -3], [-1, 2]]) @ u,
        (3,),
    ),
    "right only on arrays of ones": (
        lambda v: np.array([[2, -1], [0, 3]]) @ v,
        lambda u: np.array([[2, 0], [-1, 3]]) @ u,
        lambda u: np.array([2, 2]) * np.mean(u),
        (2,),
    ),
    "a matrix whose second row is forgotten": (
        lambda v: np.array([[1, 2, -1], [0.5, -3, 2]]) @ v,
        lambda u: np.array([[1, 0.5], [2, -3], [-1, 2]]) @ u,
        lambda u: np.array([[1, 0], [2, 0], [-1, 0]]) @ u,
        (3,),
    ),
    "running totals, not turned round": (
        lambda v: np.cumsum(v),
        lambda u: np.cumsum(u[::-1])[::-1],
        lambda u: np.cumsum(u),
        (4,),
    ),
    "a shift, in the same direction again": (
        lambda v: np.roll(v, 1),
        lambda u: np.roll(u, -1),
        lambda u: np.roll(u, 1),
        (5,),
    ),
    "a transpose, handed back in the shape of the output": (
        lambda v: v.T * 2.0,
        lambda u: u.T * 2.0,
        lambda u: u * 2.0,
        (2, 3),
    ),
    "running totals in trillions, a hundredth off": (
        lambda v: 1e12 * np.cumsum(v),
        lambda u: 1e12 * np.cumsum(u[::-1])[::-1],
        lambda u: 1.01e12 * np.cumsum(u[::-1])[::-1],
        (20,),
    ),
    "right only for the first entries": (
        lambda v: np.array([[2, -1], [0, 3]]) @ v,
        lambda u: np.array([[2, 0], [-1, 3]]) @ u,
        lambda u: np.array([[2, 0], [-1, 4]]) @ u,
        (2,),
    ),
}
# Right ways back stand here only where a and b are the same to the last digit, whatever is drawn; the others are tried
# below: so the slip a == b does the same with every seed, and is known.
case(adjoint_test, lambda v: np.array([[1, 2]]) @ v, lambda u: np.array([[1], [1]]) @ u, np.zeros(2))
case(adjoint_test, lambda v: 2.0 * v, lambda u: 2.0 * u, np.ones(3))
for _jvp, _vjp, _planted, _shape in PLANTED.values():
    case(adjoint_test, _jvp, _planted, np.ones(_shape))
case(adjoint_test, lambda v: v, lambda u: (1 + 1.5e-6) * u, np.zeros(3))
case(adjoint_test, lambda v: v, lambda u: (1 - 1.5e-6) * u, np.zeros(3))
case(adjoint_test, lambda v: v, lambda u: (1 + 5e-7) * u, np.zeros(3))
case(adjoint_test, lambda v: v, lambda u: (1 - 5e-7) * u, np.zeros(3))
case(adjoint_test, lambda v: 0 * v, lambda u: 0 * u, np.zeros(2))


@holds(adjoint_test, "every right way back is accepted")
def _(adjoint_test):
    for what, (jvp, vjp, _, shape) in PLANTED.items():
        assert adjoint_test(jvp, vjp, np.zeros(shape)), f"the right way back is called wrong: {what.split(',')[0]}"


@holds(adjoint_test, "every planted wrong way back is caught")
def _(adjoint_test):
    for what, (jvp, _, planted, shape) in PLANTED.items():
        assert not adjoint_test(jvp, planted, np.zeros(shape)), f"a wrong way back is not caught: {what}"


@holds(adjoint_test, "a square matrix drawn at random belongs to its transpose, and not to itself")
def _(adjoint_test, rng):
    for A in rng.normal(size=(8, 12, 12)):  # eight, so that no luck makes a and b the same to the last digit each time
        assert adjoint_test(lambda v, A=A: A @ v, lambda u, A=A: A.T @ u, np.zeros(12)), "the transpose is called wrong"
        assert not adjoint_test(lambda v, A=A: A @ v, lambda u, A=A: A @ u, np.zeros(12)), "A itself is accepted"


@holds(adjoint_test, "where a or b is nan or infinite, the answer is False")
def _(adjoint_test):
    one = np.ones(1)
    with np.errstate(all="ignore"):
        assert not _lets_pass(adjoint_test(lambda v: v * np.inf, lambda u: u, one)), "a is infinite"
        assert not _lets_pass(adjoint_test(lambda v: v, lambda u: u * np.inf, one)), "b is infinite"
        assert not _lets_pass(adjoint_test(lambda v: v * np.inf, lambda u: u * np.inf, one)), "both are infinite"
        assert not _lets_pass(adjoint_test(lambda v: v * np.nan, lambda u: u, one)), "a is nan"
        assert not _lets_pass(adjoint_test(lambda v: v, lambda u: u * np.nan, one)), "b is nan"


def _lets_pass(verdict):
    return verdict is None or verdict


def _added(one, other):
    return np.sum(one * other)


def _tested(draw=None, agree=None, total=_added, shapes=True, finite=True, products_first=False):
    """An adjoint_test of which one part may be exchanged; draw(rng, x, out) gives v, or u where there is an out."""

    def normal(rng, x, out=None):
        return rng.normal(size=x.shape if out is None else out.shape)

    def program(jvp, vjp, x):
        rng = np.random.default_rng(0)
        v = (draw or normal)(rng, x)
        out = jvp(v)
        u = (draw or normal)(rng, x, out)
        if products_first:
            np.sum(u * out)
        back = vjp(u)
        if shapes and back.shape != x.shape:
            return False
        with np.errstate(all="ignore"):
            a, b = float(total(u, out)), float(total(back, v))
            if finite and not (np.isfinite(a) and np.isfinite(b)):
                return False
            return bool(agree(a, b) if agree else abs(a - b) <= 1e-6 * abs(a))

    return program


def _slip(name, says, because=None, wild=True, **parts):
    """A mistake, and the same one again where the look at nan and infinity is missing too."""
    for finite in (True, False) if wild else (True,):
        program = _tested(finite=finite, **parts)
        program.__doc__ = (
            says if finite else f"{says}\n\nBesides, an infinite a or b can pass: which question has to come first?"
        )
        mistake(adjoint_test, name if finite else f"{name}, and infinity passes", because=because)(program)


def _same_numbers(rng, x, out=None):
    return np.random.default_rng(0).normal(size=x.shape if out is None else out.shape)


def _v_again(rng, x, out=None):
    return np.random.default_rng(0).normal(size=x.shape)


def _ones(rng, x, out=None):
    return np.ones(x.shape if out is None else out.shape)


def _first_entry(rng, x, out=None):
    basis = np.zeros(x.shape if out is None else out.shape)
    basis.flat[0] = 1.0
    return basis


def _x_itself(rng, x, out=None):
    return x if out is None else rng.normal(size=out.shape)


def _as_long(rng, x, out=None):
    return rng.normal(size=len(x)) if out is None else rng.normal(size=out.shape)


_SAME = """You hand vjp the numbers that you handed jvp (two generators with one seed draw the same numbers too).
    For a square matrix, the sum of v times A v is that of v times Aᵀv, whatever A is: which fault of vjp can you then
    never see?"""
_slip("the same array on both sides", _SAME, draw=_same_numbers)
_slip("v once more as u", f"{_SAME} And which shape must u have?", draw=_v_again)
_slip("v once more as u, in the sum first", f"{_SAME} And which shape must u have?", draw=_v_again, products_first=True)
_slip(
    "ones instead of random numbers",
    """You try arrays of ones. There are wrong ways back that are right on those: of a map that moves entries about,
    say. What do random numbers have that ones have not?""",
    draw=_ones,
)
_slip(
    "one entry of each",
    """You try one basis vector on each side, so that you compare one entry of J with one entry of Jᵀ.
    What becomes of a fault in any other entry?""",
    draw=_first_entry,
)
_slip(
    "x itself as v",
    """You hand jvp the numbers of x. Only its shape counts: where x is all zeros, so are both of your sums, and
    everything passes. What has to be drawn in the shape of x?""",
    draw=_x_itself,
)
_slip(
    "a product of matrices in place of a sum",
    """`u @ Jv` is the dot product of two vectors. For two matrices it is a product of matrices and no number, and their
    shapes need not even fit. How do you multiply entry by entry, and then add?""",
    total=lambda one, other: one @ other,
)
_slip(
    "a vector as long as x",
    """You draw a vector of len(x) numbers, and x may have two axes. Which attribute of x says how long it is along each
    of them?""",
    draw=_as_long,
)
_slip(
    "an absolute difference",
    """You compare |a - b| with a fixed number. For a map in trillionths everything passes, for one in trillions
    nothing does. To what is the difference to be compared?""",
    because=gradcheck,
    wild=False,
    agree=lambda a, b: abs(a - b) <= 1e-6,
)
_ISCLOSE = """`np.isclose` allows a fixed 1e-8 on top of its share of b (1e-5, unless it is told another), so that for a
    map in trillionths everything passes. What does the text allow, and of which number?"""
_slip("np.isclose", _ISCLOSE, because=gradcheck, agree=np.isclose)
_slip("np.isclose with rtol", _ISCLOSE, because=gradcheck, agree=lambda a, b: np.isclose(a, b, rtol=1e-6))
_slip(
    "equal to the last digit",
    """You ask for a == b, equal to the last digit. The two are sums of other products, added in another order, and
    rounded in other places. Within what does the text allow them to differ?""",
    agree=lambda a, b: a == b,
)
_slip(
    "the sizes only",
    """You compare the sizes of a and b, so that a way back with its sign turned passes. Where do the bars belong?""",
    agree=lambda a, b: abs(abs(a) - abs(b)) <= 1e-6 * abs(a),
)
_slip(
    "the difference with its sign",
    """You leave out the bars of |a - b|: whenever b is the larger of the two, all is well for you.
    How far apart are 2 and 5?""",
    agree=lambda a, b: a - b <= 1e-6 * abs(a),
)


@mistake(adjoint_test, "the shape is not looked at", because=gradcheck)
def _(jvp, vjp, x):
    """A column passes for a matrix: NumPy repeats it when you multiply it by v. What should be compared first?"""
    return _tested(shapes=False)(jvp, vjp, x)


@mistake(adjoint_test, "neither the shape nor infinity is looked at", because=gradcheck)
def _(jvp, vjp, x):
    """A column passes for a matrix: NumPy repeats it when you multiply it by v. What should be compared first?
    And an infinite a or b can pass: what has to be asked of them?"""
    return _tested(shapes=False, finite=False)(jvp, vjp, x)


@mistake(adjoint_test, "infinity passes")
def _(jvp, vjp, x):
    """Where a or b is infinite you answer True, because infinity <= infinity. Which question has to come first?"""
    return _tested(finite=False)(jvp, vjp, x)


hint(
    adjoint_test,
    "Both numbers are uᵀJv, once with the brackets round Jv and once round uᵀJ. Which two calls do you need?",
)
hint(
    adjoint_test,
    """Draw v in the shape of x and call jvp(v): its shape is the shape for u. Draw u, call vjp(u), and look at
    the shape of that before you use it.""",
)
hint(
    adjoint_test,
    """np.sum(u * out) and np.sum(back * v) work for every shape. Ask np.isfinite of both first; then compare |a - b|
    with a millionth of |a|, with <=, so that two zeros pass.""",
)

equivalent(
    adjoint_test,
    "return abs(a - b) <= 1e-06 * abs(a)  ⇒  return abs(b - a) <= 1e-06 * abs(a)",
    because="the size of a difference is the same either way round",
)
equivalent(
    adjoint_test,
    "if back.shape != x.shape:  ⇒  if back.shape != v.shape:",
    because="v has the shape of x",
)
equivalent(
    adjoint_test,
    "rng = np.random.default_rng(0)  ⇒  rng = np.random.default_rng(1)",
    because="another seed draws another pair, which tells right from wrong as well",
)

prediction(
    "same_on_both_sides",
    """Somebody tests ways back with u = v, the same random array on both sides, on a square matrix A that is not
    symmetric. They claim A itself as its own way back, where Aᵀ would be right. What does their test find?""",
    options=(
        "a and b differ: the claim is caught",
        "a and b are equal, whatever A is: the claim passes",
        "it depends on A and on the random numbers",
        "an error: the shapes do not fit",
    ),
    beliefs={
        "a": "The claim is wrong, but this test does not see it: a = v·(A v), and b = (A v)·v. Look at both again.",
        "c": "Neither matters: v·(A v) and (A v)·v are the same products, added in the same order.",
        "d": "A is square, so A v has the shape of v, and nothing stops.",
    },
)


# ---- 5. Through a matrix product


@exercise(needs=[vjp_mean, matmul_outer])
def vjp_matmul(A, B, G):
    """The way back through a matrix product: given how fast the loss grows with each entry of A B, with A and with B.

    The forward step was C = A @ B.
    A: an array of floats of shape (m, k)
    B: an array of floats of shape (k, n)
    G: an array of floats of shape (m, n), that of C; G[i, j] says how fast the loss grows with C[i, j]
    Returns (gA, gB): gA of shape (m, k) says how fast the loss grows with each entry of A, gB of shape (k, n) with B's.
    A, B and G are left as they were. No loop over the rows.

    With A = [[1, 2]], B = [[3, 0], [4, 5]] and G = [[10, 1]]: A[0, 1] = 2 is multiplied by 4 for C[0, 0] and by 5 for
    C[0, 1], so the loss grows with it at the rate 10*4 + 1*5 = 45. In all, gA is [[30, 45]], and gB is
    [[10, 1], [20, 2]].
    """
    return G @ B.T, A.T @ G


case(vjp_matmul, np.array([[1.0, 2.0]]), np.array([[3.0, 0.0], [4.0, 5.0]]), np.array([[10.0, 1.0]]))


def _drawn(seed, *shapes):
    rng = np.random.default_rng(seed)
    return [np.round(rng.normal(size=shape) * 3, 1) for shape in shapes]


case(vjp_matmul, *_drawn(1, (2, 3), (3, 4), (2, 4)))
case(vjp_matmul, *_drawn(2, (4, 2), (2, 3), (4, 3)))
case(vjp_matmul, *_drawn(3, (3, 3), (3, 3), (3, 3)))
case(vjp_matmul, *_drawn(4, (2, 2), (2, 2), (2, 2)))
case(vjp_matmul, *_drawn(5, (3, 1), (1, 4), (3, 4)))
case(vjp_matmul, *_drawn(6, (1, 5), (5, 1), (1, 1)))


@holds(vjp_matmul, "each is the gradient of the sum of G times A B, as measured")
def _(vjp_matmul, rng):
    A, B, G = rng.normal(size=(2, 3)), rng.normal(size=(3, 4)), rng.normal(size=(2, 4))
    gA, gB = vjp_matmul(A, B, G)
    assert gradcheck(lambda A: np.sum(G * (A @ B)), lambda _: gA, A) < 1e-7, "with respect to A"
    assert gradcheck(lambda B: np.sum(G * (A @ B)), lambda _: gB, B) < 1e-7, "with respect to B"


@holds(vjp_matmul, "twice the G gives twice the answer")
def _(vjp_matmul, rng):
    A, B, G = rng.normal(size=(2, 3)), rng.normal(size=(3, 4)), rng.normal(size=(2, 4))
    for once, twice in zip(vjp_matmul(A, B, G), vjp_matmul(A, B, 2 * G), strict=True):
        assert close(twice, 2 * once)


@vectorised(vjp_matmul, "no loop over the rows")
def _(n):
    return _drawn(n, (n, 3), (3, 2), (n, 2))


@mistake(vjp_matmul, "nothing is transposed")
def _(A, B, G):
    """You multiply G @ B and A @ G as they stand. The sum for A[i, r] runs over j in G[i, j]·B[r, j]:
    which index of B is summed, and where does a product sum the index of its second factor?"""
    return G @ B, A @ G


@mistake(vjp_matmul, "the factors in the wrong order")
def _(A, B, G):
    """You put the transposes on the wrong sides. gA needs row i of G and row r of B:
    in a product, whose row meets whose column?"""
    return B.T @ G, G @ A.T


@mistake(vjp_matmul, "the pair exchanged")
def _(A, B, G):
    """Both of your arrays are right, and they stand in the other order. Which shape has A, and which has your first?"""
    return A.T @ G, G @ B.T


@mistake(vjp_matmul, "mirrored")
def _(A, B, G):
    """Your numbers are right and both arrays are mirrored. The gradient with respect to A has the shape of A:
    how long are its rows?"""
    return (G @ B.T).T, (A.T @ G).T


@mistake(vjp_matmul, "G left out")
def _(A, B, G):
    """You hand back how fast the sum of all entries of C grows, whatever G is.
    How much does the loss care about C[0, 0], and how much about C[0, 1]?"""
    ones = np.ones(G.shape)
    return ones @ B.T, A.T @ ones


@mistake(vjp_matmul, "the other factor")
def _(A, B, G):
    """You hand back the other factor, as for a product of two numbers. That has neither the shape of A nor G in it:
    into how many entries of C does A[0, 0] go?"""
    return B.T, A.T


@mistake(vjp_matmul, "G transposed as well")
def _(A, B, G):
    """You transposed G too. Entry A[i, r] goes into row i of C: in which index of G should i stand?"""
    return G.T @ B.T, A.T @ G.T


@mistake(vjp_matmul, "gB mirrored")
def _(A, B, G):
    """Your gB is mirrored: it has the shape (n, k). What must be done so that each slope stands where its entry of B
    does?"""
    return G @ B.T, G.T @ A


@mistake(vjp_matmul, "G on the left for both")
def _(A, B, G):
    """In your gB, G stands on the left, as it does in gA. Which of A's sizes is gB to keep, and on which side of a
    product does a size stay that is to count the rows?"""
    return G @ B.T, G @ A.T


@mistake(vjp_matmul, "only gA")
def _(A, B, G):
    """One array comes back, and two are asked for. What does `return a, b` give?"""
    return G @ B.T


hint(vjp_matmul, "Into which entries of C does A[i, r] go, and with which factor each? Weigh each with its entry of G.")
hint(
    vjp_matmul,
    """gA[i, r] is the sum over j of G[i, j] · B[r, j]: row i of G with row r of B. Rows with rows is a product with a
    transpose. For gB[r, j], sum over i.""",
)
hint(
    vjp_matmul,
    """Let the shapes lead. (m, k) can be made of G, (m, n), and B, (k, n), in one way; (k, n) of A, (m, k), and G in
    one way too.""",
)

quiz(
    "shape_of_gradient",
    """In a network whose layers are all 512 wide, with batches of 512, somebody writes `gA = G.T @ B`. It has the shape
    of A, and nothing stops. How can you see without a measurement that this is not the rule?""",
    wrong(
        "You cannot: where all shapes fit, the rule may be right.",
        """Between square matrices everything fits, G @ B.T and G.T @ B and six more, and they differ. At most one of
        them is the rule.""",
    ),
    wrong(
        "Its shape is that of Aᵀ and not that of A.",
        """Both are (512, 512). The shape says nothing here.""",
    ),
    right(
        "The rule must fit any sizes, and with 2, 3 and 4 this does not.",
        """G.T would have the shape (4, 2), B has (3, 4): they do not fit. The sum over j of G[i, j]·B[r, j] was found
        for any m, k and n. So let the shapes lead with sizes that all differ, and test with such sizes too.""",
    ),
    wrong(
        "It is right up to a transpose, and for training that makes no difference.",
        """In W - η·gW each entry meets its own slope: mirrored slopes move the wrong weights. And the transpose of
        G @ B.T would be B @ G.T, which is a third thing.""",
    ),
)


# ---- 6. A layer


@exercise(needs=[vjp_matmul])
def vjp_linear(W, X, G):
    """The way back through a linear layer, for a whole batch.

    The forward step was Y = X @ W.T + b, with b of shape (m,) added to each row.
    W: an array of floats of shape (m, d): m outputs, d inputs
    X: an array of floats of shape (n, d), one input in each row
    G: an array of floats of shape (n, m), that of Y; G[i, j] says how fast the loss grows with Y[i, j]
    Returns (gW, gb, gX), of the shapes (m, d), (m,) and (n, d): how fast the loss grows with each entry of W, b and X.
    W, X and G are left as they were. No loop over the rows.

    With W = [[1, 2]], X = [[3, 4], [5, 6]] and G = [[10], [1]]: W[0, 0] is multiplied by 3 in the first row and by 5 in
    the second, so the loss grows with it at the rate 10*3 + 1*5 = 35. In all, gW is [[35, 46]], gb is [11], and gX is
    [[10, 20], [1, 2]].
    """
    return G.T @ X, G.sum(axis=0), G @ W


case(vjp_linear, np.array([[1.0, 2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]]), np.array([[10.0], [1.0]]))
case(vjp_linear, *_drawn(11, (3, 2), (4, 2), (4, 3)))
case(vjp_linear, *_drawn(12, (2, 4), (3, 4), (3, 2)))
case(vjp_linear, *_drawn(13, (3, 3), (3, 3), (3, 3)))
case(vjp_linear, *_drawn(14, (2, 2), (2, 2), (2, 2)))
case(vjp_linear, *_drawn(15, (4, 3), (1, 3), (1, 4)))
case(vjp_linear, *_drawn(16, (1, 1), (5, 1), (5, 1)))


@holds(vjp_linear, "all three are the gradients of the sum of G times Y, as measured")
def _(vjp_linear, rng):
    W, b, X, G = (rng.normal(size=shape) for shape in ((2, 3), (2,), (4, 3), (4, 2)))
    gW, gb, gX = vjp_linear(W, X, G)
    assert gradcheck(lambda W: np.sum(G * (X @ W.T + b)), lambda _: gW, W) < 1e-7, "with respect to W"
    assert gradcheck(lambda b: np.sum(G * (X @ W.T + b)), lambda _: gb, b) < 1e-7, "with respect to b"
    assert gradcheck(lambda X: np.sum(G * (X @ W.T + b)), lambda _: gX, X) < 1e-7, "with respect to X"


@holds(vjp_linear, "two halves of a batch add up to the whole in gW and gb, and stand one below the other in gX")
def _(vjp_linear, rng):
    W, X, G = rng.normal(size=(2, 3)), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    whole, first, second = vjp_linear(W, X, G), vjp_linear(W, X[:2], G[:2]), vjp_linear(W, X[2:], G[2:])
    assert close(first[0] + second[0], whole[0])
    assert close(first[1] + second[1], whole[1])
    assert close(np.concatenate([first[2], second[2]]), whole[2])


@vectorised(vjp_linear, "no loop over the rows")
def _(n):
    return _drawn(n, (2, 3), (n, 3), (n, 2))


@mistake(vjp_linear, "gW mirrored", because=vjp_matmul)
def _(W, X, G):
    """Your gW has the shape (d, m): it is the gradient with respect to Wᵀ. What is to be done to it so that each slope
    stands where its weight does?"""
    return X.T @ G, G.sum(axis=0), G @ W


@mistake(vjp_linear, "no sum in gb")
def _(W, X, G):
    """Your gb has a row for each input. There is one b for the whole batch, and it went into every row of Y:
    what becomes of the n slopes of one entry?"""
    return G.T @ X, G, G @ W


@mistake(vjp_linear, "the sum in gb taken across")
def _(W, X, G):
    """Your gb has one entry for each row of the batch. Entry j of b goes into column j of Y: which axis is to
    disappear?"""
    return G.T @ X, G.sum(axis=1), G @ W


@mistake(vjp_linear, "the mean over the batch for gb")
def _(W, X, G):
    """Your gb is a mean over the batch. If b[0] grows by 1, how many entries of Y grow by 1? And if the loss is a mean:
    is its 1/n not in G already?"""
    return G.T @ X, G.mean(axis=0), G @ W


@mistake(vjp_linear, "everything divided by the batch")
def _(W, X, G):
    """You divide gW and gb by n. Where the loss is a mean, its 1/n is in G already: what happens to it now?"""
    return G.T @ X / len(X), G.mean(axis=0), G @ W


@mistake(vjp_linear, "gX with the transpose", because=vjp_matmul)
def _(W, X, G):
    """For gX you multiply by Wᵀ, as the forward step did. There it led from d numbers to m: which way does the way back
    lead?"""
    return G.T @ X, G.sum(axis=0), G @ W.T


@mistake(vjp_linear, "in another order")
def _(W, X, G):
    """Your three arrays are right, and they are asked for in the order gW, gb, gX. Which one is your first?"""
    return G @ W, G.T @ X, G.sum(axis=0)


@mistake(vjp_linear, "only the first input of the batch", because=matmul_outer)
def _(W, X, G):
    """Your gW hears from the first input alone: it is one outer product. How many rows of X does W meet?"""
    return np.outer(G[0], X[0]), G.sum(axis=0), G @ W


hint(vjp_linear, "Y is a matrix product and a sum. What does vjp_matmul say of X and of Wᵀ? And where did b go?")
hint(
    vjp_linear,
    """With A = X and B = Wᵀ: gX is G (Wᵀ)ᵀ, and the gradient with respect to Wᵀ is XᵀG; mirror it to get gW. Each entry
    of b was copied into n rows: add up what comes back from them.""",
)
hint(vjp_linear, "gW has the shape (m, d), and only G.T, (m, n), and X, (n, d), make that. gb is G summed over axis 0.")


# ---- 7. Softmax


@exercise(needs=[chain_rule, vjp_mean])
def vjp_softmax(P, G):
    """The way back through a softmax: from slopes along the probabilities to slopes along the scores.

    The forward step made P of scores Z, row by row: each row of P is exp(row of Z), divided by its sum.
    P: an array of floats of shape (n, k): n rows of k probabilities, as the softmax gave them
    G: an array of floats of shape (n, k); G[i, j] says how fast the loss grows with P[i, j]
    Returns an array of floats of shape (n, k): how fast the loss grows with each entry of Z.
    P and G are left as they were. No loop over the rows. No array larger than a few times P may be made, so no k-by-k
    Jacobian.

    For one row p = (1/8, 1/4, 5/8) and g = (8, 0, 0), the loss is 8·p[0]. The Jacobian has p[0] - p[0]**2 = 7/64 at
    (0, 0), -p[0]*p[1] = -1/32 at (0, 1) and -p[0]*p[2] = -5/64 at (0, 2); times 8 these are the slopes:
    vjp_softmax(np.array([[0.125, 0.25, 0.625]]), np.array([[8.0, 0.0, 0.0]])) is array([[0.875, -0.25, -0.625]]).
    """
    return P * (G - (P * G).sum(axis=1)[:, None])


def _softmax(Z):
    E = np.exp(Z - Z.max(axis=1)[:, None])
    return E / E.sum(axis=1)[:, None]


def _scores_and_slopes(seed, n, k):
    Z, G = _drawn(seed, (n, k), (n, k))
    return _softmax(Z / 3), G


case(vjp_softmax, np.array([[0.125, 0.25, 0.625]]), np.array([[8.0, 0.0, 0.0]]))
case(vjp_softmax, np.array([[0.125, 0.25, 0.625]]), np.array([[1.0, -2.0, 4.0]]))
case(vjp_softmax, np.array([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]]), np.array([[1.0, 0.0, 2.0], [0.0, -3.0, 1.0]]))
case(vjp_softmax, *_scores_and_slopes(21, 4, 3))
case(vjp_softmax, *_scores_and_slopes(22, 2, 5))
case(vjp_softmax, *_scores_and_slopes(23, 3, 3))
case(vjp_softmax, np.array([[0.0, 1.0, 0.0], [0.3, 0.3, 0.4]]), np.array([[5.0, -1.0, 2.0], [2.0, 2.0, 2.0]]))


@holds(vjp_softmax, "it is the gradient of the sum of G times the softmax, as measured")
def _(vjp_softmax, rng):
    Z, G = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    assert gradcheck(lambda Z: np.sum(G * _softmax(Z)), lambda Z: vjp_softmax(_softmax(Z), G), Z) < 1e-6


@holds(vjp_softmax, "each row adds up to 0: scores that all rise together change no probability")
def _(vjp_softmax, rng):
    P, G = _softmax(rng.normal(size=(4, 3))), rng.normal(size=(4, 3))
    assert close(vjp_softmax(P, G).sum(axis=1), np.zeros(4))


@holds(vjp_softmax, "a slope that is the same along all probabilities of a row comes back as 0: their sum is 1 anyway")
def _(vjp_softmax, rng):
    P = _softmax(rng.normal(size=(3, 5)))
    assert close(vjp_softmax(P, np.ones((3, 5)) * np.array([2.0, -1.0, 7.0])[:, None]), np.zeros((3, 5)))


@holds(vjp_softmax, "no Jacobian is made: for 2 rows of 600 it makes no array of 600 by 600")
def _(vjp_softmax, rng):
    P, G = _softmax(rng.normal(size=(2, 600))), rng.normal(size=(2, 600))
    tracemalloc.start()
    try:
        vjp_softmax(P, G)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 1_000_000, f"it took {most / 1e6:.1f} MB of memory; P has 0.01 MB, and a 600-by-600 array 2.9 MB"


@vectorised(vjp_softmax, "no loop over the rows")
def _(n):
    return _scores_and_slopes(n, n, 3)


@mistake(vjp_softmax, "only the diagonal")
def _(P, G):
    """You use the diagonal of the Jacobian alone, p(1 - p). But when one score rises, the other probabilities fall,
    because all share one sum. Where are the -p[i]·p[j]?"""
    return P * (1 - P) * G


@mistake(vjp_softmax, "an unweighted mean", because=vjp_mean)
def _(P, G):
    """You take from each g the plain mean of the row. In the sum over i of g[i]·p[i]·p[j], with what does
    each g stand?"""
    return P * (G - G.mean(axis=1)[:, None])


@mistake(vjp_softmax, "the sum of the slopes")
def _(P, G):
    """You take from each g the sum of all of them. In the sum over i of g[i]·p[i]·p[j], what does each g stand with?"""
    return P * (G - G.sum(axis=1)[:, None])


@mistake(vjp_softmax, "p[j] taken out in place of p[i]")
def _(P, G):
    """In your second term p[j] stands twice, and the g are added without weights. In the sum over i of g[i]·p[i]·p[j],
    which of the two p changes with i, and so has to stay in the sum?"""
    return P * G - P**2 * G.sum(axis=1)[:, None]


@mistake(vjp_softmax, "the term i = j twice")
def _(P, G):
    """The term i = j stands in your answer twice: you have p - p² for it, and your sum runs over i = j once more.
    If it stays in the sum, what is left in front for i = j?"""
    return (P - P**2) * G - P * (P * G).sum(axis=1)[:, None]


@mistake(vjp_softmax, "the second term added")
def _(P, G):
    """You add the weighted sum to each g. In -p[i]·p[j] there is a minus: where has it gone?"""
    return P * (G + (P * G).sum(axis=1)[:, None])


@mistake(vjp_softmax, "the factor p in front forgotten")
def _(P, G):
    """You return g minus the weighted sum. Every entry of the Jacobian's column j has a factor p[j]: where is it?"""
    return G - (P * G).sum(axis=1)[:, None]


@mistake(vjp_softmax, "the second term forgotten")
def _(P, G):
    """You return p·g: as if the sum that everything is divided by did not move. Does it, when a score rises?"""
    return P * G


@mistake(vjp_softmax, "one sum for the whole batch")
def _(P, G):
    """You add over the whole batch, so that every row hears from all others. Which axis holds the probabilities of one
    row?"""
    return P * (G - (P * G).sum())


@mistake(vjp_softmax, "the sum down the columns")
def _(P, G):
    """You add down the columns. Row i of P was made of row i of Z alone: along which axis do its entries stand?"""
    return P * (G - (P * G).sum(axis=0))


@mistake(vjp_softmax, "the sign turned")
def _(P, G):
    """Your signs are all turned round. When the score of class 0 rises, does its own probability rise or fall?"""
    return P * ((P * G).sum(axis=1)[:, None] - G)


@mistake(vjp_softmax, "the Jacobian written out")
def _(P, G):
    """Your numbers are right, and on the way you made the whole k-by-k Jacobian. For 50 000 classes that is 2.5 billion
    entries for each row. Which of its parts can be summed before it is written down?"""
    return np.array([(np.diag(p) - np.outer(p, p)) @ g for p, g in zip(P, G, strict=True)])


hint(
    vjp_softmax,
    """Write out slope j: the sum over i of g[i] · p[i] · (1 if i = j else 0), minus the sum over i of g[i]·p[i]·p[j].
    What is left of the first sum? What can be pulled out of the second?""",
)
hint(
    vjp_softmax,
    "The first sum is g[j]·p[j]. In the second, p[j] does not depend on i; what is left inside is one number a row.",
)
hint(
    vjp_softmax,
    """p[j] times (g[j] minus that number). For all rows: (P * G).sum(axis=1) is one number for each row, and [:, None]
    makes a column of them.""",
)

quiz(
    "never_formed",
    """The Jacobian of squaring 1000 numbers has 1000 entries that are not 0. That of a softmax of 1000 scores has a
    million. Yet each way back takes 2000 multiplications. Why?""",
    wrong(
        "The rule for the softmax leaves out the entries that are nearly 0.",
        """It leaves out none: against the measured slopes it is right to the last digits that measuring gives.""",
    ),
    wrong(
        "The million entries are made once, and used again at every step.",
        """They belong to the place where the function was called: with every input p is another, and so is the
        table.""",
    ),
    right(
        "Each entry -p[i]·p[j] is a product, and p[j] can be taken out of the sum.",
        """The million entries are made of 1000 numbers. What is left inside, the sum of g[i]·p[i], is the same for
        every j: one number for each row. A table made at random has nothing that could be taken out, and would cost
        its million.""",
    ),
    wrong(
        "A table times one row is cheap in any case.",
        """It takes one multiplication for each entry: a million. And the table must be made first.""",
    ),
)


# ---- 8. The layer with a softmax on top


@exercise(needs=[vjp_linear, vjp_softmax, gradcheck])
def loss_gradient(W, X, P, y):
    """The gradient of the loss of a linear layer with a softmax on top.

    The forward step was Z = X @ W.T + b, then P = the softmax of each row of Z. The loss is the mean, over the n rows,
    of -ln of the probability that the row gives to its right class: L = -(1/n) · Σ ln P[i, y[i]].
    W: an array of floats of shape (k, d): k classes, d inputs
    X: an array of floats of shape (n, d), one input in each row
    P: an array of floats of shape (n, k), the probabilities; all above 0
    y: an array of n whole numbers from 0 to k - 1; y[i] is the right class of row i
    Returns (gW, gb, gX), of the shapes (k, d), (k,) and (n, d): how fast L grows with each entry of W, b and X.
    W, X, P and y are left as they were.

    With one row X = [[2, 4]], W = [[1, 0], [0, 0], [0, 1]], P = [[1/8, 1/4, 5/8]] and y = [1]: L is -ln P[0, 1], and
    grows with P[0, 1] at the rate -1/(1/4) = -4. Back through the softmax that is (0.125, -0.75, 0.625), so
    gW is [[0.25, 0.5], [-1.5, -3], [1.25, 2.5]], gb is [0.125, -0.75, 0.625], and gX is [[0.125, 0.625]].
    """
    n, k = P.shape
    G = -np.eye(k)[y] / P / n
    return vjp_linear(W, X, vjp_softmax(P, G))


def _labelled(seed, n, d, k):
    rng = np.random.default_rng(seed)
    W, X, y = rng.normal(size=(k, d)), rng.normal(size=(n, d)), rng.integers(0, k, size=n)
    return W, X, _softmax(X @ W.T + rng.normal(size=k)), y


case(
    loss_gradient,
    np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]),
    np.array([[2.0, 4.0]]),
    np.array([[0.125, 0.25, 0.625]]),
    np.array([1]),
)
case(loss_gradient, *_labelled(31, 5, 2, 3))
case(loss_gradient, *_labelled(32, 4, 5, 3))
case(loss_gradient, *_labelled(33, 3, 3, 3))
case(loss_gradient, *_labelled(34, 2, 4, 6))
case(loss_gradient, *_labelled(35, 7, 3, 2))


def _loss(W, b, X, y):
    P = _softmax(X @ W.T + b)
    return -np.mean(np.log(P[np.arange(len(y)), y]))


@holds(loss_gradient, "all three are the gradients of the loss, as measured")
def _(loss_gradient, rng):
    W, b, X, y = rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=(5, 2)), np.array([0, 2, 2, 1, 0])
    gW, gb, gX = loss_gradient(W, X, _softmax(X @ W.T + b), y)
    assert gradcheck(lambda W: _loss(W, b, X, y), lambda _: gW, W) < 1e-6, "with respect to W"
    assert gradcheck(lambda b: _loss(W, b, X, y), lambda _: gb, b) < 1e-6, "with respect to b"
    assert gradcheck(lambda X: _loss(W, b, X, y), lambda _: gX, X) < 1e-6, "with respect to X"


@holds(loss_gradient, "gb adds up to 0, and so does each column of gW: what one class gains, the others lose")
def _(loss_gradient, rng):
    gW, gb, _ = loss_gradient(*_labelled(int(rng.integers(1000)), 6, 4, 3))
    assert close(gb.sum(), 0.0)
    assert close(gW.sum(axis=0), np.zeros(4))


@holds(loss_gradient, "every row twice in the batch gives the same gW and gb: the loss is a mean")
def _(loss_gradient, rng):
    W, X, P, y = _labelled(int(rng.integers(1000)), 4, 2, 3)
    once = loss_gradient(W, X, P, y)
    twice = loss_gradient(W, np.concatenate([X, X]), np.concatenate([P, P]), np.concatenate([y, y]))
    assert close(twice[0], once[0])
    assert close(twice[1], once[1])


def _from_scores(W, X, GZ):
    return GZ.T @ X, GZ.sum(axis=0), GZ @ W


@mistake(loss_gradient, "the mean forgotten")
def _(W, X, P, y):
    """Your gradient is n times too large: it is that of the sum over the rows. By what is the sum divided in L?"""
    return _from_scores(W, X, P - np.eye(P.shape[1])[y])


@mistake(loss_gradient, "the mean taken twice")
def _(W, X, P, y):
    """You divide by n in G and once more later. How often does L?"""
    return _from_scores(W, X, (P - np.eye(P.shape[1])[y]) / len(y) ** 2)


@mistake(loss_gradient, "uphill")
def _(W, X, P, y):
    """Your signs are all turned round: this is the gradient of the mean of +ln p. What is the sign of the loss?"""
    return _from_scores(W, X, (np.eye(P.shape[1])[y] - P) / len(y))


@mistake(loss_gradient, "the right class left out")
def _(W, X, P, y):
    """Your gradient knows nothing of y: every class is pushed down by its probability.
    Along which one probability does the loss have a slope?"""
    return _from_scores(W, X, P / len(y))


@mistake(loss_gradient, "past the softmax", because=vjp_softmax)
def _(W, X, P, y):
    """You hand the slopes along P to the layer, as if its outputs were the probabilities.
    What stands between Z and P?"""
    return _from_scores(W, X, -np.eye(P.shape[1])[y] / P / len(y))


@mistake(loss_gradient, "only the diagonal of the softmax", because=vjp_softmax)
def _(W, X, P, y):
    """You push the right class up and leave the others alone: the diagonal of the softmax's Jacobian says no more.
    What happens to the other probabilities when the right one rises?"""
    return _from_scores(W, X, np.eye(P.shape[1])[y] * (P - 1) / len(y))


@mistake(loss_gradient, "without the logarithm")
def _(W, X, P, y):
    """You have the gradient of the mean of -p, without the logarithm. What is the slope of ln p along p?"""
    G = -np.eye(P.shape[1])[y] / len(y)
    return _from_scores(W, X, P * (G - (P * G).sum(axis=1)[:, None]))


@mistake(loss_gradient, "a slope for every class")
def _(W, X, P, y):
    """You give every probability the slope -1/p. The loss looks at one probability of each row: what is its slope
    along the others?"""
    G = -1 / P / len(y)
    return _from_scores(W, X, P * (G - (P * G).sum(axis=1)[:, None]))


@mistake(loss_gradient, "every row with every y")
def _(W, X, P, y):
    """You write `G[:, y]`, and `:` takes every row with every y. The loss looks at one entry of each row, as the cell
    above the exercise does: which row numbers stand there in place of `:`?"""
    G = np.zeros(P.shape)
    G[:, y] = -1 / P[:, y] / len(y)
    return _from_scores(W, X, P * (G - (P * G).sum(axis=1)[:, None]))


@mistake(loss_gradient, "one slope for each row")
def _(W, X, P, y):
    """Your slopes along P are one number for each row. The loss has a slope along every entry of P, though most are 0:
    which shape has P?"""
    n = len(y)
    return vjp_linear(W, X, vjp_softmax(P, -1 / P[np.arange(n), y] / n))


@mistake(loss_gradient, "one slope for each row, as a column")
def _(W, X, P, y):
    """Your slopes along P are one number for each row, spread over all its classes. Which entries of a row does the
    loss not look at, and what is its slope along those?"""
    n = len(y)
    return vjp_linear(W, X, vjp_softmax(P, (-1 / P[np.arange(n), y] / n)[:, None]))


@mistake(loss_gradient, "the loss in place of its slope")
def _(W, X, P, y):
    """You send back -ln p at the right class, the loss itself. How fast does -ln p grow with p?"""
    G = -np.eye(P.shape[1])[y] * np.log(P) / len(y)
    return vjp_linear(W, X, vjp_softmax(P, G))


@mistake(loss_gradient, "the loss of every class in place of its slope")
def _(W, X, P, y):
    """You send back -ln p of every class. How fast does -ln p grow with p, and along which one entry of each row does
    the loss grow at all?"""
    return vjp_linear(W, X, vjp_softmax(P, -np.log(P) / len(y)))


@mistake(loss_gradient, "in another order", because=vjp_linear)
def _(W, X, P, y):
    """Your three arrays are right, and they are asked for in the order gW, gb, gX. Which one is your first?"""
    gW, gb, gX = _from_scores(W, X, (P - np.eye(P.shape[1])[y]) / len(y))
    return gX, gW, gb


hint(
    loss_gradient,
    "Go back link by link: from L to P, from P to Z, from Z to W, b and X. For which two have you a rule already?",
)
hint(
    loss_gradient,
    """The slope of L along P[i, y[i]] is -1/(n · P[i, y[i]]), and 0 along all other entries: an array in the shape
    of P. np.eye(k)[y] has a 1 where the right classes are.""",
)
hint(
    loss_gradient,
    "The slopes along P: minus that array of ones and zeros, over P, over n. Then vjp_softmax, then vjp_linear.",
)

quiz(
    "probability_minus_target",
    """For a single row, what comes back at the scores is p with 1 taken from the right class's entry.
    What does that say?""",
    right(
        "Descent pushes each wrong score down by the probability that it got, and the right one up by what it lacks.",
        """p[j] is what class j has and should not have, 1 - p[y] is what the right class lacks, and the two sides
        cancel. Where the model is sure and right, nothing is left to learn.""",
    ),
    wrong(
        "The wrong classes are all pushed down equally, so that the right one can rise.",
        """Each is pushed by its own p: a rival with 0.6 hears twelve times as much as one with 0.05.""",
    ),
    wrong(
        "A model that is sure and wrong learns slowly: its softmax is flat there.",
        """The softmax is flat there, but -1/p is huge, and the product of the two is nearly -1 at the right class:
        the largest push there is. Without the logarithm it would be as you say.""",
    ),
    wrong(
        "It is an approximation: the derivatives of exp and ln have been left out.",
        """They are in it. -1/p came from the logarithm, p(1 - p) and -p·p from the exponentials, and they cancel.""",
    ),
)

prediction(
    "half_a_rule",
    """Somebody goes back through the softmax with the diagonal of its Jacobian alone, p(1 - p)·g, and trains the layer
    by gradient descent on three classes. What will they see?""",
    options=(
        "the loss rises from the first step",
        "the loss stays where it is",
        "the loss falls at first, then rises again",
        "the loss falls to the same value as with the right rule",
    ),
    beliefs={
        "a": "The rule still pushes the right class of each input up, which helps at first.",
        "b": "The right class gets the same push as with the right rule: p - 1. The pushes on the others are missing.",
        "d": "Nobody pushes the wrong classes down. Pushing up alone has no point of balance.",
    },
)


# ---- Review


@question(jacobian_fd, "the shape of a Jacobian")
def _(rng):
    inputs, outputs = (int(n) for n in rng.choice(np.arange(3, 20), size=2, replace=False))
    return Asked(
        f"A function takes {inputs} numbers and gives {outputs}. How many rows has its Jacobian?",
        outputs,
        why=f"One row for each output, one column for each input: ({outputs}, {inputs}).",
    )


@question(chain_jacobians, "a slope through two links")
def _(rng):
    a, b, c, d, u, v = (int(n) for n in rng.integers(1, 6, size=6))
    return Asked(
        f"At x, f has the Jacobian [[{a}, {b}], [{c}, {d}]]; at f(x), g has [[{u}, {v}]]."
        " How fast does g(f(x)) grow with the second entry of x?",
        u * b + v * d,
        why=f"The row times the second column: {u}·{b} + {v}·{d}.",
    )


@question(vjp_matmul, "an entry of gA")
def _(rng):
    b, g = (tuple(int(n) for n in rng.integers(1, 7, size=2)) for _ in range(2))
    return Asked(
        f"C = A B. Row 0 of G, the slopes along row 0 of C, is {g}; row 1 of B is {b}."
        " How fast does the loss grow with A[0, 1]?",
        g[0] * b[0] + g[1] * b[1],
        why=f"A[0, 1] is multiplied by row 1 of B, for the entries of row 0 of C: {g[0]}·{b[0]} + {g[1]}·{b[1]}.",
    )


@question(vjp_linear, "the slope along a bias")
def _(rng):
    column = [int(n) for n in rng.integers(-5, 6, size=4)]
    return Asked(
        f"A layer is given a batch of 4. The slopes of the loss along its first output are {column}."
        " How fast does the loss grow with the first entry of b?",
        sum(column),
        why="It was added in every row of the batch, so what comes back from the rows is added up.",
    )


@question(vjp_softmax, "one score up")
def _(rng):
    tenths = int(rng.integers(1, 9))
    other = int(rng.integers(1, 10 - tenths))
    return Asked(
        f"A softmax gives class 0 the probability {tenths / 10:g} and class 1 {other / 10:g}."
        " How fast does the probability of class 1 grow with the score of class 0?",
        round(-tenths * other / 100, 9),
        why=f"Beside the diagonal the Jacobian has -p[0]·p[1] = -{tenths / 10:g}·{other / 10:g}: it falls.",
    )


@question(loss_gradient, "the push on a score")
def _(rng):
    p = [(0.1, 0.2, 0.7), (0.25, 0.25, 0.5), (0.6, 0.3, 0.1), (0.05, 0.9, 0.05)][int(rng.integers(4))]
    y = int(rng.integers(3))
    return Asked(
        f"A softmax gives the probabilities {p}; the right class is {y}, and the loss is -ln of its probability."
        f" How fast does the loss grow with the score of class {y}?",
        round(p[y] - 1, 9),
        why=f"What comes back at the right class is p - 1 = {p[y]:g} - 1.",
    )
