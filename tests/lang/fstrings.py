"""f-strings: conversions, specs, nesting, debugging form, escapes, expressions of every kind."""
from _case import error

x, y, name = 42, 3.14159, "nm"
assert f"{x}" == "42" and f"a{x}b{y}c" == "a42b3.14159c" and f"" == "" and f"{{}}" == "{}"
assert f"{{{x}}}" == "{42}"
assert f"{x:5}|{x:<5}|{x:^5}|{x:05}|{x:+}|{x:x}|{x:#b}|{x:,}" == "   42|42   | 42  |00042|+42|2a|0b101010|42"
assert f"{y:.2f}|{y:10.3e}|{y:g}|{y:%}" == "3.14| 3.142e+00|3.14159|314.159000%"
assert f"{name!r}|{name!s}|{name!a}|{'é'!a}|{name!r:>6}" == "'nm'|nm|'nm'|'\\xe9'|  'nm'"
assert f"{x=}" == "x=42" and f"{x = }" == "x = 42" and f"{name=}" == "name='nm'"
assert f"{name=!s}" == "name=nm" and f"{x=:>6}" == "x=    42"
assert f"{x + 1=}" == "x + 1=43" and f"{ x =}" == " x =42" and f"{y=:.1f}" == "y=3.1"
w, p = 10, 2
assert f"{y:{w}.{p}f}" == "      3.14" and f"{x:{'>'}{w}}" == "        42"
assert f"{name:{'*'}^{w}}" == "****nm****"
assert f"{'a' if x else 'b'}" == "a" and f"{[i for i in range(3)]}" == "[0, 1, 2]"
assert f"{ {1: 2}[1] }" == "2" and f"{(lambda v: v * 2)(4)}" == "8"
assert f"{x!r}" f"{y!s}" "plain" f"{name}" == "423.14159plainnm"
d = {"k": "v", "n": {"m": 1}}
assert f"{d['k']}" == "v" and f"{d['n']['m']:>3}" == "  1" and f'{d["k"]}' == "v"
assert f"""{
    x
    + 1
}""" == "43"
assert rf"\n{x}" == "\\n42" and fr"{x}\d" == "42\\d" and f"\n{x}\t" == "\n42\t"
assert f"\x41{x}\N{BULLET}" == "A42\u2022"
assert F"{x}" == "42" and f'{"nested " + f"{x}"}' == "nested 42"
assert f"{x,}" == "(42,)" and f"{x, y}" == "(42, 3.14159)" and f"{*[1, 2],}" == "(1, 2)"
assert f"{(y := 5)}" == "5" and y == 5 and f"{x:=5}" == "   42" and f"{x!=5}" == "True"
assert f"{x==42}" == "True" and f"{x>=1}" == "True"


class Spec:
    def __format__(self, s):
        return "[" + s + "]"


assert f"{Spec():%H:%M}" == "[%H:%M]" and f"{Spec():{name}-{x}}" == "[nm-42]"
order = []


def n(v):
    order.append(v)
    return v


assert f"{n(1)}{n(2):{n(3)}}{n(4)}" == "1  24" and order == [1, 2, 3, 4]


def local():
    a = 1
    g = lambda: f"{a}{x}"
    a = 2
    return g()


assert local() == "242"
assert error(lambda: f"{undefined_thing}") == "NameError: name 'undefined_thing' is not defined"
assert error(lambda: f"{x:z}") == (
    "ValueError: Negative zero coercion (z) not allowed in integer format specifier")
assert error(lambda: f"{name:d}") == "ValueError: Unknown format code 'd' for object of type 'str'"
assert f"{None}" == "None" and f"{True:d}" == "1" and f"{True}" == "True" and f"{1j}" == "1j"
assert f"{'':5}|" == "     |" and f"{[1]!r:>5}" == "  [1]"
long = f"{x}" * 3 + f"{'-' * 5}"
assert long == "424242-----"
assert (
    f"{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}"
    == "42" * 32)
assert f"{3.0}|{1e100}|{-0.0}|{float('inf')}" == "3.0|1e+100|-0.0|inf" and f"{10**30}" == "1" + "0" * 30
