"""typing: hints, unions, generic classes, protocols, named tuples, typed dicts."""
import typing


def f(a, b: int = 2, /, c=3, *args, d, e=5, **kw) -> str:
    """Doc.

    >>> 1 + 1
    2
    """
    return "x"


assert typing.get_type_hints(f) == {"b": int, "return": str}
assert typing.Optional[int] == typing.Union[int, None] and repr(typing.List[int]) == "typing.List[int]"
assert typing.get_args(typing.Dict[str, int]) == (str, int) and typing.cast(int, "a") == "a"


class NT(typing.NamedTuple):
    a: int
    b: str = "d"


class TD(typing.TypedDict, total=False):
    k: int


T = typing.TypeVar("T")


class Gen(typing.Generic[T]):
    def get(self) -> T:
        return 1


@typing.runtime_checkable
class Proto(typing.Protocol):
    def get(self): ...


assert NT(1) == (1, "d") and TD(k=1) == {"k": 1} and Gen[int]().get() == 1
assert repr(Gen[int]) == "__main__.Gen[int]" and isinstance(Gen(), Proto) and not isinstance(5, Proto)
assert repr(typing.Callable[[int], str]) == "typing.Callable[[int], str]"
assert typing.Literal["a", 1].__args__ == ("a", 1)
