"""The prompt begins: PYTHONSTARTUP, sys.__interactivehook__; audit events as a program starts."""
import os
import re

from _both import expect, finish, folder, run, same, KRAIT, REFERENCE

where = folder()


def write(name, text):
    with open(os.path.join(where, name), "w") as f:
        f.write(text)
    return name


def plain(text):
    """Without the versions, addresses, and what each has to import for itself."""
    text = text.replace(KRAIT, "PROGRAM").replace(REFERENCE, "PROGRAM")
    return "".join(line for line in re.sub(r"0x[0-9a-f]+", "0x", text).splitlines(True)
                   if not re.match(r"Python 3|Type \"help|.*EV exec .*(/usr/lib|frozen|<string>)", line))


SHOW = "import sys; print(getattr(sys, '__interactivehook__', None))"
startups = [
    "import sys; print(sys.__interactivehook__)",
    "import sys\ndef hook(): print('called')\nsys.__interactivehook__ = hook",
    "import sys\ndef hook(): raise ValueError('no')\nsys.__interactivehook__ = hook",
    "import sys\ndef hook(): raise SystemExit(5)\nsys.__interactivehook__ = hook",
    "import sys\ndel sys.__interactivehook__",
    "import sys\nsys.__interactivehook__ = None",
    "1/0",
    "x = ",
    "raise SystemExit(4)",
]
env = {"HOME": where, "KRAIT_SITE": "1"}
for number, text in enumerate(startups):
    name = write(f"startup{number}.py", text)
    same(["-i"], "print(1)\n", {**env, "PYTHONSTARTUP": name}, where, plain)
same(["-q", "-i"], "print(1)\n", {**env, "PYTHONSTARTUP": "none.py"}, where, plain)
same(["-q", "-i"], "print(1)\n", {**env, "PYTHONSTARTUP": ""}, where, plain)
OWN = "\ndef hook(): print('called')\nsys.__interactivehook__ = hook"
same(["-i", "-c", SHOW + OWN], "2\n", env, where, plain)
for option in "-I", "-S", "-E":
    same([option, "-c", SHOW], "", env, where, plain)
loaded = "import sys; print([n in sys.modules for n in ('readline', 'rlcompleter')])\n"
same(["-q", "-i"], loaded, env, where, plain)
same(["-I", "-q", "-i"], loaded, env, where, plain)
FACTS = """
import sys
hook = sys.__interactivehook__
print(hook.__name__, hook.__qualname__, hook.__module__, callable(hook), type(hook).__name__)
print(hook())
import readline, rlcompleter, site
print(readline.get_completer())
sys.__interactivehook__ = 5
site.enablerlcompleter()
print(sys.__interactivehook__)
"""
same(["-c", FACTS], "", env, where, lambda text: re.sub(r"0x[0-9a-f]+", "0x", text))
same(["-c", "import sys; h = sys.__interactivehook__; sys.__interactivehook__ = 5; h(); "
      "print(sys.__interactivehook__, h.__name__)"], "", env, where)

# ---- inspect asks what site has put into builtins
NAMES = "exit, quit, help, copyright, credits, license"
same(["-c", f"import inspect\nfor f in {NAMES}: print(inspect.signature(f))"], "", env)
ASKED = "inspect.signature(exit), inspect.signature(exit), hasattr(exit, 'eof')"
same(["-c", f"import inspect; print({ASKED})"], "", env)

# ---- audit events
write("sitecustomize.py", """
import sys
def hook(event, arguments):
    if event.startswith("cpython.run_") or event == "exec" or event == "compile" and arguments[1][0] != "<":
        print("EV", event, arguments, file=sys.stderr)
sys.addaudithook(hook)
""")
write("program.py", "print('program')\n")
os.mkdir(os.path.join(where, "folder"))
write("folder/__main__.py", "print('folder')\n")
env["PYTHONPATH"] = where
env["PYTHONDONTWRITEBYTECODE"] = "1"


def loads(text):
    """The compile events are those of modules that are not in one's cache."""
    return "".join(line for line in plain(text).splitlines(True) if "EV compile (b" not in line)


same(["-c", "print('command')"], "", env, where, loads)
same(["program.py"], "", env, where, loads)
same(["none.py"], "", env, where, loads)
same(["-m", "program"], "", env, where, loads)
same(["folder"], "", env, where, loads)
same([], "print('input')\n", env, where, loads)
same(["-"], "print('input')\n", env, where, loads)
same(["-q", "-i"], "print('typed')\n", {**env, "PYTHONSTARTUP": "program.py"}, where, loads)
same(["-q", "-i", "-c", "pass"], "x = 1\ny = [\n1]\n", env, where, loads)
write("sitecustomize.py", """
import os, sys
def hook(event, arguments):
    if event == os.environ["REFUSED"]:
        raise RuntimeError("refused")
sys.addaudithook(hook)
""")
for event, options in [("cpython.run_command", ["-c", "print(1)"]), ("cpython.run_file", ["program.py"]),
                       ("cpython.run_module", ["-m", "program"]), ("cpython.run_stdin", [])]:
    for program in KRAIT, REFERENCE:
        status, out, error = run(program, options, "print(1)\n", {**env, "REFUSED": event}, where)
        expect(status == 1 and not out and "RuntimeError: refused" in error, f"{program} {event}: {error}")
finish()
