"""What C files remember between calls has a place: in vm/, a mutable variable of a whole file is a struct, or
it stands below. A new one goes into its module's `state`, whose comment says who registers its roots."""
import os
import re
import sys

from _functions import ROOT, code_of, files

# path → the loose ones that are better so: alone in what they say, hot, or one table
LOOSE = {
    "vm/base/aside.c": {"mine"},                  # of each thread
    "vm/base/c_stack.c": {"c_stack_floor"},       # hot: code below the VM asks it
    "vm/base/check.c": {"broken"},                # a hook
    "vm/base/float_text.c": {"powers", "powers_ready"},
    "vm/base/memory.c": {"memory_spare", "memory_refused", "memory_failing"}, # hooks; a struct
    "vm/core/object.c": {"builtin_types", "the_vm"},
    "vm/imports/import.c": {"import_library_find", "import_waiting_hook"}, # hooks
    "vm/interp/counted.c": {"count_hook"},        # a hook
    "vm/interp/insn.c": {"threaded_handlers"},
    "vm/interp/interp.c": {"loop_text", "loop_measured", "loop_at"},
    "vm/interp/poll.c": {"loop_locals_bytes", "poll_signal_hook", "poll_thread_hook", "poll_async_hook"},
    "vm/interp/slow_attr.c": {"attr_cache", "attr_sites", "attr_sites_learn", "sites_are_known"}, # hot
    "vm/interp/trace.c": {"trace_state", "watched_threads"}, # hot
    "vm/interp/translate.c": {"threaded_stub"},
    "vm/memory/collect.c": {"recorder", "recorder_signal"}, # a hook
    "vm/memory/heap.c": {"the_heap", "heap_cursors", "class_by_size"}, # hot
    "vm/memory/verify.c": {"heap_cell_verifier"}, # a hook
    "vm/modules/ast/classes.c": {"ast_classes"},  # a struct
    "vm/modules/builtins/builtins_code.c": {"source_loader"}, # a hook
    "vm/modules/sys/_imp.c": {"import_lock"},     # a struct
    "vm/modules/thread/thread.c": {"this_thread"}, # of each thread
    "vm/objects/buffer.c": {"provider_count"},
    "vm/objects/dict.c": {"dict_no_table"},       # the table that all empty dicts share
    "vm/objects/dict_verify.c": {"notes"},
    "vm/objects/int_text.c": {"int_max_str_digits"},
    "vm/objects/list_sort.c": {"sorting"},        # a mark: its address
    "vm/objects/str.c": {"latin1_chars", "empty_text", "one_byte", "no_bytes"}, # always there
    "vm/objects/str_intern.c": {"table", "capacity", "used", "young", "young_count"}, # hot
    "vm/profile/file.c": {"holding"},             # of each thread
    "vm/profile/sample.c": {"sampled"},           # of each thread
    "vm/profile/source.c": {"source_kept"},
    "vm/runtime/source_line.c": {"none"},
    "vm/shapes/shape.c": {"next_shape", "free_shapes", "mapped_end"},
}
WORDS = r"(?!(?:typedef|extern|return|enum|union|static_assert|struct|static struct|goto|else)\b)"
STATEMENT = re.compile(rf"^{WORDS}[A-Za-z_][^;{{]*(?:;|=?\s*{{)", re.M)
HOOK = re.compile(r"[\w\s*]+\(\*(\w+)\)\([^()]*\);")
DECLARATORS = re.compile(r"((?:[A-Za-z_]\w*\s+|\*\s*)+)(\w+)\s*(?:\[[^\]]*\]\s*)*([=;,].*)", re.S)


def is_constant(type_):
    return "const" in (type_.rsplit("*", 1)[1] if "*" in type_ else type_).split()


def loose_variables(code):
    """The names of mutable variables that functions share, structs that say so aside."""
    for found in STATEMENT.finditer(code):
        statement = code[found.start():code.find(";", found.start()) + 1]
        if hook := HOOK.fullmatch(statement):
            yield hook[1]
        declared = DECLARATORS.fullmatch(statement)
        if not declared or is_constant(declared[1]) or "(" in re.split("[={]", statement)[0]:
            continue
        yield declared[2]
        bare = re.sub(r"[({\[][^(){}\[\]]*[)}\]]", "", declared[3])
        yield from re.findall(r",\s*\**\s*([A-Za-z_]\w*)\s*(?=[=,;])", bare)


def main():
    wrong, kept = [], 0
    for path in files((".c",), ("vm",)):
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            code = re.sub(r"^#.*(?:\\\n.*)*", "", code_of(f.read()), flags=re.M)
        found = set(loose_variables(code))
        known = LOOSE.get(path, set())
        kept += len(found)
        wrong += [f"{path}: {name}: a variable of the whole file: into the state of its module"
                  for name in sorted(found - known)]
        wrong += [f"{path}: {name}: not there any more: off the list" for name in sorted(known - found)]
    print("\n".join(wrong) if wrong else f"{kept} loose variables, each with its reason")
    return 1 if wrong else 0


sys.exit(main())
