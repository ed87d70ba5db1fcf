"""list[int] and int | str: repr, equality, arguments, subclassing, errors."""
from _case import outcome

a = list[int]
assert repr(a) == "list[int]" and a == list[int] and a != list[str] and hash(a) == hash(list[int])
assert a.__origin__ is list and a.__args__ == (int,) and a.__parameters__ == () and a() == []
assert a([1]) == [1] and type(a) is not type and a.append is list.append and isinstance(a([1]), list)
assert repr(dict[str, list[int]]) == "dict[str, list[int]]" and repr(tuple[int, ...]) == "tuple[int, ...]"
assert repr(list["text"]) == "list['text']" and repr(type[int]) == "type[int]"
assert repr(set[None]) == "set[None]" and dict[str, int].__args__ == (str, int)
assert repr(list[[1, 2]]) == "list[[1, 2]]"
assert outcome(isinstance, [], a) == "TypeError: isinstance() argument 2 cannot be a parameterized generic"
assert outcome(issubclass, list, a) == "TypeError: issubclass() argument 2 cannot be a parameterized generic"
assert outcome(lambda: int[str]) == "TypeError: type 'int' is not subscriptable"
assert outcome(lambda: a[int]) == "TypeError: list[int] is not a generic class"


class Sub(list[int]):
    pass


assert Sub.__bases__ == (list,) and Sub.__orig_bases__ == (list[int],) and Sub([1]) == [1]
u = int | str
assert repr(u) == "int | str" and u == str | int and u.__args__ == (int, str) and hash(u) == hash(str | int)
assert isinstance(1, u) and not isinstance(1.5, u) and issubclass(bool, u)
assert repr(int | None) == "int | None" and (int | None).__args__ == (int, type(None)) and int | int is int
assert (int | str) | int == u and repr(list[int] | None) == "list[int] | None"
assert int | (str | float) == int | str | float
assert outcome(lambda: int | 5) == "TypeError: unsupported operand type(s) for |: 'type' and 'int'"
assert repr(None | int) == "None | int" and u != int
parameterized = "argument 2 cannot be a parameterized generic"
assert isinstance(1, int | list[int]) and issubclass(int, int | None | list[str])
assert outcome(isinstance, "a", int | list[int]) == f"TypeError: isinstance() {parameterized}"
assert outcome(isinstance, 1, list[int] | int) == f"TypeError: isinstance() {parameterized}"
assert outcome(issubclass, str, int | list[int]) == f"TypeError: issubclass() {parameterized}"
assert outcome(issubclass, 1, list[int] | int) == f"TypeError: issubclass() {parameterized}"
assert outcome(issubclass, 1, int | list[int]) == "TypeError: issubclass() arg 1 must be a class"


class G:
    def __class_getitem__(cls, k):
        return (cls.__name__, k)


class H(G):
    pass


assert G[1] == ("G", 1) and H[1, 2] == ("H", (1, 2))
assert outcome(lambda: G()[0]) == "TypeError: 'G' object is not subscriptable"
assert [x for x in tuple[int, str].__args__] == [int, str] and list[int].__class__ is list[int].__class__
assert list[int].__mro_entries__(()) == (list,) and (*list[int],)[0].__origin__ is list


class Iterable_:
    def __init__(self, x: list[int | None]) -> dict[str, tuple[int, ...]]:
        pass


assert repr(Iterable_.__init__.__annotations__) == (
    "{'x': list[int | None], 'return': dict[str, tuple[int, ...]]}")
