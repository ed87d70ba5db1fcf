"""Variables without a value: deleted, not yet bound, bound in a branch that did not run, names of handled
exceptions.
"""


def delete():
    x = 1

    def read():
        return x

    assert read() == 1
    del x
    try:
        read()
    except NameError as e:
        return str(e), type(e)


assert delete() == (
    "cannot access free variable 'x' where it is not associated with a value in enclosing scope", NameError)


def unbound():
    def read():
        return later
    try:
        read()
    except NameError as e:
        first = type(e) is NameError
    later = 5
    return first, read()


assert unbound() == (True, 5)


def local_unbound(flag):
    if flag:
        y = 1
    try:
        return y
    except UnboundLocalError as e:
        return str(e)


assert local_unbound(True) == 1
assert local_unbound(False) == "cannot access local variable 'y' where it is not associated with a value"


def exception_name():
    def see():
        return e
    try:
        raise ValueError("x")
    except ValueError as e:
        inside = see()
    try:
        see()
    except NameError:
        return str(inside)


assert exception_name() == "x"
