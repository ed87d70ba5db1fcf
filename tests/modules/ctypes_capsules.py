"""ctypes.pythonapi: capsules, which carry a C pointer, its name and its destructor as one object."""
import ctypes
import gc
from ctypes import CFUNCTYPE, PYFUNCTYPE, c_bool, c_char_p, c_int, c_void_p, py_object, pythonapi


def function(name, restype, *argtypes):
    found = pythonapi["PyCapsule_" + name]
    found.restype, found.argtypes = restype, argtypes
    return found


def error_of(call, *args):
    try:
        call(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


new = function("New", py_object, c_void_p, c_char_p, c_void_p)
is_valid = function("IsValid", c_bool, py_object, c_char_p)
get_pointer, get_name = function("GetPointer", c_void_p, py_object, c_char_p), function(
    "GetName", c_char_p, py_object
)
get_context, get_destructor = (function("Get" + n, c_void_p, py_object) for n in ("Context", "Destructor"))
set_name = function("SetName", c_int, py_object, c_char_p)
set_pointer, set_context, set_destructor = (
    function("Set" + n, c_int, py_object, c_void_p) for n in ("Pointer", "Context", "Destructor")
)

place = ctypes.create_string_buffer(b"the thing")
address = ctypes.addressof(place)
NAME, OTHER = b"tests.thing", b"tests.other"
capsule = new(address, NAME, None)
cls = type(capsule)
assert (cls.__name__, cls.__module__, cls.__mro__) == ("PyCapsule", "builtins", (cls, object))
assert repr(capsule) == f'<capsule object "tests.thing" at {id(capsule):#x}>', repr(capsule)
assert error_of(cls) == "TypeError: cannot create 'PyCapsule' instances"
assert error_of(setattr, capsule, "x", 1) == "AttributeError: 'PyCapsule' object has no attribute 'x'"

assert is_valid(capsule, NAME) and not is_valid(capsule, OTHER) and not is_valid(capsule, None)
assert not is_valid(7, NAME) and not is_valid(cls, NAME)
assert (
    get_pointer(capsule, NAME) == address and ctypes.string_at(get_pointer(capsule, NAME)) == b"the thing"
)
assert get_name(capsule) == NAME and get_context(capsule) is None and get_destructor(capsule) is None
assert (
    error_of(get_pointer, capsule, OTHER) == "ValueError: PyCapsule_GetPointer called with incorrect name"
)
assert (
    error_of(get_pointer, [], NAME)
    == "ValueError: PyCapsule_GetPointer called with invalid PyCapsule object"
)
for call in (get_name, get_context, get_destructor):
    assert (
        error_of(call, "no capsule") == f"ValueError: {call.__name__} called with invalid PyCapsule object"
    )
for call in (set_name, set_pointer, set_context, set_destructor):
    value = NAME if call is set_name else address
    assert (
        error_of(call, "no capsule", value)
        == f"ValueError: {call.__name__} called with invalid PyCapsule object"
    )
assert error_of(new, None, NAME, None) == "ValueError: PyCapsule_New called with null pointer"
assert error_of(set_pointer, capsule, None) == "ValueError: PyCapsule_SetPointer called with null pointer"

assert set_context(capsule, 5) == 0 and get_context(capsule) == 5
assert set_pointer(capsule, address + 4) == 0 and ctypes.string_at(get_pointer(capsule, NAME)) == b"thing"
assert set_name(capsule, None) == 0 and get_name(capsule) is None and is_valid(capsule, None)
assert repr(capsule) == f"<capsule object NULL at {id(capsule):#x}>"

# the destructor is called once, with the capsule as it was; py_object would bring it to life again
gone = []
name_of, context_of = (
    PYFUNCTYPE(result, c_void_p)(("PyCapsule_" + what, pythonapi))
    for what, result in (("GetName", c_char_p), ("GetContext", c_void_p))
)


@CFUNCTYPE(None, c_void_p)
def destroy(dying):
    gone.append((name_of(dying), context_of(dying)))


code = ctypes.cast(destroy, c_void_p)
made = [new(address, NAME, code) for _ in range(50)]
for place_in_list, each in enumerate(made):
    set_context(each, place_in_list + 1)
assert get_destructor(made[0]) == code.value
set_destructor(made[49], None)
each = None
del made[10:]
gc.collect()
assert set(gone) == {(NAME, n) for n in range(11, 50)} and len(gone) == 39, gone
made.clear()
gc.collect()
assert sorted(n for _, n in gone) == list(range(1, 50))
