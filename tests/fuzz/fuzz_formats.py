#!/usr/bin/python3.11
"""Readers of bytes: json, pickle, marshal, struct, csv, binascii, zlib, bz2, lzma, base64,
ast.literal_eval, datetime.

Streams that are right, cut, spliced and with bytes changed: never a crash; for json, csv, struct, base64
and literals the answer must be the reference's; for pickle the value, when both read one, and what own
classes of all kinds are written as and read back; marshal streams hold Krait's own format for code only.
"""
import json
import marshal
import pickle
import struct
import sys
import zlib

import _fuzz

VALUES = ["None", "True", "1", "-5", "2**40", "2**70", "1.5", "'text'", "'é\\u20ac'", "b'bytes'", "[]",
          "{}", "()", "(1,)", "[1, [2, [3]]]", "{'a': 1, 'b': [2]}", "{1, 2}", "frozenset({3})",
          "bytearray(b'x')", "complex(1, 2)", "range(5)", "slice(1, 2)", "...", "int", "len",
              "datetime.date(2020, 1, 2)", "datetime.datetime(2020, 1, 2, 3, 4, 5, 6)",
              "collections.OrderedDict(a=1)",
          "collections.deque([1, 2], 3)", "fractions.Fraction(1, 3)", "decimal.Decimal('1.5')",
              "array.array('i', [1, 2])", "collections.Counter('ab')", "ValueError('x', 1)",
              "datetime.timedelta(1, 2, 3)",
          "'a' * 300", "list(range(300))", "random.Random(1).getstate()[1][:9]", "itertools.count(3)",
              "iter([1, 2])", "reversed([1])", "operator.itemgetter(1)", "functools.partial(int, base=2)",
              "uuid.UUID(int=5)"]
IMPORTS = (
    "import datetime, collections, fractions, decimal, array, random, itertools, operator, functools, uuid")
JSON_PIECES = ["{", "}", "[", "]", ":", ",", '"', '"a"', "1", "-1", "-", "0", "01", "1.5", "1e5", "1E+400",
               ".5", "true", "false", "null", "nul", "NaN", "Infinity", "-Infinity", "\\u00e9", '"\\u00e9"',
               '"\\ud800"',
               '"\\ud83d\\ude00"', '"\\x"', '"\t"', " ", "\n", '"é"', "\\", "'", "\x00", '""', "9" * 25,
                   "[[", "]]", '{"a":', "\ufeff"]
OPCODES = (
    b"(.012FIJKLMNQRSTUVXabcdeghijloqrstu]}\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e"
    b"\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98BC\x42")


OWN = r"""
import copy, copyreg, dataclasses, enum, sys, types
def function(*a): return a
class Plain:
    def __init__(self, *a): self.a = a
    def method(self): return 1
class Slots:
    __slots__ = ('x', 'y')
    def __init__(self, x): self.x = x
class SlotsAndDict(Slots):
    def __init__(self, x, z): self.x, self.z = x, z
class Items(list): pass
class Table(dict): pass
class Number(int):
    def __new__(cls, n, extra=None): self = super().__new__(cls, n); self.extra = extra; return self
class Text(str):
    def __new__(cls, text, extra=None): self = super().__new__(cls, text); self.extra = extra; return self
class Made:
    def __new__(cls, *a, **k): self = super().__new__(cls); self.made = a, k; return self
    def __init__(self, *a, **k): self.begun = 1
    def __getnewargs_ex__(self): return self.made
class State:
    def __init__(self, x): self.x = x
    def __getstate__(self): return ('state', self.x)
    def __setstate__(self, state): self.got = state
class Reduced:
    def __init__(self, x, y=None): self.x, self.y = x, y
    def __reduce__(self): return Reduced, (self.x,), {'y': self.y}
class Weird:
    def __init__(self, how=None, v=None): self.how, self.v = how, v
    def __reduce_ex__(self, protocol):
        if self.how is None: return (Weird, ())
        return [lambda: 'function', lambda: (Weird,), lambda: (Weird, (), None, iter([self.v])), lambda: (Weird, (), None, None, iter([(1, self.v)])), lambda: 5, lambda: (Weird, [1]), lambda: (Weird, (), {'z': self.v}, None, None, setter), lambda: (copyreg.__newobj__, (Weird,), {'q': protocol})][self.how]()
    def append(self, x): self.got = x
    def extend(self, xs): self.got = list(xs)
    def __setitem__(self, k, v): self.got = k, v
def setter(o, state): o.set_by = sorted(state)
weird = Weird
class Failed(Exception):
    def __init__(self, text, more=None): super().__init__(text); self.more = more
Pair = collections.namedtuple('Pair', 'a b')
class Colour(enum.Enum): red, blue = 1, 2
@dataclasses.dataclass
class Data: a: object; b: object = None
class Registered:
    def __init__(self, v): self.v = v
copyreg.pickle(Registered, lambda r: (Registered, (r.v,)))
copyreg_made = Registered
def twice(v): return [v, v, (v, v)]
def looped(v): l = [v]; l.append(l); p = Plain(l); p.me = p; return p
def told(v, seen=()):
    if id(v) in seen: return '...'
    seen += (id(v),)
    if isinstance(v, (list, tuple)) : inner = [told(x, seen) for x in v]
    elif isinstance(v, dict): inner = [(repr(k), told(x, seen)) for k, x in v.items()]
    elif isinstance(v, (type, types.FunctionType, types.MethodType, types.BuiltinFunctionType)): inner = getattr(v, '__qualname__', '')
    else: inner = repr(v) if type(v).__repr__ is not object.__repr__ else ''
    slots = [(n, told(getattr(v, n), seen)) for n in ('x', 'y') if hasattr(v, n) and not hasattr(v, '__dict__')]
    return (type(v).__name__, inner, slots, [(k, told(x, seen)) for k, x in sorted(v.__dict__.items())] if type(getattr(v, '__dict__', 0)) is dict and not isinstance(v, enum.Enum) else '')
sys.modules['case'] = types.SimpleNamespace(**{k: v for k, v in globals().items() if not k.startswith('_')})
"""


class Formats(_fuzz.Fuzzer):
    """Readers of bytes."""
    ROUND = 600
    EXPLAINED = [  # a stream that one of them refuses: how much of nonsense is read differs
        (r"'(error|limit)'", r".*"), (r".*", r"'(error|limit)'"),
          # "0p" takes a length byte that is not there, and a length of -1; later releases give b"" too
        (r".*", r"SystemError: Negative size passed to PyBytes_FromStringAndSize"),
    ]
    PRELUDE = (
        IMPORTS
        + "\nimport json, pickle, marshal, struct, csv, io, binascii, zlib, bz2, lzma, base64, ast, quopri,"
          " codecs\n"
          "class Safe(pickle.Unpickler):\n"
          "    def find_class(self, module, name):\n"
          "        if module.split('.')[0] in ('datetime', 'collections', 'fractions', 'decimal', 'array', "
          "'itertools', 'operator', 'functools', 'uuid', '_codecs', 'copyreg'):\n"
          "            return super().find_class(module, name)\n"
          "        if module in ('builtins', '__builtin__') and name in ('int', 'list', 'set', 'frozenset',"
          " 'bytearray', 'complex', 'range', 'slice', 'iter', 'reversed', 'ValueError', 'object', 'dict', "
          "'tuple', 'str', 'getattr'):\n"
          "            return super().find_class('builtins', name)\n"
          "        raise pickle.UnpicklingError('not here')\n"
          "def kind(f):\n    try: return ascii(f())[:300]\n    except (MemoryError, OverflowError, "
          "RecursionError): return 'limit'\n    except Exception as e: return 'error'\n"
        + OWN
        + "def use(v):\n    for f in (repr, hash, list, len, str, bool, iter, type, dir): kind(lambda: "
          "f(v))\n    return v\n")

    def damaged(self, g, data):
        data = bytearray(data)
        for _ in range(g.choice([0, 1, 1, 1, 2, 3, 6])):
            if not data:
                break
            i = g.randrange(len(data))
            match g.randrange(7):
                case 0: data[i] ^= 1 << g.randrange(8)
                case 1: data[i] = g.choice([0, 1, 127, 128, 254, 255, 10, 46])
                case 2: del data[i:i + g.randrange(1, 5)]
                case 3: data[i:i] = bytes(g.randrange(256) for _ in range(g.randrange(1, 5)))
                case 4: data = data[:i]
                case 5: data[i:i] = data[g.randrange(len(data)):][:g.randrange(1, 20)]
                case 6: data[i] = g.choice(OPCODES)
        return bytes(data)

    def value(self, g):
        names = {}
        exec(IMPORTS, names)
        text = g.choice(VALUES)
        if g.random() < 0.4:
            text = f"[{text}, {g.choice(VALUES)}, {g.choice(VALUES)}]"
        return eval(text, names)

    def pickled(self, g):
        try:
            data = pickle.dumps(self.value(g), g.randrange(6))
        except Exception:
            data = b"\x80\x04N."
        if g.random() < 0.2:
            data = bytes(g.choice(OPCODES) for _ in range(g.randrange(1, 12))) + data[2:]
        data = self.damaged(g, data)
        return (
            f"attempt(lambda: kind(lambda: use(Safe(io.BytesIO({data!r})"
            f"{g.choice(['', ', encoding=' + repr('bytes'), ', fix_imports=False'])}).load())))\n"
            f"attempt(lambda: kind(lambda: use(pickle._Unpickler.load(type('S', (pickle._Unpickler,), "
            f"dict(find_class=Safe(io.BytesIO()).find_class))(io.BytesIO({data!r}))))))")

    def own(self, g, depth=0):
        """An instance of a class of the case's own, or a container of them, as text."""
        if depth > 2 or g.random() < .2:
            return g.choice(VALUES[:34])
        v, w = self.own(g, depth + 1), self.own(g, depth + 1)
        return g.choice([f"Plain({v})", f"Plain({v}, {w})", f"Slots({v})", f"SlotsAndDict({v}, {w})",
                         f"Items([{v}, {w}])", f"Table(a={v})", f"Number(7, {v})", f"Made({v}, b={w})",
                         f"State({v})", f"Reduced({v}, {w})",
                         f"Failed('x', {v})", f"Pair({v}, {w})", f"Colour.red", f"Data({v}, {w})",
                             f"Text('t', {v})", "Plain", "Plain.method", f"Plain({v}).method", "function",
                             f"[{v}, {w}]", f"({v},)", f"{{'k': {v}}}", f"twice({v})", f"looped({v})",
                         f"copyreg_made({v})", f"functools.partial(function, {v})",
                             f"collections.defaultdict(list, k={v})", f"weird({g.randrange(8)}, {v})"])

    def owned(self, g):
        value, protocol = self.own(g), g.choice(["0", "1", "2", "3", "4", "5", "-1"])
        return (
            f"v = {value}\nattempt(lambda: pickle.dumps(v, {protocol}) == pickle._dumps(v, {protocol}))\n"
            f"attempt(lambda: told(pickle.loads(pickle.dumps(v, {protocol}))))\nattempt(lambda: "
            f"told(copy.copy(v)))\n"
            f"attempt(lambda: told(copy.deepcopy(v)))\nattempt(lambda: told(pickle.loads(pickle._dumps(v,"
            f" {protocol}))))\nattempt(lambda: pickle._loads(pickle.dumps(v, {protocol})) and 0)")

    def marshalled(self, g):
        try:
            data = marshal.dumps(self.value(g), g.randrange(5))
        except ValueError:
            data = marshal.dumps([1, "a", (2.5, b"x")])
        return f"attempt(lambda: kind(lambda: use(marshal.loads({self.damaged(g, data)!r}))))"

    def json_text(self, g):
        text = "".join(g.choice(JSON_PIECES) for _ in range(g.randrange(1, 10)))
        if g.random() < 0.5:
            text = json.dumps({"a": [1, 2.5, None, "é\n"], "b": {"c": True}})
            i = g.randrange(len(text))
            text = text[:i] + g.choice(JSON_PIECES) + text[i + g.randrange(0, 3):]
        options = g.choice(["", ", strict=False", ", parse_float=str", ", object_pairs_hook=list",
                            ", parse_constant=repr"])
        argument = ascii(text) if g.random() < 0.8 else ascii(text.encode("utf-8", "surrogatepass"))
        return f"attempt(lambda: json.loads({argument}{options}))"

    def json_dump(self, g):
        value = g.choice(VALUES[:18])
        options = g.choice(["", ", indent=1", ", sort_keys=True", ", separators=(',', ':')",
                            ", ensure_ascii=False", ", skipkeys=True", ", allow_nan=False", ", default=str",
                            ", indent='\t'"])
        return (
            f"attempt(lambda: json.dumps("
            f"{g.choice([value, f'[{value}]', f'{{{value!r}: {value}}}', f'({value}, float(chr(110)+chr(97)+chr(110)))'])}"
            f"{options}))")

    def structs(self, g):
        layout = g.choice(["", "<", ">", "=", "!",
                           "@"]) + "".join(g.choice(["", "", "2", "0", "10", "999999999999",
            "-1"]) + g.choice("xcbB?hHiIlLqQnNefdspP z") for _ in range(g.randrange(0, 5)))
        data = bytes(g.randrange(256) for _ in range(g.randrange(0, 40)))
        return (
            f"attempt(struct.calcsize, {layout!r})\nattempt(lambda: struct.unpack({layout!r}, "
            f"{data!r}[:struct.calcsize({layout!r})]))\nattempt(lambda: struct.unpack_from({layout!r}, "
            f"{data!r}, {g.randrange(-9, 9)}))\n"
            f"attempt(lambda: list(struct.iter_unpack({layout!r}, {data!r}))[:3])\nattempt(lambda: "
            f"struct.pack({layout!r}, {g.choice(['1', '-1', '2.5', repr(b'ab'), '2**70', 'True'])}, 2))")

    def rows(self, g):
        text = "".join(g.choice(['"', "'", ",", ";", "\t", " ", "a", "1", "\n", "\r\n", "\r", "\\", '""',
                                 "é", "\x00", "2.5"]) for _ in range(g.randrange(0, 20)))
        options = g.choice(["", ", delimiter=';'", ", quotechar=\"'\"", ", doublequote=False",
                            ", escapechar='\\\\'", ", quoting=csv.QUOTE_NONE",
                            ", quoting=csv.QUOTE_NONNUMERIC", ", skipinitialspace=True", ", strict=True",
                            ", delimiter='ab'"])
        return (
            f"attempt(lambda: list(csv.reader(io.StringIO({text!a}, newline=''){options})))\n"
            f"def w():\n    f = io.StringIO(); csv.writer(f{options}).writerows([[{text!a}, 1], ['', "
            f"None], [2.5]]); return f.getvalue()\nattempt(w)")

    def encoded(self, g):
        import base64
        raw = bytes(g.randrange(256) for _ in range(g.randrange(0, 30)))
        match g.randrange(7):
            case 0:
                data = self.damaged(g, zlib.compress(raw * 9, g.randrange(10)))
                return (
                    f"attempt(lambda: kind(lambda: zlib.decompress({data!r})))\nattempt(lambda: "
                    f"kind(lambda: zlib.decompressobj({g.choice(['15', '-15', '31', '47'])}).decompress("
                    f"{data!r}, {g.randrange(0, 50)})))")
            case 1:
                import bz2, lzma
                data = self.damaged(g, g.choice([bz2, lzma]).compress(raw))
                return (
                    f"attempt(lambda: kind(lambda: bz2.decompress({data!r})))\nattempt(lambda: "
                    f"kind(lambda: lzma.decompress({data!r})))")
            case 2:
                data = self.damaged(g, base64.b64encode(raw))
                return (
                    f"attempt(binascii.a2b_base64, {data!r})\nattempt(lambda: "
                    f"binascii.a2b_base64({data!r}, strict_mode=True))\nattempt(base64.b32decode, "
                    f"{self.damaged(g, base64.b32encode(raw))!r})\nattempt(base64.b85decode, "
                    f"{self.damaged(g, base64.b85encode(raw))!r})")
            case 3: return f"attempt(binascii.unhexlify, {self.damaged(g, raw.hex().encode())!r})\nattempt(binascii.a2b_uu, {self.damaged(g, b'#86%T' + raw)!r})\nattempt(binascii.a2b_qp, {self.damaged(g, raw + b'=3D=')!r})\nattempt(binascii.crc_hqx, {raw!r}, {g.randrange(70000)})"
            case 4:
                text = g.choice(VALUES[:18])
                i = g.randrange(len(text))
                return (
                    f"attempt(ast.literal_eval, "
                    f"{text[:i] + g.choice(['(', ')', '-', '+', '1', 'x', ',', '']) + text[i:]!r})")
            case 5:
                text = g.choice(["2020-01-02", "2020-W05-3", "20200102T030405",
                                 "2020-01-02T03:04:05.678901+01:30", "03:04", "2020-01-02 03:04:05Z",
                                 "12:34:56.789"])
                i = g.randrange(len(text))
                text = text[:i] + g.choice(["", "9", "-", "T", ":", ".", "é",
                                            "+"]) + text[i + g.randrange(0, 2):]
                return (
                    f"attempt(datetime.datetime.fromisoformat, {text!a})\n"
                    f"attempt(datetime.date.fromisoformat, {text!a})\nattempt(datetime.time.fromisoformat,"
                    f" {text!a})")
            case 6:
                state = bytes(g.randrange(256) for _ in range(g.choice([0, 4, 6, 7, 10, 10, 10, 11])))
                return (
                    f"attempt(lambda: datetime.datetime({state!r}))\nattempt(lambda: "
                    f"datetime.date({state!r}))\nattempt(lambda: datetime.time({state!r}))")

    def case(self, g):
        makers = [self.pickled, self.pickled, self.pickled, self.owned, self.owned, self.marshalled,
                  self.json_text, self.json_text, self.json_dump, self.structs, self.rows, self.encoded,
                  self.encoded]
        return "\n".join(g.choice(makers)(g) for _ in range(4))


if __name__ == "__main__":
    sys.exit(Formats().main())
