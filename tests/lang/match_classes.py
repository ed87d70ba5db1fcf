"""match: class patterns: positional through __match_args__, keywords, builtins, errors."""
from _case import outcome


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Point3(Point):
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


def where(p):
    match p:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return ("on y", y)
        case Point3(x, y, z=z):
            return ("3d", x, y, z)
        case Point(x, y) if x == y:
            return ("diagonal", x)
        case Point(x, y=Point(a, b)):
            return ("nested", x, a, b)
        case Point():
            return "point"
        case int(n) | float(n):
            return ("number", n)
        case str(s):
            return ("str", s)
        case bool() | bytes() | list([1, *_]):
            return "never bool"
        case dict(d):
            return ("dict", d)
        case tuple((a, b)):
            return ("pair", a, b)


assert where(Point(0, 0)) == "origin" and where(Point(0, 5)) == ("on y", 5)
assert where(Point3(1, 2, 3)) == ("3d", 1, 2, 3)
assert where(Point(4, 4)) == ("diagonal", 4) and where(Point(1, Point(2, 3))) == ("nested", 1, 2, 3)
assert where(Point(1, 2)) == "point"
assert where(5) == ("number", 5) and where(1.5) == ("number", 1.5) and where("s") == ("str", "s")
assert where(True) == ("number", True)
assert where([1, 2]) == "never bool" and where({}) == ("dict", {}) and where((1, 2)) == ("pair", 1, 2)
assert where([2]) is None


class NoArgs:
    pass


class BadArgs:
    __match_args__ = ["x"]


class NonStr:
    __match_args__ = (1,)


def f1(x):
    match x:
        case NoArgs(1):
            pass


def f2(x):
    match x:
        case BadArgs(1):
            pass


def f3(x):
    match x:
        case Point(1, 2, 3):
            pass


def f4(x):
    match x:
        case Point(1, x=1):
            pass


def f5(x):
    match x:
        case NonStr(1):
            pass


def f6(x):
    match x:
        case int(1, 2):
            pass


five = 5


def f7(x):
    match x:
        case five():
            pass


assert outcome(f1, NoArgs()) == "TypeError: NoArgs() accepts 0 positional sub-patterns (1 given)"
assert outcome(f2, BadArgs()) == "TypeError: BadArgs.__match_args__ must be a tuple (got list)"
assert outcome(f3, Point(1, 2)) == "TypeError: Point() accepts 2 positional sub-patterns (3 given)"
assert outcome(f4, Point(1, 2)) == "TypeError: Point() got multiple sub-patterns for attribute 'x'"
assert outcome(f5, NonStr()) == "TypeError: __match_args__ elements must be strings (got int)"
assert outcome(f6, 1) == "TypeError: int() accepts 1 positional sub-pattern (2 given)"
assert outcome(f7, 1) == "TypeError: called match pattern must be a type"
assert outcome(f1, 5) is None


class Lazy:
    __match_args__ = ("a", "b")

    def __getattr__(self, n):
        if n == "a":
            return 1
        raise AttributeError(n)


def lazy(x):
    match x:
        case Lazy(1, b):
            return "both"
        case Lazy(a=1):
            return "a"


assert lazy(Lazy()) == "a"


class Expr:
    pass


class Num(Expr):
    __match_args__ = ("v",)

    def __init__(self, v):
        self.v = v


class Bin(Expr):
    __match_args__ = ("op", "l", "r")

    def __init__(self, op, l, r):
        self.op, self.l, self.r = op, l, r


def simplify(e):
    match e:
        case Bin("+", Num(0), x) | Bin("+", x, Num(0)):
            return simplify(x)
        case Bin("*", Num(0), _) | Bin("*", _, Num(0)):
            return Num(0)
        case Bin("*", Num(1), x) | Bin("*", x, Num(1)):
            return simplify(x)
        case Bin(op, l, r):
            return Bin(op, simplify(l), simplify(r))
        case Num():
            return e


def evaluate(e):
    match e:
        case Num(v):
            return v
        case Bin("+", l, r):
            return evaluate(l) + evaluate(r)
        case Bin("*", l, r):
            return evaluate(l) * evaluate(r)


tree = Bin("+", Bin("*", Num(1), Num(7)), Bin("*", Num(0), Num(9)))
assert evaluate(tree) == 7 and evaluate(simplify(tree)) == 7
assert isinstance(simplify(Bin("+", Num(0), Num(3))), Num)
