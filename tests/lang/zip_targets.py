"""When the second iterator of a zip ends first, the loop's targets keep what they had."""


def targets(*iterables):
    a = b = None
    for a, b in zip(*iterables):
        pass
    return a, b


assert targets([1, 2], [3]) == (1, 3)
assert targets([1], []) == (None, None)
assert targets((1, 2, 3), iter("ab")) == (2, "b")


def at_module():
    for x, y in zip("ab", "c"):
        pass
    return x, y


assert at_module() == ("a", "c")
