"""Lines that repeat in a traceback are counted, not printed."""
import sys
sys.setrecursionlimit(200)


def a(n):
    return b(n)


def b(n):
    return a(n + 1)


def same(n):
    same(n + 1)


try:
    same(0)
except RecursionError:
    sys.excepthook(*sys.exc_info())
