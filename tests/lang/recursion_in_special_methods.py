# stress: 400
"""Special methods that call themselves end with RecursionError."""
from _case import error


class R:
    def __repr__(self):
        return repr(self)

    def __eq__(self, o):
        return self == o

    def __getattr__(self, n):
        return getattr(self, n + "x")

    def __call__(self):
        return self()

    def __add__(self, o):
        return self + o

    def __len__(self):
        return len(self)


r = R()
for f in (lambda: repr(r), lambda: r == r, lambda: r.q, lambda: r(), lambda: r + 1, lambda: len(r),
          lambda: [r] == [R()]):
    assert error(f).startswith("RecursionError: maximum recursion depth exceeded"), error(f)
