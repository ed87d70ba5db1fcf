"""A flame graph as SVG: outermost below, width by time; a title on each box tells its share. Colours by
kind."""
import zlib

from krait.profile import choice as choices
from krait.profile.model import ACTIVITY, NATIVE, OPERATOR, PYTHON
from krait.profile.summary import COLLECTION
from krait.profile.tree import ROOT, Tree
from krait.profile.words import clean, cut_end, seconds, share

WIDTH, ROW, MARGIN, TITLE = 1200, 17, 10, 36
NARROW = 0.3   # boxes that are narrower are left out
LETTER = 6.6   # of the font, in pixels
HUES = {PYTHON: (38, 90, 62), NATIVE: (212, 70, 70), OPERATOR: (190, 50, 68), ACTIVITY: (0, 0, 72)}


def svg(recording, choice=None):
    tree = Tree(recording, choices.weigh(recording, choice))
    root = merge(tree)
    boxes = list(places(root, tree.total[ROOT]))
    depth = max((level for level, *_ in boxes), default=0)
    height = TITLE + (depth + 1) * ROW + MARGIN
    title = clean(recording.program)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
           f'viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="11">',
           f"<title>{escape(title)}</title>", '<rect width="100%" height="100%" fill="#fff"/>',
           f'<text x="{MARGIN}" y="22" font-size="14">{escape(cut_end(title, 110))}  '
           f"{seconds(tree.total[ROOT])}</text>"]
    for level, x, width, name, kind, us in boxes:
        out.append(box(MARGIN + x, height - MARGIN - (level + 1) * ROW, width, name, kind, us,
                       tree.total[ROOT]))
    return "\n".join(out + ["</svg>"]) + "\n"


class Box:
    """A function under its callers, whatever the lines"""
    __slots__ = ("function", "us", "children")

    def __init__(self, function):
        self.function, self.us, self.children = function, 0, {}


def merge(tree):
    root = Box(None)
    boxes = [root]
    for node in range(1, len(tree)):
        function, siblings = tree.function[node], boxes[tree.parent[node]].children
        box = siblings.get(function.index)
        if box is None:
            box = siblings[function.index] = Box(function)
        box.us += tree.total[node]
        boxes.append(box)
    return root


def places(root, whole):
    """(level, x, width, name, kind, µs) of what is wide enough"""
    scale = (WIDTH - 2 * MARGIN) / whole if whole else 0
    todo = [(root, 0, 0)]
    while todo:
        parent, level, x = todo.pop()
        for child in sorted(parent.children.values(), key=lambda box: box.function.shown):
            width = child.us * scale
            if width >= NARROW:
                kind = "collector" if child.function.name == COLLECTION else child.function.kind
                yield level, x, width, child.function.shown, kind, child.us
                todo.append((child, level + 1, x))
            x += width


def box(x, y, width, name, kind, us, whole):
    name = clean(name)
    letters = int((width - 4) / LETTER)
    shown = escape(cut_end(name, letters)) if letters > 2 else ""
    label = shown and f'<text x="{x + 3:.1f}" y="{y + 12}">{shown}</text>'
    return (f"<g><title>{escape(name)}: {seconds(us)}, {share(us, whole)}</title>"
            f'<rect x="{x:.2f}" y="{y}" width="{max(width - 0.3, 0.2):.2f}" height="{ROW - 1}" rx="1" '
            f'fill="{colour(name, kind)}"/>{label}</g>')


def colour(name, kind):
    if kind == "collector":
        return "hsl(0,75%,62%)"
    hue, saturation, light = HUES[kind]
    shift = zlib.crc32(name.encode("utf-8", "replace")) % 13 - 6
    return f"hsl({hue + shift},{saturation}%,{light + shift // 2}%)"


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
