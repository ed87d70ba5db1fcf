"""krait profile report, diff and gate. main(argv) -> status.

Status: 0; 1 gate: a regression; 2 usage; 3 a file that cannot be read; 4 gate: not comparable."""
import argparse
import importlib
import os
import sys

FORMATS = {  # name: (module, its function, bytes)
    "text": ("text", "text", False),
    "html": ("page", "html", False),
    "svg": ("flame", "svg", False),
    "collapsed": ("collapsed", "collapsed", False),
    "speedscope": ("speedscope", "speedscope", False),
    "gecko": ("gecko", "gecko", False),
    "pprof": ("pprof", "pprof", True),
    "callgrind": ("callgrind", "callgrind", False),
    "pstats": ("pstat", "pstats", True),
    "json": ("plain", "json_text", False),
}
ENDINGS = {"html": ".html", "svg": ".svg", "pprof": ".pb.gz", "pstats": ".pstats",
           "speedscope": ".speedscope.json",
           "gecko": ".gecko.json"}  # of what is not written to a terminal
VIEWS = ("lines", "functions", "sites", "memory", "opcodes", "threads", "imports", "gc")
SORTS = ("self", "total", "name", "runs", "instr", "miss", "alloc")
METRICS = ("vm", "calls", "allocs", "bytes", "cpu")


def main(argv=None):
    arguments = parse(sys.argv[1:] if argv is None else argv)
    from krait.profile.choice import BadChoice
    from krait.profile.reader import NotReadable
    try:
        return arguments.run(arguments)
    except NotReadable as error:
        say(error)
        return 3
    except BadChoice as error:
        say(error)
        return 2
    except BrokenPipeError:
        silence(sys.stdout)
        return 0
    except OSError as error:
        say(error)
        return 3


def say(message):
    text = f"krait profile: {message}\n".encode("utf-8", "backslashreplace")
    sys.stderr.write(text.decode("utf-8"))


def silence(stream):
    """What is still in the stream's buffer is not wanted at exit"""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def parse(argv):
    parser = argparse.ArgumentParser(prog="krait profile", allow_abbrev=False)
    commands = parser.add_subparsers(metavar="report|diff|gate", required=True)
    add_report(commands)
    add_diff(commands)
    add_gate(commands)
    return parser.parse_args(argv)


def add_report(commands):
    p = commands.add_parser("report", help="what a recording says", allow_abbrev=False)
    p.add_argument("file")
    p.add_argument("--format", choices=FORMATS, default="text")
    for name in FORMATS:
        p.add_argument(f"--{name}", dest="format", action="store_const", const=name, help=argparse.SUPPRESS)
    p.add_argument("-o", "--output", metavar="OUT", help="where to (default: standard output)")
    p.add_argument("--view", choices=VIEWS, help="only this part of the text")
    p.add_argument("--sort", choices=SORTS, default="self")
    p.add_argument("-l", "--limit", type=count, default=15, metavar="N", help="rows of each table (15)")
    p.add_argument("--focus", metavar="RE", help="only samples with a matching frame")
    p.add_argument("--ignore", metavar="RE", help="only samples without a matching frame")
    p.add_argument("--thread", metavar="ID", help="only of this thread: number, system's number or name")
    p.add_argument("--from", dest="since", type=seconds, metavar="S", help="only samples from this second on")
    p.add_argument("--to", dest="until", type=seconds, metavar="S", help="only samples before this second")
    p.add_argument("--max-size", type=float, default=5, metavar="MB",
                   help="of a page's data, before small stacks "
                   "are merged (5)")
    p.set_defaults(run=report)


def add_diff(commands):
    p = commands.add_parser("diff", help="what two recordings differ in", allow_abbrev=False)
    p.add_argument("a", metavar="A")
    p.add_argument("b", metavar="B")
    p.add_argument("--format", choices=("text", "html", "json"), default="text")
    p.add_argument("-o", "--output", metavar="OUT")
    p.add_argument("-l", "--limit", type=count, default=15, metavar="N")
    p.set_defaults(run=diff)


def add_gate(commands):
    p = commands.add_parser("gate", help="status 1 if B needs more than A", allow_abbrev=False)
    p.add_argument("a", metavar="A")
    p.add_argument("b", metavar="B")
    p.add_argument("--max-regress", type=percent, required=True, metavar="SHARE")
    p.add_argument("--metric", choices=METRICS, default="vm")
    p.add_argument("--any-source", action="store_true", help="compare although the sources differ")
    p.set_defaults(run=gate)


def count(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of rows")
    return number


def seconds(text):
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a time")
    return number


def percent(text):
    number = float(text.removesuffix("%"))
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a share")
    return number / 100


def report(arguments):
    from krait.profile.choice import Choice
    from krait.profile.reader import read
    choice = Choice(arguments.focus, arguments.ignore, arguments.thread, arguments.since, arguments.until)
    recording = read(arguments.file)
    module, name, is_bytes = FORMATS[arguments.format]
    make = getattr(importlib.import_module(f"krait.profile.{module}"), name)
    options = {}
    if arguments.format == "text":
        stream = None if arguments.output else sys.stdout
        options = dict(view=arguments.view, sort=arguments.sort, limit=arguments.limit, stream=stream)
    elif arguments.format == "html":
        options = dict(max_size=arguments.max_size)
    write(make(recording, choice, **options), arguments.output or place(arguments))
    return 0


def place(arguments):
    """None for standard output; a file for what a terminal cannot show"""
    ending = ENDINGS.get(arguments.format)
    if ending is None or not sys.stdout.isatty():
        return None
    path = os.path.basename(arguments.file) + ending
    say(f"writes {path}")
    return path


def diff(arguments):
    from krait.profile import difference
    from krait.profile.reader import read
    a, b = read(arguments.a), read(arguments.b)
    write(difference.diff(a, b, arguments.format, arguments.limit), arguments.output)
    return 0


def gate(arguments):
    from krait.profile import gate as gates
    from krait.profile.reader import read
    status, text = gates.gate(read(arguments.a), read(arguments.b), arguments.metric, arguments.max_regress,
                              arguments.any_source)
    write(text, None)
    return status


def write(content, path):
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    with open(path, "wb") as f:
        f.write(raw)


if __name__ == "__main__":
    sys.exit(main())
