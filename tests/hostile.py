"""What a learner's code may do: each entry defines `running_sum`, says what the verdict must be, and a word of it.

The exercise is `running_sum` of the toy course; nothing here may pass, and nothing may harm the kernel.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hostile:
    code: str
    verdict: str
    says: str


def _body(*lines: str) -> str:
    return "def running_sum(values):\n" + "\n".join(f"    {line}" for line in lines)


HOSTILE = {
    "loops for ever": Hostile(_body("while True: pass"), "timed out", "still running"),
    "loops for ever and catches everything": Hostile(
        _body("while True:", "    try:", "        while True: pass", "    except BaseException: pass"),
        "timed out",
        "still running",
    ),
    "loops for ever inside one matrix product": Hostile(
        "import numpy as np\n" + _body("a = np.ones((3000, 3000))", "while True: a = a @ a / 3000"),
        "timed out",
        "still running",
    ),
    "raises": Hostile(_body("raise ValueError('mine')"), "crashed", "mine"),
    "raises SystemExit": Hostile(_body("raise SystemExit(3)"), "crashed", "SystemExit"),
    "calls exit": Hostile(_body("import sys", "sys.exit('bye')"), "crashed", "SystemExit"),
    "raises KeyboardInterrupt": Hostile(_body("raise KeyboardInterrupt"), "crashed", "KeyboardInterrupt"),
    "raises a bare BaseException": Hostile(_body("raise BaseException('bare')"), "crashed", "bare"),
    "raises what cannot be read": Hostile(
        "class Silent(Exception):\n    def __str__(self): raise RuntimeError\n" + _body("raise Silent"),
        "crashed",
        "Silent",
    ),
    "calls os._exit": Hostile(_body("import os", "os._exit(0)"), "crashed", "ended the Python process"),
    "reads a null pointer": Hostile(_body("import ctypes", "ctypes.string_at(0)"), "crashed", "SIGSEGV"),
    "kills itself": Hostile(_body("import os", "os.kill(os.getpid(), 9)"), "crashed", "SIGKILL"),
    "recurses without end": Hostile(_body("return running_sum(values)"), "crashed", "RecursionError"),
    "recurses without end or limit": Hostile(
        _body("import sys", "sys.setrecursionlimit(10**9)", "return running_sum(values)"), "crashed or timed out", ""
    ),
    "allocates without end": Hostile(
        _body("a = []", "while True: a.append(bytearray(10**8))"), "crashed or timed out", ""
    ),
    "prints 100 MB": Hostile(_body("print('x' * 10**8)"), "wrong", "prints"),
    "prints without end": Hostile(_body("while True: print('x' * 10**6)"), "timed out", "still running"),
    "writes to the terminal from C": Hostile(_body("import os", "os.write(1, b'y' * 10**6)"), "wrong", "None"),
    "leaves a thread running": Hostile(
        "import threading, time\n"
        + _body("threading.Thread(target=time.sleep, args=(1000,)).start()", "return list(values)"),
        "wrong",
        "list",
    ),
    "forks": Hostile(_body("import os", "os.fork()", "return 0.0"), "wrong", ""),
    "closes every file": Hostile(_body("import os", "os.closerange(3, 256)", "return 0.0"), "crashed", ""),
    "patches numpy": Hostile(
        "import numpy as np\n"
        + _body(
            "np.allclose = np.array_equal = np.isclose = lambda *a, **k: True",
            "np.abs = np.isnan = np.isfinite = np.argwhere = lambda *a, **k: np.zeros(1, bool)",
            "return np.zeros(len(values))",
        ),
        "wrong",
        "differ",
    ),
    "patches builtins": Hostile(
        "import builtins\n"
        + _body(
            "builtins.len = builtins.sum = lambda *a: 0",
            "builtins.all = builtins.any = builtins.isinstance = lambda *a: True",
            "builtins.zip = lambda *a, **k: iter(())",
            "return 0.0",
        ),
        "wrong",
        "",
    ),
    "patched numpy before the check": Hostile(
        "import numpy as np\nnp.allclose = np.isnan = np.isfinite = lambda *a, **k: True\n" + _body("return 0.0"),
        "wrong",
        "",
    ),
    "changes the random state": Hostile(
        "import numpy as np, random\n"
        + _body(
            "np.random.seed(1); random.seed(1)",
            "values = np.asarray(values, float)",
            "if not values.size: raise ValueError",
            "return np.cumsum(values)",
        ),
        "wrong",
        "random state",
    ),
    "returns what equals everything": Hostile(
        "class Yes:\n    def __eq__(self, other): return True\n    def __bool__(self): return True\n"
        + _body("return Yes()"),
        "wrong",
        "Yes",
    ),
    "returns a float that equals everything": Hostile(
        "class Float(float):\n    def __eq__(self, other): return True\n    __hash__ = None\n"
        + _body("return Float(1)"),
        "wrong",
        "Float",
    ),
    "returns an array that equals everything": Hostile(
        "import numpy as np\nclass Arr(np.ndarray):\n    def __eq__(self, other): return np.ones(self.shape, bool)\n"
        "    def __sub__(self, other): return np.zeros(self.shape)\n" + _body("return np.zeros(len(values)).view(Arr)"),
        "wrong",
        "",
    ),
    "returns what cannot be shown": Hostile(
        "class Mute:\n    def __repr__(self): raise RuntimeError\n    __str__ = __format__ = __repr__\n"
        + _body("return Mute()"),
        "wrong",
        "Mute",
    ),
    "returns what is shown without end": Hostile(
        "class Endless:\n    def __repr__(self):\n        while True: pass\n" + _body("return Endless()"),
        "wrong",
        "Endless",
    ),
    "returns what lies about its class": Hostile(
        "import numpy as np\nclass Liar:\n    @property\n    def __class__(self): return np.ndarray\n"
        "    shape = (4,); ndim = 1; dtype = np.dtype(float)\n" + _body("return Liar()"),
        "wrong",
        "Liar",
    ),
    "returns a list that never ends": Hostile(
        "class Forever(list):\n    def __iter__(self):\n        while True: yield 1\n    def __len__(self): return 4\n"
        + _body("return Forever([1])"),
        "wrong",
        "Forever",
    ),
    "returns a generator": Hostile(_body("yield from values"), "wrong", "generator"),
    "returns itself": Hostile(_body("return running_sum"), "wrong", "function"),
    "returns a list that holds itself": Hostile(_body("a = []", "a.append(a)", "return a"), "wrong", "list"),
    "asks for input": Hostile(_body("return float(input('? '))"), "crashed", "nobody is there to type"),
    "takes too few arguments": Hostile("def running_sum(): return 0.0", "crashed", "argument"),
}
