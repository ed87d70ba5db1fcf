"""The process stays as large as it was while things are made and dropped very often. A file of kinds ends
with run().
"""
import gc
import itertools
import os
import sys
import time

PAGE = os.sysconf("SC_PAGE_SIZE")
LIMIT = 5 << 20  # growth that is none: the heap's rhythm, pages that malloc keeps
KINDS = []
counter = itertools.count()


def size():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * PAGE


def kind(times):
    """To be done so often, and half of it before."""
    def register(function):
        KINDS.append((function, times))
        return function
    return register


class Plain:
    pass


plain = Plain()
plain.x = 1


def repeat(function, times):
    for _ in itertools.repeat(None, times):
        function()
    gc.collect(), gc.collect()
    return size()


def growth(function, times):
    before = repeat(function, times // 2)
    for _ in range(4):  # what grows once does not leak
        after = repeat(function, times)
        if after - before <= LIMIT:
            break
        before = after
    return after - before


def run():
    """All kinds, or those that the command line names, telling about each."""
    failed = []
    for function, times in KINDS:
        if sys.argv[1:] and function.__name__ not in sys.argv:
            continue
        began = time.time()
        grown = growth(function, times)
        if sys.argv[1:] or os.environ.get("LEAKS_SHOW"):
            print(
                f"{function.__name__:40} {grown / 1024:8.0f} KB {grown / times:8.1f} each "
                f"{time.time() - began:6.1f} s")
        if grown > LIMIT:
            failed.append(
                f"{function.__name__}: {grown} bytes more after {times} times, {grown / times:.1f} each")
    assert not failed, failed
