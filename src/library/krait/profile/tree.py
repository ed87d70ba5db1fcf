"""The tree of calls: samples by the path of functions and lines that they were taken in.

Laws: node 0 is the root, callers stand before what they call; total[n] = self[n] + the totals of its
children, so total[0] is the sum of all weights."""
from krait.profile.model import ACTIVITY, NATIVE, NO_CALLER, OPERATOR, PYTHON

ROOT = 0


class Function:
    """What tells functions apart in a report."""
    __slots__ = ("index", "kind", "path", "name", "first_line", "module")

    def __init__(self, index, code):
        self.index, self.kind, self.path, self.name = index, code.kind, code.path, code.label
        self.first_line, self.module = code.first_line, code.module

    @property
    def where(self):
        if self.kind == PYTHON:
            return f"{short_path(self.path)}:{self.first_line}" if self.path else self.module or "?"
        return {NATIVE: "built-in", OPERATOR: "operator", ACTIVITY: "krait"}[self.kind]

    @property
    def shown(self):
        return f"{self.name} ({self.where})" if self.kind == PYTHON else self.name


def short_path(path):
    """The last two parts of a long path: library/json/decoder.py -> json/decoder.py"""
    parts = path.split("/")
    if len(parts) > 2 and (path.startswith("/usr/") or "/lib/python" in path):
        return "/".join(parts[-2:])
    return parts[-1]


class Tree:
    """Nodes as columns. weights: {stack: [µs, samples]}."""

    def __init__(self, recording, weights):
        self.recording = recording
        self.functions, self.function_of_key, self.function_of_code = [], {}, {}
        self.parent, self.function, self.line = [NO_CALLER], [None], [0]
        self.self, self.count, self.total = [0], [0], []
        self.children = [{}]  # {(function, line): node}
        self.node_of_stack = {NO_CALLER: ROOT}
        for stack, (weight, count) in weights.items():
            node = self.node(stack)
            self.self[node] += weight
            self.count[node] += count
        self.sum_totals()

    def __len__(self):
        return len(self.parent)

    def node(self, stack):
        """The node of a stack, made with those of its callers if it is new"""
        known, stacks = self.node_of_stack, self.recording.stacks
        missing = []
        while stack not in known:
            missing.append(stack)
            stack = stacks[stack][0]
        node = known[stack]
        while missing:
            stack = missing.pop()
            node = known[stack] = self.child(node, stacks[stack])
        return node

    def child(self, parent, stack):
        _, code, insn = stack
        function = self.function_of_code.get(code)
        if function is None:
            function = self.add_code(code)
        line = self.recording.codes[code].line(insn)
        key = function.index, line
        node = self.children[parent].get(key)
        if node is None:
            node = self.children[parent][key] = len(self.parent)
            self.parent.append(parent)
            self.function.append(function)
            self.line.append(line)
            self.self.append(0)
            self.count.append(0)
            self.children.append({})
        return node

    def add_code(self, code):
        known = self.recording.codes[code]
        function = self.function_of_key.get(known.key)
        if function is None:
            function = self.function_of_key[known.key] = Function(len(self.functions), known)
            self.functions.append(function)
        self.function_of_code[code] = function
        return function

    def sum_totals(self):
        self.total = list(self.self)
        for node in range(len(self.total) - 1, 0, -1):
            self.total[self.parent[node]] += self.total[node]

    def owners(self):
        """[node: the nearest Python node, itself included; ROOT if there is none]"""
        owner = [ROOT]
        for node in range(1, len(self)):
            is_python = self.function[node].kind == PYTHON
            owner.append(node if is_python else owner[self.parent[node]])
        return owner

    def path(self, node):
        """The nodes from the outermost caller to `node`"""
        path = []
        while node != ROOT:
            path.append(node)
            node = self.parent[node]
        path.reverse()
        return path

    def sum_once(self, keys):
        """{key: µs in nodes of that key and below}, each sample once however often its path has the key"""
        sums, depth = {}, {}
        todo = [ROOT]
        while todo:
            node = todo.pop()
            if node < 0:
                depth[keys[~node]] -= 1
                continue
            key = keys[node]
            if key is not None:
                if not depth.get(key):
                    sums[key] = sums.get(key, 0) + self.total[node]
                depth[key] = depth.get(key, 0) + 1
                todo.append(~node)
            todo.extend(self.children[node].values())
        return sums
