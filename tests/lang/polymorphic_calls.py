"""Call sites that see changing kinds of callables."""


class P:
    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x


def call_any(f, *a):
    return f(*a)


class Callable:
    def __call__(self, x):
        return x + 1


for _ in range(3):
    for f in (
            lambda x: x + 1,
            Callable(),
            (1).__add__,
            Callable().__call__,
            lambda *a: a[0] + 1,
            lambda x, y=1: x + y):
        assert call_any(f, 1) == 2
    assert call_any(int, "5") == 5 and call_any(len, "ab") == 2 and call_any(P, 3).x == 3
