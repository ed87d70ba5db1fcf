#!/usr/bin/python3.11
"""Whole generated programs, in several modes of the interpreter, against the reference.

Programs have classes that change while sites are warm, closures, generators, coroutines, asynchronous
generators, exceptions and groups of them through finally, with, match, unpacking, comprehensions, keyword
calls, descriptors, metaclasses, slots. Each mode of Krait must print what the reference prints.
"""
import os
import sys
import warnings

import _fuzz

COMPARISONS = ["<", "<=", "==", "!=", ">", "in"]
GROUPED = ["ValueError(1)", "TypeError('t')", "KeyError('k')", "ExceptionGroup('inner', [ValueError(2)])",
           "OSError(2, 'no')"]
SIMPLE = [*range(20), 40, 41, 42, 43, 44, 45]
COMPOUND = [*range(20, 34), 50, 51, 52, 53]
MODES = {
    "plain": {}, "stress": {"KRAIT_GC_STRESS": "7", "KRAIT_GC_VERIFY": "1"}, "miss": {"KRAIT_IC": "miss"},
        "eager": {"KRAIT_IC": "eager"}, "traced": {"FUZZ_TRACE": "1"},
}
VALUES = ["0", "1", "-1", "2", "7", "2**62", "1.5", "-0.5", "'s'", "'é€'", "''", "b'b'", "None", "True",
          "[1, 2, 3]", "[]", "(1, 2)", "()", "{'k': 1}", "{1, 2}", "range(4)", "[[1], [2]]", "'abc'"]
NAMES = ["a", "b", "c", "d", "e"]
OPERATORS = ["+", "-", "*", "//", "%", "/", "&", "|", "^", "<", "<=", "==", "!=", ">", ">=", "in", "not in",
             "and", "or"]
ERRORS = ["ValueError", "KeyError", "TypeError", "(ValueError, TypeError)", "Exception",
          "ZeroDivisionError", "LookupError", "AttributeError"]
ATTRIBUTES = ["x", "y", "z", "w"]
METHODS = ["m0", "m1", "m2"]


class Maker:
    """Writes one program."""

    def __init__(self, g):
        self.g, self.lines, self.depth = g, [], 0
        self.functions, self.classes, self.budget = [], [], 60
        self.in_function = self.in_generator = self.in_loop = self.in_async = False

    def emit(self, text):
        self.lines.append("    " * self.depth + text)

    def block(self, head, count, extra=None):
        self.emit(head)
        self.depth += 1
        if extra:
            self.emit(extra)
        for _ in range(count):
            self.statement()
        if count == 0 and not extra:
            self.emit("pass")
        self.depth -= 1

    # ---- expressions
    def atom(self):
        g = self.g
        r = g.random()
        return g.choice(NAMES) if r < 0.5 else g.choice(VALUES) if r < 0.85 else "i"

    def expression(self, depth=0):
        g = self.g
        if depth > 2 or g.random() < 0.3:
            return self.atom()
        e = lambda: self.expression(depth + 1)
        match g.randrange(35):
            case 0 | 1 | 2 | 3: return f"({e()} {g.choice(OPERATORS)} {e()})"
            case 4: return f"{g.choice(['-', 'not ', '~', '+'])}({e()})"
            case 5: return f"{self.name()}[{e()}]"
            case 6: return f"({e()})[{g.choice(['1:', ':2', '::-1', '0', '-1', ':', '1:2', '::2'])}]"
            case 7 | 8: return f"{self.name()}.{g.choice(ATTRIBUTES)}"
            case 9 | 10: return f"{self.name()}.{g.choice(METHODS)}({self.call_arguments()})"
            case 11 | 12: return f"{g.choice(self.functions)}({self.call_arguments()})" if self.functions else self.atom()
            case 13: return f"{g.choice(self.classes)}({self.call_arguments()})" if self.classes else self.atom()
            case 14: return f"[{e()} for j in {self.iterable()} {g.choice(['', f'if {e()}'])}]"
            case 15: return f"{{j: {e()} for j in {self.iterable()}}}"
            case 16: return f"sum(j * 2 for j in {self.iterable()} if {e()})" if g.random() < (
                .5) else f"list(j for j in {self.iterable()})"
            case 17: return f"({e()} if {e()} else {e()})"
            case 18: return f"(lambda p, q={self.atom()}: {e()})({self.atom()})"
            case 19: return f"f'{{{self.atom()}!r}}:{{{self.name()}}}'"
            case 20: return f"[*{self.iterable()}, {e()}]"
            case 21: return f"{{**{{'k': {e()}}}, 'n': {self.atom()}}}"
            case 22: return f"{g.choice(['len', 'str', 'repr', 'list', 'sorted', 'bool', 'abs', 'max', 'min', 'tuple', 'type', 'int'])}({e()})" if g.random() < .9 else f"isinstance({e()}, {g.choice(['int', 'list', 'str'])})"
            case 23: return f"({g.choice(NAMES)} := {e()})"
            case 24: return f"({e()} {g.choice(COMPARISONS)} {self.atom()} {g.choice(COMPARISONS)} {e()})"
            case 25: return f"[{e()} for j in {self.iterable()} for m in {self.iterable()} {g.choice(['', f'if {e()}', 'if j != m'])}]"
            case 26: return f"[({g.choice(NAMES)} := j) for j in {self.iterable()}]"
            case 27: return f"{{{e()} for j in {self.iterable()}}}" if g.random() < (
                .5) else f"{g.choice(['any', 'all', 'tuple', 'len'])}([{e()} for j in {self.iterable()}])"
            case 28: return f"[f() for f in [lambda v=j: ({e()}) for j in {self.iterable()}]]"
            case 29: return f"{g.choice(['special', 'special', 'Special', 'slotted', 'point'])}.{g.choice(['data', 'plain', 'x', 'y', 'shared', 'absent'])}"
            case 30: return g.choice([f"Special({self.atom()})", f"Point({self.atom()}, {self.atom()})",
                                      f"isinstance({e()}, Special)", "type(special).kind", "Special.kind",
                                      f"Slotted({self.atom()}).x"])
            case 31: return f"{g.choice(['%r', '%s', '%5s|', '%-4r|'])!r} % ({e()},)" if g.random() < (
                .5) else f"{g.choice(['{}', '{!r:>6}', '{0!s}{0}', '{:^7}'])!r}.format({e()})"
            case 32: return f"next(iter({self.iterable()}), {self.atom()})" if not self.in_async or g.random() < .3 else g.choice([f"[{e()} async for j in steps(3)]", f"(await other({e()}))", f"(await Pause({self.atom()}))", f"{{j: {self.atom()} async for j in steps(2) if {e()}}}"])
            # which equal texts are one object differs
            case 34: return f"({e()} {g.choice(['is', 'is not'])} {g.choice(['None', 'True', 'o'])})"
            case 33: return f"getattr({self.name()}, {g.choice(ATTRIBUTES + METHODS)!r}, {self.atom()})"

    def name(self):
        return self.g.choice(NAMES + ["o", "o", "o", "k"])

    def iterable(self):
        return self.g.choice(["range(3)", "[1, 2]", "(1, 's')", "'ab'", "range(1, 5)", "[3, 1, 2]",
                              "{'k': 1}.items()", "enumerate('xy')", "zip([1, 2], 'ab')",
                              "reversed([1, 2])", "map(str, [1, 2])", "gen(3)"])

    def call_arguments(self):
        g, parts = self.g, []
        for _ in range(g.randrange(0, 3)):
            parts.append(self.expression(2))
        if g.random() < 0.15:
            parts.append(g.choice(["*(1,)", "*[1, 2]", "*()"]))
        if g.random() < 0.25:
            parts.append(f"{g.choice(['p', 'q', 'r'])}={self.atom()}")
        if g.random() < 0.1:
            q = "**{}" if parts[-1:] and parts[-1].startswith("q=") else "**{'q': 5}"  # see differences
            parts.append(g.choice([q, "**{}", "**{'z': 1}"]))
        return ", ".join(parts)

    # ---- statements
    def augmentation(self):
        """Operator and value of an augmented assignment: in a loop no sequence grows to the limit of
        memory.
        """
        op = self.g.choice(["+", "-", "*", "|", "//"])
        return f"{op}= {self.g.choice(['0', '1', '-1']) if op == '*' else self.atom()}"

    def statement(self):
        g = self.g
        self.budget -= 1
        simple = self.budget < 0 or self.depth > 4
        kind = g.choice(SIMPLE if simple else SIMPLE + COMPOUND)
        match kind:
            case 0 | 1 | 2 | 3: self.emit(f"{g.choice(NAMES)} = {self.expression()}")
            case 4 | 5: self.emit(f"{g.choice(NAMES)} {self.augmentation()}")
            case 6: self.emit(
                f"{g.choice(NAMES)}, {g.choice(NAMES)} = "
                f"{g.choice(['(1, 2)', '[3, 4]', self.iterable(), self.expression()])}")
            case 7: self.emit(f"{g.choice(NAMES)}, *{g.choice(NAMES)} = {self.iterable()}")
            case 8 | 9: self.emit(f"o.{g.choice(ATTRIBUTES)} = {self.expression()}")
            case 10: self.emit(f"show({self.expression()})")
            case 11: self.emit(f"show({', '.join(NAMES)})")
            case 12: self.emit(f"{g.choice(NAMES)}[{self.atom()}] = {self.expression(2)}")
            case 13: self.emit(
                f"del {g.choice([f'o.{g.choice(ATTRIBUTES)}', f'{g.choice(NAMES)}[{self.atom()}]'])}")
            case 14:
                if self.classes:
                    c = g.choice(self.classes)
                    self.emit(
                        g.choice(
                            [
                                f"{c}.{g.choice(ATTRIBUTES)} = {self.atom()}",
                                f"{c}.{g.choice(METHODS)} = lambda self, *a, **k: {self.atom()}",
                                f"{c}.{g.choice(ATTRIBUTES)} = property(lambda self: {g.choice(VALUES)})",
                                f"del {c}.{g.choice(ATTRIBUTES + METHODS)}",
                                f"o.__class__ = {c}",
                                f"o = {c}({self.call_arguments()})",
                                f"o.__dict__[{g.choice(ATTRIBUTES)!r}] = {self.atom()}",
                                f"{c}."
                                f"{g.choice(['__len__', '__eq__', '__add__', '__getattr__', '__call__', '__bool__', '__getitem__'])}"
                                f" = lambda *a: "
                                f"{g.choice(['1', '2', 'True', 'NotImplemented', repr('q')])}"]))
            case 15: self.emit(
                f"raise {g.choice(['ValueError(1)', 'KeyError', 'TypeError(str(a))', 'LookupError(2)'])}"
                if g.random() < .4
                else f"assert {self.expression(2)}, 'no'")
            case 16: self.emit(
                g.choice(
                    ["break", "continue"]) if self.in_loop and g.random() < .5 else f"show({self.atom()})")
            case 17:
                if self.in_function:
                    self.emit(
                        f"return {self.expression()}"
                        if not self.in_async or g.random() < .5
                        else f"{g.choice(NAMES)} = await other({self.atom()})")
            case 18:
                if self.in_generator:
                    self.emit(g.choice([f"yield {self.expression()}",
                                        f"{g.choice(NAMES)} = yield {self.atom()}",
                                        f"yield from {self.iterable()}"]))
            case 19: self.emit(f"{g.choice(NAMES)} = {g.choice(NAMES)}")
            case 40:
                target = g.choice([
                    "o.x", "o.y", "o.z", "d[0]", "c[-1]", "special.data", "slotted.x", "point.x"])
                self.emit(f"{target} {self.augmentation()}")
            case 41: self.emit(
                f"{g.choice(['special', 'slotted', 'point', 'Special'])}."
                f"{g.choice(['data', 'plain', 'x', 'shared', 'absent'])} = {self.expression(1)}")
            case 42: self.emit(
                g.choice([
                    f"raise ExceptionGroup('g', [{', '.join(g.choices(GROUPED, k=g.randrange(1, 4)))}])",
                    f"raise {g.choice(GROUPED)} from {g.choice(GROUPED + ['None'])}", "raise"]))
            case 43: self.emit(
                f"del {g.choice(NAMES)}"
                if self.in_function and g.random() < .4
                else f"{g.choice(NAMES)}: {g.choice(['int', 'str', self.atom()])} = {self.expression(1)}"
                if not self.in_function
                else f"show({self.expression(1)})")
            case 44: self.emit(
                f"({g.choice(NAMES)}, [{g.choice(NAMES)}, *{g.choice(NAMES)}]), o.w = "
                f"{g.choice(['((1, [2, 3]), 4)', '([1, (2,)], 5)', '((1, 2), 3)', self.expression(1)])}")
            case 45: self.emit(g.choice(["Special.data = Data()",
                                         "Special.plain = property(lambda self: 3)", "del Special.plain",
                                         "Special.plain = Plainly()",
                                         "Special.__getattr__ = lambda self, n: n",
                                         "del Special.__getattr__",
                                         "Special.shared = classmethod(lambda c: c)",
                                         "special.__class__ = Other", "special = Special(1)",
                                             "Meta.kind = property(lambda c: 'kind')", "Meta.kind = 5",
                                             "Special.__bases__ = (Other,)", "special.__dict__['data'] = 1",
                                             "special.__dict__.clear()", "del slotted.x",
                                             "slotted = Slotted(2)"]))
            case 20 | 21:
                self.block(f"if {self.expression()}:", g.randrange(1, 3))
                if g.random() < .4: self.block("else:", 1)
            case 22 | 23 | 24:
                before, self.in_loop = self.in_loop, True
                self.block(
                    f"for {g.choice(['i', 'i', 'i', 'i, a'] if g.random() < .9 else ['b'])} in "
                    f"{g.choice(['range(12)', 'range(3)', self.iterable()])}:",
                    g.randrange(1, 4))
                self.in_loop = before
                if g.random() < .2: self.block("else:", 1)
            case 25:
                before, self.in_loop = self.in_loop, True
                counter = f"n{self.depth}"
                self.emit(f"{counter} = 0")
                self.block(f"while {counter} < {g.randrange(1, 9)}:", g.randrange(1, 3), f"{counter} += 1")
                self.in_loop = before
            case 26 | 27 | 28:
                self.block("try:", g.randrange(1, 3))
                star = "*" if g.random() < .12 else ""
                kind = g.choice(ERRORS)
                before = self.in_loop
                if star: self.in_loop = False
                self.block(f"except{star} {kind} as err:", 0 if star else g.randrange(0, 2),
                           g.choice(["show(type(err).__name__, str(err))",
                    "show(type(err).__name__, str(err))", "show(told(err))"]))
                self.in_loop = before
                if not star and g.random() < .2: self.block("else:", 1)
                if g.random() < .3: self.block("finally:", 1)
            case 29: self.block(
                f"with Manager({g.choice(['True', 'False'])}) as "
                f"{g.choice(NAMES)}{g.choice(['', '', ', Manager(a)', ', Failing(1)'])}:",
                g.randrange(1, 3))
            case 50 | 51:
                if self.in_async:
                    before, self.in_loop = self.in_loop, True
                    self.block(
                        g.choice([
                            f"async for {g.choice(['i', 'a'])} in steps({g.choice(['3', '0', 'i'])}):",
                            f"async with Waiting({g.choice(['True', 'False'])}) as {g.choice(NAMES)}:"])
                        if not before
                        else "async for i in steps(2):",
                        g.randrange(1, 3))
                    self.in_loop = before
            case 52:   # what leaves through finally
                self.block("try:", g.randrange(1, 3))
                before = self.in_loop
                self.block(
                    "finally:",
                    g.randrange(1, 3),
                    g.choice(
                        ["show('finally')", "i = 7", "pass"]
                        + (["return a"] if self.in_function and not self.in_generator else [])
                        + (["break", "continue"] if before else [])))
            case 53:
                self.emit(
                    f"match "
                    f"{g.choice(['point', 'special', '(point, a)', self.expression(1), '[special, slotted]', 'd', 'o'])}"
                    f":")
                self.depth += 1
                for pattern in g.sample(["Point(x=1)", "Point(a, b)", "Point(0 | 1 as a)",
                                         "Special(data=c)", "Special()", "[Special() as a, *_]",
                                         "(Point(x=a), b)", "{'k': [a, *b]}", "{'k': int(a)}", "{}", "[]",
                                         "Limits.one", "Limits.two | 3", "str(a)", "float(a) | int(a)",
                                         "(1 | 2, a)", "[a, _, *b, c]", "Slotted(x=a)",
                                         "C0(a)" if "C0" in self.classes else "bool(a)"], 4):
                    self.block(f"case {pattern}{g.choice(['', '', f' if {self.expression(2)}'])}:", 1)
                if g.random() < .6: self.block("case a:", 1)
                self.depth -= 1
            case 30:
                self.emit(f"match {self.expression()}:")
                self.depth += 1
                for pattern in g.sample(["0 | 1", "int() as a", "[a, *b]", "(a, b)", "{'k': c, **d}",
                                         "str()", "C0(x=a)" if "C0" in self.classes else "float()", "None",
                                         "[1, [2]]", "True"], 3):
                    self.block(f"case {pattern}{g.choice(['', '', f' if {self.atom()}'])}:", 1)
                self.block("case _:", 1)
                self.depth -= 1
            case 31 | 32: self.function()
            case 33: self.klass()

    def saved(self):
        return self.in_function, self.in_generator, self.in_loop, self.in_async, self.budget

    def restore(self, state):
        self.in_function, self.in_generator, self.in_loop, self.in_async, self.budget = state

    def function(self):
        g, state = self.g, self.saved()
        name = f"f{len(self.functions)}"
        kind = g.choice(["plain", "plain", "plain", "generator", "async", "async",
                         "async generator"]) if not self.in_function else g.choice(["plain", "generator"])
        parameters = g.choice(["p=1", "p, q=2", "p, *rest", "p=0, *, q=1", "p, /, q=3",
                               "p=None, *rest, q=0, **kw", "*rest", "**kw", ""])
        self.in_function, self.in_loop = True, False
        self.in_generator, self.in_async = kind == "generator", "async" in kind
        self.budget = min(self.budget, 8)
        names = [n for n in ("p", "q", "rest", "kw") if n in parameters]
        head = "async def" if self.in_async else "def"
        first = g.choice([f"a = {names[0]}" if names else "a = 1", "global b; b = 2",
                          "a, b, c, d, e = 1, 2.5, 's', [1], {}", "a = b = c = d = e = i = 0",
                          "global a, b, c, d, e"])
        self.emit(f"{head} {name}({parameters}):")
        self.depth += 1
        self.emit("enter()")
        self.emit(first)
        if "generator" in kind:
            self.emit("yield a")
        if not self.depth > 2 and g.random() < .3:
            self.closure()
        for _ in range(g.randrange(1, 5)):
            self.statement()
        if g.random() < .7 and "generator" not in kind:
            self.emit(f"return {self.expression(1)}")
        self.depth -= 1
        if kind == "generator":
            self.emit(f"{name} = {g.choice(['listed', 'listed', 'sent'])}({name})")
        if kind == "async generator":
            self.emit(f"{name} = {g.choice(['stepped', 'asent'])}({name})")
        if kind == "async":
            self.emit(f"{name} = driven({name})")
        used = state[4] - 3
        self.restore(state)
        self.budget = used
        self.functions.append(name) if self.depth == 0 else None

    def closure(self):
        """An inner function that shares variables with this one."""
        g, name = self.g, self.g.choice(["a", "b", "c"])
        self.emit(f"def inner(v={self.atom()}):")
        self.emit(f"    {g.choice([f'nonlocal {name}', 'pass', 'enter()'])}")
        self.emit(
            f"    "
            f"{g.choice([f'{name} = {self.expression(1)}', f'show({name})', f'return [{name} for j in (1, v)]', f'return lambda: ({name}, v)', f'return {self.expression(1)}'])}")
        self.emit(g.choice(["show(inner)", "e = inner", "b = inner(2)",
                            "show(inner(1))"]) if g.random() < .8 else "pass")

    def klass(self):
        g, state = self.g, self.saved()
        name = f"C{len(self.classes)}" if self.depth == 0 else "Local"
        bases = g.choice(["", f"({g.choice(self.classes)})" if self.classes else "", "(list)", "(dict)",
                          "(int)", "(Exception)"]) if g.random() < .6 else ""
        self.emit(f"class {name}{bases}:")
        self.depth += 1
        if g.random() < .2 and not bases: self.emit("__slots__ = ('x', 'y', '__dict__')")
        else: self.emit(f"{g.choice(ATTRIBUTES)} = {g.choice(VALUES)}")
        self.in_function, self.in_loop, self.in_generator, self.in_async = True, False, False, False
        for method in g.sample(METHODS, g.randrange(1, 3)) + g.sample(["__init__", "__eq__", "__add__",
            "__len__", "__getitem__", "__iter__", "__repr__", "__call__", "__getattr__", "__enter__",
            "__hash__"], g.randrange(0, 3)):
            body = {
                "__init__": f"self.x = {g.choice(VALUES)}; self.y = a",
                "__eq__": "return True",
                "__add__": f"return {g.choice(VALUES)}",
                "__len__": "return 2",
                "__getitem__": "return ('v', *a)",
                "__iter__": "return iter([1, 2])",
                "__repr__": f"return 'repr{g.randrange(9)}'",
                "__call__": "return ('called', a, sorted(k))",
                "__getattr__": (
                    "return 'dyn' if not a[0].startswith('__') else object.__getattribute__(self, a[0])"),
                "__enter__": "return self",
                "__hash__": "return 5"}.get(method)
            self.emit(f"def {method}(self, *a, **k):")
            self.depth += 1
            self.emit("enter()")
            if body: self.emit(body)
            else: self.emit(g.choice([f"return self.{g.choice(ATTRIBUTES)}",
                                      f"self.{g.choice(ATTRIBUTES)} = a; return len(a)",
                                      f"return [{g.choice(VALUES)}, a]",
                                      f"return super().{g.choice(METHODS)}(*a)",
                                      "return type(self).__name__",
                                      f"return self.{g.choice(METHODS)}(*a)"]))
            self.depth -= 1
        if not bases:   # no address in what is shown
            self.emit("def __str__(self): return 'some object'")
            self.emit("if '__repr__' not in vars(): __repr__ = __str__")
        if g.random() < .3:
            self.emit(
                f"@{g.choice(['property', 'classmethod', 'staticmethod'])}\n" + "    "
                * self.depth + f"def {g.choice(ATTRIBUTES)}(*a): return len(a)")
        self.depth -= 1
        self.restore(state)
        self.budget -= 2
        if self.depth == 0:
            self.classes.append(name)

    def program(self):
        g = self.g
        self.emit("a, b, c, d, e, i, k = 1, 2.5, 's', [1, 2], {'k': 1}, 0, 'k'")
        self.klass()
        self.emit("try: o = C0()\nexcept Exception as err: o = Plain()")
        for _ in range(g.randrange(1, 4)):
            self.function() if g.random() < .7 else self.klass()
        for _ in range(g.randrange(4, 14)):
            self.block("try:", 1)
            self.emit("except Exception as err: show(type(err).__name__, str(err))")
        self.emit("for step in range(3):")
        self.depth += 1
        for _ in range(g.randrange(2, 7)):
            self.block("try:", 1)
            self.emit("except Exception as err: show(type(err).__name__, str(err))")
        self.emit("try: show(a, b, c, d, e)\n    except Exception as err: show(type(err).__name__)")
        self.depth -= 1
        return "\n".join(self.lines)


class Programs(_fuzz.Fuzzer):
    """Generated programs in several modes against the reference."""
    ROUND = 480
    BATCH = 120
    STRESSED = 12  # of a batch go through the mode that takes twenty times as long as the others together
    SECONDS_A_CASE = 6.0
    plain_only = False
    # annotated: 3.11 makes no __annotations__ for those in a match statement alone
    PRELUDE = r'''
import sys, os
annotated: int = 0
budget = [3000]
class Stop(BaseException): pass
def enter():
    budget[0] -= 1
    if budget[0] < 0: raise Stop
show_all = show
def show(*values):
    enter()
    for v in values:
        if isinstance(v, (int, str, bytes, tuple, list, dict)) and len(str(v) if isinstance(v, int) else v) > 200: v = type(v)
        show_all(v)
class Plain:
    x = 5
    def __repr__(self): return 'plain'
class Manager:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self): return self.swallow
    def __exit__(self, kind, value, tb): show_all('exit', kind and kind.__name__); return self.swallow and kind is not Stop
def gen(n):
    try:
        for j in range(n): yield j
    finally: pass
async def other(v): return v
class Pause:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return got
async def steps(n):
    try:
        for j in range(n if isinstance(n, int) and n < 9 else 2):
            await Pause(j)
            yield j
    finally: pass   # when one that is left ends, differs
class Waiting:
    def __init__(self, swallow): self.swallow = swallow
    async def __aenter__(self): return await Pause(self.swallow)
    async def __aexit__(self, kind, value, tb): show_all('aexit', kind and kind.__name__); return self.swallow and kind is not Stop
class Failing:
    def __init__(self, n): self.n = n
    def __enter__(self): return self
    def __exit__(self, kind, value, tb):
        if kind is not Stop: raise KeyError('exit')
class Data:
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, o, owner): return ('data', o is None, getattr(o, '_data', 0))
    def __set__(self, o, v): o._data = v
    def __delete__(self, o): del o._data
class Plainly:
    def __get__(self, o, owner): return ('plain', o is None)
class Meta(type):
    kind = 'meta'
    def __call__(c, *a, **k): enter(); return super().__call__(*a, **k)
    def __getattr__(c, name):
        if name.startswith('__'): raise AttributeError(name)
        return 'meta ' + name
    def __instancecheck__(c, v): enter(); return super().__instancecheck__(v)
class Other:
    shared = 'other'
    def __init_subclass__(c, **k): show_all(c.__name__, sorted(k))
    def __repr__(self): return type(self).__name__
class Special(Other, metaclass=Meta, flag=1):
    data, plain = Data(), Plainly()
    def __init__(self, v=0, *a): self._data = v
class Slotted:
    __slots__ = ('x', 'y')
    def __init__(self, v): self.x = v
    def __repr__(self): return 'slotted'
class Point:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, other): return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)
    def __repr__(self): return 'point'
class Limits: one, two = 1, 2
special, slotted, point = Special(1), Slotted(1), Point(1, 2)
def told(e):
    """An exception, what it came from and what it holds."""
    return (type(e).__name__, [str(a)[:50] for a in e.args], type(e.__cause__).__name__, type(e.__context__).__name__, e.__suppress_context__, [told(x) for x in getattr(e, 'exceptions', ())])
def sent(f):
    def run(*a, **k):
        g, out = f(*a, **k), []
        for step in (lambda: next(g), lambda: g.send(5), lambda: g.throw(ValueError('sent')), lambda: g.send([1]), lambda: next(g), lambda: g.close(), lambda: next(g, 'over')):
            try: out.append(step())
            except StopIteration as stop: out.append(('stop', stop.value))
            except Exception as e: out.append(told(e))
        return out
    return run
def finish(c):
    """What a coroutine returns, resumed with numbers."""
    try:
        for n in range(30): c.send(n or None)
    except StopIteration as stop: return stop.value
    c.close()
    return 'left'
def stepped(f):
    def run(*a, **k):
        async def collect():
            out, g = [], f(*a, **k)
            async for v in g:
                out.append(v)
                if len(out) > 9: break
            await g.aclose()
            return out
        return finish(collect())
    return run
def asent(f):
    def run(*a, **k):
        g, out = f(*a, **k), []
        for step in (lambda: g.__anext__(), lambda: g.asend(5), lambda: g.athrow(ValueError('sent')), lambda: g.asend([1]), lambda: g.aclose(), lambda: g.__anext__()):
            try: out.append(finish(step()))
            except Exception as e: out.append(told(e))
            except StopAsyncIteration as e: out.append('over')
        return out
    return run
def listed(f):
    def run(*a, **k):
        out, g = [], f(*a, **k)
        for v in g:
            out.append(v)
            if len(out) > 9: break
        g.close()
        return out
    return run
def driven(f):
    def run(*a, **k):
        return finish(f(*a, **k))
    return run
if os.environ.get('FUZZ_TRACE'):
    count = 0
    def tracer(frame, event, arg):
        global count
        count += 1
        return tracer
    sys.settrace(tracer)
sys.setrecursionlimit(300)
'''

    def case(self, g):
        while True:
            text = Maker(g).program()
            try:
                compile(text, "m", "exec")
                return text
            except SyntaxError:
                continue

    def answers(self, program, cases):
        if program == self.options.reference or self.plain_only:
            return super().answers(program, cases)
        folder = os.path.dirname(os.path.dirname(self.options.krait))
        programs = {name: program for name in MODES}
        switch = os.path.join(folder, "build-switch", "krait")
        if os.path.exists(switch):
            programs["switch"] = switch
        found = {}
        kept = dict(self.environment)
        for mode, which in programs.items():
            self.environment = {**kept, **MODES.get(mode, {})}
            found[mode] = super().answers(which, cases[:self.STRESSED] if mode == "stress" else cases)
        self.environment = kept
        merged = []
        for i in range(len(cases)):
            kinds = {mode: found[mode][i] for mode in programs if i < len(found[mode])}
            odd = next((f"{a[:4]} in mode {m}\n{a}" for m, a in kinds.items() if isinstance(a, str)), None)
            if odd is None:
                texts = {mode: _fuzz.normal(a) for mode, a in kinds.items() if "[too long]" not in a}
                plain = kinds["plain"]
                other = next((m for m,
                              t in texts.items() if t != _fuzz.normal(plain) and "[too long]" not in plain),
                             None)
                odd = [f"[mode {other}]", *kinds[other], "[mode plain]", *plain] if other else plain
            merged.append(odd)
        return merged

    def shrink(self, case, kind):
        self.plain_only = True   # seven times as quick, where the plain mode shows it
        self.plain_only = self.judge([case])[0][0] == kind
        try:
            return super().shrink(case, kind)
        finally:
            self.plain_only = False


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sys.exit(Programs().main())
