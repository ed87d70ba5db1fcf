"""inspect.signature of every function, class and method of the native modules: what the reference shows,
Krait shows too. (Where the reference shows none Krait is free to: its tables name every parameter.)"""
import json
import sys

from _both import KRAIT, REFERENCE, run

SCRIPT = r"""
import importlib, inspect, json, sys, types, warnings
warnings.simplefilter("ignore")
def signature(of):
    try:
        return str(inspect.signature(of))
    except (ValueError, TypeError):
        return None
    except AttributeError as e:  # a default of _curses that is there after initscr()
        return str(e)
shown = {}
for name in sys.argv[1].split():
    try:
        module = importlib.import_module(name)
    except ImportError:
        continue
    for key, value in list(vars(module).items()):
        if callable(value) and not isinstance(value, types.ModuleType):
            shown[f"{name}.{key}"] = signature(value)
        for member, what in list(vars(value).items()) if isinstance(value, type) else ():
            bound = isinstance(what, (classmethod, staticmethod))
            if bound or callable(what) and not isinstance(what, type):
                shown[f"{name}.{key}.{member}"] = signature(getattr(value, member))
print(json.dumps(shown))
"""
MODULES = """
import os, sys, sysconfig
found = {name.split(".")[0] for name in os.listdir(sysconfig.get_path("platstdlib") + "/lib-dynload")}
found |= set(sys.builtin_module_names)
print(*sorted(name for name in found if "test" not in name and not name.startswith("_xx")))
"""
# instances of classes in C here, in Python there: their __call__ is a slot
INSTANCES = {"builtins." + name for name in ("copyright", "credits", "license", "exit", "quit", "help")}


def shown_by(program, modules):
    status, out, err = run(program, ["-W", "ignore", "-c", SCRIPT, modules])
    assert status == 0, err
    return json.loads(out)


def main():
    modules = run(REFERENCE, ["-c", MODULES])[1]
    mine, right = shown_by(KRAIT, modules), shown_by(REFERENCE, modules)
    compared = [name for name, text in right.items() if text is not None and name in mine]
    assert len(compared) > 2500, len(compared)
    wrong = [name for name in compared if mine[name] != right[name] and name not in INSTANCES]
    for name in wrong:
        print(f"{name}: expected {right[name]}, got {mine[name]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
