"""Parts of an exception group have the cause of the whole set, None too, which hides their context: as in
CPython.
"""
group = ExceptionGroup("g", [TypeError("t"), KeyError("k"), ExceptionGroup("h", [TypeError("u")])])
types, others = group.split(TypeError)
assert types.__suppress_context__ and others.__suppress_context__ and types.__cause__ is None
assert types.exceptions[1].__suppress_context__ and group.subgroup(KeyError).__suppress_context__
assert not group.derive([TypeError()]).__suppress_context__
assert not group.split(Exception)[0].__suppress_context__
assert group.subgroup(lambda e: True) is group and not group.__suppress_context__
seen = []
try:
    try:
        raise group
    except* TypeError as e:
        seen.append(e.__suppress_context__)
except ExceptionGroup as e:
    seen.append(e.__suppress_context__)
assert seen == [True, True], seen
