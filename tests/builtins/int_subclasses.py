"""A subclass of int: its own operators, and an int wherever one is asked for."""


class MyInt(int):
    def __add__(self, o):
        return MyInt(int(self) + o)


m = MyInt(5)
assert m == 5 and type(m + 1) is MyInt and type(m - 1) is int and m * 2 == 10 and hash(m) == 5
assert {5: "x"}[m] == "x" and [1, 2, 3, 4, 5, 6][m] == 6 and str(m) == "5" and MyInt("12") == 12
assert type(int(m)) is int
m.x = 1
assert m.x == 1 and isinstance(m, int) and range(m) == range(5) and m.bit_length() == 3
