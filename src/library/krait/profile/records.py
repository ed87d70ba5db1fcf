"""Payloads of records (vm/profile/records.def) into the tables of a Recording: one function a type."""
import struct

from krait.profile.model import PYTHON, OPERATOR, Code, File, Thread, Totals

SAMPLES_NATIVE = 1
BLOCK_FALLS_THROUGH, BLOCK_LATE, NOWHERE = 1, 2, 0xffffffff


class Tables:
    """Where the records of one process go: the recording, and what is known of the process alone."""

    def __init__(self, recording, process, data, order):
        self.recording, self.process, self.data, self.order = recording, process, data, order
        self.base = process.index << 32
        # what the process's times lie behind those of the first
        self.delay = max(0, process.began - recording.first.began) if process.index else 0
        self.sample = struct.Struct(order + "III")
        self.native_sample = struct.Struct(order + "IIII")
        self.quads = struct.Struct(order + "IIII")
        self.counted, self.left = [], []  # COUNTS, LEFT: their counters are read when all is there

    def unpack(self, shape, payload, at=0):
        return struct.unpack_from(self.order + shape, payload, at)

    def id(self, number):
        return number + self.base if number else 0

    def text(self, number):
        return self.recording.strings.get(self.id(number), "")

    def stack(self, number):
        stack = self.id(number)
        return stack if stack in self.recording.stacks else 0

    def code(self, number):
        code = self.id(number)
        return code if code in self.recording.codes else 0

    def finish(self):
        for code, blocks, offset in self.counted:
            counters = self.counters(offset, len(blocks))
            self.recording.counts.append((code, blocks[:len(counters)], counters))
        for code, insn, offset in self.left:
            for count in self.counters(offset, 1):
                self.recording.left[code, insn] = self.recording.left.get((code, insn), 0) + count

    def counters(self, offset, count):
        """Those of them that are in the file"""
        count = min(count, max(0, len(self.data) - offset) // 8)
        return struct.unpack_from(f"{self.order}{count}Q", self.data, offset) if count else ()


def take_meta(tables, payload, flags):
    key, _, value = payload.partition(b"\0")
    tables.process.meta[decode(key)] = decode(value.rstrip(b"\0"))


def decode(raw):
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")


def take_totals(tables, payload, flags):
    tables.process.totals = Totals(tables.unpack("10Q", payload))


def take_string(tables, payload, flags):
    number, size = tables.unpack("II", payload)
    tables.recording.strings[tables.id(number)] = decode(payload[8:8 + size])


def take_file(tables, payload, flags):
    number, path, hash, size, _ = tables.unpack("IIQII", payload)
    file = tables.id(number)
    tables.recording.files[file] = File(file, tables.text(path), hash, size, payload[24:] if size else b"")


def take_code(tables, payload, flags):
    number, kind, file, name, module, first_line, count, co_flags = tables.unpack("8I", payload)
    if not PYTHON <= kind <= OPERATOR or 32 + 5 * count > len(payload):
        raise ValueError("a code that cannot be")
    source = tables.recording.files.get(tables.id(file))
    code = Code(tables.id(number), kind, tables.text(name) or "?", source.path if source else "",
                tables.text(module), min(first_line, (1 << 31) - 1))
    code.file, code.insn_count, code.flags, code.order = tables.id(file), count, co_flags, tables.order
    code.packed, code.opcodes = payload[32:32 + 4 * count], payload[32 + 4 * count:32 + 5 * count]
    tables.recording.codes.setdefault(code.id, code)


def take_thread(tables, payload, flags):
    number, system, identity, began, name, _ = tables.unpack("IIQQII", payload)
    thread = tables.id(number)
    tables.recording.threads[thread] = Thread(thread, system, identity, began + tables.delay,
                                              tables.text(name),
                                              tables.process)


def take_task(tables, payload, flags):
    number, name, awaited_by, thread, time = tables.unpack("IIIIQ", payload)
    tables.recording.tasks[tables.id(number)] = (tables.text(name), tables.id(awaited_by), tables.id(thread),
                                                 time + tables.delay)


def take_stack(tables, payload, flags):
    stacks, codes, base = tables.recording.stacks, tables.recording.codes, tables.base
    for number, caller, code, insn in tables.quads.iter_unpack(payload[:len(payload) & ~15]):
        stack, caller = number + base, caller + base if caller else -1
        if stack not in stacks and number:
            stacks[stack] = (caller if caller in stacks else -1,
                             code + base if code + base in codes else 0, insn)


def take_samples(tables, payload, flags):
    time, thread, count = tables.unpack("QII", payload)
    shape = tables.native_sample if flags & SAMPLES_NATIVE else tables.sample
    count = min(count, (len(payload) - 16) // shape.size)
    tables.recording.blocks.append((tables.base, time + tables.delay, tables.id(thread),
                                    payload[16:16 + count * shape.size], shape, count))


def take_alloc(tables, payload, flags):
    number, stack, time, weight, size, kind, _ = tables.unpack("IIQQQII", payload)
    tables.recording.allocs[tables.id(number)] = (tables.stack(stack), time + tables.delay, weight, size,
                                                  tables.text(kind))


def take_free(tables, payload, flags):
    number, _, time = tables.unpack("IIQ", payload)
    tables.recording.frees[tables.id(number)] = time + tables.delay


def take_site(tables, payload, flags):
    code, insn, runs, misses = tables.unpack("IIQQ", payload)
    rest = payload[24:]
    met = tuple((tables.text(reason), tables.text(what), count) for reason, what, count
                in struct.iter_unpack(tables.order + "IIQ", rest[:len(rest) & ~15]))
    tables.recording.sites.append((tables.code(code), insn, runs, misses, met))


def take_edge(tables, payload, flags):
    edges = tables.recording.edges
    for caller, insn, callee, _, calls in struct.iter_unpack(tables.order + "IIIIQ",
                                                             payload[:len(payload) // 24 * 24]):
        key = tables.code(caller), insn, tables.code(callee)
        edges[key] = edges.get(key, 0) + calls


def take_gc(tables, payload, flags):
    began, ns, stack, kind, before, after = tables.unpack("QQIIQQ", payload)
    tables.recording.gcs.append((began + tables.delay, ns, tables.stack(stack), kind & 1, before, after))


def take_import(tables, payload, flags):
    began, ns, module, by, how, depth = tables.unpack("QQIIII", payload)
    tables.recording.imports.append((began + tables.delay, ns, tables.text(module), tables.text(by),
                                     tables.text(how), depth))


def take_child(tables, payload, flags):
    pid, how, time, name, _ = tables.unpack("IIQII", payload)
    tables.recording.children.append((pid, "fork" if how == 1 else "spawn", time + tables.delay,
                                      tables.text(name)))


def take_end(tables, payload, flags):
    tables.process.status, _, _ = tables.unpack("iIQ", payload)
    tables.process.ended = True


def take_counts(tables, payload, flags):
    code, count, offset = tables.unpack("IIQ", payload)
    rows = tables.quads.iter_unpack(payload[16:len(payload) & ~15])
    blocks = [(first, bool(block & BLOCK_LATE), None if target == NOWHERE else target,
               bool(block & BLOCK_FALLS_THROUGH)) for first, target, block, _ in rows]
    tables.counted.append((tables.code(code), blocks[:count], offset))


def take_left(tables, payload, flags):
    for code, insn, offset in struct.iter_unpack(tables.order + "IIQ", payload[:len(payload) & ~15]):
        tables.left.append((tables.code(code), insn, offset))


RECORDS = {1: take_meta, 2: take_totals, 3: take_string, 4: take_file, 5: take_code, 6: take_thread,
           7: take_task,
           8: take_stack, 9: take_samples, 10: take_alloc, 11: take_free, 12: take_site, 13: take_edge,
           14: take_gc, 15: take_import, 16: take_child, 17: take_end, 18: take_counts, 19: take_left}
