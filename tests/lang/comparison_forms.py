# modes: reference cold warm miss eager switch asan
"""Every form of a comparison (as a value, with literals, as the condition of if, while, not, and, or) over
edge values of all kinds.
"""
import operator

from _forms import NUMBERS, OTHERS, Digest, literal, made, outcome

COMPARE = {"<": "lt", "<=": "le", "==": "eq", "!=": "ne", ">": "gt", ">=": "ge", "is": "is_",
           "is not": "is_not"}
TEXTS = ["", "a", "b", "ab", "abc", "\xe9", "\u0100", "a\u0100", "\U00010000",
         type("S", (str,), {})("a"), b"", b"a", b"b"]
EXPECTED = {
    '<': '013b5dc44e2d2b5c',
    '<=': 'e1f6844a8c4b1724',
    '==': 'a8e5035f027e9114',
    '!=': 'fa98d095096827d1',
    '>': '994fe0ad8e998bdc',
    '>=': '1db51e3b0b478141',
    'in': '41b8a356ce56fd82',
}

VALUE = "def f(a, b): return a {0} b"
CONDITIONS = [
    "def f(a, b):\n if a {0} b: return True\n return False",
    "def f(a, b):\n if not a {0} b: return False\n return True",
    "def f(a, b):\n while a {0} b: return True\n return False",
    "def f(a, b):\n return True if a {0} b else False",
    "def f(a, b):\n if a {0} b and 1: return True\n return False",
    "def f(a, b):\n if a {0} b or 0: return True\n return False",
]
LITERALS = [
    "def f(a):\n if a {0} {1}: return True\n return False",
    "def f(a):\n if not a {0} {1}: return False\n return True",
    "def f(a):\n return bool(a {0} {1})",
]


def truth(generic, a, b):
    return bool(generic(a, b))


digest = Digest(EXPECTED)
pairs = [(a, b) for a in NUMBERS for b in NUMBERS] + [(a, b) for a in TEXTS for b in TEXTS]
few = [0, 1, True, 2**61, 2**100, 1.5, "a"]
pairs += [(a, b) for a in OTHERS for b in few + OTHERS] + [(a, b) for a in few for b in OTHERS]
for symbol, name in COMPARE.items():
    generic = getattr(operator, name)
    value = made(VALUE.format(symbol))
    conditions = [made(text.format(symbol)) for text in CONDITIONS]
    literals = {}
    for a, b in pairs:
        wanted = outcome(generic, a, b)
        assert outcome(value, a, b) == wanted, (symbol, a, b, outcome(value, a, b), wanted)
        wanted_truth = outcome(truth, generic, a, b)
        for i, condition in enumerate(conditions):
            got = outcome(condition, a, b)
            assert got == wanted_truth, (symbol, "condition", i, a, b, got, wanted_truth)
        if "is" not in symbol:
            digest.add(symbol, f"{a!r} {symbol} {b!r}: {wanted}")
            text = literal(b)
            if text:
                if text not in literals:
                    literals[text] = [made(form.format(symbol, text)) for form in LITERALS]
                for form in literals[text]:
                    got = outcome(form, a)
                    assert got == wanted_truth, (symbol, "literal", a, text, got, wanted_truth)

# chains, each operand evaluated once
chain = made("def f(a, b, c): return a < b <= c")
condition = made("def f(a, b, c):\n if a < b <= c: return True\n return False")
for a in NUMBERS[::5]:
    for b in NUMBERS[1::4]:
        for c in NUMBERS[2::5]:
            wanted = outcome(lambda: a < b and b <= c)
            assert outcome(chain, a, b, c) == wanted, (a, b, c)
            assert outcome(condition, a, b, c) == outcome(lambda: bool(a < b and b <= c)), (a, b, c)

# containment
containers = [[], [1, 2.0, "a", None], (1, True, 2**61), {1, 2, "a"}, frozenset(), {1: 2, "a": 3},
              range(10), range(0, -50, -7),
              "abc", b"abc", bytearray(b"abc"), {1: 2}.keys(), {1: 2}.values(), {1: 2}.items(),
              iter([1, 2]), 5, None,
              memoryview(b"abc"), (v for v in (1, 2))]
member, no_member = made("def f(a, b): return a in b"), made("def f(a, b): return a not in b")
if_member = made("def f(a, b):\n if a in b: return True\n return False")
if_no_member = made("def f(a, b):\n if a not in b: return False\n return True")
for c in containers:
    for v in [0, 1, True, 2.0, 2**61, 3**20, float("nan"), "a", "ab", "", b"a", b"", 97, None, [],
              (1, 2), type("J", (int,), {})(1)]:
        if type(c).__name__ in ("list_iterator", "generator"):
            again = (lambda: iter([1, 2])) if type(c).__name__ == "list_iterator" else (lambda: (v
                    for v in (1, 2)))
        else:
            again = lambda: c
        wanted = outcome(lambda: operator.contains(again(), v))
        assert outcome(member, v, again()) == outcome(if_member, v, again()) == wanted, (v, c)
        assert outcome(no_member, v, again()) == outcome(lambda: not operator.contains(again(), v)), (v, c)
        assert outcome(if_no_member, v, again()) == wanted, (v, c)
        digest.add("in", f"{v!r} {type(c).__name__}: {wanted}")
digest.check()
