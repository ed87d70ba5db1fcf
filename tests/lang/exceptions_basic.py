"""try/except/else/finally, matching by class and tuple, re-raising, bare raise, exception attributes."""
from _case import error


def classify(f):
    try:
        r = f()
    except ZeroDivisionError:
        return "zero"
    except (KeyError, IndexError) as e:
        return "lookup " + type(e).__name__
    except ArithmeticError:
        return "arith"
    except Exception as e:
        return "other " + type(e).__name__
    else:
        return "ok %r" % (r,)
    finally:
        finals.append(1)


finals = []
assert classify(lambda: 1 / 0) == "zero" and classify(lambda: {}[1]) == "lookup KeyError"
assert classify(lambda: [][1]) == "lookup IndexError"
assert classify(lambda: 10.0 ** 1000) == "arith" and classify(lambda: int("x")) == "other ValueError"
assert classify(lambda: 5) == "ok 5"
assert len(finals) == 6


class MyError(Exception):
    def __init__(self, code, *rest):
        super().__init__(code, *rest)
        self.code = code

    def __str__(self):
        return "code %s" % self.code


try:
    raise MyError(3, "x")
except MyError as e:
    assert e.code == 3 and e.args == (3, "x") and str(e) == "code 3" and repr(e) == "MyError(3, 'x')"
try:
    e
    assert False
except NameError:
    pass
try:
    raise ValueError
except ValueError as err:
    assert err.args == () and str(err) == "" and repr(err) == "ValueError()"
assert str(KeyError("a")) == "'a'" and str(KeyError()) == "" and str(KeyError(1, 2)) == "(1, 2)"
assert str(ValueError(1, 2)) == "(1, 2)"
assert str(OSError(2, "No such file")) == "[Errno 2] No such file" and OSError(2, "x").errno == 2
assert type(OSError(2, "x")) is FileNotFoundError and str(OSError(2, "x", "f")) == "[Errno 2] x: 'f'"
assert StopIteration(5).value == 5 and StopIteration().value is None and SystemExit(3).code == 3
assert SystemExit().code is None


def reraise():
    try:
        try:
            raise KeyError(1)
        except KeyError:
            raise
    except KeyError as e:
        return e.args


assert reraise() == (1,)


def bare():
    raise


def raise_int():
    raise 5


def raise_class_fail():
    class E(Exception):
        def __new__(cls):
            return 5
    raise E


def catch_int():
    try:
        1 / 0
    except 5:
        pass


def raise_from_int():
    raise ValueError from 5


assert error(bare) == "RuntimeError: No active exception to reraise"
assert error(raise_int) == "TypeError: exceptions must derive from BaseException"
assert error(raise_class_fail).startswith("TypeError: calling <class")
assert error(
    raise_class_fail).endswith("should have returned an instance of BaseException, not <class 'int'>")
assert error(catch_int) == "TypeError: catching classes that do not inherit from BaseException is not allowed"
assert error(raise_from_int) == "TypeError: exception causes must derive from BaseException"


def order():
    log = []
    try:
        log.append("try")
        try:
            raise ValueError
        finally:
            log.append("inner finally")
    except ValueError:
        log.append("except")
    else:
        log.append("else")
    finally:
        log.append("finally")
    return log


assert order() == ["try", "inner finally", "except", "finally"]


def nested_handlers():
    try:
        raise KeyError("outer")
    except KeyError as a:
        try:
            raise ValueError("inner")
        except ValueError as b:
            pass
        return a.args


assert nested_handlers() == ("outer",)


def exc_in_else():
    try:
        pass
    except ValueError:
        return "wrong"
    else:
        raise ValueError("from else")


assert error(exc_in_else) == "ValueError: from else"


def in_loop():
    out = []
    for i in range(6):
        try:
            if i % 2:
                raise ValueError(i)
            out.append(i)
        except ValueError as e:
            out.append(-e.args[0])
    return out


assert in_loop() == [0, -1, 2, -3, 4, -5]


def deleted_in_handler():
    try:
        raise ValueError
    except ValueError as e:
        del e
    return "fine"


assert deleted_in_handler() == "fine"
e1 = ValueError("n")
e1.add_note("one")
e1.add_note("two")
assert e1.__notes__ == ["one", "two"]
assert error(lambda: e1.add_note(5)) == "TypeError: note must be a str, not 'int'"
assert issubclass(KeyError, LookupError) and issubclass(FileNotFoundError, OSError) and IOError is OSError
assert not issubclass(SystemExit, Exception)
assert ValueError(1) != ValueError(1) and ValueError.__mro__[1] is Exception
u = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")
assert str(u) == "'utf-8' codec can't decode byte 0xff in position 0: bad" and u.start == 0
assert u.object == b"\xff"
