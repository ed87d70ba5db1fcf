"""An annotated name in a match statement alone: __annotations__ is there.

Cause: CPython 3.11 looks for annotations in every compound statement but match, and when there is no other
the module has no __annotations__ to store into. Krait makes it, as the language reference says (7.2.2).
Workaround: another annotation outside.
"""
import sys

source = "match 1:\n    case 1:\n        x: int = 3\n"


def annotated():
    names = {}
    try:
        exec(source, names)
    except NameError as error:
        return str(error)
    return names["__annotations__"]


found = annotated()
assert found in ({"x": int}, "name '__annotations__' is not defined"), found
if sys.implementation.name != "cpython":
    assert found == {"x": int}
