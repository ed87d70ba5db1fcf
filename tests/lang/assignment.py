"""Assignment: chains, order of evaluation, targets of every kind, augmented assignment evaluating its
target once.
"""
log = []


def note(x):
    log.append(x)
    return x


a = b = c = []
assert a is b is c
d = {}
note(d)[note("k")] = note("v")
assert log == ["v", {"k": "v"}, "k"], log
log.clear()


def get(name, obj):
    log.append(name)
    return obj


x = [0, 0]
get("target", x)[get("index", 0)] = get("value", 5)
assert log == ["value", "target", "index"] and x == [5, 0]
log.clear()
get("t", x)[get("i", 0)] += get("v", 2)
assert log == ["t", "i", "v"] and x == [7, 0]
log.clear()


class Obj:
    pass


o = Obj()
get("one", o).n = get("two", o).m = get("val", 9)
assert log == ["val", "one", "two"] and o.n == o.m == 9
o.n += 1
o.n *= 2
assert o.n == 20
i = 0
i, x[i] = 1, 99
assert i == 1 and x == [7, 99]
p, q = 1, 2
p, q = q, p
assert (p, q) == (2, 1)
p, q, r = q, p, p + q
assert (p, q, r) == (1, 2, 3)
lst = [1, 2, 3, 4, 5]
lst[1:3] = [9]
assert lst == [1, 9, 4, 5]
lst[::2] = [7, 8]
assert lst == [7, 9, 8, 5]
lst[1], lst[0] = lst[0], lst[1]
assert lst == [9, 7, 8, 5]
del lst[0], lst[-1]
assert lst == [7, 8]
[s, (t, *u)] = 1, (2, 3, 4)
assert (s, t, u) == (1, 2, [3, 4])
() = []
[] = ()
for o.z in [1, 2]:
    pass
assert o.z == 2
n: int = 5
assert n == 5
m: "undefined name"
assert "m" not in globals()
x = y = 1
x, x = 2, 3
assert x == 3
del x, (y, n)
assert "x" not in globals() and "y" not in globals()


def swap_loop(k):
    a, b = 0, 1
    while k:
        a, b = b, a + b
        k -= 1
    return a


assert swap_loop(90) == 2880067194370816120
