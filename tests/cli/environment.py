"""-E and -I: no variable PYTHON… or KRAIT… says anything, those of the cache, the library's folder and the
collector's tests among them.
"""
import os
import re
import subprocess

from _both import KRAIT, expect, finish, folder, run, same

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
d = folder()
os.mkdir(d + "/library")
with open(d + "/library/os.py", "w") as f:
    f.write("raise SystemExit('another library')\n")
with open(d + "/m.py", "w") as f:
    f.write("x = 1\n")
with open(d + "/main.py", "w") as f:
    f.write("import sys\nsys.path.insert(0, " + repr(d) + ")\nimport m\nprint(m.x)\n")
for name in ("m.py", "main.py"):
    os.utime(os.path.join(d, name), (10**9, 10**9))
subprocess.run([KRAIT, "cache", "bake", d], capture_output=True, check=True)
pack = d + "/.krait-pack"
home = {"HOME": d + "/home", "XDG_CACHE_HOME": d + "/xdg", "KRAIT_STDLIB": "", "KRAIT_CACHE_DIR": "",
        "KRAIT_PACK": "", "KRAIT_CACHE": ""}


def told(variable, value, code):
    """What the code prints with the variable alone, under -E, under -I, and without it."""
    for options in ([], ["-E"], ["-I"]):
        yield run(KRAIT, options + code, env=dict(home, **{variable: value}))[:2]
    yield run(KRAIT, code, env=home)[:2]


def obeyed_but_ignored(variable, value, code, show=lambda result: result):
    with_it, with_e, with_i, without = map(show, told(variable, value, code))
    expect(with_it != without, f"{variable} is obeyed: {with_it} {without}")
    expect(with_e == without, f"{variable} is ignored under -E: {with_e} {without}")
    expect(with_i == without, f"{variable} is ignored under -I: {with_i} {without}")


obeyed_but_ignored(
    "KRAIT_STDLIB", d + "/library",
    ["-c", "import sys; print([p for p in sys.path if p.endswith(('/library', 'python3.11'))])"])
obeyed_but_ignored("KRAIT_LIBRARY", d, ["-c", f"import sys; print({d!r} in sys.path)"])
obeyed_but_ignored("KRAIT_STATS_FD", "1", ["-c", "pass"], lambda result: result[1][:1])
obeyed_but_ignored("KRAIT_SITE", d, ["-c", f"import sys; print({d!r} in sys.path)"])
script = [d + "/main.py"]
for variable, value in (("KRAIT_CACHE_DIR", d + "/kept"),):
    for options, wanted in ((["-E"], False), (["-I"], False), ([], True)):
        run(KRAIT, options + script, env=dict(home, **{variable: value}))
        expect(os.path.exists(value) == wanted, f"{variable} under {options}")
    expect(os.path.isdir(d + "/xdg/krait"), "the user's own folder is used instead")


def outcomes(variable, value):
    for options in ([], ["-E"], ["-I"]):
        arguments = options + ["-S", "-X", "importtime"] + script
        err = run(KRAIT, arguments, env=dict(home, **{variable: value}))[2]
        yield re.search(r" m +\[(.*)\]", err)[1]


with_it, with_e, with_i = outcomes("KRAIT_PACK", pack)
expect("pack" in with_it and "pack" not in with_e + with_i, f"KRAIT_PACK: {with_it}, {with_e}, {with_i}")
with_it, with_e, with_i = outcomes("KRAIT_CACHE", "off")
expect(with_it == "off" and with_e.startswith("hit") and with_i.startswith("hit"),
       f"KRAIT_CACHE: {with_it}, {with_e}, {with_i}")
for options, wanted in (([], "kept"), (["-E"], "xdg"), (["-I"], "xdg")):
    out = run(KRAIT, options + ["cache", "stats"], env=dict(home, KRAIT_CACHE_DIR=d + "/kept"))[1]
    expect(f"/{wanted}" in out, f"krait {options} cache stats: {out}")
work = ["-c", "x = bytearray(1 << 21); print(1)"]
obeyed_but_ignored("KRAIT_GC_FAIL", "1", work)

# ---- every variable that the program reads by name is known to this test
known = {"KRAIT_STDLIB", "KRAIT_LIBRARY", "KRAIT_STATS_FD", "KRAIT_PROFILE", "KRAIT_PROFILE_PARENT",
         "KRAIT_CACHE_DIR", "KRAIT_PACK", "KRAIT_CACHE", "KRAIT_GC_STRESS", "KRAIT_GC_FAIL",
         "KRAIT_GC_VERIFY", "KRAIT_IC", "KRAIT_SITE"}
with open(os.path.join(ROOT, "vm/core/options.def"), encoding="utf-8") as f:
    rows = set(re.findall(r'OWN_VARIABLE\("(KRAIT_[A-Z_]+)', f.read()))
expect(rows == known, f"rows of options.def: {sorted(rows ^ known)}")
help_text = run(KRAIT, ["--help-env"])[1]
expect(all(name in help_text for name in known),
       f"--help-env names all: {[n for n in known if n not in help_text]}")

# ---- and CPython's own
for variable, value, code in [
        ("PYTHONPATH", d, "import sys; print(%r in sys.path)" % d),
        ("PYTHONNOUSERSITE", "1", "import sys; print(sys.flags.no_user_site)"),
        ("PYTHONSAFEPATH", "1", "import sys; print(sys.flags.safe_path)"),
        ("PYTHONDONTWRITEBYTECODE", "1", "import sys; print(sys.dont_write_bytecode)"),
        (
            "PYTHONBREAKPOINT", "print",
            "breakpoint(5) if __import__('sys').flags.ignore_environment == 0 else print(6)"),
        ("PYTHONHASHSEED", "0", "import sys; print(sys.flags.hash_randomization)"),
        ("PYTHONIOENCODING", "ascii", "import sys; print(sys.stdout.encoding)")]:
    for options in ([], ["-E"], ["-I"]):
        same(options + ["-c", code], env={variable: value})
finish()
