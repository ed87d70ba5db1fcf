"""What CPython's tests of ctypes import to find their C library: the run has compiled it beside this file."""
import ctypes
import os

__file__ = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ctypes_functions.so")

LIBRARY = ctypes.PyDLL(__file__)
APPENDER = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.py_object, ctypes.py_object)


@APPENDER
def append_to_list(items, item):
    items.append(item)
    return 0


place = ctypes.c_void_p.in_dll(LIBRARY, "append_to_list")
place.value = ctypes.cast(append_to_list, ctypes.c_void_p).value
