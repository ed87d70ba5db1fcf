"""The laws of memory that a reader of the text can check.

- vm/ and src/ ask for memory outside the heap through vm/base/memory.h alone: it tries again with what the
heap can spare, and the mode
  alloc-fail sees every request.
- Nobody aborts for want of memory: the end is memory_end, and only where the list here says so.
- Whoever maps pages asks vm/memory/space.h, or maps a file.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REQUEST = re.compile(
    r"(?<![\w.>\"])(malloc|calloc|realloc|reallocarray|strdup|strndup|aligned_alloc|posix_memalign|asprin"
    r"tf|vasprintf|"
    r"open_memstream|valloc|memalign|mmap)\s*\(")
END = re.compile(r"\b(memory_end)\s*\(|panic\(\"[^\"]*memory|fputs\(\"krait: out of memory")
# the last four map files
MAY_REQUEST = {"vm/base/memory.c", "vm/memory/space.c", "src/cache/entry.c", "src/cache/pack.c",
               "vm/modules/process/mmap.c", "vm/profile/file.c"}
# Where there is no other way: tables that grew a good while before they were full, tools beside the
# interpreter, text of thousands of
# digits, GMP (aside.c; it would end by itself, and int_scratch asks before).
MAY_END = {
    "vm/base/aside.c", "vm/base/memory.c", "vm/base/memory.h", "vm/base/arena.c", "vm/base/float_parse.c",
    "vm/memory/heap.c", "vm/memory/heap_internal.h", "vm/memory/reserve.c", "vm/runtime/error.c",
    "vm/shapes/shape.c", "vm/objects/str_intern.c", "src/driver/dump.c", "src/driver/dump_runtime.c",
    "src/syntax/ast_dump.c"}
faults = looked_at = 0


def without_comments(text):
    return re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S)


for top in ("vm", "src"):
    for folder, _, names in os.walk(os.path.join(ROOT, top)):
        for name in names:
            if not name.endswith((".c", ".h", ".inc")):
                continue
            path = os.path.join(folder, name)
            short = os.path.relpath(path, ROOT)
            with open(path, encoding="utf-8") as f:
                text = without_comments(f.read())
            looked_at += 1
            for number, line in enumerate(text.splitlines(), 1):
                found = REQUEST.search(line)
                if found and short not in MAY_REQUEST:
                    print(f"{short}:{number}: {found[1]}: see vm/base/memory.h")
                    faults += 1
                if END.search(line) and short not in MAY_END:
                    print(f"{short}:{number}: ends the process: {line.strip()}")
                    faults += 1
assert looked_at > 300
sys.exit(1 if faults else 0)
