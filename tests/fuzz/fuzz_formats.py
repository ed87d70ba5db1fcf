#!/usr/bin/python3.11
"""Readers of bytes: json, pickle, marshal, struct, csv, binascii, zlib, bz2, lzma, base64, ast.literal_eval, datetime.

Streams that are right, cut, spliced and with bytes changed: never a crash; for json, csv, struct, base64 and literals the answer must be
the reference's; for pickle the value, when both read one; marshal streams hold Krait's own format for code only.
"""
import json
import marshal
import pickle
import struct
import sys
import zlib

import _fuzz

VALUES = ["None", "True", "1", "-5", "2**40", "2**70", "1.5", "'text'", "'é\\u20ac'", "b'bytes'", "[]", "{}", "()", "(1,)", "[1, [2, [3]]]", "{'a': 1, 'b': [2]}", "{1, 2}", "frozenset({3})",
          "bytearray(b'x')", "complex(1, 2)", "range(5)", "slice(1, 2)", "...", "int", "len", "datetime.date(2020, 1, 2)", "datetime.datetime(2020, 1, 2, 3, 4, 5, 6)", "collections.OrderedDict(a=1)",
          "collections.deque([1, 2], 3)", "fractions.Fraction(1, 3)", "decimal.Decimal('1.5')", "array.array('i', [1, 2])", "collections.Counter('ab')", "ValueError('x', 1)", "datetime.timedelta(1, 2, 3)",
          "'a' * 300", "list(range(300))", "random.Random(1).getstate()[1][:9]", "itertools.count(3)", "iter([1, 2])", "reversed([1])", "operator.itemgetter(1)", "functools.partial(int, base=2)", "uuid.UUID(int=5)"]
IMPORTS = "import datetime, collections, fractions, decimal, array, random, itertools, operator, functools, uuid"
JSON_PIECES = ["{", "}", "[", "]", ":", ",", '"', '"a"', "1", "-1", "-", "0", "01", "1.5", "1e5", "1E+400", ".5", "true", "false", "null", "nul", "NaN", "Infinity", "-Infinity", "\\u00e9", '"\\u00e9"', '"\\ud800"',
               '"\\ud83d\\ude00"', '"\\x"', '"\t"', " ", "\n", '"é"', "\\", "'", "\x00", '""', "9" * 25, "[[", "]]", '{"a":', "\ufeff"]
OPCODES = b"(.012FIJKLMNQRSTUVXabcdeghijloqrstu]}\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98BC\x42"


class Formats(_fuzz.Fuzzer):
    """Readers of bytes."""
    ROUND = 600
    EXPLAINED = [  # "0p" takes a length byte that is not there, and a length of -1; later releases give b"" too
        (r".*", r"SystemError: Negative size passed to PyBytes_FromStringAndSize"),
    ]
    PRELUDE = (IMPORTS + "\nimport json, pickle, marshal, struct, csv, io, binascii, zlib, bz2, lzma, base64, ast, quopri, codecs\n"
               "class Safe(pickle.Unpickler):\n"
               "    def find_class(self, module, name):\n"
               "        if module.split('.')[0] in ('datetime', 'collections', 'fractions', 'decimal', 'array', 'itertools', 'operator', 'functools', 'uuid', '_codecs', 'copyreg'):\n"
               "            return super().find_class(module, name)\n"
               "        if module in ('builtins', '__builtin__') and name in ('int', 'list', 'set', 'frozenset', 'bytearray', 'complex', 'range', 'slice', 'iter', 'reversed', 'ValueError', 'object', 'dict', 'tuple', 'str', 'getattr'):\n"
               "            return super().find_class('builtins', name)\n"
               "        raise pickle.UnpicklingError('not here')\n"
               "def kind(f):\n    try: return ascii(f())[:300]\n    except (MemoryError, OverflowError, RecursionError): return 'limit'\n    except Exception as e: return 'error'\n"
               "def use(v):\n    for f in (repr, hash, list, len, str, bool, iter, type, dir): kind(lambda: f(v))\n    return v\n")

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
        return (f"attempt(lambda: kind(lambda: use(Safe(io.BytesIO({data!r}){g.choice(['', ', encoding=' + repr('bytes'), ', fix_imports=False'])}).load())) and 0)\n"
                f"attempt(lambda: kind(lambda: use(pickle._Unpickler.load(type('S', (pickle._Unpickler,), dict(find_class=Safe(io.BytesIO()).find_class))(io.BytesIO({data!r}))))) and 0)")

    def marshalled(self, g):
        try:
            data = marshal.dumps(self.value(g), g.randrange(5))
        except ValueError:
            data = marshal.dumps([1, "a", (2.5, b"x")])
        return f"attempt(lambda: kind(lambda: use(marshal.loads({self.damaged(g, data)!r}))) and 0)"

    def json_text(self, g):
        text = "".join(g.choice(JSON_PIECES) for _ in range(g.randrange(1, 10)))
        if g.random() < 0.5:
            text = json.dumps({"a": [1, 2.5, None, "é\n"], "b": {"c": True}})
            i = g.randrange(len(text))
            text = text[:i] + g.choice(JSON_PIECES) + text[i + g.randrange(0, 3):]
        options = g.choice(["", ", strict=False", ", parse_float=str", ", object_pairs_hook=list", ", parse_constant=repr"])
        argument = ascii(text) if g.random() < 0.8 else ascii(text.encode("utf-8", "surrogatepass"))
        return f"attempt(lambda: json.loads({argument}{options}))"

    def json_dump(self, g):
        value = g.choice(VALUES[:18])
        options = g.choice(["", ", indent=1", ", sort_keys=True", ", separators=(',', ':')", ", ensure_ascii=False", ", skipkeys=True", ", allow_nan=False", ", default=str", ", indent='\t'"])
        return f"attempt(lambda: json.dumps({g.choice([value, f'[{value}]', f'{{{value!r}: {value}}}', f'({value}, float(chr(110)+chr(97)+chr(110)))'])}{options}))"

    def structs(self, g):
        layout = g.choice(["", "<", ">", "=", "!", "@"]) + "".join(g.choice(["", "", "2", "0", "10", "999999999999", "-1"]) + g.choice("xcbB?hHiIlLqQnNefdspP z") for _ in range(g.randrange(0, 5)))
        data = bytes(g.randrange(256) for _ in range(g.randrange(0, 40)))
        return (f"attempt(struct.calcsize, {layout!r})\nattempt(lambda: struct.unpack({layout!r}, {data!r}[:struct.calcsize({layout!r})]))\nattempt(lambda: struct.unpack_from({layout!r}, {data!r}, {g.randrange(-9, 9)}))\n"
                f"attempt(lambda: list(struct.iter_unpack({layout!r}, {data!r}))[:3])\nattempt(lambda: struct.pack({layout!r}, {g.choice(['1', '-1', '2.5', repr(b'ab'), '2**70', 'True'])}, 2))")

    def rows(self, g):
        text = "".join(g.choice(['"', "'", ",", ";", "\t", " ", "a", "1", "\n", "\r\n", "\r", "\\", '""', "é", "\x00", "2.5"]) for _ in range(g.randrange(0, 20)))
        options = g.choice(["", ", delimiter=';'", ", quotechar=\"'\"", ", doublequote=False", ", escapechar='\\\\'", ", quoting=csv.QUOTE_NONE", ", quoting=csv.QUOTE_NONNUMERIC", ", skipinitialspace=True", ", strict=True", ", delimiter='ab'"])
        return (f"attempt(lambda: list(csv.reader(io.StringIO({text!a}, newline=''){options})))\n"
                f"def w():\n    f = io.StringIO(); csv.writer(f{options}).writerows([[{text!a}, 1], ['', None], [2.5]]); return f.getvalue()\nattempt(w)")

    def encoded(self, g):
        import base64
        raw = bytes(g.randrange(256) for _ in range(g.randrange(0, 30)))
        match g.randrange(7):
            case 0:
                data = self.damaged(g, zlib.compress(raw * 9, g.randrange(10)))
                return f"attempt(lambda: kind(lambda: zlib.decompress({data!r})))\nattempt(lambda: kind(lambda: zlib.decompressobj({g.choice(['15', '-15', '31', '47'])}).decompress({data!r}, {g.randrange(0, 50)})))"
            case 1:
                import bz2, lzma
                data = self.damaged(g, g.choice([bz2, lzma]).compress(raw))
                return f"attempt(lambda: kind(lambda: bz2.decompress({data!r})))\nattempt(lambda: kind(lambda: lzma.decompress({data!r})))"
            case 2:
                data = self.damaged(g, base64.b64encode(raw))
                return f"attempt(binascii.a2b_base64, {data!r})\nattempt(lambda: binascii.a2b_base64({data!r}, strict_mode=True))\nattempt(base64.b32decode, {self.damaged(g, base64.b32encode(raw))!r})\nattempt(base64.b85decode, {self.damaged(g, base64.b85encode(raw))!r})"
            case 3: return f"attempt(binascii.unhexlify, {self.damaged(g, raw.hex().encode())!r})\nattempt(binascii.a2b_uu, {self.damaged(g, b'#86%T' + raw)!r})\nattempt(binascii.a2b_qp, {self.damaged(g, raw + b'=3D=')!r})\nattempt(binascii.crc_hqx, {raw!r}, {g.randrange(70000)})"
            case 4:
                text = g.choice(VALUES[:18])
                i = g.randrange(len(text))
                return f"attempt(ast.literal_eval, {text[:i] + g.choice(['(', ')', '-', '+', '1', 'x', ',', '']) + text[i:]!r})"
            case 5:
                text = g.choice(["2020-01-02", "2020-W05-3", "20200102T030405", "2020-01-02T03:04:05.678901+01:30", "03:04", "2020-01-02 03:04:05Z", "12:34:56.789"])
                i = g.randrange(len(text))
                text = text[:i] + g.choice(["", "9", "-", "T", ":", ".", "é", "+"]) + text[i + g.randrange(0, 2):]
                return f"attempt(datetime.datetime.fromisoformat, {text!a})\nattempt(datetime.date.fromisoformat, {text!a})\nattempt(datetime.time.fromisoformat, {text!a})"
            case 6:
                state = bytes(g.randrange(256) for _ in range(g.choice([0, 4, 6, 7, 10, 10, 10, 11])))
                return f"attempt(lambda: datetime.datetime({state!r}))\nattempt(lambda: datetime.date({state!r}))\nattempt(lambda: datetime.time({state!r}))"

    def case(self, g):
        makers = [self.pickled, self.pickled, self.pickled, self.marshalled, self.json_text, self.json_text, self.json_dump, self.structs, self.rows, self.encoded, self.encoded]
        return "\n".join(g.choice(makers)(g) for _ in range(4))


if __name__ == "__main__":
    sys.exit(Formats().main())
