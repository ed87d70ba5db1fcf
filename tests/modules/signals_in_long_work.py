"""A signal's handler runs in the middle of long work in C, and what it raises ends the work at once.

Measured in processor time, so that a busy machine does not matter: each case would take a second or more, is
told to stop after FIRST seconds and must have stopped LATEST seconds later."""
# modes: reference cold switch asan
import bz2
import hashlib
import json
import lzma
import marshal
import math
import os
import pickle
import re
import signal
import sys
import time
import zlib

FIRST, LATEST = 0.03, 0.8  # what is heard at once takes up to 0.5 on machines whose memory is busy
sys.set_int_max_str_digits(0)

wide = (1 << 300_000_000) - 1
other = wide - 12345
half = (1 << 130_000_000) - 12345
odd, base = (1 << 60_000) - 9, (1 << 60_000) - 3
digits = "7" * 40_000_000

NUMBERS = {
    "product": lambda: wide * other,
    "square": lambda: wide * wide,
    "quotient": lambda: wide // half,
    "remainder": lambda: wide % half,
    "divmod": lambda: divmod(-wide, half),
    "power": lambda: 3 ** 300_000_000,
    "modular power": lambda: pow(base, base, odd),
    "modular inverse": lambda: pow(half, -1, (1 << 130_000_000) - 1),
    "factorial": lambda: math.factorial(10_000_000),
    "comb": lambda: math.comb(30_000_000, 15_000_000),
    "comb of a large number": lambda: math.comb(1 << 100, 3_000_000),
    "perm": lambda: math.perm(20_000_000, 10_000_000),
    "gcd": lambda: math.gcd(wide // 3, half),
    "isqrt": lambda: math.isqrt(wide << 600_000_000),
    "str": lambda: str(wide),
    "format": lambda: f"{wide:,}",
    "int": lambda: int(digits),
}


def nested(kind, leaf, depth=40):
    """Two of each inside the next: more paths than anybody can walk."""
    for _ in range(depth):
        leaf = kind((leaf, leaf))
    return leaf


def twins_of(two):
    return {"x": two[0], "y": two[0]}


noise = os.urandom(1 << 20) * 40
words = ["ab"] * 20_000_000
text = "ab," * 40_000_000
pairs = [[i, str(i), {"a": i, "b": 1.5}] for i in range(10_000)] * 100
flat = [1.5] * 20_000_000
packed = bz2.compress(noise[:1 << 20]) * 40
zeros = zlib.compress(bytes(1 << 28), 1)

STRUCTURES = {
    "nested lists: ==": lambda a=nested(list, 1), b=nested(list, 1): a == b,
    "nested tuples: <": lambda a=nested(tuple, 1), b=nested(tuple, 1.0): a < b,
    "nested tuples: hash": lambda a=nested(tuple, 1): hash(a),
    "nested lists: repr": lambda a=nested(list, 1): repr(a),
    "nested dicts: repr": lambda a=nested(twins_of, 1): repr(a),
    "nested dicts: ==": lambda a=nested(twins_of, 1), b=nested(twins_of, 1): a == b,
    "nested classes": lambda a=nested(tuple, str): isinstance(1, a),
    "nested lists: json": lambda a=nested(list, 1): json.dumps(a),
    "nested lists: marshal": lambda a=nested(list, 1): marshal.dumps(a, 2),
    "json.dumps": lambda: json.dumps(pairs),
    "json.loads": lambda s=json.dumps(pairs): json.loads(s),
    "pickle.dumps": lambda: [pickle.dumps(flat) for _ in range(9)],
    "pickle.loads": lambda s=pickle.dumps(flat[:2_000_000]): [pickle.loads(s) for _ in range(30)],
    "marshal.dumps": lambda: marshal.dumps([pairs] * 4, 2),
    "marshal.loads": lambda s=marshal.dumps(flat[:2_000_000]): [marshal.loads(s) for _ in range(30)],
    "marshal of a large int": lambda: marshal.loads(marshal.dumps(wide)) == wide,
}
TEXTS = {
    "join": lambda: ",".join(words),
    "replace": lambda: text.replace("b,", "c"),
    "replace one": lambda: [text.replace(",", "c") for _ in range(9)],
    "split": lambda: text.split(","),
    "split at words": lambda: text.split("b,"),
    "rsplit": lambda: text.rsplit("b,"),
    "count in a list": lambda: [words.count("x") for _ in range(9)],
    "index in a list": lambda: 2 in [flat.count(2) for _ in range(9)],
    "range": lambda: [list(range(10_000_000)) for _ in range(90)],
    "backtracking": lambda: re.match("(a+)+$", "a" * 60 + "b"),
    "findall": lambda: re.findall("a", text),
    "sub": lambda: re.sub("b,", "x", text),
}
STREAMS = {
    "zlib.compress": lambda: zlib.compress(noise),
    "compressobj": lambda: zlib.compressobj().compress(noise),
    "zlib.decompress": lambda: [zlib.decompress(zeros) for _ in range(9)],
    "crc32": lambda: [zlib.crc32(noise) for _ in range(900)],
    "bz2.compress": lambda: bz2.compress(noise),
    "bz2.decompress": lambda: bz2.decompress(packed),
    "lzma.compress": lambda: lzma.compress(noise, preset=1),
    "sha3": lambda h=hashlib.sha3_512(): [h.update(noise) for _ in range(20)],
    "blake2": lambda h=hashlib.blake2s(): [h.update(noise) for _ in range(40)],
    "pbkdf2": lambda: hashlib.pbkdf2_hmac("sha256", b"a", b"b", 10_000_000),
}
CASES = {**NUMBERS, **STRUCTURES, **TEXTS, **STREAMS}
CPYTHON_IS_DEAF = {"gcd", "int", *STRUCTURES, *TEXTS, *STREAMS} - {"backtracking"}


class Rang(Exception):
    pass


def ring(number, frame):
    raise Rang


def time_of(call):
    """Processor time that the call takes until it is stopped; the timer counts the same time."""
    start = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_PROF, FIRST)
        call()
        signal.setitimer(signal.ITIMER_PROF, 0)
    except Rang:
        return time.process_time() - start
    raise AssertionError("the call ended by itself")


signal.signal(signal.SIGPROF, ring)
late = {}
wanted = [name for name in sys.argv[1:] if name != "-v"]
for name, call in CASES.items():
    if wanted and name not in wanted:
        continue
    if sys.implementation.name == "cpython" and name in CPYTHON_IS_DEAF:
        continue
    took = time_of(call)
    if took > FIRST + LATEST:  # once more: what does not listen is late each time
        took = min(took, time_of(call))
    if "-v" in sys.argv:
        print(f"{name:30} {took:.3f}")
    if took > FIRST + LATEST:
        late[name] = took
assert not late, late

# A handler that returns lets the work go on, and the result is right.
heard = []
signal.signal(signal.SIGPROF, lambda number, frame: heard.append(number))
signal.setitimer(signal.ITIMER_PROF, 0.005, 0.005)
prime = (1 << 4423) - 1
answers = [pow(3, prime - 1, prime)]
while len(heard) < 3:
    answers.append(pow(3, prime - 1, prime))
factorial = math.factorial(150_000)
signal.setitimer(signal.ITIMER_PROF, 0)
assert set(answers) == {1}
assert factorial % math.factorial(1000) == 0 and factorial % 149_993 == 0 and factorial % 150_001 != 0
