"""What Python, NumPy and torch mean by the messages that beginners meet most, in words and with a question.

Matches the messages' own text; knows nothing of exercises. A message that is not here is shown as it stands.
"""

from __future__ import annotations

import re

from ..finding import Finding

EXPLAINED: tuple[tuple[str, str, str, str], ...] = (
    (
        r"(list indices|slice indices) must be integers.* not float|'float' object cannot be interpreted as an integer|"
        r"must be tuple of ints, (not|but found element of type) float|valid indices \(got float\)",
        "A float stands where a whole number is needed: a size, an index or a number of rounds.",
        "`/` gives a float, even of 12 / 2; `//` divides whole numbers and gives one.",
        "Which division on this line, or before it, should be `//`?",
    ),
    (
        r"^(reshape|view|expand)\(\) (takes \d+ positional argument|received an invalid combination)",
        "A call inside your function was given what it does not take: one tuple of sizes, or several sizes.",
        "A tuple beside a number is neither, `(2, 3) + (n,)` joins two tuples; and a size is no float, `//` divides.",
        "Which of the two stands on this line?",
    ),
    (
        r"(list|tuple) indices must be integers or slices, not tuple",
        "A list was indexed as if it had axes.",
        "`a[:, None]` and `a[0, 1]` give one index for each axis; a list has none, and takes one index at a time.",
        "Which of your arguments should become an array first, with `np.asarray`?",
    ),
    (
        r"only integer scalar arrays can be converted to a scalar index|list indices must be integers or slices",
        "A list was indexed by an array.",
        "A list takes one index at a time; an array takes a whole array of them.",
        "Which of your arguments should become an array first, with `np.asarray`?",
    ),
    (
        r"truth value of an array with more than one element is ambiguous|truth value of an empty array",
        "`if`, `while`, `and` or `or` was given an array.",
        "They ask for one yes or no, and an array has one for each entry.",
        "Which single number, or `.any()` or `.all()`, answers for all entries; or is it `np.where`, entry by entry?",
    ),
    (
        r"Boolean value of Tensor with (more than one value|no values) is ambiguous",
        "One yes or no was asked of a whole tensor.",
        "`if`, `and`, `or` and comparisons like `0 <= a < b` want one True or False. Entry by entry it is `&`, with "
        "brackets round each comparison; whether an argument was given, `is not None` asks.",
        "Which of these stands on this line?",
    ),
    (
        r"only (length-1|0-dimensional|size-1) arrays can be converted to (a )?Python scalar",
        "A function for one number was given an array.",
        "`float` and the functions of `math` take one number; those of NumPy take arrays, entry by entry.",
        "Which call stands on this line, and what is its NumPy name?",
    ),
    (
        r"Integers to negative integer powers are not allowed",
        "An array of whole numbers is raised to a negative power.",
        "Powers of whole numbers are kept as whole numbers, and 2 to the power -1 is 0.5; of floats they are floats.",
        "Which line makes floats of the numbers that came, and does it stand before this one?",
    ),
    (
        r"Cannot cast ufunc '\w+' output from dtype\('float\d+'\) to dtype\('u?int\d+'\)|"
        r"result type (Float|Double) can't be cast to the desired output type (Long|Int|Short|Byte|Char)",
        "Numbers with a point were to be written into an array of whole numbers.",
        "`-=`, `+=`, `*=` and `/=` write their result into the array that is there, and it stays one of whole numbers; "
        "`b = a - …` makes a new one.",
        "Which line changes an array in place, and could it make a new one?",
    ),
    (
        r"'(int|float|float64|numpy\.float64|numpy\.int64)' object is not iterable|iteration over a 0-d array",
        "One number stands where several are needed.",
        "`for` goes through a list or an array, and `+=` after a list appends more; a number has nothing to go "
        "through. The arithmetic of arrays takes numbers too.",
        "Which of these stands on this line: a loop that need not be there, or a list that is no array yet?",
    ),
    (
        r"'(int|float|ndarray|numpy\.ndarray|list|tuple|numpy\.float64|numpy\.int64|Tensor)' object is not callable",
        "Something was called that is not a function.",
        "`f` is the function and `f(x)` is its answer; an answer cannot be called again.",
        "Do you return the function, or what it gives for one number?",
    ),
    (
        r"'NoneType' object is not callable",
        "None was called as if it were a function.",
        "A function that ends without `return` gives None.",
        "Does the outer function return the inner one?",
    ),
    (
        r"unsupported operand type\(s\) for .*'function'|bad operand type for .*'function'",
        "A function itself was used in a sum or product.",
        "A function has no value until it is called with a number.",
        "Which of the functions on this line were not called?",
    ),
    (
        r"unsupported operand type\(s\) for .*'NoneType'",
        "None was used in a calculation.",
        "A function that ends without `return` gives None.",
        "Which call on this line gave no answer back?",
    ),
    (
        r"cannot access local variable|referenced before assignment",
        "A name is read before it has a value.",
        "A name that is assigned anywhere in a function is the function's own, from its first line on.",
        "Where should this name get its first value?",
    ),
    (
        r"matmul: Input operand .* has a mismatch in its core dimension|shapes .* not aligned|"
        r"mat1 and mat2 shapes cannot be multiplied|Expected size for first two dimensions of batch2 tensor",
        "A matrix product was given two shapes that do not fit together.",
        "`a @ b` sums over the last axis of `a` and the last but one of `b`, or its only one: these two have one size.",
        "What are the two shapes, and which should stand first, or be transposed?",
    ),
    (
        r"Last 2 dimensions of the array must be square",
        "A matrix was given that is not square, where a square one is wanted.",
        "`eigh`, `eig`, `inv`, `det` and `solve` want as many rows as columns, and `eigh` a symmetric matrix besides.",
        "Which matrix has as many rows as columns whatever shape comes in, and does that one stand on this line?",
    ),
    (
        r"The shape of the mask .* does not match the shape of the indexed tensor|boolean index did not match",
        "A mask stands between square brackets, and its shape is not that of the first axes of what it picks from.",
        "Between square brackets a mask is not stretched over a batch; by `masked_fill` and `where` it is.",
        "Which axes has the mask, and which has what it is laid upon?",
    ),
    (
        r"'(list|tuple)' object has no attribute '(sum|mean|std|var|min|max|T|shape|ndim|size|dtype|dot|reshape|"
        r"transpose|astype|flatten|argmax|argmin|any|all|cumsum|prod|round|tolist|dim|abs|exp)'",
        "A list was asked for something that arrays have and lists have not.",
        "`.sum()`, `.T` and `.shape` belong to arrays; of a list there are `sum(a)` and `len(a)`.",
        "What on this line is a list, and should it become an array first, with `np.asarray`?",
    ),
    (
        r"can't multiply sequence by non-int of type",
        "A list was multiplied by something that is no whole number.",
        "`*` does not multiply a list's entries, it repeats them: `2 * [1, 5]` is `[1, 5, 1, 5]`.",
        "Which list on this line should become an array first, with `np.asarray`?",
    ),
    (
        r"unsupported operand type\(s\) for .*'(list|tuple)'|can only concatenate (list|tuple) \(not",
        "A list or a tuple was used in arithmetic.",
        "`+` joins two lists, and `-` and `/` mean nothing to them; an array does all of it entry by entry.",
        "Which one stands on this line, and should it become an array first, with `np.asarray`?",
    ),
    (
        r"bad operand type for (abs\(\)|unary -): '(list|tuple)'",
        "`abs` or a minus sign was given a list.",
        "Both take a number, or an array entry by entry; a list is neither.",
        "Which list on this line should become an array first, with `np.asarray`?",
    ),
    (
        r"'[<>]=?' not supported between instances of '(list|tuple)' and '(int|float)'",
        "A list was compared with a number.",
        "An array is compared entry by entry, with a yes or no for each; a list has no answer to that.",
        "Which list on this line should become an array first, with `np.asarray`?",
    ),
    (
        r"'torch\.return_types\.\w+'",
        "A pair was used as if it were one tensor.",
        "`max(dim=…)` and its like give two tensors: the values, and the places where they stand.",
        "Which of the two is meant, `.values` or `.indices`?",
    ),
    (
        r"a (leaf Variable|view of a leaf Variable) that requires grad is being used in an in-place operation",
        "A parameter was changed in place while torch was recording.",
        "What happens to a parameter is recorded for `backward()`, so it may not be overwritten, "
        "except inside `with torch.no_grad():`.",
        "Which lines are no part of what is to be differentiated?",
    ),
    (
        r"Expected target size \[|Expected input batch_size .* to match target batch_size",
        "Scores and targets do not fit together in `cross_entropy`.",
        "It takes scores (N, V) and targets (N,). Scores (B, T, V) have to become (B·T, V) first, "
        "and targets (B, T) become (B·T,).",
        "Which axes are to be joined, and which call joins them?",
    ),
    (
        r"operands could not be broadcast together|size of tensor a .* must match the size of tensor b",
        "Two shapes do not fit together.",
        "From the last axis on, two sizes must be equal, or one of them 1.",
        "What are the shapes on both sides, and which axis is meant?",
    ),
    (
        r"Cannot interpret '[-\d.]+' as a data type|Field elements must be 2- or 3-tuples|"
        r"^array\(\) takes from 1 to 2 positional arguments",
        "What belongs together was handed over as several arguments.",
        "Two sizes go in as one pair, `np.zeros((2, 3))`, and rows as one list, `np.array([[1, 2], [3, 4]])`; "
        "a second argument is taken for a dtype.",
        "Which call on this line needs a second pair of brackets?",
    ),
    (
        r"axis -?\d+ is out of bounds for array of dimension \d+",
        "An axis was named that the array does not have.",
        "The axes of n are numbered 0 to n − 1, and −1 is the last one, however many there are.",
        "How many axes has the array on this line, and which one is meant?",
    ),
    (
        r"too many indices for array",
        "An array was given more indices than it has axes.",
        "A tuple between the square brackets is one index for each axis.",
        "How many axes has the array on this line, and how many indices does it need?",
    ),
    (
        r"indexing arrays could not be broadcast together",
        "The arrays that index an array together are not equally long.",
        "Entry k of each of them makes up one place, so none may have more entries than another.",
        "Where does each of them begin, and where does it end?",
    ),
    (
        r"index -?\d+ is out of bounds|list index out of range|string index out of range",
        "An index points past the end.",
        "The entries of n are numbered 0 to n − 1.",
        "What is the largest index that this line can reach, and for which input?",
    ),
    (
        r"^(float )?division( or modulo)? by zero$",
        "Something was divided by zero.",
        "",
        "For which input is the divisor 0, and what do the words ask for then?",
    ),
)


ARGUMENTS = re.compile(r"(?P<called>[\w<>]+)\(\) (missing \d+ required|takes (from )?\d+)")


def known_as(message: str) -> str:
    """The pattern that an exception's message fits, "" if none: the same for two crashes that mean the same."""
    return next((pattern for pattern, *_ in EXPLAINED if re.search(pattern, message)), "")


def explained(message: str, own: str) -> Finding | None:
    """The meaning of an exception's message, or None if there is nothing to add; `own` is the learner's own object."""
    for pattern, seen, means, attempt in EXPLAINED:
        if re.search(pattern, message):
            return Finding(seen, means, attempt)
    counted = ARGUMENTS.search(message)
    if counted is None:
        return None
    if counted["called"] in (own, "__init__", "__call__"):
        return Finding(
            "The number of arguments does not fit.",
            "It is called with the arguments that the exercise names, however many those are.",
            "What does the first line have between its brackets, as it was given?",
        )
    return Finding(
        f"The number of arguments does not fit, in a call of `{counted['called']}` inside your code.",
        "It is that call, and not the call of your own, that was given too many or too few.",
        f"What does `{counted['called']}` take?",
    )
