"""What --inner and the look at collections run in the interpreter that is measured."""
import json

from krait.bench.estimate import median, warm_from

# Arguments: where the times go, how many, are collections timed, "file" or "code", what, its arguments.
PROGRAM = r'''
import sys, time, gc
def main(clock=time.perf_counter):
    out, count, collections, kind, what = sys.argv[1:6]
    sys.argv = [what if kind == "file" else "-c"] + sys.argv[6:]
    text = what
    if kind == "file":
        sys.path[0] = what.rpartition("/")[0] or "."
        with open(what, "rb") as file:
            text = file.read()
    code = compile(text, what if kind == "file" else "<string>", "exec")
    times, seconds, number, began, pauses = [], 0.0, 0, 0.0, None
    def collecting(phase, info):
        nonlocal seconds, number, began
        if phase == "start":
            began = clock()
        else:
            seconds += clock() - began
            number += 1
    if collections == "1" and sys.implementation.name == "krait":
        import _memory
        pauses = getattr(_memory, "pauses", None)
        known = pauses is not None
    elif collections == "1" and hasattr(gc, "callbacks"):
        gc.callbacks.append(collecting)
        known = True
    else:
        known = False
    before = pauses() if pauses else (0, 0.0)
    for _ in range(int(count)):
        module = type(sys)("__main__")
        if kind == "file":
            module.__file__ = what
        sys.modules["__main__"] = module
        start = clock()
        try:
            exec(code, module.__dict__)
        except SystemExit as end:
            if end.code:
                raise
        times.append(clock() - start)
    if pauses:
        number, seconds = (after - start for after, start in zip(pauses(), before))
    elif known:
        gc.callbacks.remove(collecting)
    with open(out, "w") as file:
        file.write('{"times": %r, "gc": %s}' % (times, [seconds, number] if known else "null"))
main()
'''


def command(interpreter, target, out, count, collections):
    """The command that runs a target `count` times in one process of an interpreter."""
    return [*interpreter.command, "-c", PROGRAM, out, str(count), str(int(collections)), target.kind,
            *target.words]


def read(path):
    """(times, what the collector took or None), or None when the program ended before."""
    try:
        with open(path) as file:
            told = json.load(file)
        times, collected = told["times"], told["gc"]
    except (OSError, ValueError, KeyError):
        return None
    return times, collected and {"seconds": collected[0], "number": collected[1]}


def warm(times):
    """{the warm median, from which repetition on, seconds until then}; from None: never."""
    start = warm_from(times)
    return {"wall": median(times[start or 0:]), "from": start, "until": sum(times[:start or 0])}
