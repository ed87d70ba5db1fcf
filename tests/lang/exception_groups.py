"""Exception groups and except*: splitting, nesting, re-raising, leftovers, derive."""
from _case import error

eg = ExceptionGroup("msg", [ValueError(1), TypeError(2), ExceptionGroup("in", [ValueError(3), KeyError(4)])])
assert str(eg) == "msg (3 sub-exceptions)" and eg.message == "msg" and len(eg.exceptions) == 3
assert repr(ExceptionGroup("m", [ValueError(1)])) == "ExceptionGroup('m', [ValueError(1)])"
assert str(ExceptionGroup("m", [ValueError(1)])) == "m (1 sub-exception)"
match, rest = eg.split(ValueError)
assert [type(x).__name__ for x in match.exceptions] == ["ValueError", "ExceptionGroup"]
assert match.exceptions[1].exceptions[0].args == (3,)
assert [type(x).__name__ for x in rest.exceptions] == ["TypeError", "ExceptionGroup"]
assert eg.subgroup(OSError) is None and eg.subgroup(Exception) is eg and eg.split(OSError)[0] is None
assert eg.subgroup(lambda e: isinstance(e, KeyError)).exceptions[0].exceptions[0].args == (4,)
assert eg.subgroup((TypeError, KeyError)).exceptions[0].args == (2,)


def handle(exc):
    log = []
    try:
        try:
            raise exc
        except* ValueError as g:
            log.append(("V", type(g).__name__, len(g.exceptions)))
        except* (TypeError, KeyError) as g:
            log.append(("TK", len(g.exceptions)))
        else:
            log.append("else")
        finally:
            log.append("finally")
    except BaseException as left:
        log.append(("left", type(left).__name__, str(left)))
    return log


assert handle(eg) == [("V", "ExceptionGroup", 2), ("TK", 2), "finally"]
assert handle(ExceptionGroup("x", [OSError(1), ValueError(2)])) == \
    [("V", "ExceptionGroup", 1), "finally", ("left", "ExceptionGroup", "x (1 sub-exception)")]
assert handle(ValueError("naked")) == [("V", "ExceptionGroup", 1), "finally"]
assert handle(OSError("naked")) == ["finally", ("left", "OSError", "naked")]


def no_exception():
    try:
        pass
    except* ValueError:
        r = "no"
    else:
        r = "else"
    return r


assert no_exception() == "else"


def raise_inside():
    try:
        try:
            raise ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)])
        except* ValueError:
            raise KeyError("new")
        except* TypeError:
            raise
    except ExceptionGroup as g:
        return g


g = raise_inside()
assert g.message == "" and sorted(type(x).__name__ for x in g.exceptions) == [
    "ExceptionGroup", "KeyError"], g.exceptions
inner = [x for x in g.exceptions if isinstance(x, ExceptionGroup)][0]
assert inner.message == "g" and [type(x).__name__ for x in inner.exceptions] == ["TypeError", "OSError"]
assert error(lambda: ExceptionGroup("m", [])) == (
    "ValueError: second argument (exceptions) must be a non-empty sequence")
assert error(lambda: ExceptionGroup("m", [5])) == (
    "ValueError: Item 0 of second argument (exceptions) is not an exception")
assert error(lambda: ExceptionGroup("m", [KeyboardInterrupt()])) == (
    "TypeError: Cannot nest BaseExceptions in an ExceptionGroup")
assert error(lambda: ExceptionGroup("m")) == (
    "TypeError: BaseExceptionGroup.__new__() takes exactly 2 arguments (1 given)")
assert type(BaseExceptionGroup("m", [ValueError()])) is ExceptionGroup
assert type(BaseExceptionGroup("m", [KeyboardInterrupt()])) is BaseExceptionGroup


class MyGroup(ExceptionGroup):
    def __new__(cls, msg, excs, tag=None):
        self = super().__new__(cls, msg, excs)
        self.tag = tag
        return self

    def derive(self, excs):
        return MyGroup(self.message, excs, self.tag)


mg = MyGroup("m", [ValueError(1), TypeError(2)], "T")
a, b = mg.split(ValueError)
assert type(a) is MyGroup and a.tag == "T" and type(b) is MyGroup


def catch_group():
    try:
        raise ExceptionGroup("m", [ValueError()])
    except* ExceptionGroup:
        pass


assert error(catch_group) == (
    "TypeError: catching ExceptionGroup with except* is not allowed. Use except instead.")


def loop():
    out = []
    for exc in (ValueError, TypeError):
        try:
            raise ExceptionGroup("m", [exc()])
        except* ValueError:
            out.append("v")
        except* TypeError:
            out.append("t")
    return out


assert loop() == ["v", "t"]
n = ExceptionGroup("m", [ValueError()])
n.add_note("note")
assert n.split(ValueError)[0].__notes__ == ["note"]
