"""What functions and comprehensions in a class body see: the variables around the class, not the class's
own.
"""


def in_class():
    x = "outer"

    class K:
        x = "class"
        y = x

        def m(self):
            return x

        z = [x for _ in range(1)]

    return K.y, K().m(), K.z


assert in_class() == ("class", "outer", ["outer"])


def class_free():
    v = 7

    class K:
        w = v + 1

        def m(self):
            return v
    v = 8
    return K.w, K().m()


assert class_free() == (8, 8)
