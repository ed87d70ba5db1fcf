"""An excepthook that fails: both exceptions are printed."""
import sys


def hook(kind, value, tb):
    raise KeyError("in hook")


sys.excepthook = hook
1 / 0
