"""__context__, __cause__, __suppress_context__, __traceback__, sys.exc_info, restored handlers."""
import sys

from _case import error


def context():
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            raise KeyError("k")
    except KeyError as e:
        return e


e = context()
assert type(e.__context__) is ZeroDivisionError and e.__cause__ is None and e.__suppress_context__ is False


def cause():
    try:
        try:
            1 / 0
        except ZeroDivisionError as z:
            raise KeyError("k") from z
    except KeyError as e:
        return e


e = cause()
assert e.__cause__ is e.__context__ and e.__suppress_context__ is True


def from_none():
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            raise KeyError("k") from None
    except KeyError as e:
        return e


e = from_none()
assert e.__cause__ is None and type(e.__context__) is ZeroDivisionError and e.__suppress_context__ is True


def from_class():
    try:
        raise KeyError from ValueError
    except KeyError as e:
        return e


assert type(from_class().__cause__) is ValueError


def in_finally():
    try:
        try:
            raise ValueError("first")
        finally:
            raise TypeError("second")
    except TypeError as e:
        return e


assert in_finally().__context__.args == ("first",)


def no_self_cycle():
    try:
        try:
            raise ValueError("a")
        except ValueError as e:
            raise e
    except ValueError as e:
        return e


assert no_self_cycle().__context__ is None


def break_cycle():
    try:
        raise ValueError("a")
    except ValueError as a:
        try:
            raise KeyError("b")
        except KeyError as b:
            try:
                raise a
            except ValueError as again:
                return again.__context__, b.__context__


ctx, old = break_cycle()
assert type(ctx) is KeyError and old is None
assert sys.exc_info() == (None, None, None)


def info():
    try:
        raise ValueError("v")
    except ValueError as e:
        first = sys.exc_info()
        assert first[0] is ValueError and first[1] is e and first[2] is e.__traceback__
        try:
            raise KeyError
        except KeyError:
            assert sys.exc_info()[0] is KeyError
        assert sys.exc_info()[1] is e
    return sys.exc_info()


assert info() == (None, None, None)


def called_in_handler():
    return sys.exc_info()[0]


try:
    raise IndexError
except IndexError:
    assert called_in_handler() is IndexError
    assert sys.exception().__class__ is IndexError


def generator_keeps_own():
    try:
        raise ValueError
    except ValueError:
        yield sys.exc_info()[0]
        yield sys.exc_info()[0]


g = generator_keeps_own()
assert next(g) is ValueError and sys.exc_info()[0] is None
try:
    raise KeyError
except KeyError:
    assert next(g) is ValueError and sys.exc_info()[0] is KeyError


def plain_gen():
    yield sys.exc_info()[0]


try:
    raise KeyError
except KeyError:
    assert next(plain_gen()) is KeyError


def tb_lines(tb):
    out = []
    while tb:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno))
        tb = tb.tb_next
    return out


def a():
    b()


def b():

    raise ValueError


try:
    a()
except ValueError as err:
    lines = tb_lines(err.__traceback__)[1:]
    assert lines == [("a", 1), ("b", 2)], lines
    assert err.with_traceback(None) is err and err.__traceback__ is None


def reraised():
    try:
        b()
    except ValueError as e:
        raise e


try:
    reraised()
except ValueError as err:
    assert tb_lines(err.__traceback__)[1:] == [("reraised", 4), ("reraised", 2), ("b", 2)]


x = ValueError()


def bad_cause():
    x.__cause__ = 5


def bad_context():
    x.__context__ = 5


def bad_tb():
    x.__traceback__ = 5


assert error(bad_cause) == "TypeError: exception cause must be None or derive from BaseException"
assert error(bad_context) == "TypeError: exception context must be None or derive from BaseException"
assert error(bad_tb) == "TypeError: __traceback__ must be a traceback or None"
