"""What the module site does at a start: folders, .pth files, virtual environments, sitecustomize and
usercustomize: as CPython does it, with one program after the other in the same surroundings.
"""
import os
import subprocess
import sys
import tempfile

KRAIT, REFERENCE = os.environ["KRAIT"], "/usr/bin/python3.11"
wrong = []
SHOW = """
import sys, site
print([p for p in sys.path if not p.endswith(("python311.zip", "lib-dynload"))])
print(sys.prefix, sys.exec_prefix, sys.base_prefix, sys.flags.no_site, sys.flags.no_user_site)
print(site.ENABLE_USER_SITE, site.USER_BASE, site.USER_SITE, site.PREFIXES)
print([n for n in ("sitecustomize", "usercustomize", "made_by_pth") if n in sys.modules])
"""

SHIM = """
import sys

def add_shim():
    print('shim')
    sys.meta_path.insert(0, Finder)

class Finder:
    @staticmethod
    def find_spec(name, path, target=None):
        print('asked', name)
"""


def run(program, arguments, env=None, cwd=None):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KRAIT_SITE"))}
    clean.update(env or {})
    done = subprocess.run([program, *arguments], env=clean, cwd=cwd, capture_output=True, text=True,
                          timeout=120)
    return done.returncode, done.stdout, done.stderr


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def same(what, arguments, env=None, cwd=None):
    """Both programs say the same. What differs by nature is the program's own name."""
    got, want = run(KRAIT, arguments, env, cwd), run(REFERENCE, arguments, env, cwd)
    if got != want:
        wrong.append(f"{what}:\n  krait:     {got}\n  reference: {want}")
    return want


def user_folders(home):
    user = os.path.join(home, ".local/lib/python3.11/site-packages")
    os.makedirs(os.path.join(user, "below"))
    os.makedirs(os.path.join(home, "elsewhere"))
    write(os.path.join(user, "b.pth"),
          f"# a comment\n\nbelow\nnot-there\n{home}/elsewhere  \nbelow\n./below/../below\n")
    write(os.path.join(user, "a.pth"), "import sys; import made_by_pth; "
          "made_by_pth.folder = sys._getframe(1).f_locals['sitedir']\n")
    write(os.path.join(user, "made_by_pth.py"), "")
    write(os.path.join(user, "usercustomize.py"), "print('the user was here')\n")
    write(os.path.join(user, "c.pth"), "import nothing_of_that_name\nbelow\n")
    write(os.path.join(user, "d.txt"), "/usr\n")
    return {"HOME": home}


def check_user_folder(home):
    env = user_folders(home)
    told = same("user folder", ["-c", SHOW + "import made_by_pth; print(made_by_pth.folder)"], env)
    assert "the user was here" in told[1] and "elsewhere" in told[1], told
    for option in ("-s", "-I", "-E", "-S"):
        same(f"user folder, {option}", [option, "-c", SHOW], env)
    same("PYTHONNOUSERSITE", ["-c", SHOW], dict(env, PYTHONNOUSERSITE="1"))
    base = os.path.join(home, "base")
    write(os.path.join(base, "lib/python3.11/site-packages/x.pth"), "/usr/include\r\n")
    same("PYTHONUSERBASE", ["-c", SHOW], dict(env, PYTHONUSERBASE=base))
    folders = "base:./base/:/usr/include/../include:base/lib/.."
    same("relative PYTHONPATH", ["-c", SHOW], dict(env, PYTHONPATH=folders), home)
    write(os.path.join(home, "odd/lib/python3.11/site-packages/usercustomize.py"), "1 / 0\n")
    same("usercustomize that fails", ["-c", SHOW], dict(env, PYTHONUSERBASE=os.path.join(home, "odd")))
    write(os.path.join(home, "custom/sitecustomize.py"),
          "import sys\nprint('custom', sys.argv, sys.flags.no_site)\n")
    same("sitecustomize", ["-c", SHOW], dict(env, PYTHONPATH=os.path.join(home, "custom")))
    write(os.path.join(home, "customs/sitecustomize.py"), "import os, not_to_be_found\n")
    env["PYTHONPATH"] = os.path.join(home, "customs")
    same("sitecustomize without its import", ["-c", "pass"], env)


def check_environment(folder, options):
    """A virtual environment made by each program shows each the same."""
    told = []
    for program, name in ((KRAIT, "k"), (REFERENCE, "r")):
        place = os.path.join(folder, name + "-" + "-".join(o.strip("-") for o in options), "env")
        made = run(program, ["-m", "venv", "--without-pip", *options, place])
        if made[0]:
            wrong.append(f"venv by {program}: {made}")
            return
        site = os.path.join(place, "lib/python3.11/site-packages")
        write(os.path.join(site, "here.py"), "here = 1\n")
        write(os.path.join(site, "x.pth"), "/usr/include\n")
        inside = os.path.join(place, "bin", "python")
        show = SHOW + "import here; print(sys.executable, sys.orig_argv[0])"
        shown = run(inside, ["-c", show], {"HOME": folder})
        told.append([part.replace(place, "ENV") if isinstance(part, str) else part for part in shown])
        again = run(inside, ["-m", "venv", "--without-pip", os.path.join(place, "inner")])
        inner = run(os.path.join(place, "inner/bin/python3"),
                    ["-c", "import sys; print(sys.prefix, sys.base_prefix)"])
        if again[0] or inner[1] != f"{place}/inner /usr\n":
            wrong.append(f"an environment made in one by {program}: {again} {inner}")
    if told[0] != told[1]:
        wrong.append(f"venv {options}:\n  krait:     {told[0]}\n  reference: {told[1]}")


def check_own_variable(home):
    folder = os.path.join(home, "own")
    write(os.path.join(folder, "here.py"), "")
    show = "import sys; print(sys.path[2:])"
    for value, expected in ((folder, [folder]), ("0", []), (f"{folder}:/not/there", [folder])):
        got = run(KRAIT, ["-c", show], {"KRAIT_SITE": value})
        if got != (0, f"{expected}\n", ""):
            wrong.append(f"KRAIT_SITE={value}: {got}")
    if f"{folder}" in run(KRAIT, ["-E", "-c", show], {"KRAIT_SITE": folder})[1]:
        wrong.append("-E obeys KRAIT_SITE")


def check_setuptools(home):
    """Its finder waits until distutils is imported."""
    folder = os.path.join(home, "tools")
    line = ("import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; "
            "enabled and __import__('_distutils_hack').add_shim();\n")
    write(os.path.join(folder, "distutils-precedence.pth"), line)
    write(os.path.join(folder, "_distutils_hack.py"), SHIM)
    for code, told in (("import json; print(1)", "1\n"), ("import sys; sys.meta_path", "shim\n"),
                       ("print(0)\ntry: import pip\nexcept ImportError: pass", "0\nshim\nasked pip\n")):
        got = run(KRAIT, ["-c", code], {"KRAIT_SITE": folder})
        if got[1] != told:
            wrong.append(f"setuptools' finder: {code!r}: {got}")


with tempfile.TemporaryDirectory() as scratch:
    scratch = os.path.realpath(scratch)
    check_user_folder(os.path.join(scratch, "home"))
    check_environment(os.path.join(scratch, "v"), [])
    check_environment(os.path.join(scratch, "v"), ["--system-site-packages"])
    check_environment(os.path.join(scratch, "v"), ["--copies"])
    check_own_variable(scratch)
    check_setuptools(scratch)
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
