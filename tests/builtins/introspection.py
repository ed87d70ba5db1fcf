"""isinstance, issubclass, type, dir, vars, getattr family, id, hash, repr of builtin things, __class__ of everything."""
from _case import error

assert isinstance(1, int) and isinstance(True, int) and isinstance(1, (str, int))
assert isinstance(1, (str, (float, int))) and not isinstance(1, ()) and isinstance(None, type(None))
assert isinstance(1, int | str) and not isinstance(1.5, int | str) and isinstance(None, int | None)
assert error(isinstance, 1, 5) == "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union"
assert error(isinstance, 1, list[int]) == "TypeError: isinstance() argument 2 cannot be a parameterized generic"
assert error(issubclass, 1, int) == "TypeError: issubclass() arg 1 must be a class"
assert error(issubclass, int, 5) == "TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union"
assert issubclass(bool, int) and issubclass(int, object) and issubclass(int, (str, object))
assert issubclass(int, int | str) and not issubclass(int, bool)
for value, name in [(1, "int"), (True, "bool"), (1.5, "float"), (1j, "complex"), ("", "str"),
                    (b"", "bytes"), (bytearray(), "bytearray"), (None, "NoneType"), (..., "ellipsis"),
                    (NotImplemented, "NotImplementedType"), ([], "list"), ((), "tuple"), ({}, "dict"),
                    (set(), "set"), (frozenset(), "frozenset"), (range(1), "range"),
                    (slice(1), "slice"), (len, "builtin_function_or_method"), (lambda: 0, "function"),
                    ("".join, "builtin_function_or_method"), (str.join, "method_descriptor"),
                    (int.__add__, "wrapper_descriptor"), ((1).__add__, "method-wrapper"), (int, "type"),
                    (type, "type"), (object(), "object"), (iter([]), "list_iterator"),
                    (iter({}), "dict_keyiterator"), ({}.keys(), "dict_keys"),
                    ((x for x in ()), "generator"), (memoryview(b""), "memoryview"),
                    (property(), "property"), (staticmethod(len), "staticmethod"),
                    (classmethod(len), "classmethod"), (super(int, 1), "super"),
                    (int | str, "UnionType"), (list[int], "GenericAlias"), (type.__dict__, "mappingproxy"), ((lambda: 0).__code__, "code"), (iter(()), "tuple_iterator"), (iter(set()), "set_iterator"), (iter(range(1)), "range_iterator"), (iter(b""), "bytes_iterator"), (iter("a"), "str_ascii_iterator"), (int.real, "getset_descriptor"), (dict.fromkeys, "builtin_function_or_method"), (dict.__dict__["fromkeys"], "classmethod_descriptor"), (iter(int, 1), "callable_iterator"), (reversed([]), "list_reverseiterator")]:
    assert type(value).__name__ == name, (value, type(value).__name__, name)
    assert value.__class__ is type(value) or name == "super" or name == "GenericAlias"
assert repr(int) == "<class 'int'>" and repr(len) == "<built-in function len>"
assert repr([].append).startswith("<built-in method append of list object at 0x")
assert repr(str.join) == "<method 'join' of 'str' objects>"
assert repr(int.__add__) == "<slot wrapper '__add__' of 'int' objects>" and repr(None) == "None"
assert repr(NotImplemented) == "NotImplemented" and repr(type(None)) == "<class 'NoneType'>"
assert repr((1).__add__).startswith("<method-wrapper '__add__' of int object at 0x")
assert repr(int.real) == "<attribute 'real' of 'int' objects>"


class C:
    a = 1

    def __init__(self):
        self.b = 2

    def m(self):
        pass


c = C()
assert vars(c) == {"b": 2} and vars(C)["a"] == 1
assert error(vars, 5) == "TypeError: vars() argument must have __dict__ attribute"
assert {"a", "b", "m", "__init__", "__class__", "__dict__", "__eq__"} <= set(dir(c)) and "b" not in dir(C)
assert dir(c) == sorted(dir(c))
assert hasattr(c, "a") and not hasattr(c, "z") and getattr(c, "b") == 2 and getattr(c, "z", 9) == 9
assert setattr(c, "z", 1) is None and c.z == 1 and delattr(c, "z") is None
assert error(getattr, c, "z") == "AttributeError: 'C' object has no attribute 'z'"
assert error(hasattr, c, 5) == "TypeError: attribute name must be string, not 'int'"
assert C.__name__ == "C" and C.__qualname__ == "C" and C.__module__ == "__main__"
assert C.__bases__ == (object,) and C.__base__ is object and C.__mro__ == (C, object)
assert C.__dict__["a"] == 1 and C.__doc__ is None and C.__flags__ & 1 << 9 and C.__weakrefoffset__ != 0
assert C.__basicsize__ > 0
C.__name__ = "Renamed"
assert C.__name__ == "Renamed" and repr(C) == "<class '__main__.C'>" and type(c).__name__ == "Renamed"
C.__qualname__ = "Q"
assert repr(C) == "<class '__main__.Q'>"
assert error(setattr, C, "__name__", 5) == "TypeError: can only assign string to Renamed.__name__, not 'int'"
assert error(setattr, C, "__dict__",
             {}) == "AttributeError: attribute '__dict__' of 'type' objects is not writable"
assert error(setattr, int, "a", 1) == "TypeError: cannot set 'a' attribute of immutable type 'int'"
assert error(delattr, C, "zz") in ("AttributeError: zz",
                                   "AttributeError: type object 'Renamed' has no attribute 'zz'")
assert error(lambda: C.__dict__.__setitem__("x",
                                            1)) == "AttributeError: 'mappingproxy' object has no attribute '__setitem__'"
assert C.__dict__.get("a") == 1 and "a" in C.__dict__ and len(C.__dict__) > 3
assert type("X", (), {}).__module__ == "__main__" and type(5) is int
assert error(type) == "TypeError: type() takes 1 or 3 arguments" and object().__class__ is object
assert error(object, 1) == "TypeError: object() takes no arguments"
assert object.__doc__.startswith("The base class of the class hierarchy.")
o = object()
assert o == o and o != object() and hash(o) == hash(o) and repr(o).startswith("<object object at 0x")
assert error(setattr, o, "x", 1) == "AttributeError: 'object' object has no attribute 'x'"
assert not hasattr(o, "__dict__") and o.__eq__(5) is NotImplemented and o.__ne__(o) is False
assert o.__reduce_ex__ and o.__sizeof__() > 0 and o.__dir__() and o.__format__("") == str(o)
assert o.__init_subclass__() is None and o.__subclasshook__(int) is NotImplemented
assert int.__call__(5) == 5 and type.__call__(int, "7") == 7 and int.__new__(int, 3) == 3
assert error(int.__new__, str) == "TypeError: int.__new__(str): str is not a subtype of int"
assert error(object.__new__, int) == "TypeError: object.__new__(int) is not safe, use int.__new__()"
assert error(int.__add__, "a",
             1) == "TypeError: descriptor '__add__' requires a 'int' object but received a 'str'"
assert error(str.upper, 5) == "TypeError: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object"
assert error(str.upper) == "TypeError: unbound method str.upper() needs an argument"
assert error(list.append, 1, 2) == "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int' object"
assert len.__name__ == "len" and len.__self__.__name__ == "builtins" and "".join.__self__ == ""
assert str.join.__objclass__ is str and len.__module__ == "builtins" and str.join.__qualname__ == "str.join"
assert [].append.__qualname__ == "list.append" and len.__doc__ and str.__doc__
import builtins
assert builtins.len is len and builtins.__name__ == "builtins" and "print" in dir(builtins)
assert set("ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError __build_class__ __debug__ __doc__ __import__ __name__ __package__ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip copyright credits exit license quit".split()) <= set(dir(builtins)), set(dir(builtins))

# the names that site adds
SITE = (("exit", "Quitter"), ("quit", "Quitter"),
        ("copyright", "_Printer"), ("credits", "_Printer"), ("license", "_Printer"),
        ("help", "_Helper"))
for name, kind in SITE:
    added = getattr(builtins, name)
    for _ in range(2):  # before its first use and after
        assert (type(added).__name__, type(added).__module__, type(added).__qualname__) == (kind,
                "_sitebuiltins", kind), name
        assert added.__class__.__name__ == kind
        repr(added)
        added = getattr(builtins, name)
assert exit.name == "exit" and quit.name == "quit" and type(exit) is type(quit) and type(copyright) is not type(exit) is not type(help)
assert repr(exit) == "Use exit() or Ctrl-D (i.e. EOF) to exit" and repr(quit) == "Use quit() or Ctrl-D (i.e. EOF) to exit"
