"""A key that is no str but claims to be equal to a name is found as attribute and as global; it is asked
with the name.
"""


class Claims:
    def __init__(self, name):
        self.name, self.asked = name, []

    def __hash__(self):
        return hash(self.name)

    def __eq__(self, other):
        self.asked.append(other)
        return other == self.name


class Text(str):
    pass


class Raises(Claims):
    __hash__ = Claims.__hash__

    def __eq__(self, other):
        raise LookupError(other)


class Thing:
    pass


def attribute_of_an_instance():
    thing, key = Thing(), Claims("colour")
    thing.__dict__[key] = "red"
    assert thing.colour == "red"
    assert key.asked == ["colour"], key.asked
    assert not hasattr(thing, "size")


def a_subclass_of_str_is_a_name():
    thing = Thing()
    thing.__dict__[Text("size")] = 3
    assert thing.size == 3
    del thing.size
    assert not thing.__dict__


def a_global():
    key = Claims("nowhere_else")
    globals()[key] = 8
    assert nowhere_else == 8
    assert key.asked == ["nowhere_else"]
    del globals()[key]


def a_failing_comparison():
    thing = Thing()
    thing.__dict__[Raises("colour")] = 1
    try:
        thing.colour
    except LookupError as error:
        assert error.args == ("colour",)
    else:
        assert False


attribute_of_an_instance()
a_subclass_of_str_is_a_name()
a_global()
a_failing_comparison()
