"""Precedence and associativity of every operator, checked on recorded expressions."""


class E:
    def __init__(self, s):
        self.s = s


def binary(op):
    return lambda self, o: E("(" + self.s + op + (o.s if isinstance(o, E) else repr(o)) + ")")


for name, op in dict(
        add="+", sub="-", mul="*", truediv="/", floordiv="//", mod="%", matmul="@", pow="**", lshift="<<",
        rshift=">>", and_="&", or_="|", xor="^", lt="<", gt=">", le="<=", ge=">=", eq="==",
        ne="!=").items():
    setattr(E, "__" + name.strip("_") + "__", binary(op))
E.__neg__ = lambda self: E("-" + self.s)
E.__pos__ = lambda self: E("+" + self.s)
E.__invert__ = lambda self: E("~" + self.s)
E.__hash__ = object.__hash__
a, b, c, d = map(E, "abcd")
assert (a + b * c).s == "(a+(b*c))" and (a - b - c).s == "((a-b)-c)" and (a ** b ** c).s == "(a**(b**c))"
assert (-a ** b).s == "-(a**b)" and (a ** -b).s == "(a**-b)" and (-a * b).s == "(-a*b)"
assert (~a + b).s == "(~a+b)"
assert (a / b * c // d % a @ b).s == "(((((a/b)*c)//d)%a)@b)" and (a << b + c).s == "(a<<(b+c))"
assert (a + b >> c).s == "((a+b)>>c)"
assert (a | b ^ c & d).s == "(a|(b^(c&d)))" and (a & b << c).s == "(a&(b<<c))"
assert (a | b < c).s == "((a|b)<c)"
assert (a < b | c).s == "(a<(b|c))" and (a == b + c).s == "(a==(b+c))" and (a if a is a else b).s == "a"
assert (a * (b + c)).s == "(a*(b+c))" and ((a)).s == "a" and (a * -b ** c).s == "(a*-(b**c))"
assert (+a - +b).s == "(+a-+b)"
assert (not 1 == 2) is True and (not (1 or 0)) is False and (1 or 0 and 0) == 1 and (not 0 and 5) == 5
assert (1 if 0 else 2 if 0 else 3) == 3 and (lambda: 1 if 0 else 2)() == 2 and (1 or 2 if 0 else 3) == 3
assert (1 in [1] == True) is False and (1 in [1]) == True and (not 1 in [2]) is True
assert (a is not None) is True
assert 2 + 3 * 4 ** 2 // 5 % 3 == 2 + ((3 * (4 ** 2)) // 5) % 3 and -2 ** 2 == -4 and 2 ** -1 * 4 == 2.0
assert [*range(2), *range(2)] == [0, 1, 0, 1] and (*[1], 2) == (1, 2) and {**{}, 'a': 1}['a'] == 1
x = 1, 2
assert x == (1, 2) and (lambda *a: a)(*x, 3) == (1, 2, 3)
y = lambda a, b=1: a + b if b else a - b
assert y(1) == 2 and y(5, 0) == 5
assert 1 < 2 == 2 < 3 and not 1 < 2 < 2
z = [1, 2, 3][1:][0].__class__.__name__.upper()[0]
assert z == "I"
assert (5).__add__(3) == 8 and "a".join("bc") == "bac" and [i for i in (1, 2)][0] == 1
t = 1,
assert t == (1,) and (1,) + (2,) == (1, 2) and () == tuple()
f = 5 if True else 6,
assert f == (5,)
