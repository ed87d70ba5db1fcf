"""The frame of a module: its names, its line, and nothing behind it."""
import sys

frame = sys._getframe()
assert frame.f_code.co_name == "<module>" and frame.f_globals is globals() and frame.f_lineno > 1
assert frame.f_locals is globals() and frame.f_back is None
