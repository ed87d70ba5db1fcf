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
        ast.parse(source, feature_version=(3, minor), type_comments="# type" in source)
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

# async and await are names before 3.7, but for the body of an `async def`
NAMES = ["async = 12\nawait = 13\n", "def async(await): return await + async\n", "x.async = y.await\n",
         "f'{await}'\n",
         "async def f():\n    return await g()\nawait = 1\n", "async def f(): return await x\nawait = 1\n",
         "class A:\n    async def f(self):\n        await x\n    await = 5\n    async = 6\n",
         "lambda async: async\n", "async def f():\n    # type: () -> int\n    return await x\nawait\n",
         "import async\nfrom await import async as await\n", "async def f():\n  pass\n# comment\nawait=1\n",
         "(async, \nawait) = 1, 2\n", "async def f(a=(\n1)):\n  await x\nprint(await)\n",
         "@async\nasync def f(): await x\n"]
for source in NAMES:
    assert refusal(source, 6) is None and refusal(source, 7) is not None, source
KEYWORDS = ["async def f():\n    await = 1\n", "async def f(await): pass\n", "async for x in y: pass\n",
            "await f()\n",
            "async def f():\n    def g():\n        await = 2\n", "def f():\n    async with x: pass\n",
            "async\ndef f(await"]
for source in KEYWORDS:
    assert refusal(source, 6) is not None, source
[assigned] = ast.parse("await = async", feature_version=(3, 6)).body
assert (assigned.targets[0].id, assigned.value.id) == ("await", "async")
