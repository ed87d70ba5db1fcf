"""A little language: a tokeniser, a recursive-descent parser to a tree, constant folding, printing back, and
an evaluator with scopes.
"""
import operator
import sys
import zlib

SOURCE = """
# greatest common divisor, and sums of digits
def gcd(a, b) {{ while b != 0 {{ let t = b; b = a % b; a = t; }} return a; }}
def digits(n) {{ if n < 10 {{ return n; }} else {{ return n % 10 + digits(n / 10); }} }}
let total = 0;
let i = 1 + 2 * (3 - 2) - 2;
while i <= {n} and not (total < 0 - 1 or false) {{
    if gcd(i, {k}) == 1 {{ total = total + digits(i * 37); }}
    else {{ if i % 2 == 0 {{ total = total - 1; }} }}
    i = i + 1;
}}
let text = "so " + "much";
print(total, i, text + "!");
"""
LEVELS = [{"or"}, {"and"}, {"==", "!=", "<", "<=", ">", ">="}, {"+", "-"}, {"*", "/", "%"}]
ARITHMETIC = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge, "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.floordiv,
    "%": operator.mod}
WORDS = {"def", "let", "while", "if", "else", "return", "and", "or", "not", "true", "false"}


def tokens(text):
    at, line = 0, 1
    while at < len(text):
        c = text[at]
        if c in " \n":
            line += c == "\n"
            at += 1
        elif c == "#":
            at = text.index("\n", at)
        elif c.isdigit():
            start = at
            while text[at].isdigit():
                at += 1
            yield "number", int(text[start:at]), line
        elif c.isalpha():
            start = at
            while text[at].isalnum() or text[at] == "_":
                at += 1
            word = text[start:at]
            yield word if word in WORDS else "name", word, line
        elif c == '"':
            end = text.index('"', at + 1)
            yield "text", text[at + 1:end], line
            at = end + 1
        else:
            sign = text[at:at + 2] if text[at:at + 2] in ("==", "!=", "<=", ">=") else c
            yield sign, sign, line
            at += len(sign)
    yield "end", "", line


class Parser:
    def __init__(self, text):
        self.source = tokens(text)
        self.kind, self.value, self.line = next(self.source)

    def take(self, kind):
        if self.kind != kind:
            raise SyntaxError(f"line {self.line}: {kind} expected, not {self.value!r}")
        value = self.value
        self.kind, self.value, self.line = next(self.source, ("end", "", 0))
        return value

    def accept(self, kind):
        return self.kind == kind and (self.take(kind) or True)

    def block(self):
        self.take("{")
        body = []
        while self.kind != "}":
            body.append(self.statement())
        self.take("}")
        return body

    def listed(self, item):
        self.take("(")
        items = []
        while self.kind != ")":
            items.append(item())
            if self.kind != ")":
                self.take(",")
        self.take(")")
        return items

    def statement(self):
        if self.accept("def"):
            return "def", self.take("name"), self.listed(lambda: self.take("name")), self.block()
        if self.accept("while"):
            return "while", self.expression(), self.block()
        if self.accept("if"):
            return "if", self.expression(), self.block(), self.block() if self.accept("else") else []
        if self.accept("return"):
            node = "return", self.expression()
        elif self.accept("let"):
            name = self.take("name")
            self.take("=")
            node = "let", name, self.expression()
        else:
            node = "do", self.expression()
            if node[1][0] == "name" and self.accept("="):
                node = "set", node[1][1], self.expression()
        self.take(";")
        return node

    def expression(self, level=0):
        if level == len(LEVELS):
            return self.operand()
        left = self.expression(level + 1)
        while self.kind in LEVELS[level]:
            left = folded(self.take(self.kind), left, self.expression(level + 1))
        return left

    def operand(self):
        if self.kind in ("number", "text"):
            return "constant", self.take(self.kind)
        if self.kind in ("true", "false"):
            return "constant", self.take(self.kind) == "true"
        if self.accept("not"):
            return "not", self.operand()
        if self.accept("("):
            node = self.expression()
            self.take(")")
            return node
        name = self.take("name")
        return ("call", name, self.listed(self.expression)) if self.kind == "(" else ("name", name)


def folded(sign, left, right):
    if left[0] == right[0] == "constant" and sign in ARITHMETIC:
        return "constant", ARITHMETIC[sign](left[1], right[1])
    return "binary", sign, left, right


class Return(Exception):
    pass


class Evaluator:
    def __init__(self):
        self.functions, self.printed = {}, []

    def run(self, body, scope):
        for node in body:
            kind = node[0]
            if kind in ("let", "set"):
                if kind == "set" and node[1] not in scope:
                    raise NameError(node[1])
                scope[node[1]] = self.value(node[2], scope)
            elif kind == "while":
                while self.value(node[1], scope):
                    self.run(node[2], scope)
            elif kind == "if":
                self.run(node[2] if self.value(node[1], scope) else node[3], scope)
            elif kind == "return":
                raise Return(self.value(node[1], scope))
            elif kind == "def":
                self.functions[node[1]] = node[2:]
            else:
                self.value(node[1], scope)

    def value(self, node, scope):
        kind = node[0]
        if kind == "constant":
            return node[1]
        if kind == "name":
            return scope[node[1]]
        if kind == "not":
            return not self.value(node[1], scope)
        if kind == "call":
            return self.call(node[1], [self.value(argument, scope) for argument in node[2]])
        left = self.value(node[2], scope)
        if node[1] == "and":
            return left and self.value(node[3], scope)
        if node[1] == "or":
            return left or self.value(node[3], scope)
        return ARITHMETIC[node[1]](left, self.value(node[3], scope))

    def call(self, name, arguments):
        if name == "print":
            self.printed.append(arguments)
            return None
        names, body = self.functions[name]
        try:
            self.run(body, dict(zip(names, arguments)))
        except Return as result:
            return result.args[0]
        return None


def shown(node):
    if isinstance(node, (tuple, list)):
        return "(" + " ".join(map(shown, node)) + ")"
    return str(node)


def main(n):
    check, size = 0, 0
    for k in range(n):
        parser = Parser(SOURCE.format(n=n * 60 if k == n - 1 else 5, k=k + 6))
        tree = []
        while parser.kind != "end":
            tree.append(parser.statement())
        text = shown(tree)
        size += len(text)
        check = zlib.crc32(text.encode(), check)
        evaluator = Evaluator()
        evaluator.run(tree, {})
    for wrong in ("let a = ;", "if 1 { return }", "x = 1;"):
        try:
            Evaluator().run([Parser(wrong).statement()], {})
        except (SyntaxError, NameError) as error:
            print(type(error).__name__, error)
    print("programs", n, "size", size, check, "printed", evaluator.printed)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 260)
