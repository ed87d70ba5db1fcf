"""The name and the object that AttributeError and NameError tell."""
log = []


class A:
    present = 1

    def __getattr__(self, name):
        log.append(name)
        if name.startswith("no"):
            raise AttributeError(name)
        return name.upper()


a = A()


class T:
    pass


try:
    a.no_such
except AttributeError as err:
    assert err.args == ("no_such",)
try:
    T().gone
except AttributeError as err:
    assert err.name == "gone" and type(err.obj) is T
try:
    gone_name
except NameError as err:
    assert err.name == "gone_name"
