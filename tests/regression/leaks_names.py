"""Names that nobody holds are given back: made by getattr, setattr, sys.intern, as variables, keys and
attributes.
"""
# modes: reference cold warm switch
import sys
import types

from _leaks import Plain, counter, kind, plain, run


@kind(150000)
def interned_names():
    sys.intern("interned%d" % next(counter))


@kind(150000)
def names_asked_for():
    getattr(plain, "asked%d" % next(counter), None)


@kind(150000)
def names_set_and_deleted():
    name = "set%d" % next(counter)
    setattr(plain, name, 1)
    delattr(plain, name)


@kind(150000)
def names_of_new_instances():
    setattr(Plain(), "own%d" % next(counter), 1)


@kind(150000)
def names_of_a_module():
    name = "variable%d" % next(counter)
    globals()[name] = 1
    del globals()[name]


@kind(100000)
def names_of_a_class():
    name = "attribute%d" % next(counter)
    setattr(Plain, name, 1)
    plain.x
    delattr(Plain, name)


@kind(150000)
def keys_of_a_namespace():
    types.SimpleNamespace(**{"key%d" % next(counter): 1})


run()
