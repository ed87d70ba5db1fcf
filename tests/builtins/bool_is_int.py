"""bool: an int with its own text, and & and | that stay bool."""
assert True + True == 2 and isinstance(True, int) and str(True) == "True" and repr(False) == "False"
assert True == 1 and hash(True) == 1 and int(False) == 0 and bool("") is False and bool() is False
assert type(True & False) is bool and type(True + False) is int and True.real == 1
assert type(True.real) is int and (True).__repr__() == "True"
