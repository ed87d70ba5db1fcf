"""argparse: positional arguments, options, usage, sub-commands."""
import argparse

p = argparse.ArgumentParser(prog="prog", description="A test.")
p.add_argument("name")
p.add_argument("-n", "--number", type=int, default=3, help="a number")
p.add_argument("--flag", action="store_true")
p.add_argument("rest", nargs="*")
a = p.parse_args(["x", "y", "z", "-n", "5"])
assert a == argparse.Namespace(name="x", number=5, flag=False, rest=["y", "z"])
assert p.format_usage() == "usage: prog [-h] [-n NUMBER] [--flag] name [rest ...]\n"
assert "a number" in p.format_help()
sub = argparse.ArgumentParser(exit_on_error=False).add_subparsers(dest="cmd")
sub.add_parser("run").add_argument("--fast", action="store_const", const=1)
