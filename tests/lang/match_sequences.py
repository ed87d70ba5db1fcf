"""match: sequence patterns with stars, nesting, what counts as a sequence."""


def seq(x):
    match x:
        case []:
            return "empty"
        case [a]:
            return ("one", a)
        case (1, b):
            return ("one-", b)
        case [a, b, *_, 9]:
            return ("ends 9", a, b)
        case [first, *middle, last] if len(middle) > 1:
            return (first, middle, last)
        case [[a, b], c]:
            return ("nested", a, b, c)
        case [str() as s, *rest]:
            return (s, rest)
        case _:
            return None


assert seq([]) == "empty" and seq(()) == "empty" and seq([5]) == ("one", 5) and seq((1, 2)) == ("one-", 2)
assert seq([3, 4, 5, 9]) == ("ends 9", 3, 4) and seq([1, 2, 9]) == ("ends 9", 1, 2)
assert seq([1, 2, 3, 4]) == (1, [2, 3], 4)
assert seq([(7, 8), 9]) == ("nested", 7, 8, 9) and seq(["a", 2]) == ("a", [2])
assert seq(["a", 2, 3]) == ("a", [2, 3])
assert seq("ab") is None and seq(b"ab") is None and seq(bytearray(b"ab")) is None and seq({1, 2}) is None
assert seq({1: 2}) is None
assert seq(range(4)) == (0, [1, 2], 3) and seq(iter([1])) is None and seq(5) is None


class UserSeq:
    def __len__(self):
        return 2

    def __getitem__(self, i):
        return [1, 2][i]


assert seq(UserSeq()) is None


class ListSub(list):
    pass


assert seq(ListSub([5])) == ("one", 5)


def star(x):
    match x:
        case [*all]:
            return all


assert star((1, 2)) == [1, 2] and star("x") is None


def middle(x):
    match x:
        case [1, *_, 2]:
            return "1..2"
        case [*_, 3, 4]:
            return "..3,4"
        case [5, *r]:
            return r


assert middle([1, 2]) == "1..2" and middle([1, 0, 0, 2]) == "1..2" and middle([3, 4]) == "..3,4"
assert middle([5]) == [] and middle([1]) is None
commands = []
for c in ("go north", "drop a b c", "quit", "go", "look around now", ""):
    match c.split():
        case ["quit" | "exit"]:
            commands.append("quit")
        case ["go", ("north" | "south") as d]:
            commands.append(("go", d))
        case ["drop", *objects]:
            commands.append(("drop", objects))
        case [verb]:
            commands.append(("verb", verb))
        case []:
            commands.append("nothing")
        case [verb, *_]:
            commands.append(("many", verb))
assert commands == [
    ("go", "north"), ("drop", ["a", "b", "c"]), "quit", ("verb", "go"), ("many", "look"), "nothing"]


def sum_pairs(xs):
    match xs:
        case []:
            return 0
        case [(a, b), *rest]:
            return a * b + sum_pairs(rest)


assert sum_pairs([(1, 2), (3, 4), (5, 6)]) == 44




match [[1, [2, [3, [4]]]]]:
    case [[a, [b, [c, [d]]]]]:
        assert (a, b, c, d) == (1, 2, 3, 4)
