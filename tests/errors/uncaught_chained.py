"""The traceback of an exception with a context and a cause."""


class Custom(Exception):
    pass


def low():
    raise KeyError("low")


def middle():
    try:
        low()
    except KeyError as e:
        raise ValueError("middle") from e


try:
    middle()
except ValueError:
    raise Custom("high", 2)
