"""MAY_RUN tells the truth: a prototype in a header bears it exactly if its function may run Python.

A function may run Python if it calls one that may, or calls through a pointer that leads to Python (RUNS).
Names alone decide. Allocating is not running: finalizers wait for a safepoint. Raising is not counted
either, although "%R" runs a __repr__: who raises leaves, and reads nothing that has become stale.
"""
import os
import re
import sys

from _functions import ROOT, Tree, files, is_below

# Where Python begins.
ROOTS = {
    "interp_run": "the loop",
    "vm_run_signals": "handlers of signals",
    "thread_acquire": "other threads have run meanwhile"}
RAISING = ("raise_",)
# Calls through fields and variables, as "owner.field" or ".field" where the owner is an expression.
RUNS = {
    "spec.entry", ".entry", "spec.raw", ".raw",                       # bodies of native functions
    ".call", "type.call", ".next", "type.next", "with.next", ".step", # hooks of types
    ".construct", "cls.construct", "owner.construct",
    ".get", ".set", "instance_dict_getset.get", "instance_dict_getset.set",
    "spec.init",                                                      # modules and classes making themselves
    # the compiler: warnings, the path's hooks
    "source_loader.compile_text", "source_loader.compile_tree", "source_loader.load_file",
    "source_loader.load_script", "source_loader.parse_text", "source_loader.symbols", "source_loader.outcome",
    "source_loader.tokens_next",
    "code.set", "plain.set",                                          # ctypes: conversions
    "recorder.thread_began", "recorder.forked",                       # a thread's name
}
QUIET = {
    "source_loader.tokens_open", "source_loader.tokens_close",        # the text is decoded already
    ".destroy", "type.trace", ".scan", ".sweep", "marker.visit", "walk.visit", "references.visit",  # the collector's
    "rings.wanted",
    ".taken", ".freed",                                               # who watches the heap
    ".provide", ".release", "type.has_last_words",                    # buffers, finalizers
    "count_hook.counters", "count_hook.left",                         # exact profiles
    "trace_state.hook",                                               # cProfile's clock
    "algorithm.init", "algorithm.update", "algorithm.finish", ".update", ".finish",       # hashes
    "codec.start", "codec.restart", ".restart", "codec.finish",       # multibyte codecs
    "codec.decode", "codec.encode",
    "options.decode", "a.action", "aside.work",
    "row.constant",                                                   # CONST rows: objects of C's own
    "code.extra",                                                     # re: a dict with int keys
    "code.get", "plain.get",                                          # ctypes: what C's memory holds
    "op.unary", "op.binary", "op.apply",                              # decimal arithmetic
    ".verify",                                                        # laws of a struct
    ".complete",                                                      # of struct sequences
    "w.call",                                                         # one of four system calls
    ".act", "same.act", "row.set",                                    # long options
    "recorder.thread_woke", "recorder.thread_ends", "recorder.fork_begins", "recorder.polled",
    "recorder.translated", "recorder.collected", "recorder.signal_taken",
}
QUIET_OWNERS = ("crypto.", "editor.", ".read_history", ".using_history")  # functions of other libraries


def is_pointer_known(name):
    return name in RUNS or name in QUIET or name.startswith(QUIET_OWNERS)


def is_raising(function):
    return function.name.startswith(RAISING)


def chain(reached, function):
    """function > callee > … > what runs Python"""
    names = [function.name]
    while not isinstance(reached[function], str):
        function = reached[function]
        names.append(function.name)
    return " > ".join(names) + f" ({reached[function]})"


def quiet_hooks(tree, reached):
    """Hooks of the collector, which calls them in the middle of a collection, and run nothing."""
    for path in files((".c", ".inc")):
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            for hook, name in re.findall(r"\.(trace|destroy) = (\w+)", f.read()):
                for function in tree.static_names.get((path, name), []):
                    if function in reached:
                        yield f"{path}:{function.line}: the collector calls {hook} {chain(reached, function)}"


def main():
    tree = Tree()
    wrong = []
    roots = {}
    for function in tree.functions:
        if function.name in ROOTS:
            roots[function] = ROOTS[function.name]
        through = sorted(function.pointer_calls & RUNS)
        if through:
            roots[function] = "calls through " + through[0]
        for name in sorted(function.pointer_calls):
            if not is_pointer_known(name):
                wrong.append(
                    f"{function.path}:{function.line}: {function.name} calls through {name}: say in RUNS "
                    f"or QUIET whether that "
                    "may run Python")
    reached = tree.spread(roots, is_raising)
    running = {}
    for function in reached:
        if not function.is_static:
            running.setdefault(function.name, function)
    defined = {f.name for f in tree.functions}
    marked = 0
    for prototype in tree.prototypes:
        where = f"{prototype.path}:{prototype.line}: {prototype.name}"
        has_mark = "MAY_RUN" in prototype.marks
        marked += has_mark
        if is_below(prototype.path) or prototype.name not in defined or prototype.name.startswith(RAISING):
            continue
        if prototype.name in running and not has_mark:
            wrong.append(f"{where} is not MAY_RUN: {chain(reached, running[prototype.name])}")
        elif has_mark and prototype.name not in running:
            wrong.append(f"{where} is MAY_RUN and calls nothing that may run Python")
    wrong += quiet_hooks(tree, reached)
    print(
        f"{len(tree.prototypes)} prototypes, {marked} of them MAY_RUN; {len(tree.functions)} definitions,"
        f" {len(reached)} of which may run "
        f"Python; {len(wrong)} wrong")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
