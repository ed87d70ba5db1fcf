#!/usr/bin/python3.11
"""Entries of the cache and packs, as files, with changed bytes.

A case is a run of a program that imports several modules whose entries, or whose pack, were changed.
Unsealed: it is noticed, compiled anew, the output is right, and the entries are sound afterwards. So it is
with entries whose checksums are as they must be, but without the folder's key. In packs with right checksums
other code may run, or an exception come, but no crash. See tests/cache for one example of each kind.
"""
import os
import random
import shutil
import subprocess
import sys
import time

import _fuzz

sys.path.insert(0, os.path.join(_fuzz.ROOT, "tests", "cache"))
import _forge  # noqa: E402

SOURCES = [
    "def value(): return {n}\n",
    "class K:\n    '''doc'''\n    x = [{n}, 'a', 1.5, 10 ** 30]\n"
    "    def m(self, *a, k=1, **kw): return self.x[0] + k - 1\ndef value(): return K().m(k=1)\n",
    "def value():\n    def inner(x):\n        yield from (x + i for i in range(3))\n"
    "    return next(inner({n}))\n",
    # no open(): a forged constant 1 would close stdout, as it should
    "import os\ndef value(y={n}):\n    try:\n        with os.scandir('/proc/nowhere'): pass\n"
    "    except (OSError, *[KeyError]) "
    "as e:\n        z = f'{{y!r:>5}}'\n        return int(z)\n    finally:\n        y = None\n",
    "import functools as f\nfrom os import path, sep as p\nT = {{'n': {n}, 'm': (1, 2)}}\nvalue = lambda "
    "*a: sorted({{T['n'], T['n']}})[0]\n"]
MODULES = 24
KEY_SIZE = 192  # of the file "key"
MAIN = """import signal, sys
def late(*a): raise BaseException('late')
signal.signal(signal.SIGALRM, late)
out = []
sys.setrecursionlimit(200)
for n in range(%d):
    try:
        signal.setitimer(signal.ITIMER_REAL, 2)
        m = __import__(f'm{n}')
        v = m.value()
        for o in list(vars(m).values()): repr(getattr(o, '__code__', o))[:50], getattr(o, '__doc__', 0)
        out.append(v)
    except BaseException as e: out.append(type(e).__name__)
    finally: signal.setitimer(signal.ITIMER_REAL, 0)
sys.stdout.write(ascii(out))
""" % MODULES
NUMBERS = [0, 1, 7, 8, 24, 40, 72, 80, 127, 128, 2**16, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**61, 2**63,
        2**64 - 8, 2**64 - 1]


def changed(g, data, places=None, times=None):
    """Bytes with some changed: at `places` if given."""
    data = bytearray(data)
    for _ in range(times or g.choice([1, 1, 1, 2, 4, 8])):
        at = g.choice(places) if places else g.randrange(len(data))
        match g.randrange(5):
            case 0 | 1: data[at] ^= 1 << g.randrange(8)
            case 2: data[at] = g.choice([0, 1, 127, 128, 255, g.randrange(256)])
            case 3:
                if places is None or at + 4 < len(data) and at + 3 in places:
                    data[at:at + 4] = g.choice(NUMBERS + [len(data), g.randrange(len(data))]).to_bytes(8,
                            "little")[:len(data) - at][:4]
            case 4: data[at] = (data[at] + g.choice([1, -1])) & 255
    return data


class Cache(_fuzz.Fuzzer):
    """Entries and packs with changed bytes."""
    ROUND = 24
    COMPARES = False

    def __init__(self):
        super().__init__()
        self.environment["KRAIT_CACHE_DIR"] = self.kept = os.path.join(self.work, "kept")
        for n in range(MODULES):
            with open(os.path.join(self.work, f"m{n}.py"), "w") as f:
                f.write(SOURCES[n % len(SOURCES)].format(n=n))
            os.utime(f.name, ns=(10**18, 10**18))
        with open(os.path.join(self.work, "main.py"), "w") as f:
            f.write(MAIN)
        self.right = ascii(list(range(MODULES)))
        time.sleep(0.2)  # a source as young as its entry is read again
        for _ in range(2):
            assert self.go() == (0, self.right, ""), self.go()
        self.sound = {name: self.read(os.path.join(self.kept, name)) for name in os.listdir(self.kept)}
        subprocess.run([self.options.krait, "cache", "bake", self.work], env=self.environment,
                capture_output=True, check=True)
        self.pack = os.path.join(self.work, ".krait-pack")
        self.sound_pack = self.read(self.pack)

    @staticmethod
    def read(path):
        with open(path, "rb") as f:
            return f.read()

    def go(self, *arguments, **more):
        """(status, stdout, the end of stderr); status None: no end in time."""
        command = [self.options.krait, *(arguments or [os.path.join(self.work, "main.py")])]
        try:
            done = subprocess.run(command, env={**self.environment, **more}, capture_output=True,
                    text=True, timeout=200, errors="replace")
        except subprocess.TimeoutExpired:
            return None, "", ""
        return done.returncode, done.stdout, done.stderr[-3000:]

    # ---- files
    def entry(self, g, data, sealed):
        if len(data) == KEY_SIZE:  # another key: what was sealed with the old one is proven
            return g.randbytes(KEY_SIZE) if sealed else bytes(changed(g, data))
        if not sealed:
            match g.randrange(8):
                case 0: return data[:g.randrange(len(data))]
                case 1: return data + g.randbytes(g.randrange(1, 200))
                case 2: return g.choice(list(self.sound.values()))[:-_forge.TRAILER] + data[-_forge.TRAILER:]
                case 3: return bytes(data[i ^ 7]
                        for i in range(len(data) & ~7))  # the other order of bytes
                case 4: return bytes(changed(g, data[:-_forge.TRAILER])) + data[-_forge.TRAILER:]
                case _: return bytes(changed(g, data))
        image, trailer = _forge.split(data)
        match g.randrange(6):
            case 0: trailer = changed(g, trailer, range(8, 128))
            case 1: image = changed(g, image, range(16, _forge.HEADER))
            case 2:
                image = image[:g.randrange(_forge.HEADER, len(image))]
                image[4:8] = len(image).to_bytes(4, "little")
            case _:
                image = changed(g, image, range(_forge.HEADER, len(image)))
        _forge.seal_image(image)
        return bytes(image + _forge.seal_trailer(trailer, image if g.random() < 0.9 else None))

    def packed(self, g, sealed):
        data = bytearray(self.sound_pack)
        if not sealed:
            return changed(g, data) if g.random() < 0.8 else data[:g.randrange(len(data))]
        places = list(_forge.pack_places(data))
        for at, offset, size in places if g.random() < 0.8 else []:  # every image
            body = changed(g, data[offset:offset + size], range(24, size))
            data[offset:offset + size] = _forge.seal_image(body)
            data[at + 72:at + 80] = body[16:24]
        if g.random() < 0.5:
            tables = range(16, _forge.PACK_HEADER + len(places) * (_forge.PACK_ENTRY + 4))
            data = changed(g, data, tables)
        if g.random() < 0.3:
            at = g.choice(places)[0] + g.choice([0, 8, 16, 24, 32, 40, 48, 56, 64, 72])
            data[at:at + 8] = g.choice(NUMBERS + [len(data), len(data) - 8]).to_bytes(8, "little")
        try:
            return _forge.seal_pack(data)
        except (OverflowError, MemoryError):
            return data

    def run_case(self, seed):
        """None, or what is wrong."""
        g = random.Random(seed)
        sealed, in_pack = g.random() < 0.6, g.random() < 0.4
        shutil.rmtree(self.kept, ignore_errors=True)
        os.mkdir(self.kept, 0o700)
        more = {}
        if in_pack:
            with open(self.pack, "wb") as f:
                f.write(self.packed(g, sealed))
            more = {"KRAIT_PACK": self.pack, "KRAIT_CACHE": g.choice(["unchecked", "checked", "hash"])}
        else:
            for name, data in self.sound.items():
                with open(os.path.join(self.kept, name), "wb") as f:
                    f.write(self.entry(g, data, sealed) if g.random() < 0.9 else data)
        status, out, err = self.go(**more)
        commands = [self.go("cache", "verify"), self.go("cache", "stats")] if g.random() < 0.2 else []
        for s, o, e in [(status, out, err), *commands]:
            if s not in (0, 1) or any(word.decode() in e for word in _fuzz.SANITIZED):
                return f"status {s}\n{e}"
        if not (sealed and in_pack) and (status, out, err) != (0, self.right, ""):
            return f"unsealed, but: {status} {out} {err}"
        if not sealed and not in_pack and not commands and g.random() < 0.3:
            err = self.go("-X", "importtime", os.path.join(self.work, "main.py"))[2]
            if "miss" in err:
                return "not healed: " + err
        return None

    def main(self):
        g = random.Random(self.options.seed)
        budget = _fuzz.Budget(self.options, self.ROUND)
        count, findings = 0, {}
        while len(findings) < self.options.most and budget.allows(count):
            seed, count = g.randrange(1 << 40), count + 1
            problem = self.run_case(seed)
            if problem and _fuzz.signature("crash", problem, None) not in findings:
                findings[_fuzz.signature("crash", problem, None)] = seed
                print(f"---- Cache: case {seed}\n{problem}", flush=True)
        print(f"Cache: {count} cases, {len(findings)} findings, seed {self.options.seed}, {budget}")
        shutil.rmtree(self.scratch, ignore_errors=True)
        return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(Cache().main())
