"""if, while, for with break, continue and else, nested."""


def search(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            break
    else:
        return -1
    return i


assert search("abc", "b") == 1 and search("abc", "z") == -1 and search("", "z") == -1


def while_else(n):
    steps = []
    while n > 0:
        n -= 1
        if n == 5:
            continue
        if n == 2:
            break
        steps.append(n)
    else:
        steps.append("else")
    return steps


assert while_else(8) == [7, 6, 4, 3] and while_else(2) == [1, 0, "else"] and while_else(0) == ["else"]


def nested():
    out = []
    for i in range(4):
        for j in range(4):
            if j == i:
                continue
            if j > 2:
                break
            out.append((i, j))
        else:
            out.append("inner else")
        if i == 2:
            break
    else:
        out.append("outer else")
    return out


assert nested() == [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]


def loop_variable():
    for i in range(3):
        i = i * 10
    return i


assert loop_variable() == 20
for never in ():
    pass
assert "never" not in globals()


def chain(x):
    if x < 0:
        r = "neg"
    elif x == 0:
        r = "zero"
    elif x < 10:
        r = "small"
    else:
        r = "big"
    return r


assert [chain(v) for v in (-1, 0, 5, 50)] == ["neg", "zero", "small", "big"]


def infinite():
    n = 0
    while 1:
        n += 1
        if n > 1000:
            return n


assert infinite() == 1001
pass
if 0:
    undefined_name
while False:
    undefined_name
