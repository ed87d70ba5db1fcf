"""A stack machine written in Python: an assembler with labels, an interpreter by a chain of ifs and one by a
table of methods, and three programs for them.
"""
import sys

NAMES = ("push load store add sub mul mod less equal jump jump_if_not call return get put halve dup "
         "halt").split()
(PUSH, LOAD, STORE, ADD, SUB, MUL, MOD, LESS, EQUAL, JUMP, JUMP_IF_NOT, CALL, RETURN, GET, PUT, HALVE, DUP,
 HALT) = range(18)
FIBONACCI = """
        push {n}   call fib   halt
fib:    store a   load a   push 2   less   jump_if_not more   load a   return
more:   load a   push 1   sub   call fib   load a   push 2   sub   call fib   add   return
"""
PRIMES = """
        push 0   store count   push 2   store i
next:   load i   push {n}   less   jump_if_not done
        load i   get   jump_if_not prime   jump step
prime:  load count   push 1   add   store count   load i   dup   mul   store j
mark:   load j   push {n}   less   jump_if_not step
        push 1   load j   put   load j   load i   add   store j   jump mark
step:   load i   push 1   add   store i   jump next
done:   load count   halt
"""
COLLATZ = """
        push 0   store best   push 1   store i
next:   load i   push {n}   less   jump_if_not done
        push 0   store steps   load i   store x
again:  load x   push 1   equal   jump_if_not go   jump ended
go:     load steps   push 1   add   store steps   load x   push 2   mod   jump_if_not even
        load x   push 3   mul   push 1   add   store x   jump again
even:   load x   halve   store x   jump again
ended:  load best   load steps   less   jump_if_not step   load steps   store best
step:   load i   push 1   add   store i   jump next
done:   load best   halt
"""


def assemble(text, size):
    """A flat list of codes and operands, and the number of variables."""
    code, labels, slots, holes = [], {}, {}, []
    words = iter(text.format(n=size).split())
    for word in words:
        if word.endswith(":"):
            labels[word[:-1]] = len(code)
            continue
        code.append(NAMES.index(word))
        if word == "push":
            code.append(int(next(words)))
        elif word in ("load", "store"):
            code.append(slots.setdefault(next(words), len(slots)))
        elif word in ("jump", "jump_if_not", "call"):
            holes.append((len(code), next(words)))
            code.append(None)
    for at, label in holes:
        code[at] = labels[label]
    return code, len(slots)


def run(code, count, memory):
    """What is on the stack at the end, and how many instructions it took."""
    stack, frames, slots, at, steps = [], [], [0] * count, 0, 0
    while True:
        op = code[at]
        at += 1
        steps += 1
        if op <= STORE:
            if op == PUSH:
                stack.append(code[at])
            elif op == LOAD:
                stack.append(slots[code[at]])
            else:
                slots[code[at]] = stack.pop()
            at += 1
        elif op <= EQUAL:
            b = stack.pop()
            a = stack[-1]
            if op == ADD:
                stack[-1] = a + b
            elif op == SUB:
                stack[-1] = a - b
            elif op == MUL:
                stack[-1] = a * b
            elif op == MOD:
                stack[-1] = a % b
            elif op == LESS:
                stack[-1] = a < b
            else:
                stack[-1] = a == b
        elif op == JUMP:
            at = code[at]
        elif op == JUMP_IF_NOT:
            at = at + 1 if stack.pop() else code[at]
        elif op == CALL:
            frames.append((at + 1, slots))
            at, slots = code[at], [0] * count
        elif op == RETURN:
            at, slots = frames.pop()
        elif op == GET:
            stack.append(memory[stack.pop()])
        elif op == PUT:
            where = stack.pop()
            memory[where] = stack.pop()
        elif op == HALVE:
            stack.append(stack.pop() // 2)
        elif op == DUP:
            stack.append(stack[-1])
        else:
            return stack, steps


class Machine:
    """The same with a method for each instruction; binary ones share a table of functions."""

    BINARY = {
        "add": int.__add__, "sub": int.__sub__, "mul": int.__mul__, "mod": int.__mod__, "less": int.__lt__,
        "equal": int.__eq__}

    def __init__(self, code, count, memory):
        self.code, self.count, self.memory = code, count, memory
        self.stack, self.frames, self.slots, self.at, self.running = [], [], [0] * count, 0, True
        self.table = [self.method(name) for name in NAMES]

    def method(self, name):
        function = self.BINARY.get(name)
        if function is None:
            return getattr(self, "do_" + name)

        def do():
            b = self.stack.pop()
            self.stack.append(function(self.stack.pop(), b))
        return do

    def operand(self):
        self.at += 1
        return self.code[self.at - 1]

    def do_push(self):
        self.stack.append(self.operand())

    def do_load(self):
        self.stack.append(self.slots[self.operand()])

    def do_store(self):
        self.slots[self.operand()] = self.stack.pop()

    def do_jump(self):
        self.at = self.code[self.at]

    def do_jump_if_not(self):
        target = self.operand()
        if not self.stack.pop():
            self.at = target

    def do_call(self):
        target = self.operand()
        self.frames.append((self.at, self.slots))
        self.at, self.slots = target, [0] * self.count

    def do_return(self):
        self.at, self.slots = self.frames.pop()

    def do_get(self):
        self.stack.append(self.memory[self.stack.pop()])

    def do_put(self):
        where = self.stack.pop()
        self.memory[where] = self.stack.pop()

    def do_halve(self):
        self.stack.append(self.stack.pop() // 2)

    def do_dup(self):
        self.stack.append(self.stack[-1])

    def do_halt(self):
        self.running = False

    def run(self):
        steps = 0
        while self.running:
            steps += 1
            self.table[self.operand()]()
        return self.stack, steps


def main(n):
    tasks = ("fibonacci", FIBONACCI, n), ("primes", PRIMES, n * 500), ("collatz", COLLATZ, n * 50)
    for name, text, size in tasks:
        code, count = assemble(text, size)
        stack, steps = run(code, count, [0] * size)
        code, count = assemble(text, size // 3 + 8)
        small = run(code, count, [0] * size)
        assert Machine(code, count, [0] * size).run() == small
        print(name, len(code), stack, steps, small)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
