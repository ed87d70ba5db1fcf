# stress: 40
"""Native functions, methods and descriptors as objects: repr, names, owners, signatures."""
import inspect

assert repr(int) == "<class 'int'>" and repr(len) == "<built-in function len>"
assert repr([].append).startswith("<built-in method append of list object at 0x")
assert repr(str.join) == "<method 'join' of 'str' objects>"
assert repr(int.__add__) == "<slot wrapper '__add__' of 'int' objects>" and repr(None) == "None"
assert repr(NotImplemented) == "NotImplemented" and repr(type(None)) == "<class 'NoneType'>"
assert repr((1).__add__).startswith("<method-wrapper '__add__' of int object at 0x")
assert repr(int.real) == "<attribute 'real' of 'int' objects>"
assert len.__name__ == "len" and len.__self__.__name__ == "builtins" and "".join.__self__ == ""
assert str.join.__objclass__ is str and len.__module__ == "builtins" and str.join.__qualname__ == "str.join"
assert [].append.__qualname__ == "list.append" and len.__doc__ and str.__doc__

assert repr(len) == "<built-in function len>" and len.__name__ == "len" and len.__module__ == "builtins"
assert repr(list.append) == "<method 'append' of 'list' objects>"
assert repr(int.__add__) == "<slot wrapper '__add__' of 'int' objects>"
assert repr(int.real) == "<attribute 'real' of 'int' objects>"
assert list.append.__qualname__ == "list.append" and list.append.__objclass__ is list
assert [].append.__self__ == [] and dict.fromkeys.__self__ is dict
items = []
assert items.append == items.append != [].append
assert str(inspect.signature(len)) == "(obj, /)"
assert str(inspect.signature(sorted)) == "(iterable, /, *, key=None, reverse=False)"
