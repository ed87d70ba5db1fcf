"""The interpreter's own report of an exception, which CPython's tests ask of its C interface."""
import sys


def exception_print(value):
    """Writes what an uncaught exception's end shows to sys.stderr. [C API: PyErr_Display]"""
    sys.__excepthook__(type(value), value, getattr(value, "__traceback__", None))
