"""A keyword given twice, once by **: TypeError wherever the call stands.

Cause: CPython 3.11 turns the KeyError of the merge into the TypeError only while no exception is handled;
in an except or finally clause the program sees the KeyError. Krait raises the TypeError of the language
reference (6.3.4). Workaround: catch (KeyError, TypeError).
"""
import sys


def f(**keywords):
    return keywords


def twice():
    try:
        f(q=1, **{"q": 2})
    except (KeyError, TypeError) as error:
        return type(error).__name__, str(error)


message = "TypeError", f"{__name__}.f() got multiple values for keyword argument 'q'"
assert twice() == message
try:
    1 / 0
except ZeroDivisionError:
    handled = twice()
assert handled == (("KeyError", "'q'") if sys.implementation.name == "cpython" else message), handled
