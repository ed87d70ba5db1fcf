"""Modules that left sys.modules are given back; the caches of re, struct, codecs, functools keep a bounded
number of things.
"""
# modes: reference cold warm switch
import codecs
import functools
import importlib
import os
import re
import shutil
import struct
import sys
import tempfile
import types

from _leaks import counter, kind, run


folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
sys.dont_write_bytecode = True


# ---- modules
@kind(30000)
def modules():
    name = "module%d" % next(counter)
    sys.modules[name] = module = types.ModuleType(name)
    module.value = name
    del sys.modules[name]


@kind(500)
def imported_files():
    name = "file%d" % (next(counter) % 20)
    with open(os.path.join(folder, name + ".py"), "w") as f:
        f.write("def f():\n    return %d\nvalue = f()\n" % next(counter))
    importlib.invalidate_caches()
    importlib.import_module(name)
    del sys.modules[name]


# ---- caches of the library
@kind(2000)
def regular_expressions():
    re.compile("a%d[b-d]+(x|y)*" % next(counter)).match("a1bcx")


@kind(30000)
def struct_formats():
    struct.calcsize("%di%ds" % (next(counter) % 5000, next(counter)))


@kind(10000)
def unknown_codecs():
    try:
        codecs.lookup("codec%d" % next(counter))
    except LookupError:
        pass


@kind(50000)
def cached_functions():
    functools.lru_cache(maxsize=16)(len)("abc")


@kind(100000)
def a_full_cache(cached=functools.lru_cache(maxsize=16)(str)):
    cached(next(counter))


@kind(2000)
def generic_functions():
    function = functools.singledispatch(lambda x: x)
    function.register(int, lambda x: -x)
    function(1), function("a")


try:
    run()
finally:
    shutil.rmtree(folder)
