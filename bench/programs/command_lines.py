"""Command lines by argparse: options of every action, subcommands, groups, types, errors caught, help
formatted; shlex takes the lines apart.
"""
import argparse
import hashlib
import shlex
import sys

LINES = [
    "copy a.txt b.txt --force -vvv",
    "copy --mode=0644 'name with blank' /tmp/x --exclude a b c",
    "copy a b --no-links -e x -e y",
    "list --sort size --limit 20 -l .",
    "list -lr --columns name size -- -strange-",
    "find /srv --name '*.py' --size +10 --type f",
    "find . --since 2026-11-30 --not --name 'a b'",
    "config set user.name 'Ada L.'",
    "config get user.name --default none",
    "copy only-one",
    "list --sort colour",
    "find . --limit twelve",
    "list --quiet --verbose",
    "remove all",
    "config set only",
    "find . --si +4 --unknown",
]


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise ValueError(f"{self.prog}: {message}")


class KeyValue(argparse.Action):
    def __call__(self, parser, space, values, option=None):
        table = dict(getattr(space, self.dest) or {})
        key, _, value = values.partition("=")
        table[key] = value
        setattr(space, self.dest, table)


def size(text):
    sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("=", text)
    if not digits.isdigit():
        raise argparse.ArgumentTypeError(f"not a size: {text!r}")
    return sign, int(digits)


def make_parser():
    common = argparse.ArgumentParser(add_help=False)
    loud = common.add_mutually_exclusive_group()
    loud.add_argument("-v", "--verbose", action="count", default=0, help="say more")
    loud.add_argument("-q", "--quiet", action="store_true", help="say nothing")
    common.add_argument("--define", action=KeyValue, metavar="K=V", help="set it (default: %(default)s)")
    parser = Parser(prog="files", description="Work on files: a command with commands of its own.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser, metavar="COMMAND")
    copy = commands.add_parser("copy", parents=[common], help="copy files")
    copy.add_argument("source")
    copy.add_argument("target")
    copy.add_argument("--force", action="store_true")
    copy.add_argument("--mode", type=lambda text: int(text, 8), default=0o755)
    copy.add_argument("--links", action=argparse.BooleanOptionalAction, default=True)
    copy.add_argument("-e", "--exclude", action="extend", nargs="+", default=[])
    listing = commands.add_parser("list", parents=[common], help="list a folder", aliases=["ls"])
    listing.add_argument("folder", nargs="?", default=".")
    listing.add_argument("--sort", choices=["name", "size", "time"], default="name")
    listing.add_argument("--limit", type=int)
    listing.add_argument("-l", dest="long", action="store_const", const="long", default="short")
    listing.add_argument("-r", dest="reverse", action="store_true")
    listing.add_argument("--columns", nargs="*", help="which ones, each 100%% as wide as it must be")
    find = commands.add_parser("find", parents=[common], help="find files")
    find.add_argument("roots", nargs="+")
    group = find.add_argument_group("conditions", "All of them must hold.")
    group.add_argument("--name", action="append")
    group.add_argument("--size", type=size)
    group.add_argument("--since", metavar="DAY")
    group.add_argument("--type", choices="fdl")
    group.add_argument("--not", dest="inverse", action="store_true")
    config = commands.add_parser("config", help="read or write settings")
    config = config.add_subparsers(dest="action", required=True)
    write = config.add_parser("set")
    write.add_argument("key")
    write.add_argument("value")
    read = config.add_parser("get")
    read.add_argument("key")
    read.add_argument("--default")
    return parser


def main(rounds):
    parser = make_parser()
    digest, good, bad = hashlib.sha256(), 0, 0
    for i in range(rounds):
        if i % 10 == 0:
            parser = make_parser()
        for line in LINES:
            words = shlex.split(line)
            try:
                if i % 2:
                    words += ["--define", f"n={i % 7}"]
                space, rest = parser.parse_args(words), []
                if i % 3 == 0:
                    space, rest = parser.parse_known_args(words)
                text = repr(sorted(vars(space).items())) + repr(rest) + shlex.join(words)
                good += 1
            except ValueError as error:
                text = str(error)
                bad += 1
            digest.update(text.encode())
    print(text)
    usage = parser.format_help()
    digest.update(usage.encode())
    print(usage.splitlines()[0], len(usage), "good", good, "bad", bad, digest.hexdigest()[:16])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 220)
