"""Chained exceptions, notes, groups, suppressed contexts, as the default hook prints them."""
import sys


def show(f, *args):
    try:
        f(*args)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    print("-----", file=sys.stderr)


def context():
    try:
        1 / 0
    except ZeroDivisionError:
        {}["key"]


def cause():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("v") from e


def suppressed():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("v") from None


def long_chain():
    try:
        try:
            cause()
        except ValueError:
            context()
    except KeyError as e:
        raise TypeError("last") from e


def in_finally():
    try:
        raise KeyError("first")
    finally:
        raise OSError(5, "second")


def notes():
    e = ValueError("noted")
    e.add_note("note one")
    e.add_note("note two\nwith two lines")
    raise e


def bad_notes():
    e = ValueError("x")
    e.__notes__ = [1, "ok"]
    raise e


def group():
    def one():
        raise ValueError("one")
    errors = []
    for f in (one, context, notes):
        try:
            f()
        except Exception as e:
            errors.append(e)
    raise ExceptionGroup("several", errors)


def nested_group():
    try:
        group()
    except ExceptionGroup as g:
        raise ExceptionGroup("outer", [g, TypeError("t"), ExceptionGroup("leaf", [KeyError(1)])]) from g.exceptions[0]


def group_star():
    try:
        group()
    except* KeyError:
        pass


def many():
    raise ExceptionGroup("many", [ValueError(i) for i in range(20)])


def no_traceback():
    raise ValueError("a") from KeyError("b")


def cycle():
    a, b = ValueError("a"), KeyError("b")
    a.__cause__ = b
    b.__cause__ = a
    raise a


def empty_text():
    raise ValueError


def empty_string():
    raise ValueError("")


def none_text():
    raise ValueError(None)


def tuple_text():
    raise ValueError(1, "two")


def base():
    raise KeyboardInterrupt("k")


class Inner:
    class Deep(Exception):
        pass


def qualified():
    raise Inner.Deep("q")


def local_class():
    class Local(Exception):
        pass
    raise Local()


def same(n):
    if n:
        same(n - 1)
    else:
        raise ValueError("deep")


def repeated():
    same(3)
    

def repeated_much():
    same(12)


def pingpong(n):
    if n == 0:
        raise ValueError
    pongping(n)


def pongping(n):
    pingpong(n - 1)


for f in (
        context, cause, suppressed, long_chain, in_finally, notes, bad_notes, group, nested_group,
        group_star, many, no_traceback, cycle, empty_text, empty_string, none_text, tuple_text, base,
        qualified, local_class, repeated, repeated_much):
    show(f)
show(pingpong, 6)
