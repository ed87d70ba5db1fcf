"""marshal of code: modules, functions, closures; across processes; damaged bytes raise."""
import marshal
import random
import subprocess
import sys
import tempfile
import types


def outer(n):

    def inner(step=1):
        """adds"""
        return [n + step + x for x in (1, 2.5, 3)], {"a", "b"}, lambda: inner

    return inner


code = outer.__code__
copy = marshal.loads(marshal.dumps(code))
assert copy == code and copy is not code and hash(copy) == hash(code)
made = types.FunctionType(copy, globals())(1)
assert made(1)[0] == outer(1)(1)[0] and made.__doc__ == "adds" and made()[2]() is made
inner = made.__code__
assert inner.co_freevars == ("inner", "n")
again = types.FunctionType(marshal.loads(marshal.dumps(inner)), globals(), "g", (5, ),
                           made.__closure__)
assert again()[0] == made(5)[0]
mixed = marshal.loads(marshal.dumps([code, (inner, "x"), {1: code}]))
assert mixed == [code, (inner, "x"), {1: code}]

# what replace changed stays changed, inside and outside
changed = code.replace(co_filename="elsewhere", co_name="other", co_firstlineno=500)
read = marshal.loads(marshal.dumps(changed))
assert (read.co_filename, read.co_name, read.co_firstlineno) == ("elsewhere", "other", 500)
assert inner in read.co_consts
inside = [c for c in read.co_consts if isinstance(c, types.CodeType)]
assert [c.co_filename for c in inside] == [__file__]
try:
    marshal.dumps(code.replace(co_consts=code.co_consts + (object(), )))
except ValueError as e:
    assert str(e) == "unmarshallable object", e
else:
    raise AssertionError

module = compile("import sys\ndef f(x): return x * 2\nclass C:\n    y = f(4)\nprint(C.y, f('ab'))", "m",
                 "exec")
with tempfile.NamedTemporaryFile() as file:
    marshal.dump(module, file)
    file.flush()
    program = f"import marshal; exec(marshal.load(open({file.name!r}, 'rb')))"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert out.stdout == "8 abab\n", out
    program = ("import marshal, sys; code = compile(open(sys.argv[1]).read(), 'f', 'exec'); "
               "sys.stdout.buffer.write(marshal.dumps(code))")
    seeds = [
        subprocess.run([sys.executable, "-c", program, __file__],
                       env={"PYTHONHASHSEED": seed}, capture_output=True).stdout for seed in "123"
    ]
    assert len(set(seeds)) == 1 and len(seeds[0]) > 1000

if sys.implementation.name != "cpython":  # which may crash
    good = marshal.dumps(code)
    random.seed(1)
    for i in range(200):
        bad = bytearray(good)
        for _ in range(random.randrange(1, 4)):
            bad[random.randrange(len(bad))] = random.randrange(256)
        try:
            marshal.loads(bytes(bad[:random.randrange(len(bad))] if i % 4 == 0 else bad))
        except (ValueError, EOFError, TypeError):
            pass
    # the checksum is no protection from who means it: fields of any kind
    names = "code exceptiontable linetable".split()
    for i in range(600):
        field = names[i % 3]
        bad = bytearray(getattr(inner, "co_" + field))
        for _ in range(random.randrange(1, 3)):
            bad[random.randrange(0, len(bad), 2 if field == "code" else 1)] = random.randrange(256)
        try:
            made = inner.replace(**{"co_" + field: bytes(bad)})
            list(made.co_positions()), list(made.co_lines()), made.co_lnotab
            types.FunctionType(made, globals(), "g", (1, ), outer(1).__closure__)()
        except Exception:
            pass
