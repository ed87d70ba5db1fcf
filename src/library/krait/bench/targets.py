"""What is measured: programs, folders of them, pieces of code, commands; and each one's sides.

A side is a target as one interpreter runs it (or one of several commands). The first side is the one that is
measured, the others are those it is compared with.
"""
import itertools
import os
import shlex

from krait.bench.problems import Usage


class Target:
    """kind: file, code or command; words: the file or code and its arguments, or the command."""

    def __init__(self, kind, words, name, parameters):
        self.kind, self.words, self.name, self.parameters = kind, words, name, parameters
        self.cold = False
        self.sides = []

    def command(self, interpreter):
        if self.kind == "command":
            return [part for word in self.words for part in expand(word, interpreter)]
        return [*interpreter.command, *(["-c"] if self.kind == "code" else []), *self.words]

    @property
    def takes_interpreter(self):
        return self.kind != "command" or any("{python}" in word for word in self.words)

    def hook(self, text):
        return substitute(text, self.parameters) if text else None


class Side:
    """failure: why it is measured no further. runs and warmups: records, in the order of time."""

    def __init__(self, label, command, interpreter=None):
        self.label, self.command, self.interpreter = label, command, interpreter
        self.failure, self.runs, self.warmups, self.collections = None, [], [], None


def expand(word, interpreter):
    if word == "{python}":
        return interpreter.command
    return [word.replace("{python}", shlex.join(interpreter.command)) if interpreter else word]


def substitute(text, parameters):
    for name, value in parameters.items():
        text = text.replace("{" + name + "}", value)
    return text


def parameter_sets(lists):
    """Every choice of one value a variable; lists: [(VAR, "A,B"), …]."""
    names = [name for name, _ in lists]
    if len(set(names)) < len(names):
        raise Usage("a parameter has two lists")
    return [dict(zip(names, values)) for values in itertools.product(*(text.split(",") for _, text in lists))]


def program_words(text):
    """[file, arguments…] of a target's text, None when there is no such file."""
    if os.path.isfile(text):
        return [text]
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    return words if len(words) > 1 and os.path.isfile(words[0]) else None


def programs_in(folder):
    names = sorted(n for n in os.listdir(folder) if n.endswith(".py") and not n.startswith("_"))
    if not names:
        raise Usage(f"there are no programs in {folder}")
    return [os.path.join(folder, name) for name in names]


def of_path(text, parameters):
    if os.path.isdir(text):
        for path in programs_in(text):
            yield Target("file", [path], plain_name(path), parameters)
        return
    words = program_words(text)
    if not words:
        raise Usage(f"there is no program {text}")
    yield Target("file", words, " ".join([plain_name(words[0]), *words[1:]]), parameters)


def plain_name(path):
    return os.path.splitext(os.path.basename(path))[0]


def find(options):
    """All targets that the options name."""
    targets = []
    for parameters in parameter_sets(options.parameter_list):
        found = [t for text in options.targets for t in of_path(substitute(text, parameters), parameters)]
        for number, code in enumerate(options.code, 1):
            name = "-c" if len(options.code) == 1 else f"-c #{number}"
            found.append(Target("code", [substitute(code, parameters)], name, parameters))
        for text in options.cmd:
            found.append(Target("command", split_command(substitute(text, parameters)), text, parameters))
        if parameters:
            for target in found:
                target.name += " (" + ", ".join(f"{k}={v}" for k, v in parameters.items()) + ")"
        targets += found
    if not targets:
        raise Usage("nothing to measure: name a program, a folder, -c CODE or --cmd CMD")
    name_them(targets, options.command_name)
    return targets


def split_command(text):
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise Usage(f"--cmd {text}: {error}") from None
    if not words:
        raise Usage("--cmd is empty")
    return words


def name_them(targets, names):
    if len(names) > len(targets):
        raise Usage(f"{len(names)} names for {len(targets)} targets")
    for target, name in zip(targets, names):
        target.name = name
    seen = {}
    for target in targets:
        seen[target.name] = number = seen.get(target.name, 0) + 1
        if number > 1:
            target.name += f" #{number}"


def with_sides(targets, interpreters, modes):
    """The targets with their sides; commands that no interpreter runs are sides of one target."""
    alone = [target for target in targets if not target.takes_interpreter]
    result = []
    for target in targets:
        if target.takes_interpreter:
            target.sides = [Side(it.label, target.command(it), it) for it in interpreters]
            result.append(target)
    if alone:
        alone[0].sides = [Side(target.name, target.words) for target in alone]
        alone[0].name = alone[0].name if len(alone) == 1 else "commands"
        result.append(alone[0])
    return [in_mode(target, mode, len(modes) > 1) for target in result for mode in modes]


def in_mode(target, mode, shown):
    made = Target(target.kind, target.words, target.name + (f" ({mode})" if shown else ""), target.parameters)
    made.cold = mode == "cold"
    made.sides = [Side(side.label, side.command, side.interpreter) for side in target.sides]
    return made
