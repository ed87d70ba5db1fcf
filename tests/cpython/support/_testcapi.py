"""What CPython's tests ask of its C interface that has a meaning here: the limits of C's types, and the
interpreter's own report of an exception."""
import sys

USHRT_MAX, SHRT_MAX, UCHAR_MAX = 0xFFFF, 0x7FFF, 0xFF
UINT_MAX, INT_MAX = 0xFFFFFFFF, 0x7FFFFFFF
ULONG_MAX = ULLONG_MAX = 0xFFFFFFFFFFFFFFFF
LONG_MAX = LLONG_MAX = PY_SSIZE_T_MAX = sys.maxsize
SHRT_MIN, INT_MIN = -SHRT_MAX - 1, -INT_MAX - 1
LONG_MIN = LLONG_MIN = PY_SSIZE_T_MIN = -LONG_MAX - 1


def W_STOPCODE(signal):
    """The status that wait() tells of a process that this signal stopped. [C: W_STOPCODE]"""
    return signal << 8 | 0x7F


def exception_print(value):
    """Writes what an uncaught exception's end shows to sys.stderr. [C API: PyErr_Display]"""
    sys.__excepthook__(type(value), value, getattr(value, "__traceback__", None))
