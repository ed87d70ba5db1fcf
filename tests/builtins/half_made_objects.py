"""Objects made by __new__ alone, and initialised again with arguments that fail: every method and
attribute raises or answers.
"""
import hashlib
import io
import sys

from _case import outcome

sys.setrecursionlimit(300)
bound = super.__new__(super)
assert outcome(lambda: bound.__self__) is None and bound.__thisclass__ is None
assert bound.__self_class__ is None
assert repr(bound) == "<super: <class 'NULL'>, NULL>"
if sys.implementation.name != "cpython":  # CPython 3.11 dies of it
    assert outcome(bound.__get__, 1).startswith("TypeError: super() argument 1 must be a type")
for hash_class in (type(hashlib.md5()),):
    class Hash(hash_class):
        pass
    assert outcome(Hash) == "TypeError: cannot create 'Hash' instances", outcome(Hash)
    assert outcome(hash_class.__new__,
                   Hash) == "TypeError: object.__new__(Hash) is not safe, use Hash.__new__()"

    class Made(hash_class):
        def __new__(cls):
            return 5
    assert Made() == 5

uninitialised = "ValueError: I/O operation on uninitialized object"
for cls in (io.BufferedReader, io.BufferedWriter, io.BufferedRandom, io.TextIOWrapper):
    thing = cls.__new__(cls)
    assert outcome(thing.read if cls is not io.BufferedWriter else thing.flush) == uninitialised, cls
    assert "raw stream has been detached" not in outcome(repr, thing)
assert outcome(io.StringIO.__new__(io.StringIO).read) == uninitialised
