"""krait bench: the command."""
import os
import shlex
import subprocess
import sys

from krait.bench import exports, files, interpreters, launch, options as command_line, results, targets, text
from krait.bench.problems import FILE, INTERRUPTED, OK, REGRESSED, UNRELIABLE, USAGE, Problem, Usage
from krait.bench.session import Session, Stopped

COMMANDS = ("compare", "gate", "history")


def main(arguments=None):
    """The status of the command."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if arguments and arguments[0] in COMMANDS and not os.path.exists(arguments[0]):
            return files.COMMANDS[arguments[0]](command_line.parse_files(arguments[0], arguments[1:]))
        return run(command_line.parse_run(arguments), arguments)
    except Problem as problem:
        print(f"krait bench: {problem}", file=sys.stderr)
        return problem.status
    except Stopped as stopped:
        print(f"krait bench: {stopped}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more is said, at the end neither
        return FILE
    except KeyboardInterrupt:
        return INTERRUPTED


def run(options, arguments):
    found = targets.find(options)
    baseline = results.read(options.baseline) if options.baseline else None
    check_exports(options)
    chosen = []
    if any(target.takes_interpreter for target in found):
        chosen = interpreters.choose(options.python, options.against)
    check(options, found, chosen)
    session = Session(options, targets.with_sides(found, chosen, options.modes), launch.find())
    progress = session.shown = text.Progress()
    command = shlex.join(["krait", "bench", *arguments])

    def document():
        return results.document(session, chosen, options, command)

    def save():
        if options.export_json and not options.export_json.endswith(".jsonl"):
            results.write(options.export_json, document())
    session.saved = save
    try:
        session.run()
    finally:
        progress.end()
    made = results.conclude(document())
    return finish(made, options, baseline)


def check(options, found, chosen):
    """What can be known to go wrong is said before anything runs."""
    if options.inner or options.metric == "gc":
        if any(target.kind == "command" for target in found):
            raise Usage("--inner and --metric gc are for programs and code, not for --cmd")
    if any(target.takes_interpreter for target in found) and len(chosen) == 1 and options.against != ["none"]:
        print("krait bench: no other python3 on PATH; nothing to compare with", file=sys.stderr)
    if options.pin is not None:
        os.sched_setaffinity(0, {options.pin})


def check_exports(options):
    for form in command_line.EXPORTS:
        path = getattr(options, "export_" + form)
        if path and not os.access(os.path.dirname(os.path.abspath(path)), os.W_OK):
            raise results.BadFile(f"{path}: its folder cannot be written")


def finish(made, options, baseline):
    for line in text.report(made):
        print(line)
    status = status_of(made)
    if baseline:
        slower, wrong, lines = files.against_baseline(baseline, made)
        print("\n".join(lines))
        status = REGRESSED if wrong else status or (REGRESSED if slower else OK)
    exports.write_all(made, options)
    if options.profile:
        profile(made)
    sys.stdout.flush()
    return INTERRUPTED if made["interrupted"] else status


def status_of(made):
    if results.failures(made):
        return REGRESSED
    return OK if made["reliable"] else UNRELIABLE


def profile(made):
    """Records each target once, under the first interpreter, if that is a Krait."""
    known = {it["label"]: it for it in made["interpreters"] if it["kind"] == "krait"}
    for target in made["targets"]:
        side = target["sides"][0]
        interpreter = known.get(side["label"])
        if not interpreter or target["kind"] == "command":
            print(f"{target['name']}: {side['label']} has no krait profile", file=sys.stderr)
            continue
        name = "".join(c if c.isalnum() or c in "-_." else "-" for c in target["name"]) + ".kprof"
        words = (["-c"] if target["kind"] == "code" else []) + target["words"]
        done = subprocess.run([*interpreter["command"], "profile", "record", "-o", name, *words],
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if os.path.exists(name):
            print(f"{target['name']}: recorded in {name}")
        else:
            said = done.stderr.decode("utf-8", "backslashreplace").strip()[-200:]
            print(f"{target['name']}: not recorded: {said or done.returncode}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
