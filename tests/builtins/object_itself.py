"""object: what its bare instances can, and what they lack."""
from _case import error

log = []
assert hash("a") == hash("a")
assert id(log) == id(log)
assert object().__class__ is object
assert error(object, 1) == "TypeError: object() takes no arguments"
assert object.__doc__.startswith("The base class of the class hierarchy.")
o = object()
assert o == o and o != object() and hash(o) == hash(o) and repr(o).startswith("<object object at 0x")
assert error(setattr, o, "x", 1) == "AttributeError: 'object' object has no attribute 'x'"
assert not hasattr(o, "__dict__") and o.__eq__(5) is NotImplemented and o.__ne__(o) is False
assert o.__reduce_ex__ and o.__sizeof__() > 0 and o.__dir__() and o.__format__("") == str(o)
assert o.__init_subclass__() is None and o.__subclasshook__(int) is NotImplemented
