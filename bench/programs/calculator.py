"""A small language: tokenizer, precedence parser, tree evaluator, and a compiler to a stack machine that
runs the same.
"""
import sys


class Node:
    def evaluate(self, env):
        raise NotImplementedError


class Number(Node):
    def __init__(self, value):
        self.value = value

    def evaluate(self, env):
        return self.value

    def emit(self, code):
        code.append(("push", self.value))


class Name(Node):
    def __init__(self, name):
        self.name = name

    def evaluate(self, env):
        return env[self.name]

    def emit(self, code):
        code.append(("load", self.name))


OPERATORS = {
    "+": (4, lambda a, b: a + b), "-": (4, lambda a, b: a - b), "*": (5, lambda a, b: a * b),
    "/": (5, lambda a, b: a // b),
    "%": (5, lambda a, b: a % b), "<": (3, lambda a, b: int(a < b)), ">": (3, lambda a, b: int(a > b)),
    "=": (2, lambda a, b: int(a == b)), "&": (1, lambda a, b: a & b)}


class Binary(Node):
    def __init__(self, operator, left, right):
        self.operator, self.left, self.right = operator, left, right
        self.function = OPERATORS[operator][1]

    def evaluate(self, env):
        return self.function(self.left.evaluate(env), self.right.evaluate(env))

    def emit(self, code):
        self.left.emit(code)
        self.right.emit(code)
        code.append(("apply", self.operator))


class Let(Node):
    def __init__(self, name, value):
        self.name, self.value = name, value

    def evaluate(self, env):
        env[self.name] = self.value.evaluate(env)

    def emit(self, code):
        self.value.emit(code)
        code.append(("store", self.name))


class While(Node):
    def __init__(self, condition, body):
        self.condition, self.body = condition, body

    def evaluate(self, env):
        while self.condition.evaluate(env):
            for statement in self.body:
                statement.evaluate(env)

    def emit(self, code):
        start = len(code)
        self.condition.emit(code)
        hole = len(code)
        code.append(None)
        for statement in self.body:
            statement.emit(code)
        code.append(("jump", start))
        code[hole] = ("exit", len(code))


def tokenize(text):
    tokens, i = [], 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit():
            start = i
            while i < len(text) and text[i].isdigit():
                i += 1
            tokens.append(("number", int(text[start:i])))
        elif c.isalpha():
            start = i
            while i < len(text) and text[i].isalnum():
                i += 1
            tokens.append(("name", text[start:i]))
        else:
            tokens.append(("mark", ":=" if text[i:i + 2] == ":=" else c))
            i += len(tokens[-1][1])
    tokens.append(("end", None))
    return tokens


class Parser:
    def __init__(self, text):
        self.tokens = tokenize(text)
        self.at = 0

    def peek(self):
        return self.tokens[self.at]

    def take(self, wanted=None):
        token = self.tokens[self.at]
        if wanted is not None and token[1] != wanted:
            raise SyntaxError("expected %r, got %r" % (wanted, token[1]))
        self.at += 1
        return token

    def program(self, end):
        statements = []
        while self.peek()[1] != end:
            statements.append(self.statement())
        self.take(end)
        return statements

    def statement(self):
        if self.peek()[1] == "while":
            self.take()
            condition = self.expression(0)
            self.take("{")
            return While(condition, self.program("}"))
        name = self.take()[1]
        self.take(":=")
        value = self.expression(0)
        self.take(";")
        return Let(name, value)

    def expression(self, strength):
        kind, value = self.take()
        if kind == "number":
            left = Number(value)
        elif kind == "name":
            left = Name(value)
        elif value == "(":
            left = self.expression(0)
            self.take(")")
        else:
            raise SyntaxError("unexpected %r" % (value,))
        while True:
            kind, operator = self.peek()
            if kind != "mark" or operator not in OPERATORS or OPERATORS[operator][0] <= strength:
                return left
            self.take()
            left = Binary(operator, left, self.expression(OPERATORS[operator][0]))


def execute(code):
    env, stack, pc = {}, [], 0
    functions = {name: function for name, (_, function) in OPERATORS.items()}
    while pc < len(code):
        operation, argument = code[pc]
        pc += 1
        if operation == "push":
            stack.append(argument)
        elif operation == "load":
            stack.append(env[argument])
        elif operation == "apply":
            b = stack.pop()
            stack[-1] = functions[argument](stack[-1], b)
        elif operation == "store":
            env[argument] = stack.pop()
        elif operation == "jump":
            pc = argument
        elif not stack.pop():
            pc = argument
    return env


SOURCE = """
n := %d; i := 1; total := 0; longest := 0;
while i < n {
  x := i; steps := 0;
  while x > 1 {
    odd := x %% 2;
    x := odd * (3 * x + 1) + (1 - odd) * (x / 2);
    steps := steps + 1;
  }
  total := total + steps;
  longest := (steps > longest) * steps + (longest > steps) * longest + (steps = longest) * steps;
  i := i + 1;
}
"""


def main(n):
    program = Parser(SOURCE % n).program(None)
    env = {}
    for statement in program:
        statement.evaluate(env)
    code = []
    for statement in program:
        statement.emit(code)
    assert execute(code) == env
    for k in range(n // 4):
        text = "a := %d * (b%d + 3) - 7 / 2 %% (k & 1 = 0) < 5;" % (k, k)
        parsed = Parser(text).program(None)
    print("code", len(code), "total", env["total"], "longest", env["longest"], type(parsed[0]).__name__)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1200)
