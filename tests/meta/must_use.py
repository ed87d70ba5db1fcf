"""No failure is dropped: results that tell of one are MUST_USE, and pointers that may be NULL are looked
at.

From names alone, in six rules: 1. A function that can fail (it raises, allocates, or calls one that does)
and says so by its result bears MUST_USE in its
   header. COLD functions that raise need not: their result is the failure, for the caller to pass on.
2. Nobody casts such a result to void. 3. A pointer that may be NULL becomes a Value through value_of, never
through value_from. 4. After `T *x = f(…)` that may be NULL, x is tested before anything else is done with
it. 5. What value_of or value_none_if gives is no argument of a call, for it may be VALUE_FAIL; but of
CARRIERS, which look. 6. What has run Python and may have failed is no argument of what runs Python: f(g(…))
would run with an exception pending. A maker of cells of a small fixed size is NEVER_NULL: memory for those
comes from a reserve (heap.h).
"""
import re
import sys

from _functions import ROOT, Tree, files, is_below

ROOTS = {"raise_error", "raise_object", "raise_memory", "heap_take_slow", "parser_fail", "lexer_fail"}
# Their results tell of no failure that is pending.
NO_FAILURES = {
    "sys_flush_streams": "reports what fails",
    "float_repr": "a length",
    "float_hex": "a length",
    "cache_command": "an exit status",
    "cache_warm": "an exit status",
    "cache_bake": "an exit status",
    "dump_file": "an exit status",
    "prompt_run": "an exit status",
    "vm_report": "an exit status",
    "vm_finish": "an exit status",
    "parser_fetch": "the fault stays in the parser",
    "parser_expect": "the fault stays in the parser",}
FAILING_TYPE = re.compile(r"Value|bool|Answer|int|int64_t|AstSeq|.*\*")
# The parser's nodes are never NULL: it goes on after a fault with whatever it has (parse.h).
PARSER = ("src/syntax/", "src/compile/")


def failing(tree):
    """{name: function} of those that others can call and that can fail"""
    reached = tree.spread({f: "raises" for f in tree.functions if f.name in ROOTS}, lambda function: False)
    return {f.name: f for f in reached if not f.is_static}


def unmarked(tree):
    """Rule 1."""
    able = failing(tree)
    for p in tree.prototypes:
        if p.name.endswith("_verify"):  # says whether a law holds
            continue
        if p.name in able and not {
                "MUST_USE", "COLD"} & p.marks and FAILING_TYPE.fullmatch(
            p.type) and p.name not in NO_FAILURES and not p.path.startswith(("vm/base/", "src/compile/")):
            yield (
                f"{p.path}:{p.line}: {p.name} can fail ({able[p.name].path}:{able[p.name].line}) and is "
                f"not MUST_USE")


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def dropped(texts, names):
    """Rule 2."""
    for path, code in texts.items():
        for match in re.finditer(r"\(void\)\s*!?\s*(\w+)\(", code):
            if match[1] in names:
                yield f"{path}:{line_of(code, match.start())}: the result of {match[1]} is dropped"


def unchecked_values(texts, may_be_null):
    """Rule 3."""
    for path, code in texts.items():
        for match in re.finditer(r"\bvalue_from\((\w+)\(", code):
            end = end_of_call(code, match.end() - 1)
            if match[1] in may_be_null and code[
                    end] == ")" and not SMALL.fullmatch(code[match.end():end - 1]):
                yield f"{path}:{line_of(code, match.start())}: value_from({match[1]}(…)): use value_of"


def end_of_call(code, at):
    """The offset behind the parenthesis that closes the one at `at`."""
    depth = 0
    for match in re.compile(r"[()]").finditer(code, at):
        depth += 1 if match[0] == "(" else -1
        if depth == 0:
            return match.end()
    return len(code) - 1


DECLARATION = re.compile(r"(?:^|[;{}])\s*(?:const )?[A-Z]\w+ \*(\w+) = (\w+)\(")
# One of a fixed size is there: list_new(vm, 4), tuple_new(vm, 0), str_alloc(vm, 1, point), heap_new(vm,
# shape, sizeof *self).
SMALL = re.compile(
    r".*, (?:\d+|NULL, 0|\d+, \w+|(?:sizeof|offsetof)[ \w*(),]+(?: \+ (?:\d+|(?:\d+ \* )?sizeof[ "
    r"\w*()]+))?)",
    re.S)


def is_tested(rest, name):
    """Is the first thing done with `name` to look whether it is NULL, or to hand it on to the caller or to
    value_of?
    """
    match = re.search(rf"\b{name}\b", rest)
    if not match:
        return True
    before, after = rest[:match.start()], rest[match.end():]
    return bool(before.endswith("!") or re.search(r"(?:return|value_of\()\s*$", before) or
                re.match(r"\s*(?:\?|&&|\|\||\)|[!=]= NULL)", after))


def untested_pointers(tree, may_be_null):
    """Rule 4."""
    for function in tree.functions:
        for match in DECLARATION.finditer(function.body):
            name, maker = match.groups()
            end = end_of_call(function.body, match.end() - 1)
            arguments = " ".join(function.body[match.end():end - 1].split())
            if maker in may_be_null and not SMALL.fullmatch(arguments):
                rest = function.body[function.body.index(";", end - 1):]
                if not is_tested(rest, name):
                    yield (
                        f"{function.path}:{function.line}: {function.name} uses {name} = {maker}(…) "
                        f"before it looks whether it is NULL")


# They answer with the failure that they are given; in these files, or anywhere.
CARRIERS = {
    "PACK": "",
    "module_add": "",
    "type_add": "",
    "add": ("vm/modules/sys/sys_data.c", "vm/runtime/type_init.c"),
    "push": ("vm/modules/pickle/read.c",),
    "pair": ("vm/modules/text/_codecs.c",),
    "make_class": ("vm/modules/ast/classes.c",)}
LOOKS = re.compile(r"VALUE_FAIL|value_is_fail|PACK\(|return module_add\(")
# Of macros: what they are given is their answer.
MACROS = {"PUT", "FUNCTION", "SYS_AUDIT", "AUDITED"}


def enclosing_call(code, at):
    """The name of the call in whose arguments the offset is, or None."""
    depth = 0
    for i in range(at - 1, -1, -1):
        if code[i] in ")]}":
            depth += 1
        elif code[i] in "([{" and depth:
            depth -= 1
        elif code[i] == "(":
            name = re.search(r"(\w+)\s*$", code[max(0, i - 80):i])
            return name and name[1]
        elif code[i] in ";{[":
            return None
    return None


def nested_failures(tree):
    """Rule 5."""
    for function in tree.functions:
        if function.path.startswith(CARRIERS.get(function.name, ("-",))) and function.name != (
                "PACK") and not LOOKS.search(function.body):
            yield (
                f"{function.path}:{function.line}: {function.name} is among CARRIERS, and does not look "
                f"for a failure")
    for path, code in tree.texts.items():
        for match in re.finditer(r"\b(value_of|value_none_if)\(", code):
            callee = enclosing_call(code, match.start())
            if callee and not path.startswith(CARRIERS.get(callee, ("-",))) and callee not in MACROS:
                yield (
                    f"{path}:{line_of(code, match.start())}: {callee}(… {match[1]}(…)) may be given "
                    f"VALUE_FAIL")


CALL = re.compile(r"([A-Za-z_]\w*)?\s*\(|\)|[;{}]")
# a failure in them goes to whoever they are an argument of
PASSING = {"", "value_of", "PACK", "LIKELY", "UNLIKELY", "SYS_AUDIT", "AUDITED"}


def handed_on(texts, running, failing_runners):
    """Rule 6."""
    for path, code in texts.items():
        around = []
        for match in CALL.finditer(code):
            name = match[1] or ""
            if match[0] == ")":
                del around[-1:]
            elif match[0] in ";{}":
                around = []
            else:
                taker = next((outer for outer in reversed(around) if outer not in PASSING), None)
                if name in failing_runners and taker in running:
                    yield (
                        f"{path}:{line_of(code, match.start())}: {taker} is given what {name} answers, "
                        f"maybe a failure")
                around.append(name)


def main():
    tree = Tree()
    must_use = {p.name for p in tree.prototypes if "MUST_USE" in p.marks}
    may_be_null = {
        p.name
        for p in tree.prototypes
        if "MUST_USE" in p.marks and "NEVER_NULL" not in p.marks and p.type.endswith(
            "*") and not p.path.startswith(PARSER)}
    texts = tree.texts
    running = {p.name for p in tree.prototypes if "MAY_RUN" in p.marks}
    running |= {f.name for f in tree.functions if f.result is None and f.names & running}   # macros
    failing_runners = {
        p.name for p in tree.prototypes if {
            "MAY_RUN", "MUST_USE"} <= p.marks and (p.type.endswith("*") or p.type == "Value")}
    wrong = [
        *unmarked(tree), *dropped(texts, must_use), *unchecked_values(texts, may_be_null),
        *untested_pointers(tree, may_be_null), *nested_failures(tree),
        *handed_on(texts, running, failing_runners)]
    print(
        f"{len(tree.prototypes)} prototypes, {sum('MUST_USE' in p.marks for p in tree.prototypes)} of "
        f"them MUST_USE; "
        f"{len(may_be_null)} may answer NULL; {len(wrong)} wrong")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
