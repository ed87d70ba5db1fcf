"""with: order, several managers, suppression, targets, return and break inside, failing managers."""
from _case import outcome

log = []


class CM:
    def __init__(self, name, suppress=False, fail_enter=False, fail_exit=False):
        self.name, self.suppress, self.fail_enter, self.fail_exit = name, suppress, fail_enter, fail_exit

    def __enter__(self):
        log.append("enter " + self.name)
        if self.fail_enter:
            raise KeyError("enter")
        return self.name.upper()

    def __exit__(self, t, v, tb):
        log.append("exit %s %s" % (self.name, t.__name__ if t else None))
        if self.fail_exit:
            raise OSError("exit")
        return self.suppress


def take():
    r = log[:]
    log.clear()
    return r


with CM("a") as a, CM("b") as b:
    assert (a, b) == ("A", "B")
assert take() == ["enter a", "enter b", "exit b None", "exit a None"]
with (CM("a") as a, CM("b"),):
    pass
assert take() == ["enter a", "enter b", "exit b None", "exit a None"]
with CM("s", suppress=True):
    raise ValueError
assert take() == ["enter s", "exit s ValueError"]


def unsuppressed():
    with CM("x"), CM("y", suppress=True):
        1 / 0
    return "after"


assert outcome(unsuppressed) == "after"
assert take() == ["enter x", "enter y", "exit y ZeroDivisionError", "exit x None"]


def enter_fails():
    with CM("x"), CM("y", fail_enter=True):
        assert False


assert outcome(enter_fails) == "KeyError: 'enter'" and take() == ["enter x", "enter y", "exit x KeyError"]


def exit_fails():
    with CM("x", fail_exit=True):
        raise ValueError("body")


try:
    exit_fails()
except OSError as e:
    assert type(e.__context__) is ValueError
take()


def returns():
    for i in range(3):
        with CM("r"):
            if i == 1:
                return i
            continue


assert returns() == 1 and take() == ["enter r", "exit r None"] * 2


def breaks():
    while True:
        with CM("b", suppress=True):
            break
    return "out"


assert breaks() == "out" and take() == ["enter b", "exit b None"]


def return_value_first():
    with CM("v"):
        return log.append("value") or 5


assert return_value_first() == 5 and take() == ["enter v", "value", "exit v None"]


class Target:
    pass


t = Target()
lst = [0]
with CM("attr") as t.x, CM("item") as lst[0]:
    pass
assert t.x == "ATTR" and lst == ["ITEM"]


class Pair:
    def __enter__(self):
        return (1, (2, 3))

    def __exit__(self, *a):
        pass


with Pair() as (p, (q, r)):
    assert (p, q, r) == (1, 2, 3)


class NoExit:
    def __enter__(self):
        pass


class OnInstance:
    pass


oi = OnInstance()
oi.__enter__ = oi.__exit__ = lambda *a: None


def use(x):
    with x:
        pass


assert outcome(lambda: use(5)) == "TypeError: 'int' object does not support the context manager protocol"
assert outcome(lambda: use(NoExit())) == (
    "TypeError: 'NoExit' object does not support the context manager protocol (missed __exit__ method)")
assert outcome(lambda: use(oi)) == (
    "TypeError: 'OnInstance' object does not support the context manager protocol")
take()


def gen():
    with CM("g"):
        yield 1
        yield 2


g = gen()
next(g)
g.close()
assert take() == ["enter g", "exit g GeneratorExit"]


def truthy_suppress():
    class Weird:
        def __enter__(self):
            return self

        def __exit__(self, *a):
            return [1]
    with Weird():
        raise ValueError
    return "ok"


assert truthy_suppress() == "ok"
