"""An exception whose __str__ fails is printed without its text."""


class Bad(Exception):
    def __str__(self):
        raise ValueError("in str")


raise Bad("x")
