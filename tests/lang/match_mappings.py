"""match: mapping patterns: subsets, **rest, nested, get without __missing__."""


def m(x):
    match x:
        case {"kind": "point", "x": x, "y": y}:
            return ("point", x, y)
        case {"kind": "list", "items": [first, *_]}:
            return ("list", first)
        case {"only": v, **rest}:
            return ("only", v, rest)
        case {1: one, 2.0: two}:
            return (one, two)
        case {"n": int(n)}:
            return ("int", n)
        case {}:
            return "some mapping"
        case _:
            return "no mapping"


assert m({"kind": "point", "x": 1, "y": 2, "z": 3}) == ("point", 1, 2)
assert m({"kind": "list", "items": [7]}) == ("list", 7)
assert m({"only": 1, "a": 2, "b": 3}) == ("only", 1, {"a": 2, "b": 3}) and m({1: "a", 2: "b"}) == ("a", "b")
assert m({"n": 5}) == ("int", 5) and m({"n": "5"}) == "some mapping" and m({}) == "some mapping"
assert m([]) == "no mapping"
assert m({"kind": "point"}) == "some mapping" and m(None) == "no mapping"


class D(dict):
    def __missing__(self, k):
        return "made"


assert m(D()) == "some mapping" and m(D(only=1)) == ("only", 1, {})


class Keys:
    A = "a"
    B = "b"


match {"a": 1, "b": 2}:
    case {Keys.A: x, Keys.B: 3}:
        assert False
    case {Keys.A: x, Keys.B: 2}:
        assert x == 1


def rest_is_copy():
    d = {"a": 1, "b": 2}
    match d:
        case {"a": 1, **r}:
            r["c"] = 3
    return d


assert rest_is_copy() == {"a": 1, "b": 2}


def dup():
    match {"a": 1, "b": 2}:
        case {Keys.A: x, "a": y}:
            return 1


try:
    dup()
    assert False
except ValueError as e:
    assert str(e) == "mapping pattern checks duplicate key ('a')"


def deep(x):
    match x:
        case {"user": {"name": str(name), "tags": [*tags]}, "id": (int() | None) as id}:
            return name, tags, id
        case {"user": {"name": name}}:
            return name


assert deep({"user": {"name": "n", "tags": (1, 2)}, "id": None}) == ("n", [1, 2], None)
assert deep({"user": {"name": 5}}) == 5
assert deep({"user": {}}) is None


def none_values(x):
    match x:
        case {"k": None}:
            return "none"
        case {"k": False}:
            return "false"
        case {"k": v}:
            return v


assert none_values({"k": None}) == "none" and none_values({"k": False}) == "false"
assert none_values({"k": 0}) == 0
