"""Command-line options, as python3.11 takes them."""
import os
import zipfile

from _both import KRAIT, expect, finish, folder, run, same

for arguments in [
        ["-c", "print(1)"],
        ["-c", "import sys; print(sys.argv)", "a", "-b", "--c"],
        ["-c", "raise SystemExit(5)"],
        ["-c", "1/0"],
        ["-c", "x = ("],
        ["-c", ""],
        ["-Bc", "print(__name__)"],
        ["-Ic", "import sys; print(sys.flags.isolated, sys.flags.no_user_site)"],
        ["-Ec", "import sys; print(sys.flags.ignore_environment)"],
        ["-Oc", "assert 0; print(__debug__)"],
        ["-OOc", "def f():\n 'doc'\nprint(f.__doc__)"],
        ["-sc", "import sys; print(sys.flags.no_user_site)"],
        ["-Sc", "import sys; print(sys.flags.no_site)"],
        ["-uc", "print(1)"],
        ["-qc", "print(2)"],
        ["-bc", "print(str(b'a'))"],
        ["-Wignore", "-c", "import warnings; warnings.warn('x')"],
        ["-Werror", "-c", "import warnings; warnings.warn('x')"],
        ["-W", "error::UserWarning", "-c", "import warnings; warnings.warn('x')"],
        ["-X", "utf8", "-c", "import sys; print(sys.flags.utf8_mode)"],
        ["-Xint_max_str_digits=1000", "-c", "str(10**1000)"],
        ["-m", "this_module_does_not_exist"],
        ["-m", "json.tool", "--help"],
        ["no_such_file.py"],
        ["-P", "-c", "import sys; print(sys.flags.safe_path)"],
        ["-xc", "print(3)"],
        ["-vV"],
        ["-d", "-c", "pass"],
        [
            "-c",
            "import sys; print(sys.flags.optimize, sys.flags.dont_write_bytecode, sys.flags.quiet, "
            "sys.flags.verbose)"]]:
    same(arguments, edit=lambda t: t.replace(KRAIT, "PROGRAM").replace("/usr/bin/python3.11",
            "PROGRAM") if "-vV" not in arguments else "")
for options in (["-b"], ["-bb"], ["-X", "dev"], ["-X", "dev", "-b", "-W", "error"],
                ["-W", "ignore", "-b"], ["-bb", "-X", "dev"], []):
    same(
        options + [
            "-c",
            "import sys, warnings; print(sys.warnoptions, [(f[0], f[2].__name__) for f in "
            "warnings.filters])"])
same(["-b", "-Wonce", "-c", "import sys; print(sys.warnoptions)"],
     env={"PYTHONWARNINGS": "error,ignore", "PYTHONDEVMODE": "1"})
same(["-c", b"print('a\xff')"])
for options in (
        ["-X", "faulthandler"],
        ["-X", "dev"],
        ["-X", "no_debug_ranges"],
        ["--check-hash-based-pycs", "never"],
        []):
    same(
        options + [
            "-c",
            "import sys, _imp; print('faulthandler' in sys.modules, _imp.check_hash_based_pycs); import "
            "faulthandler; "
            "print(faulthandler.is_enabled()); print({p[2:] == (None, None) for p in (lambda: "
            "1).__code__.co_positions()})"])
for seed, options in (("5", ["-R"]), ("x", ["-R"]), ("5", [])):
    same_hashes = len({
        run(KRAIT, options + ["-c", "print(hash('text'))"], env={"PYTHONHASHSEED": seed})[1]
        for _ in range(3)}) == 1
    expect(same_hashes == (options == []), f"PYTHONHASHSEED={seed} {options}")
for inspect in ({"PYTHONINSPECT": "1"}, {"PYTHONINSPECT": "0"}):
    same(["-c", "print(1)"], env=inspect)
status, out, err = run(KRAIT, ["-v", "-c", "import json.tool"])
expect("import 'json.decoder' # <" in err and "import 'json' # <" in err, "-v tells each import")
for arguments in [["-c"], ["-m"], ["-Q"], ["--nope"], ["-X"], ["-W"]]:
    status, out, err = run(KRAIT, arguments)
    expect(status == 2 and err, f"{arguments} is refused with status 2")
status, out, err = run(KRAIT, ["--version"])
expect(status == 0 and "3.11" in out or "krait" in out.lower(), "--version tells")
status, out, err = run(KRAIT, ["-h"])
expect(status == 0 and "-m mod" in out, "-h explains")
for env, code in [({"PYTHONDONTWRITEBYTECODE": "1"}, "import sys; print(sys.dont_write_bytecode)"),
                  ({"PYTHONOPTIMIZE": "1"}, "print(__debug__)"),
                  ({"PYTHONHASHSEED": "0"}, "import sys; print(sys.flags.hash_randomization)"),
                  ({"PYTHONPATH": "/tmp/one:/tmp/two"}, "import sys; print(sys.path[1:3])"),
                  ({"PYTHONWARNINGS": "error"}, "import warnings; warnings.warn('x')"),
                  ({"PYTHONUNBUFFERED": "1"}, "print(1)"),
                  ({"PYTHONIOENCODING": "latin-1"}, "import sys; print(sys.stdout.encoding)"),
                  ({"PYTHONIOENCODING": "ascii:replace"}, "print('é')"),
                  ({"PYTHONUTF8": "1"}, "import sys; print(sys.flags.utf8_mode)"),
                  ({"PYTHONSAFEPATH": "1"}, "import sys; print(sys.flags.safe_path)"),
                  ({"PYTHONINTMAXSTRDIGITS": "700"}, "import sys; print(sys.get_int_max_str_digits())")]:
    same(["-c", code], env=env)
for given in ("utf8", "UTF-8:ignore", ":replace", "latin_1", "cp1252:", "nope"):
    same(
        [
            "-c",
            "import sys; print(sys.stdin.encoding, sys.stdin.errors, sys.stdout.encoding, "
            "sys.stdout.errors, sys.stderr.errors)"],
        env={"PYTHONIOENCODING": given},
        edit=lambda t: t.split("\n\nCurrent thread")[0].split("\nLookupError")[0])
warned = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data/bytes_warning.py")
for options in (["-b"], []):
    same(options + [warned])
same(["-bb", "-c", "str(b'a')"])
same(["-bb", "-c", "b'a' == 'a'"])
status, out, err = run(KRAIT, ["-X", "importtime", "-c", "import json.tool, no_such_module"])
rows = [line.removeprefix("import time: ").split("|") for line in err.splitlines()
        if line.startswith("import time: ")]
expect(rows and rows[0][2] == " imported package" and all(int(r[0]) <= int(r[1]) for r in rows[1:]),
       "-X importtime prints a table")
shown = {r[2].split()[0]: r[2].split("  ")[-1] for r in rows[1:]}
expect({"json", "json.decoder", "json.tool", "_json", "no_such_module"} <= set(shown),
       f"-X importtime names what was imported: {sorted(shown)}")
expect(shown.get("json", "").startswith(("[hit", "[miss", "[off")),
       f"-X importtime tells what the cache said: {shown.get('json')}")
d = folder()
os.mkdir(d + "/library")
# a library without zipimport: all works but zip files, and that is said
for name in os.listdir("/usr/lib/python3.11"):
    if name != "zipimport.py":
        os.symlink("/usr/lib/python3.11/" + name, d + "/library/" + name)
status, out, err = run(
    KRAIT,
    ["-c", "import sys, importlib; print(len(sys.path_hooks), importlib.import_module('json').dumps([1]))"],
    env={"KRAIT_STDLIB": d + "/library"})
expect((status, out) == (0, "1 [1]\n")
       and "RuntimeWarning: modules in zip files cannot be imported: No module named 'zipimport'" in err,
       f"without zipimport: {status} {out} {err}")
with open(d + "/script.py", "w") as f:
    f.write(
        "import sys\nprint(__name__, __file__, sys.argv, sys.path[0])\nimport neighbour\n"
        "print(neighbour.x)\n")
with open(d + "/neighbour.py", "w") as f:
    f.write("x = 42\n")
os.mkdir(d + "/pkg")
for name, text in [("__init__", "print('init', __package__)\n"),
                   ("__main__", "from . import sub\nprint('main', __name__, __package__, sub.y)\n"),
                   ("sub", "y = 1\nif __name__ == '__main__':\n    print('sub as main')\n")]:
    with open(f"{d}/pkg/{name}.py", "w") as f:
        f.write(text)
os.mkdir(d + "/app")
with open(d + "/app/__main__.py", "w") as f:
    f.write("import helper, sys\nprint(helper.z, sys.argv[1:])\n")
with open(d + "/app/helper.py", "w") as f:
    f.write("z = 'helped'\n")
with zipfile.ZipFile(d + "/app.zip", "w") as z:
    z.write(d + "/app/__main__.py", "__main__.py")
    z.write(d + "/app/helper.py", "helper.py")
for arguments in [["script.py", "a"], ["./script.py"], [d + "/script.py"], ["-m", "pkg"],
                  ["-m", "pkg.sub"], ["-m", "script", "q"], ["app", "x"], ["app.zip", "y"], ["pkg"],
                  ["-m", "app"], ["-m", "nothing.at.all"], ["-m", "pkg.none"]]:
    same(arguments, cwd=d, edit=lambda t: t.replace(KRAIT, "PROGRAM").replace("/usr/bin/python3.11",
            "PROGRAM"))
finish()
