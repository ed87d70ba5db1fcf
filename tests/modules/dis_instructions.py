"""dis: instructions, lines, labels and texts fit together, whatever the instructions are."""
import dis
import io
import subprocess
import sys


def f(a, *b):
    """doc"""
    x = [len(i) for i in b]
    try:
        return lambda: x + a.name(print, 1.5)
    except ValueError:
        pass


code = f.__code__
instructions = list(dis.get_instructions(f))
offsets = [i.offset for i in instructions]
assert offsets[0] == 0 and offsets == sorted(set(offsets)) and offsets[-1] < len(code.co_code)
for i in instructions:
    assert dis.opname[i.opcode] == i.opname and code.co_code[i.offset] in (i.opcode, dis.opmap.get(i.opname))
    assert i.starts_line in (None, *range(code.co_firstlineno, code.co_firstlineno + 8))
    line = [line for start, end, line in code.co_lines() if start <= i.offset < end]
    assert line == [i.positions.lineno]
assert set(dis.findlabels(code.co_code)) <= set(offsets)
assert dict(dis.findlinestarts(code)) == {
    i.offset: i.starts_line
    for i in instructions if i.starts_line is not None
}
assert {i.argval for i in instructions if i.opname == "LOAD_GLOBAL"} >= {"ValueError"}
assert [i.offset for i in dis.Bytecode(f)] == offsets
assert dis.Instruction._fields == ("opname", "opcode", "arg", "argval", "argrepr", "offset", "starts_line",
                                   "is_jump_target", "positions")

out = io.StringIO()
dis.dis(f, file=out)
assert "ValueError" in out.getvalue() and "Disassembly of <code object <lambda>" in out.getvalue()
assert "RETURN" in dis.Bytecode("a + 1").dis() and "LOAD_NAME" in dis.Bytecode("a + 1").dis()
assert dis.code_info(f).startswith("Name:") and "OPTIMIZED, NEWLOCALS, VARARGS" in dis.code_info(f)
try:
    f.__code__.missing
except AttributeError as e:
    entry = e.__traceback__
    assert "-->" in dis.Bytecode.from_traceback(entry).dis()
    here = [i for i in dis.get_instructions(sys._getframe().f_code) if i.offset == entry.tb_lasti]
    assert len(here) == 1 and here[0].argval == "missing"
assert list(dis._find_imports(sys._getframe().f_code))[0] == ("dis", 0, None)
for wrong in (1, None.__class__.__new__, 1.5):
    try:
        dis.dis(wrong)
    except TypeError as e:
        assert str(e).startswith("don't know how to disassemble "), e
    else:
        raise AssertionError(wrong)

# -m dis: of a file, of standard input
for arguments, text in ((["-"], b"x = 1\ny = x\n"), ([], b"x = 1\ny = x\n"), (["/proc/nowhere/at/all"], b"")):
    done = subprocess.run([sys.executable, "-m", "dis", *arguments], input=text, capture_output=True)
    if text:
        out = io.StringIO()
        dis.dis(compile(text, "<stdin>", "exec"), file=out)
        assert (done.returncode, done.stdout.decode()) == (0, out.getvalue()), done
    else:
        assert done.returncode == 2 and b"No such file" in done.stderr, done

# programs (dill) read a function's globals out of the lines shown
shown = io.StringIO()
dis.dis(f, file=shown)
named = [line.replace("NULL + ", "") for line in shown.getvalue().splitlines() if "_GLOBAL" in line]
assert {line.split("(")[-1].split(")")[0] for line in named} == {"ValueError", "len", "print"}, named
