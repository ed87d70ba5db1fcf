"""Did you mean: names, attributes, self, builtins, and when nothing is near."""
import sys


def show(f, *args):
    try:
        f(*args)
    except Exception:
        kind, value, tb = sys.exc_info()
        sys.excepthook(kind, value, None)


class Shape:
    width = 1
    height = 2

    def area(self):
        return heigth

    def bad(self):
        return width

    @property
    def perimeter(self):
        return 1


some_variable = 1


def local_names():
    counter = 1
    return countr


def global_names():
    return some_varable


def builtin_names():
    return lenn([])


def attribute():
    return Shape().widht


def attribute2():
    return Shape().perimetre


def method():
    return [].appendd


def module_attribute():
    return sys.maxsise


def far():
    return completely_different_thing


def nothing_near():
    return Shape().zzzzzzzz


def short():
    return a1


def string_method():
    return "".uper


def dict_attr():
    return {}.kes


def type_attr():
    return Shape.hieght


def case():
    return Some_Variable


def long_name():
    return some_variable_that_is_much_longer_than_the_other


def none_attr():
    return None.foo


def import_name():
    from sys import maxsise


def import_module():
    import syss


def unbound():
    print(later)
    later = 1


def moved():
    return abss(1)


for f in (
        local_names, global_names, builtin_names, attribute, attribute2, method, module_attribute, far,
        nothing_near, short, string_method, dict_attr, type_attr, case, long_name, none_attr, import_name,
        import_module, unbound, moved, Shape().area, Shape().bad):
    show(f)
