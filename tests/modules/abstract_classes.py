"""abc: abstract methods, registered classes, and the classes of collections.abc."""
import abc
import collections.abc as ca

from _case import error


class A(abc.ABC):
    @abc.abstractmethod
    def m(self):
        pass

    @property
    @abc.abstractmethod
    def p(self):
        pass


class B(A):
    def m(self):
        return 1

    p = 2


assert error(A) == "TypeError: Can't instantiate abstract class A with abstract methods m, p"
assert B().m() == 1 and A.__abstractmethods__ == {"m", "p"}
A.register(int)
assert isinstance(5, A) and issubclass(int, A) and not isinstance("a", A)
assert isinstance([], ca.Sequence) and isinstance({}, ca.Mapping) and isinstance(iter([]), ca.Iterator)
assert isinstance((i for i in []), ca.Generator) and issubclass(set, ca.Set)
assert not isinstance(5, ca.Iterable) and isinstance(len, ca.Callable) and isinstance("", ca.Hashable)
assert not isinstance([], ca.Hashable) and isinstance(range(3), ca.Sequence)
