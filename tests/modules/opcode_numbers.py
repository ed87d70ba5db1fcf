# The module opcode describes the instructions that dis shows: the same names and numbers, and lists of those
# with operands of a kind.
import dis
import opcode

assert opcode.opmap == dis.opmap and opcode.opname == dis.opname
assert {"LOAD_CONST", "COPY_FREE_VARS", "JUMP_FORWARD", "RETURN_VALUE"} <= opcode.opmap.keys()
assert all(opcode.opname[number] == name for name, number in opcode.opmap.items())
assert opcode.HAVE_ARGUMENT == dis.HAVE_ARGUMENT and list(opcode.cmp_op) == ["<", "<=", "==", "!=", ">", ">="]
for name in "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "hasnargs":
    assert all(0 <= number < len(opcode.opname) for number in getattr(opcode, name)), name


def globals_of(code):
    """The global names that a function uses, as pickling libraries look for them."""
    wanted = {opcode.opmap[name] for name in ("LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL")}
    return {i.argval for i in dis.get_instructions(code) if i.opcode in wanted}


def uses():
    global stored, deleted
    stored = len(loaded)
    del deleted
    return lambda: inner


assert globals_of(uses.__code__) == {"stored", "len", "loaded", "deleted"}
assert opcode.opmap["LOAD_GLOBAL"] in opcode.hasname
