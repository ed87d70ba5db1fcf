"""dir() of every builtin type lists CPython 3.11's public names (recorded), and every method is callable."""
EXPECTED = {
    "int": (
        "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real "
        "to_bytes"),
    "float": "as_integer_ratio conjugate fromhex hex imag is_integer real",
    "complex": "conjugate imag real",
    "str": (
        "capitalize casefold center count encode endswith expandtabs find format format_map index "
        "isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace "
        "istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace "
        "rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title "
        "translate upper zfill"),
    "bytes": (
        "capitalize center count decode endswith expandtabs find fromhex hex index isalnum isalpha "
        "isascii isdigit islower isspace istitle isupper join ljust lower lstrip maketrans partition "
        "removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines "
        "startswith strip swapcase title translate upper zfill"),
    "bytearray": (
        "append capitalize center clear copy count decode endswith expandtabs extend find fromhex hex "
        "index insert isalnum isalpha isascii isdigit islower isspace istitle isupper join ljust lower "
        "lstrip maketrans partition pop remove removeprefix removesuffix replace reverse rfind rindex "
        "rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper "
        "zfill"),
    "memoryview": (
        "c_contiguous cast contiguous f_contiguous format hex itemsize nbytes ndim obj readonly release "
        "shape strides suboffsets tobytes tolist toreadonly"),
    "list": "append clear copy count extend index insert pop remove reverse sort",
    "tuple": "count index",
    "dict": "clear copy fromkeys get items keys pop popitem setdefault update values",
    "set": (
        "add clear copy difference difference_update discard intersection intersection_update isdisjoint "
        "issubset issuperset pop remove symmetric_difference symmetric_difference_update union update"),
    "frozenset": "copy difference intersection isdisjoint issubset issuperset symmetric_difference union",
    "range": "count index start step stop",
    "slice": "indices start step stop",
    "property": "deleter fdel fget fset getter setter",
    "object": "",
    "bool": (
        "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real "
        "to_bytes"),
    "type": "mro",
    "super": "",
    "staticmethod": "",
    "classmethod": "",
    "enumerate": "",
    "zip": "",
    "map": "",
    "filter": "",
    "reversed": "",
    "BaseException": "add_note args with_traceback",
    "OSError": "add_note args characters_written errno filename filename2 strerror with_traceback",
    "StopIteration": "add_note args value with_traceback",
    "SystemExit": "add_note args code with_traceback",
    "ImportError": "add_note args msg name path with_traceback",
    "NameError": "add_note args name with_traceback",
    "AttributeError": "add_note args name obj with_traceback",
    "SyntaxError": (
        "add_note args end_lineno end_offset filename lineno msg offset print_file_and_line text "
        "with_traceback"),
    "UnicodeDecodeError": "add_note args encoding end object reason start with_traceback",
    "ExceptionGroup": "add_note args derive exceptions message split subgroup with_traceback"}
import builtins
for name, names in EXPECTED.items():
    cls = getattr(builtins, name)
    got = {n for n in dir(cls) if not n.startswith("_")}
    assert got == set(names.split()), (name, sorted(got ^ set(names.split())))
SPECIAL = {
    "int": (
        "__abs__ __add__ __and__ __bool__ __ceil__ __class__ __delattr__ __dir__ __divmod__ __doc__ "
        "__eq__ __float__ __floor__ __floordiv__ __format__ __ge__ __getattribute__ __getnewargs__ "
        "__getstate__ __gt__ __hash__ __index__ __init__ __init_subclass__ __int__ __invert__ __le__ "
        "__lshift__ __lt__ __mod__ __mul__ __ne__ __neg__ __new__ __or__ __pos__ __pow__ __radd__ "
        "__rand__ __rdivmod__ __reduce__ __reduce_ex__ __repr__ __rfloordiv__ __rlshift__ __rmod__ "
        "__rmul__ __ror__ __round__ __rpow__ __rrshift__ __rshift__ __rsub__ __rtruediv__ __rxor__ "
        "__setattr__ __sizeof__ __str__ __sub__ __subclasshook__ __truediv__ __trunc__ __xor__"),
    "list": (
        "__add__ __class__ __class_getitem__ __contains__ __delattr__ __delitem__ __dir__ __doc__ __eq__ "
        "__format__ __ge__ __getattribute__ __getitem__ __getstate__ __gt__ __hash__ __iadd__ __imul__ "
        "__init__ __init_subclass__ __iter__ __le__ __len__ __lt__ __mul__ __ne__ __new__ __reduce__ "
        "__reduce_ex__ __repr__ __reversed__ __rmul__ __setattr__ __setitem__ __sizeof__ __str__ "
        "__subclasshook__"),
    "dict": (
        "__class__ __class_getitem__ __contains__ __delattr__ __delitem__ __dir__ __doc__ __eq__ "
        "__format__ __ge__ __getattribute__ __getitem__ __getstate__ __gt__ __hash__ __init__ "
        "__init_subclass__ __ior__ __iter__ __le__ __len__ __lt__ __ne__ __new__ __or__ __reduce__ "
        "__reduce_ex__ __repr__ __reversed__ __ror__ __setattr__ __setitem__ __sizeof__ __str__ "
        "__subclasshook__"),
    "str": (
        "__add__ __class__ __contains__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ "
        "__getattribute__ __getitem__ __getnewargs__ __getstate__ __gt__ __hash__ __init__ "
        "__init_subclass__ __iter__ __le__ __len__ __lt__ __mod__ __mul__ __ne__ __new__ __reduce__ "
        "__reduce_ex__ __repr__ __rmod__ __rmul__ __setattr__ __sizeof__ __str__ __subclasshook__"),
    "object": (
        "__class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ "
        "__gt__ __hash__ __init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ "
        "__reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__"),
    "set": (
        "__and__ __class__ __class_getitem__ __contains__ __delattr__ __dir__ __doc__ __eq__ __format__ "
        "__ge__ __getattribute__ __getstate__ __gt__ __hash__ __iand__ __init__ __init_subclass__ "
        "__ior__ __isub__ __iter__ __ixor__ __le__ __len__ __lt__ __ne__ __new__ __or__ __rand__ "
        "__reduce__ __reduce_ex__ __repr__ __ror__ __rsub__ __rxor__ __setattr__ __sizeof__ __str__ "
        "__sub__ __subclasshook__ __xor__")}
for name, names in SPECIAL.items():
    got = {n for n in dir(getattr(builtins, name)) if n.startswith("_")}
    assert set(names.split()) <= got, (name, sorted(set(names.split()) - got))
