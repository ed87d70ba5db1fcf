"""Exceptions in loops: raised and caught near and far, finally, with, custom classes, as flow of control."""
import sys


class Stop(Exception):
    pass


class Rejected(ValueError):
    def __init__(self, value, reason):
        super().__init__(value, reason)
        self.value = value
        self.reason = reason


class Guard:
    def __init__(self):
        self.entered = self.failed = 0

    def __enter__(self):
        self.entered += 1
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.failed += 1
        return kind is KeyError


def check(v):
    if v % 5 == 0:
        raise Rejected(v, "five")
    if v % 7 == 0:
        raise KeyError(v)
    return v


def deep(level, v):
    if level == 0:
        return check(v)
    return deep(level - 1, v)


def parse_all(texts):
    good = bad = 0
    for text in texts:
        try:
            good += int(text)
        except ValueError:
            bad += 1
    return good, bad


def search(tree, wanted):
    def walk(node):
        if node == wanted:
            raise Stop
        if isinstance(node, tuple):
            for child in node:
                walk(child)
    try:
        walk(tree)
    except Stop:
        return True
    return False


def main(n):
    totals = [0, 0, 0, 0]
    guard = Guard()
    for i in range(n):
        try:
            totals[0] += check(i)
        except Rejected as e:
            totals[1] += e.value
        except KeyError as e:
            totals[2] += e.args[0]
        else:
            totals[3] += 1
        finally:
            totals[3] += 2
        with guard:
            if i % 3 == 0:
                raise KeyError(i)
    far = 0
    for i in range(n // 10):
        try:
            deep(10, i)
        except (Rejected, KeyError):
            far += 1
    chained = 0
    for i in range(n // 10):
        try:
            try:
                check(i * 5)
            except Rejected as e:
                raise RuntimeError("wrapped") from e
        except RuntimeError as e:
            chained += e.__cause__.value
    table = {k: k for k in range(0, 1000, 2)}
    missing = 0
    for i in range(n):
        try:
            table[i % 1000]
        except KeyError:
            missing += 1
    found = sum(search(((1, 2), (3, (4, i))), 4) for i in range(n // 10))
    texts = [str(i) if i % 4 else "x%d" % i for i in range(n // 2)]
    print("totals", totals, "guard", guard.entered, guard.failed)
    print("far", far, "chained", chained, "missing", missing, "found", found, "parsed", parse_all(texts))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 250000)
