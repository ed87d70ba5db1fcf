"""Runs programs under a recording, and reads the file: vm/profile/format.h and records.def, no more than the
tests of the recorder need."""
import os
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KRAIT = os.environ.get("KRAIT") or os.path.join(ROOT, "build", "krait")
PYTHON, NATIVE, ACTIVITY, OPERATOR = 1, 2, 3, 4
TOTALS = ("samples", "lost", "imprecise", "torn", "wall", "cpu", "gc_count", "gc_ns", "peak_rss", "ended")
failures = []


def expect(condition, text):
    if not condition:
        failures.append(text)
        print("not so: " + text)


def finish():
    sys.exit(1 if failures else 0)


def folder():
    return tempfile.mkdtemp(dir=os.environ.get("TMPDIR"))


def is_checked_build():
    """Is this one of the builds that are checked, not fast?"""
    told = subprocess.run([KRAIT, "-VV"], capture_output=True, text=True).stdout
    return "checks" in told or "sanitizers" in told


def run(arguments, cwd, env=None, timeout=120):
    """(status, output, errors) of krait with these arguments; status as subprocess has it"""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KRAIT_PROFILE"))}
    # the sanitizer's own handler would turn a fault into an abort
    sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":handle_segv=0"
    environment.update({"KRAIT_SITE": "0", "ASAN_OPTIONS": sanitizer.lstrip(":")}, **env or {})
    done = subprocess.run([KRAIT] + arguments, cwd=cwd, env=environment, capture_output=True, timeout=timeout,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def write(path, text):
    with open(path, "w") as f:
        f.write(text)
    return path


class Recording:
    """The tables of one file. What breaks a law of the format is an assertion."""

    def __init__(self, path):
        with open(path, "rb") as f:
            data = f.read()
        head = struct.unpack_from("<8sHHHHQIIQQII", data)
        assert head[0] == b"KRAITPRF" and head[1] == 1 and head[3] == 0x0102, head
        self.pid, self.parent, self.rate = head[6], head[7], head[10]
        self.size = len(data)
        self.meta, self.strings, self.files, self.codes, self.threads = {}, {}, {}, {}, {}
        self.stacks, self.samples, self.gcs, self.children = {0: (0, 0, 0)}, [], [], []
        self.status, self.totals = None, {}
        at = head[4]
        while at + 32 <= len(data):
            magic, kind, sealed, size, committed, crc = struct.unpack_from("<IHHIII", data, at)
            if not magic:  # the file was grown, the process died then
                break
            assert magic == 0x47455350 and committed <= size - 32, (at, magic, size, committed)
            log = data[at + 32:at + 32 + committed]
            assert not sealed or zlib.crc32(log) == crc, f"checksum of the segment at {at}"
            self.read(log)
            at += size
        # a thread's samples stand in a record that was there before the stacks they name
        assert all(s[1] in self.threads and s[2] in self.stacks for s in self.samples)

    def read(self, log):
        at = 0
        while at < len(log):
            kind, flags, size = struct.unpack_from("<HHI", log, at)
            assert size >= 8 and at + size <= len(log), (kind, size)
            take = getattr(self, f"take_{kind}", None)
            if take:
                take(log[at + 8:at + size], flags)
            at += size + 7 & ~7

    def take_1(self, payload, flags):
        key, _, value = payload.partition(b"\0")
        self.meta[key.decode()] = value.decode("utf-8", "replace")

    def take_2(self, payload, flags):
        self.totals = dict(zip(TOTALS, struct.unpack("<10Q", payload)))

    def take_3(self, payload, flags):
        number, size = struct.unpack_from("<II", payload)
        assert number not in self.strings and size == len(payload) - 8
        self.strings[number] = payload[8:].decode("utf-8", "surrogatepass")

    def take_4(self, payload, flags):
        number, path, _, size, _ = struct.unpack_from("<IIQII", payload)
        text = zlib.decompress(payload[24:]).decode() if size else None
        self.files[number] = self.strings[path], text

    def take_5(self, payload, flags):
        number, kind, file, name, module, first, count, _ = struct.unpack_from("<8I", payload)
        assert number not in self.codes and len(payload) == 32 + 5 * count
        assert not file or file in self.files
        lines = struct.unpack_from(f"<{count}i", payload, 32)
        self.codes[number] = (kind, self.strings[name], self.files[file][0] if file else "", lines,
                              self.strings.get(module, ""))

    def take_6(self, payload, flags):
        number, system, identity, began, name, _ = struct.unpack("<IIQQII", payload)
        self.threads[number] = self.strings.get(name, "")

    def take_8(self, payload, flags):
        for number, caller, code, insn in struct.iter_unpack("<IIII", payload):
            assert number not in self.stacks and caller in self.stacks and code in self.codes, number
            self.stacks[number] = caller, code, insn

    def take_9(self, payload, flags):
        time, thread, count = struct.unpack_from("<QII", payload)
        shape = struct.Struct("<IIII" if flags & 1 else "<III")
        for i in range(count):
            row = shape.unpack_from(payload, 16 + i * shape.size)
            time += row[0] * 1000
            self.samples.append((time, thread, row[1], row[2]))

    def take_14(self, payload, flags):
        began, ns, stack, kind, before, after = struct.unpack("<QQIIQQ", payload)
        assert stack in self.stacks
        self.gcs.append((began, ns, stack, kind))

    def take_16(self, payload, flags):
        pid, how, time, name, _ = struct.unpack("<IIQII", payload)
        self.children.append((pid, self.strings[name]))

    def take_17(self, payload, flags):
        self.status = struct.unpack_from("<i", payload)[0]

    def frames(self, stack):
        """(name, line) of each frame, the newest first; the line of what has none is 0"""
        out = []
        while stack:
            stack, code, insn = self.stacks[stack]
            kind, name, _, lines, _ = self.codes[code]
            out.append((name, lines[insn] if kind == PYTHON and insn < len(lines) else 0))
        return out

    def shares(self, key, wanted):
        """{key(frames): share of the weight} of the samples whose frames are wanted"""
        weights = {}
        for _, _, stack, weight in self.samples:
            frames = self.frames(stack)
            if wanted(frames):
                weights[key(frames)] = weights.get(key(frames), 0) + weight
        total = sum(weights.values()) or 1
        return {k: w / total for k, w in weights.items()}
