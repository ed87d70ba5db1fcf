"""One-way constraints kept true as values change (in the spirit of DeltaBlue): strengths, plans, chains,
projections.
"""
import sys

REQUIRED, STRONG, NORMAL, WEAK, WEAKEST = range(5)


class Variable:
    def __init__(self, name, value=0):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = WEAKEST
        self.mark = 0


class Constraint:
    """Determines its output from its inputs when it is strong enough to override what determines the
    output now.
    """

    def __init__(self, strength):
        self.strength = strength
        self.output = None

    def variables(self):
        raise NotImplementedError

    def inputs(self):
        return [v for v in self.variables() if v is not self.output]

    def choose(self, mark):
        """Pick the weakest variable that is weaker than this constraint, or None."""
        best = None
        for v in self.candidates():
            if v.mark != mark and v.strength > self.strength and (best is None or v.strength > best.strength):
                best = v
        return best

    def candidates(self):
        return self.variables()

    def execute(self):
        pass

    def output_strength(self):
        weakest = self.strength
        for v in self.inputs():
            if v.strength > weakest:
                weakest = v.strength
        return weakest


class Stay(Constraint):
    def __init__(self, variable, strength):
        super().__init__(strength)
        self.variable = variable

    def variables(self):
        return [self.variable]


class Edit(Stay):
    pass


class Equal(Constraint):
    def __init__(self, a, b, strength):
        super().__init__(strength)
        self.a = a
        self.b = b

    def variables(self):
        return [self.a, self.b]

    def execute(self):
        if self.output is self.b:
            self.b.value = self.a.value
        else:
            self.a.value = self.b.value


class Scale(Constraint):
    """b = a * factor + offset, in either direction."""

    def __init__(self, a, factor, offset, b, strength):
        super().__init__(strength)
        self.a, self.factor, self.offset, self.b = a, factor, offset, b

    def variables(self):
        return [self.a, self.factor, self.offset, self.b]

    def candidates(self):
        return [self.a, self.b]

    def execute(self):
        if self.output is self.b:
            self.b.value = self.a.value * self.factor.value + self.offset.value
        else:
            self.a.value = (self.b.value - self.offset.value) // self.factor.value


class Planner:
    def __init__(self):
        self.mark = 0

    def add(self, constraint):
        for v in constraint.variables():
            v.constraints.append(constraint)
        self.mark += 1
        loser = self.satisfy(constraint)
        while loser is not None:
            loser = self.satisfy(loser)

    def satisfy(self, constraint):
        """Enforce it if something weaker can give way; the result is what it displaced."""
        constraint.output = None
        output = constraint.choose(self.mark)
        if output is None:
            if constraint.strength == REQUIRED:
                raise ValueError("a required constraint cannot hold")
            return None
        for v in constraint.inputs():
            v.mark = self.mark
        constraint.output = output
        displaced = output.determined_by
        if displaced is not None:
            displaced.output = None
        output.determined_by = constraint
        output.mark = self.mark
        self.propagate(output)
        return displaced

    def propagate(self, start):
        pending = [start]
        limit = 0
        while pending:
            v = pending.pop()
            constraint = v.determined_by
            if constraint is not None:
                v.strength = constraint.output_strength()
                constraint.execute()
            limit += 1
            if limit > 100000:
                raise RuntimeError("a cycle of constraints")
            for other in v.constraints:
                if other.output is not None and other.output is not v:
                    pending.append(other.output)

    def remove(self, constraint):
        output = constraint.output
        for v in constraint.variables():
            v.constraints.remove(constraint)
        constraint.output = None
        if output is None:
            return
        output.determined_by = None
        output.strength = WEAKEST
        unsatisfied = []
        pending = [output]
        while pending:
            v = pending.pop()
            for other in v.constraints:
                if other.output is None:
                    unsatisfied.append(other)
                elif other.output is not v:
                    other.output.strength = other.output_strength()
                    pending.append(other.output)
        unsatisfied.sort(key=lambda c: c.strength)
        for other in unsatisfied:
            self.mark += 1
            loser = self.satisfy(other)
            while loser is not None:
                loser = self.satisfy(loser)

    def plan(self, start):
        """The constraints to run, in order, when the output of `start` changes."""
        self.mark += 1
        plan = []
        pending = [start]
        while pending:
            constraint = pending.pop()
            v = constraint.output
            if v is None or v.mark == self.mark:
                continue
            v.mark = self.mark
            plan.append(constraint)
            for other in v.constraints:
                if other is not constraint and other.output is not None and other.output is not v:
                    pending.append(other)
        return plan


def chain(length):
    planner = Planner()
    variables = [Variable("v%d" % i) for i in range(length + 1)]
    for a, b in zip(variables, variables[1:]):
        planner.add(Equal(a, b, REQUIRED))
    planner.add(Stay(variables[-1], WEAK))
    edit = Edit(variables[0], STRONG)
    planner.add(edit)
    plan = planner.plan(edit)
    total = 0
    for value in range(40):
        variables[0].value = value
        for constraint in plan:
            constraint.execute()
        assert variables[-1].value == value
        total += variables[length // 2].value
    planner.remove(edit)
    return total


def projection(count):
    planner = Planner()
    factor = Variable("factor", 10)
    offset = Variable("offset", 1000)
    planner.add(Stay(factor, NORMAL))
    planner.add(Stay(offset, NORMAL))
    sources, targets = [], []
    for i in range(count):
        source, target = Variable("s%d" % i, i), Variable("t%d" % i, i)
        planner.add(Stay(source, NORMAL))
        planner.add(Scale(source, factor, offset, target, REQUIRED))
        sources.append(source)
        targets.append(target)
    for i in range(count):
        assert targets[i].value == i * 10 + 1000
    for variable, value in ((factor, 5), (offset, 2000)):
        edit = Edit(variable, STRONG)
        planner.add(edit)
        plan = planner.plan(edit)
        for _ in range(10):
            variable.value = value
            for constraint in plan:
                constraint.execute()
        planner.remove(edit)
    return sum(t.value for t in targets)


def main(n):
    total = 0
    for size in range(40, 40 + n):
        total += chain(size) + projection(size)
    print("rounds", n, "total", total)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 140)
