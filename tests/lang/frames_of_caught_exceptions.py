"""Frames of exceptions that an except clause has taken: who keeps an exception, its traceback or a frame
finds locals, callers and lines later, whatever way it came by them; who keeps none finds frames as ever.
"""
import gc
import sys
import traceback


def missing(key):
    inner = key + 1
    return {}[inner]


def names(frame):
    found = []
    while frame and frame.f_code.co_name != "<module>":
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return found


# ---- nobody looks: the clause ends, and the frame is as good as new
def quiet(key):
    local = "kept"
    for i in range(3):
        try:
            missing(key + i)
        except KeyError:
            pass
    frame = sys._getframe()
    assert frame.f_locals["local"] == "kept" and frame.f_lineno, frame
    return frame


def calls_quiet():
    here = "caller"
    return quiet(1), here


frame, _ = calls_quiet()
assert names(frame) == ["quiet", "calls_quiet"]
assert frame.f_locals["i"] == 2 and frame.f_back.f_locals["here"] == "caller"


# ---- somebody looks, each in a way of its own
def check(tb, first, caller):
    assert tb.tb_frame.f_code.co_name == first, tb.tb_frame
    assert tb.tb_frame.f_locals["local"] == first, tb.tb_frame.f_locals
    assert names(tb.tb_frame) == [first, caller], names(tb.tb_frame)
    last = tb
    while last.tb_next:
        last = last.tb_next
    assert last.tb_frame.f_code.co_name == "missing" and last.tb_frame.f_locals["inner"] == 8
    assert names(last.tb_frame)[:2] == ["missing", first]
    assert last.tb_frame.f_back is tb.tb_frame


def by_name():
    local = "by_name"
    try:
        missing(7)
    except KeyError as error:
        kept = error
    return kept.__traceback__


def by_exc_info():
    local = "by_exc_info"
    try:
        missing(7)
    except KeyError:
        kept = sys.exc_info()[2]
    return kept


def by_exception():
    local = "by_exception"
    try:
        missing(7)
    except KeyError:
        kept = sys.exc_info
        kept = kept()[1]
    return kept.__traceback__


def helper():
    return sys.exc_info()[1]


def by_callee():
    local = "by_callee"
    kept = None
    try:
        missing(7)
    except (IndexError, KeyError):
        kept = helper()
    return kept.__traceback__


def by_context():
    local = "by_context"
    try:
        try:
            missing(7)
        except KeyError:
            int("x")
    except ValueError as error:
        return error.__context__.__traceback__


def by_context_of_lookup():
    local = "by_context_of_lookup"
    try:
        try:
            missing(7)
        except no_such_name:
            pass
    except NameError as error:
        return error.__context__.__traceback__


def by_finally():
    local = "by_finally"
    kept = None
    try:
        try:
            missing(7)
        finally:
            kept = sys.exc_info()[2]
    except KeyError:
        pass
    return kept


class Watcher:
    def __exit__(self, kind, value, tb):
        self.tb = tb

    def __enter__(self):
        return self


def by_with():
    local = "by_with"
    watcher = Watcher()
    try:
        with watcher:
            missing(7)
    except KeyError:
        pass
    return watcher.tb


def by_raising_again():
    local = "by_raising_again"
    try:
        try:
            missing(7)
        except KeyError:
            raise
    except KeyError as error:
        return error.__traceback__


def by_clause_behind():
    local = "by_clause_behind"
    try:
        missing(7)
    except IndexError:
        pass
    except LookupError as error:
        kept = error.__traceback__
    return kept


def by_class():
    local = "by_class"
    kept = []

    class Finder(type):
        @property
        def wanted(cls):
            kept.append(sys.exc_info()[2])
            return KeyError

    class Found(metaclass=Finder):
        pass

    try:
        missing(7)
    except Found.wanted:
        pass
    return kept[0]


def by_bare():
    local = "by_bare"
    try:
        missing(7)
    except:
        kept = sys.exc_info()[2]
    return kept


def by_closure():
    local = "by_closure"
    error = None

    def get():
        return error
    try:
        missing(7)
    except KeyError as error:
        kept = get()
    return kept.__traceback__


def by_trace():
    local = "by_trace"
    kept = []

    def watch(frame, event, argument):
        if event == "exception" and frame.f_code.co_name == "by_trace":
            kept.append(argument[2])
        return watch
    sys.settrace(watch)
    sys._getframe().f_trace = watch
    try:
        missing(7)
    except KeyError:
        pass
    sys.settrace(None)
    return kept[0]


def calls(function):
    return function()


for function in (by_name, by_exc_info, by_exception, by_callee, by_context, by_context_of_lookup, by_finally,
                 by_with, by_raising_again, by_clause_behind, by_class, by_bare, by_closure, by_trace):
    for _ in range(3):
        tb = calls(function)
        gc.collect()
        check(tb, function.__name__, "calls")


# ---- a frame that was seen stays the same object, quiet clauses or not
def same():
    before = sys._getframe()
    try:
        missing(1)
    except KeyError:
        pass
    assert sys._getframe() is before
    try:
        missing(1)
    except KeyError:
        x = 1
    assert sys._getframe() is before and before.f_locals["x"] == 1
    return before


assert names(calls(same)) == ["same", "calls"]


def inner_frame(kept):
    kept.append(sys._getframe())
    return {}["absent"]


def of_inner():
    local = "of_inner"
    kept = []
    try:
        inner_frame(kept)
    except KeyError:
        pass
    return kept[0]


inner = calls(of_inner)
assert names(inner) == ["inner_frame", "of_inner", "calls"], names(inner)
assert inner.f_back.f_locals["local"] == "of_inner"


# ---- an exception that was kept before, and one caught quietly after it in the same activation
def two():
    local = "two"
    try:
        missing(7)
    except KeyError as error:
        kept = error
    for _ in range(3):
        try:
            [][1]
        except IndexError:
            pass
    return kept.__traceback__


check(calls(two), "two", "calls")


def other_way_round():
    local = "other_way_round"
    try:
        [][1]
    except IndexError:
        pass
    try:
        missing(7)
    except KeyError as error:
        kept = error
    return kept.__traceback__


check(calls(other_way_round), "other_way_round", "calls")


# ---- the program's own exceptions may be known elsewhere
stored = KeyError("stored")


def raises_stored():
    local = "raises_stored"
    raise stored


def catches_stored():
    local = "catches_stored"
    try:
        raises_stored()
    except KeyError:
        pass


calls(catches_stored)
assert names(stored.__traceback__.tb_frame) == ["catches_stored", "calls"]
assert stored.__traceback__.tb_frame.f_locals["local"] == "catches_stored"


class Known(KeyError):
    last = None

    def __init__(self, *args):
        Known.last = self


def raises_known():
    raise Known


def catches_known():
    local = "catches_known"
    try:
        raises_known()
    except KeyError:
        pass


calls(catches_known)
assert names(Known.last.__traceback__.tb_frame) == ["catches_known", "calls"]


# ---- generators and nested activations
def steps():
    for i in range(4):
        try:
            missing(i)
        except KeyError:
            yield i, sys._getframe().f_code.co_name


assert list(steps()) == [(i, "steps") for i in range(4)]


def nested(depth):
    if not depth:
        return missing(7)
    try:
        return nested(depth - 1)
    except IndexError:
        return None


def nested_outside():
    try:
        nested(5)
    except KeyError as error:
        return len(traceback.extract_tb(error.__traceback__))


assert nested_outside() == 8


def leaves_by_return():
    for i in range(2):
        try:
            missing(i)
        except KeyError:
            return sys._getframe()


assert names(calls(leaves_by_return)) == ["leaves_by_return", "calls"]
