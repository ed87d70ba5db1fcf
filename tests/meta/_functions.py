"""What the C text says about its functions, read from names alone: prototypes of headers with their marks,
definitions with what they call. No compiler is asked, so the whole tree takes a second or two.

A function-like macro counts as a function whose body is its replacement; a name that is handed over as an
argument counts as called. A static function belongs to its file; the file that includes an .inc has the
.inc's functions too.
"""
import collections
import os
import re
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MARKS = ("MUST_USE", "MAY_RUN", "NEVER_NULL", "COLD", "NOINLINE", "NORETURN", "ALWAYS_INLINE", "extern",
         "static", "inline")
HEAD = re.compile(r"^(?P<type>(?:[A-Za-z_]\w*[\s*]+)+)"
                  r"(?:[A-Z_]+\((?P<pasted>[a-z]\w*)\)|(?P<name>[A-Za-z_]\w*))"   # FN(search): search_1, search_2 …
                  r"\((?P<arguments>[^;{}]*?)\)(?P<tail>[^;{}()]*(?:\([^;{}]*\))?\s*)(?P<end>[;{])", re.M)
PASTED = re.compile(r"_[124]$")
WORD = re.compile(r"(?:(?P<owner>\w*)(?P<before>->|\.))?\b(?P<name>[A-Za-z_]\w*)\s*(?P<paren>\(?)")
POINTER = re.compile(r"\(\*(?:const )?(\w+)\)\s*\(")                        # Value (*next)(VM *, Value)
VARIABLE = re.compile(r"\b[A-Za-z_]\w*[\s*]+(\w+)\s*(?:[=;,)]|\[)")
KEYWORDS = {"if", "while", "for", "switch", "return", "sizeof", "else", "do", "case", "goto", "struct",
            "const", "void", "defined"}

Prototype = collections.namedtuple("Prototype", "path line marks type name arguments is_definition offset")


class Function:
    """A definition: its file, and the names that its body mentions: called, called through a field or
    variable.
    """

    def __init__(self, path, line, name, is_static, result, head, body):
        self.path, self.line, self.name, self.is_static, self.result, self.body = (
            path, line, name, is_static, result, body)
        self.names, self.pointer_calls = mentions(head, body)


def blank(match):
    return re.sub(r"[^\n]", " ", match[0])


def code_of(text):
    """The text without comments and the insides of literals, every offset kept."""
    token = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
    return token.sub(lambda m: m[0][0] + blank(m)[1:-1] + m[0][-1] if m[0][0] in "\"'" else blank(m), text)


def split_macros(code):
    """(the code with preprocessor lines blank, {name: (offset, replacement)} of function-like macros)"""
    macros = {}

    def take(match):
        define = re.match(r"#\s*define\s+(\w+)(\([^)]*\))?(.*)", match[0], re.S)
        if define and (define[2] or re.match(r"\s+\w+\s*$", define[3])):
            macros.setdefault(define[1], []).append((match.start(), define[3]))
        return blank(match)
    return re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", take, code, flags=re.M | re.S), macros


def mentions(head, body):
    """(names called or handed over, names called through a field or a pointer variable). Pointers among the
    parameters are not counted: who hands the function over is judged."""
    names, through = set(), set()
    handed = set(POINTER.findall(head))
    pointers = set(POINTER.findall(body))
    variables = set(VARIABLE.findall(head + body))
    for match in WORD.finditer(body):
        name = match["name"]
        if name in KEYWORDS or name in handed:
            continue
        if match["before"] or name in pointers:
            if match["paren"]:
                through.add(f"{match['owner'] or ''}.{name}")
        elif match["paren"] or name not in variables:
            names.add(name)
    return names, through


def end_of_body(code, start):
    """The offset behind the brace that closes the one at `start`."""
    depth = 0
    for match in re.compile(r"[{}]").finditer(code, start):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(code)


def files(extensions, tops=("vm", "src")):
    for top in tops:
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in sorted(names):
                if name.endswith(extensions) and name not in ("unicode_tables.inc", "tables.inc"):
                    yield os.path.relpath(os.path.join(folder, name), ROOT)


def kept_files():
    """What belongs to the project: git knows; without it (an unpacked archive) all but what builds make."""
    try:
        return subprocess.run(["git", "ls-files"], cwd=ROOT, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        pass
    names = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if not f.startswith(("build", ".git", "__pycache__"))]
        names += [os.path.relpath(os.path.join(folder, f), ROOT) for f in files]
    return names


BELOW = ("vm/base/", "vm/bytecode/", "src/syntax/", "src/compile/", "src/cache/")


def is_below(path):
    """Does the file belong to the layers that know no VM?"""
    return path.startswith(BELOW)


class Tree:
    """All prototypes of headers, all definitions, all macros."""

    def __init__(self):
        self.texts = {}                                   # path → its code
        self.prototypes = []                              # of headers, in order
        self.functions = []
        self.global_names = collections.defaultdict(list) # name → definitions that others can call
        self.static_names = {}                            # (file, name) → definition
        self.includes = collections.defaultdict(set)
        for path in files((".h", ".c", ".inc")):
            self.read(path)

    def read(self, path):
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            text = f.read()
        for target in re.findall(r'^\s*#\s*include\s+"([^"]+\.inc)"', text, re.M):
            if not target.startswith(("vm/", "src/")):
                target = os.path.normpath(os.path.join(os.path.dirname(path), target))
            self.includes[path].add(target)
        code, macros = split_macros(code_of(text))
        self.texts[path] = code
        in_header = path.endswith(".h")
        for name, bodies in macros.items():
            for offset, body in bodies:
                self.add(Function(path, code.count("\n", 0, offset) + 1, name, not in_header, None, "", body))
        at = 0
        while match := HEAD.search(code, at):
            at = match.end()
            words = match["type"].replace("*", " * ").split()
            name = match["name"] or match["pasted"]
            if words[0] in ("typedef", "return", "else", "goto", "case") or name in KEYWORDS:
                continue
            marks = {w for w in words if w in MARKS}
            result = " ".join(w for w in words if w not in MARKS)
            line = code.count("\n", 0, match.start()) + 1
            if in_header:
                self.prototypes.append(Prototype(path, line, marks, result, name,
                                                 " ".join(match["arguments"].split()),
                                                 match["end"] == "{", match.start()))
            if match["end"] == "{":
                end = end_of_body(code, match.end() - 1)
                head = match["arguments"] + ")" + match["tail"]
                self.add(Function(path, line, name, "static" in marks and not in_header, result, head,
                                  code[match.end():end]))
                at = end

    def add(self, function):
        self.functions.append(function)
        if function.is_static:
            self.static_names.setdefault((function.path, function.name), []).append(function)
        else:
            self.global_names[function.name].append(function)

    def callees(self, function):
        """The definitions that the function's names mean in its file."""
        places = [function.path] + sorted(self.includes[function.path])
        if function.path.endswith(".inc"):
            places += [p for p, targets in self.includes.items() if function.path in targets]
        below = is_below(function.path)
        for name in function.names:
            found = [f for p in places for n in {name, PASTED.sub("", name)}
                     for f in self.static_names.get((p, n), ())]
            yield from found or [f for f in self.global_names.get(name, ()) if not below or is_below(f.path)]

    def spread(self, roots, is_floor):
        """All functions that reach one of `roots`, each with the callee through which it does. What
        is_floor says of is not looked into."""
        callers = collections.defaultdict(list)
        for function in self.functions:
            for callee in () if is_floor(function) else self.callees(function):
                callers[callee].append(function)
        reached = dict(roots)
        pending = list(roots)
        while pending:
            callee = pending.pop(0)
            for caller in callers[callee]:
                if caller not in reached:
                    reached[caller] = callee
                    pending.append(caller)
        return reached
