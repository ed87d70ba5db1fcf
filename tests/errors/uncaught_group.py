"""The traceback of a nested group with a note."""


def fail(n):
    raise ValueError(n)


errors = []
for i in range(2):
    try:
        fail(i)
    except ValueError as e:
        errors.append(e)
errors[0].add_note("a note\nof two lines")
nested = ExceptionGroup("inner", [TypeError("t"), OSError(2, "No such file or directory")])
raise ExceptionGroup("outer", errors + [nested])
