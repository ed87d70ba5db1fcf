"""ast.parse(feature_version=(3, n)): what Python 3.n did not have yet is refused, and which one has it."""
import ast

TOO_NEW = [
    (5, "Async functions are", "async def f(): pass"),
    (5, "Async for loops are", "async def f():\n async for a in b: pass"),
    (5, "Async with statements are", "async def f():\n async with a: pass"),
    (5, "Await expressions are", "async def f(): await a"),
    (5, "The '@' operator is", "a @ b"),
    (5, "The '@' operator is", "a @= b"),
    (6, "Async comprehensions are", "async def f(): [a async for a in b]"),
    (6, "Variable annotation syntax is", "a: int"),
    (6, "Variable annotations syntax is", "a.b: int = 1"),
    (6, "Format strings are", "f'{a}'"),
    (6, "Underscores in numeric literals are", "a = 1_000"),
    (8, "Assignment expressions are", "(a := 1)"),
    (8, "Positional-only parameters are", "def f(a, /): pass"),
    (8, "Positional-only parameters are", "lambda a=1, /: a"),
    (8, "f-string: self documenting expressions are", "f'{a=}'"),
    (9, "Parenthesized context managers are", "with (a as b, c): pass"),
    (9, "Parenthesized context managers are", "with (a): pass"),
    (10, "Pattern matching is", "match a:\n case 1: pass"),
    (11, "Exception groups are", "try: pass\nexcept* A: pass"),
]


def refusal(source, minor):
    try:
        ast.parse(source, feature_version=(3, minor))
    except SyntaxError as error:
        return error.msg
    return None


for minor, what, source in TOO_NEW:
    assert refusal(source, minor) is refusal(source, 11) is None, source
    message = f"{what} only supported in Python 3.{minor} and greater"
    said = refusal(source, minor - 1)
    assert said == message or said and "async" in source and minor == 5, (source, said)

for source in ("with a as b: pass", "with (a), b: pass", "with (a).b: pass", "1 * 2", "'{a}'",
               "@a.b\ndef f(x, *, y): pass"):
    assert refusal(source, 4) is None, source
# what is new comes before what is wrong behind it
assert refusal("(a := 1)\n1 +", 7) == "Assignment expressions are only supported in Python 3.8 and greater"
