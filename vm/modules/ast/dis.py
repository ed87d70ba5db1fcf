"""Disassembler of Krait's bytecode: vm/bytecode/CODE_OBJECTS.md, and opcodes.def for what each instruction does."""
import collections
import io
import sys
import types
from opcode import (EXTENDED_ARG, HAVE_ARGUMENT, cmp_op, hascompare, hasconst, hasfree, hasjabs, hasjrel, haslocal,
                    hasname, hasnargs, opmap, opname)

__all__ = [
    "code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code",
    "get_instructions", "Instruction", "Bytecode", "opname", "opmap", "stack_effect", "HAVE_ARGUMENT",
    "EXTENDED_ARG", "cmp_op", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "hasnargs"
]

_have_code = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)

_Instruction = collections.namedtuple(
    "_Instruction", "opname opcode arg argval argrepr offset starts_line is_jump_target positions",
    defaults=[None])
Positions = collections.namedtuple("Positions", "lineno end_lineno col_offset end_col_offset",
                                   defaults=[None] * 4)


class Instruction(_Instruction):
    """One instruction. arg is the number of the operand that says most (a name, a constant, where a jump leads, else
    the first), argval what it stands for, argrepr shows all operands."""

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        line = "" if self.starts_line is None else str(self.starts_line)
        fields = [line.rjust(lineno_width)] if lineno_width else []
        fields += ["-->" if mark_as_current else "   ", ">>" if self.is_jump_target else "  "]
        fields += [str(self.offset).rjust(offset_width), self.opname.ljust(20), self.argrepr]
        return " ".join(fields).rstrip()


def stack_effect(opcode, oparg=None, /, *, jump=None):
    """There is no stack: 0 for every instruction."""
    if opcode not in range(len(opname)):
        raise ValueError("invalid opcode or oparg")
    return 0


def _code_of(x):
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            x = getattr(x, name)
            break
    if isinstance(x, str):
        try:
            x = compile(x, "<disassembly>", "eval")
        except SyntaxError:
            x = compile(x, "<disassembly>", "exec")
    if hasattr(x, "co_code"):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def findlinestarts(code):
    """Yield (offset, line) of the instructions that begin a line."""
    last = None
    for start, end, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


def findlabels(code):
    """The offsets that jumps in co_code lead to."""
    labels = {n: None for _, _, operands in _instructions(code) for kind, n in operands if kind == "jump"}
    return list(labels)


def _meaning(code, kind, n):
    """(value, text) of an operand."""
    if kind == "register":
        try:
            name = code._varname_from_oparg(n)
        except IndexError:
            name = f"r{n}"
        return name, name
    if kind == "constant":
        return code.co_consts[n], repr(code.co_consts[n])
    if kind == "name":
        return code.co_names[n], f"({code.co_names[n]})"
    if kind == "free":
        return code.co_freevars[n], f"[{code.co_freevars[n]}]"
    return n, f"to {n}" if kind == "jump" else f"#{n}" if kind == "count" else str(n)


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """Iterate over the instructions of a function, code object or source text."""
    code = _code_of(x)
    shift = 0 if first_line is None else first_line - code.co_firstlineno
    starts, positions = dict(findlinestarts(code)), list(code.co_positions())
    labels = set(findlabels(code.co_code)) | {r[2] for r in _ranges(code)}
    for offset, opcode, operands in _instructions(code.co_code):
        meanings = [_meaning(code, kind, n) for kind, n in operands]
        main = next((i for i, o in enumerate(operands) if o[0] in ("name", "constant", "jump", "free")), 0)
        line = starts.get(offset)
        yield Instruction(opname[opcode], opcode, operands[main][1] if operands else None,
                          meanings[main][0] if operands else None, ", ".join(m[1] for m in meanings), offset,
                          None if line is None else line + shift, offset in labels,
                          Positions(*positions[offset // 2]) if positions else Positions())


def _find_imports(code):
    """Yield (module, level, names) of the import statements."""
    for _, opcode, operands in _instructions(code.co_code):
        if opname[opcode] == "IMPORT_NAME":
            _, name, level, fromlist = [_meaning(code, *operand)[0] for operand in operands]
            yield name, level, fromlist


def _find_store_names(code):
    """Yield the names that are assigned outside functions."""
    for i in get_instructions(code):
        if i.opname in ("STORE_NAME", "STORE_GLOBAL"):
            yield i.argval


def _ranges(code):
    """(start, end, target, register) of the handlers of exceptions, from co_exceptiontable."""
    numbers, n, shift = [], 0, 0
    for byte in code.co_exceptiontable:
        n |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(n)
            n = shift = 0
    rest = numbers[1 + len(code.co_cellvars):]
    return [(2 * a, 2 * b, 2 * c, r) for a, b, c, r in zip(*[iter(rest)] * 4)]


def disassemble(code, lasti=-1, *, file=None, show_caches=False, adaptive=False, first_line=None):
    """Show one code object."""
    instructions = list(get_instructions(code, first_line=first_line))
    lines = [i.starts_line for i in instructions if i.starts_line is not None]
    width = max(3, len(str(max(lines)))) if lines else 0
    offset_width = max(4, len(str(instructions[-1].offset)))
    for i in instructions:
        if i.starts_line is not None and i.offset > 0:
            print(file=file)
        print(i._disassemble(width, i.offset == lasti, offset_width), file=file)
    if ranges := _ranges(code):
        print("ExceptionTable:", file=file)
    for start, end, target, register in ranges:
        print(f"  {start} to {end} -> {target} with {_meaning(code, 'register', register)[1]}", file=file)


disco = disassemble


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Disassemble classes, modules, methods, functions, code, generators, source; the last traceback if None."""
    if x is None:
        return distb(file=file)
    x = getattr(x, "__func__", x)
    if isinstance(x, type) or isinstance(x, types.ModuleType):
        for name, value in sorted(x.__dict__.items()):
            if isinstance(value, _have_code):
                print(f"Disassembly of {name}:", file=file)
                try:
                    dis(value, file=file, depth=depth)
                except TypeError as message:
                    print("Sorry:", message, file=file)
                print(file=file)
        return
    code = _code_of(x)
    disassemble(code, file=file)
    if depth is None or depth > 0:
        for inner in code.co_consts:
            if hasattr(inner, "co_code"):
                print(f"\nDisassembly of {inner!r}:", file=file)
                dis(inner, file=file, depth=None if depth is None else depth - 1)


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Disassemble where a traceback ends (the last one's, if None)."""
    if tb is None:
        if not hasattr(sys, "last_traceback"):
            raise RuntimeError("no last traceback to disassemble")
        tb = sys.last_traceback
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def pretty_flags(flags):
    names = [COMPILER_FLAG_NAMES.get(1 << i, hex(1 << i)) for i in range(32) if flags >> i & 1]
    return ", ".join(names or [hex(flags)])


def code_info(x):
    """What a code object says of itself, as text."""
    code = _code_of(x)
    rows = [("Name", code.co_name), ("Filename", code.co_filename), ("Argument count", code.co_argcount),
            ("Positional-only arguments", code.co_posonlyargcount), ("Kw-only arguments", code.co_kwonlyargcount),
            ("Number of locals", code.co_nlocals), ("Stack size", code.co_stacksize),
            ("Flags", pretty_flags(code.co_flags))]
    lines = [f"{head + ':':<19}{value}" if len(head) < 18 else f"{head}: {value}" for head, value in rows]
    lists = [("Constants", map(repr, code.co_consts)), ("Names", code.co_names),
             ("Variable names", code.co_varnames), ("Free variables", code.co_freevars),
             ("Cell variables", code.co_cellvars)]
    for head, items in lists:
        items = [f"{i:4d}: {item}" for i, item in enumerate(items)]
        lines += [head + ":", *items] if items else []
    return "\n".join(lines)


def show_code(x, *, file=None):
    print(code_info(x), file=file)


class Bytecode:
    """The instructions of a piece of code: iterate over it, or dis() for the text."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self.current_offset = current_offset
        self._original_object = x

    def __iter__(self):
        return get_instructions(self.codeobj, first_line=self.first_line)

    def __repr__(self):
        return f"{self.__class__.__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        return code_info(self.codeobj)

    def dis(self):
        out = io.StringIO()
        lasti = -1 if self.current_offset is None else self.current_offset
        disassemble(self.codeobj, lasti, file=out, first_line=self.first_line)
        return out.getvalue()


def _main():
    """What `-m dis [FILE]` does."""
    import argparse
    parser = argparse.ArgumentParser(prog="dis.py")
    parser.add_argument("infile", type=argparse.FileType("rb"), nargs="?", default="-")
    with parser.parse_args().infile as file:
        source = file.read()
    dis(compile(source, file.name, "exec"))
