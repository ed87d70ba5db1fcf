"""sys.excepthook of the program's own is given class, exception and traceback."""
import sys


def hook(kind, value, tb):
    print("hooked", kind.__name__, value, tb.tb_lineno, flush=True)


sys.excepthook = hook
1 / 0
