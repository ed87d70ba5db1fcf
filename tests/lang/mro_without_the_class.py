"""mro() that leaves the class out, puts it elsewhere, or assigns other bases before it fails."""
from _case import error

NOT_THERE = "TypeError: super(type, obj): obj must be an instance or subtype of type"


class Meta(type):
    answer = None

    def mro(cls):
        return Meta.answer(cls) if Meta.answer else type.mro(cls)


def made():

    class Made(metaclass=Meta):
        pass

    return Made


class Other:
    pass


told = []


class Telling:

    def __init_subclass__(cls):
        told.append(cls.__name__)


# ---- a class is no subclass of itself
for Meta.answer in (lambda cls: (Other, ), lambda cls: (object, )):
    assert error(made) == NOT_THERE
Meta.answer = lambda cls: (Other, cls, object)
assert [c.__name__ for c in made().__mro__] == ["Other", "Made", "object"]
Meta.answer = lambda cls: (Telling, cls, object)  # what stands before the class is not asked
assert made() and told == []
Meta.answer = lambda cls: (cls, Telling, object)
assert made() and told == ["Made"]


class Vanishing(type):

    def mro(cls):
        del Vanishing.mro
        return (Other, )


assert error(Vanishing, "Made", (), {}) == NOT_THERE

# ---- bases assigned afterwards
Meta.answer = None


class First(metaclass=Meta):
    pass


class Second(metaclass=Meta):
    pass


class Child(First):
    pass


Meta.answer = lambda cls: (Other, ) if cls is Child else type.mro(cls)
Child.__bases__ = (Second, )
assert Child.__mro__ == (Other, ) and Child.__bases__ == (Second, )


# ---- inside a failing mro(): they stay, as what fails is the outer assignment
class Assigning(type):
    ready = False

    def mro(cls):
        if Assigning.ready and cls.__name__ == "Low":
            if cls.__bases__ == (Right, ):
                Assigning.ready = False
            else:
                cls.__bases__ = (Right, )
                raise KeyError("outer")
        return type.mro(cls)


class Top(metaclass=Assigning):
    kind = "top"


class Left(Top):
    kind = "left"


class Right(Top):
    kind = "right"


class Low(Top):
    pass


Assigning.ready = True
assert error(setattr, Low, "__bases__", (Left, )) == "KeyError: 'outer'"
assert Low.__bases__ == (Right, ) and Low.__mro__ == (Low, Right, Top, object) and Low.kind == "right"
assert Low in Right.__subclasses__()
