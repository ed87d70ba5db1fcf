"""match: literals, captures, wildcards, or-patterns, guards, value patterns, as-patterns, order of cases."""


def lit(x):
    match x:
        case 0:
            return "zero"
        case -1:
            return "minus one"
        case 1.5:
            return "float"
        case 2 + 3j:
            return "complex"
        case -4 - 1j:
            return "complex2"
        case "a" | "b":
            return "a or b"
        case "con" "cat":
            return "joined"
        case b"x":
            return "bytes"
        case None:
            return "none"
        case True:
            return "true"
        case False:
            return "false"
        case _:
            return "other"


assert [
    lit(v)
    for v in (0, -1, 1.5, 2 + 3j, -4 - 1j, "a", "b", "concat", b"x", None, True, False, "zz", 0.0, [])] == [
    "zero", "minus one", "float", "complex", "complex2", "a or b", "a or b", "joined", "bytes", "none",
    "true", "zero", "other", "zero", "other"]


class Color:
    RED = 1
    GREEN = "g"

    class Deep:
        X = 9


def value(x):
    match x:
        case Color.RED:
            return "red"
        case Color.GREEN:
            return "green"
        case Color.Deep.X:
            return "deep"
        case other:
            return other


assert [value(v) for v in (1, "g", 9, 5)] == ["red", "green", "deep", 5]


def guard(x):
    match x:
        case n if n < 0:
            return "neg"
        case int() | float() as n if n > 100:
            return ("big", n)
        case (1 | 2 | 3) as n:
            return ("few", n)
        case n:
            return ("rest", n)


assert [guard(v) for v in (-5, 200, 2, 50)] == ["neg", ("big", 200), ("few", 2), ("rest", 50)]


def binds(x):
    match x:
        case [a, b] if a > b:
            return "gt"
        case [a, b]:
            pass
    return a, b


assert binds([2, 1]) == "gt" and binds([1, 2]) == (1, 2)


def nomatch(x):
    y = "kept"
    match x:
        case 1:
            y = "one"
    return y


assert nomatch(2) == "kept" and nomatch(1) == "one"
log = []


def subject():
    log.append("once")
    return 3


match subject():
    case 1:
        assert False
    case 2:
        assert False
    case 3:
        log.append("three")
assert log == ["once", "three"]
match = {"case": 1}
case = match["case"]
assert match == {"case": 1} and case == 1
match case:
    case 1:
        match = "soft"
assert match == "soft"
_ = 5
match 3:
    case _:
        pass
assert _ == 5
match 1, 2:
    case 1, x:
        assert x == 2
match (1, 2, 3):
    case *rest, :
        assert rest == [1, 2, 3]


class Eq:
    def __eq__(self, o):
        log.append(o)
        return o == "yes"


log.clear()
match Eq():
    case "no":
        assert False
    case None:
        assert False
    case "yes":
        log.append("matched")
assert log == ["no", "yes", "matched"]
match 5:
    case int(x) if (y := x * 2) and y > 5:
        assert y == 10


def nested_return(xs):
    for x in xs:
        match x:
            case "skip":
                continue
            case "stop":
                break
            case ("ret", v):
                return v
    else:
        return "exhausted"
    return "stopped"


assert nested_return(["skip", ("ret", 4)]) == 4 and nested_return(["stop"]) == "stopped"
assert nested_return([]) == "exhausted"
