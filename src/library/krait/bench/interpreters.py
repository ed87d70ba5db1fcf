"""Interpreters: those that are asked for, those that are there, and which must not be measured."""
import json
import os
import re
import shlex
import subprocess
import sys

from krait.bench.problems import Usage

# The caller's settings of Python must not slow one side down.
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
PROBE = ("import json, sys; print(json.dumps([sys.implementation.name, list(sys.version_info[:3]), "
         "sys.executable, [p for p in sys.path if p]]))")
NAMES = re.compile(r"python3(\.\d+)?|pypy3(\.\d+)?|krait")


class Interpreter:
    def __init__(self, command):
        self.command = shlex.split(command) if isinstance(command, str) else list(command)
        if not self.command:
            raise Usage("an interpreter's command is empty")
        self.label = os.path.basename(self.command[0])
        self.version = ask(self.command + ["-VV"])
        told = ask(self.command + ["-c", PROBE])
        try:
            self.kind, numbers, self.executable, self.path = json.loads(told)
        except ValueError:
            raise Usage(f"{self.command[0]} is no Python interpreter: {told[-200:]}") from None
        self.numbers = tuple(numbers)
        refuse_debug_build(self)

    @property
    def file(self):
        return os.path.realpath(self.executable or self.command[0])

    def record(self):
        return {"label": self.label, "command": self.command, "version": self.version, "kind": self.kind,
                "executable": self.file, "python_version": ".".join(map(str, self.numbers))}


def ask(command):
    """What a command prints, its lines joined."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="backslashreplace", timeout=60,
                              env=PLAIN)
    except OSError as error:
        raise Usage(f"cannot run {command[0]}: {error.strerror}") from None
    except subprocess.TimeoutExpired:
        raise Usage(f"{shlex.join(command)} does not end") from None
    return " ".join(done.stdout.split())


def refuse_debug_build(interpreter):
    if interpreter.kind != "krait":
        return
    version = interpreter.version.lower()
    if "release" not in version or "sanit" in version or "switch" in version:
        raise Usage(f"{interpreter.command[0]} is not a plain Release build: {interpreter.version}")


def on_path():
    """Paths of interpreters on PATH, each program once."""
    seen, found = set(), []
    for folder in PLAIN.get("PATH", os.defpath).split(os.pathsep):
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:
            continue
        for name in names:
            path = os.path.join(folder, name)
            real = os.path.realpath(path)
            is_program = NAMES.fullmatch(name) and os.path.isfile(path) and os.access(path, os.X_OK)
            if is_program and real not in seen:
                seen.add(real)
                found.append(path)
    return found


def others(mine):
    """Interpreters on PATH that are not `mine`, each once by the program it really is; newest first."""
    seen, found = {mine.file}, []
    for path in on_path():
        try:
            interpreter = Interpreter([path])
        except Usage:
            continue  # a wrapper that finds nothing to run
        if interpreter.file not in seen:
            seen.add(interpreter.file)
            found.append(interpreter)
    return sorted(found, key=lambda interpreter: interpreter.numbers, reverse=True)


def choose(mine, against):
    """The interpreters of a comparison: the one that is measured, then those it is measured against."""
    subject, chosen = Interpreter(mine or [sys.executable]), []
    for text in against or ["newest"]:
        if text == "all":
            chosen += others(subject)
        elif text == "newest":
            chosen += [it for it in others(subject) if it.kind != "pypy"][:1]
        elif text != "none":
            chosen.append(Interpreter(text))
    result = [subject, *chosen]
    tell_apart(result)
    return result


def tell_apart(interpreters):
    """Labels differ: by version where that helps, else by number."""
    for again in range(2):
        labels = [interpreter.label for interpreter in interpreters]
        for number, interpreter in enumerate(interpreters, 1):
            if labels.count(interpreter.label) < 2:
                continue
            version = ".".join(map(str, interpreter.numbers))
            if again:
                interpreter.label += f"#{number}"
            elif version not in interpreter.label:
                interpreter.label += f"-{version}"
