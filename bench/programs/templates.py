"""A small template language: parsed into a tree, compiled to closures, and to the source of a function; both
must write the same page.
"""
import hashlib
import html
import re
import sys

TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
PAGE = """\
<h1>{{ title|upper }}</h1>
{% if user.name %}<p>Hello {{ user.name }}, you have {{ items|length }} items.</p>{% else %}<p>Log in{% end %}
<ul>
{% for item in items %}<li class="{% if item.sold %}sold{% else %}new{% end %}">{{ item.name }}
{{ item.price|money }} {% for tag in item.tags %}<i>{{ tag|lower }}</i>{% end %}
{% if item.note %}<b>{{ item.note|short }}</b>{% end %}</li>
{% end %}</ul>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% end %}</tr>{% end %}
"""
FILTERS = {
    "upper": str.upper, "lower": str.lower, "length": len, "money": lambda value: f"{value:,.2f} €",
    "short": lambda text: text if len(text) <= 12 else text[:11] + "…"}


def parse(text):
    """A list of nodes: text, ("value", path, filters), ("if", path, yes, no), ("for", name, path, body)."""
    pieces = iter(TAG.split(text))

    def block():
        nodes = []
        for piece in pieces:
            if piece.startswith("{{"):
                path, *filters = (part.strip() for part in piece[2:-2].split("|"))
                nodes.append(("value", path.split("."), filters))
            elif piece.startswith("{%"):
                words = piece[2:-2].split()
                if words[0] in ("end", "else"):
                    return nodes, words[0]
                if words[0] == "if":
                    yes, ended = block()
                    no = block()[0] if ended == "else" else []
                    nodes.append(("if", words[1].split("."), yes, no))
                else:
                    nodes.append(("for", words[1], words[3].split("."), block()[0]))
            elif piece:
                nodes.append(piece)
        return nodes, None
    return block()[0]


def look_up(scope, path):
    value = scope[path[0]]
    for name in path[1:]:
        value = value.get(name) if isinstance(value, dict) else getattr(value, name)
    return value


def closures(nodes):
    """A function of the scope and of where to write."""
    parts = [closure(node) for node in nodes]

    def run(scope, write):
        for part in parts:
            part(scope, write)
    return run


def closure(node):
    if isinstance(node, str):
        return lambda scope, write: write(node)
    kind, path = node[0], node[1]
    if kind == "value":
        filters = [FILTERS[name] for name in node[2]]

        def run(scope, write):
            value = look_up(scope, path)
            for change in filters:
                value = change(value)
            write(html.escape(str(value)))
    elif kind == "if":
        yes, no = closures(node[2]), closures(node[3])

        def run(scope, write):
            (yes if look_up(scope, path) else no)(scope, write)
    else:
        name, items, body = path, node[2], closures(node[3])

        def run(scope, write):
            inner = dict(scope)
            for inner[name] in look_up(scope, items):
                body(inner, write)
    return run


def source(nodes):
    lines = ["def page(scope, write, escape, filters, look_up):"]

    def add(nodes, depth):
        pad = "    " * depth
        for node in nodes:
            if isinstance(node, str):
                lines.append(f"{pad}write({node!r})")
            elif node[0] == "value":
                value = f"look_up(scope, {node[1]!r})"
                for name in node[2]:
                    value = f"filters[{name!r}]({value})"
                lines.append(f"{pad}write(escape(str({value})))")
            elif node[0] == "if":
                lines.append(f"{pad}if look_up(scope, {node[1]!r}):")
                add(node[2] or [""], depth + 1)
                lines.append(f"{pad}else:")
                add(node[3] or [""], depth + 1)
            else:
                lines.append(f"{pad}for scope[{node[1]!r}] in look_up(scope, {node[2]!r}):")
                add(node[3], depth + 1)
    add(nodes, 1)
    return "\n".join(lines)


class User:
    def __init__(self, name):
        self.name = name


def scope_of(i):
    items = [{"name": f"<thing {k}>", "price": k * i / 7, "sold": (k + i) % 3 == 0,
              "tags": ["Red", "BIG"][:k % 3], "note": "a note which is long" if k % 4 == 0 else ""}
             for k in range(i % 40)]
    return {"title": f"page {i}", "user": User("Ann & Bo" if i % 2 else ""), "items": items,
            "rows": [[a * b for b in range(6)] for a in range(i % 8)]}


def main(n):
    digest, size = hashlib.sha1(), 0
    nodes = parse(PAGE)
    run = closures(nodes)
    for i in range(n):
        if i % 20 == 0:
            nodes = parse(PAGE.replace("Hello", f"Hello {i}"))
            run, space = closures(nodes), {}
            exec(compile(source(nodes), f"<page {i}>", "exec"), space)
        first, second = [], []
        run(scope_of(i), first.append)
        space["page"](scope_of(i), second.append, html.escape, FILTERS, look_up)
        page = "".join(first)
        assert page == "".join(second)
        size += len(page)
        digest.update(page.encode())
    print("pages", n, "size", size, digest.hexdigest()[:16])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
