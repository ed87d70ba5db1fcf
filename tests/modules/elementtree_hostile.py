# modes: cold warm miss eager switch asan stress   (CPython 3.11 dies of most of these)
"""_elementtree: trees that change under those who walk them, factories that misbehave, deep trees."""
# stress: 200
import copy
import gc
import sys
import xml.etree.ElementTree as ET
from _elementtree import Element, SubElement, TreeBuilder, XMLParser
from _case import error, outcome


class Tag:
    """Comparing it does what it is told, once."""

    def __init__(self, act, answer=False):
        self.act, self.answer = act, answer

    def __eq__(self, other):
        act, self.act = self.act, lambda: None
        act()
        return self.answer

    __hash__ = None


def tree(act=lambda: None, answer=False):
    r = Element("r")
    for i in range(5):
        SubElement(SubElement(r, Tag(act, answer) if i == 1 else "a"), "b").text = str(i)
    return r


# Searches during which the children go.
for answer in False, True:
    for search in ("find", "findall", "findtext", "iterfind", "iter"):
        for act in ("clear", "pop", "grow"):
            def happen():
                if act == "clear":
                    r.clear()
                elif act == "pop":
                    del r[1:]
                else:
                    r.extend(Element("n") for i in range(100))
                gc.collect()
            r = tree(happen, answer)
            found = getattr(r, search)("zz")
            if search in ("iterfind", "iter"):
                found = list(found)

# Children that go while they are walked, in every way.
for act in (lambda: r.clear(), lambda: r.remove(r[0]),
            lambda: r.insert(0, Element("x")), lambda: r.__delitem__(0)):
    for walk in (iter, lambda r: r.iter(), lambda r: r.itertext(), lambda r: r.iter("b"), reversed):
        r, rounds = tree(), 0
        for e in walk(r):
            rounds += 1
            if rounds < 5 and len(r):
                act()
        assert rounds < 30


class Equal(Element):
    def __eq__(self, other):
        r.clear()
        gc.collect()
        return outcome_of

    __hash__ = Element.__hash__


for outcome_of in True, False:
    r = Element("r")
    r.extend([Equal("e") for i in range(4)])
    outcome(r.remove, Element("other"))
    r.extend([Equal("e") for i in range(4)])
    outcome(r.remove, Equal("other"))


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        r.clear()
        return self.n


for f in (lambda: r[Index(3)], lambda: r[Index(0):Index(3)], lambda: r.__delitem__(Index(3)),
          lambda: r.__delitem__(slice(Index(0), Index(5), 2)), lambda: r.__setitem__(Index(1), Element("x")),
          lambda: r.__setitem__(slice(Index(1), Index(3)), [Element("x")] * 5),
          lambda: r.__setitem__(slice(Index(4), None, -1), [Element("x")] * 5),
          lambda: r.insert(Index(3), Element("x"))):
    r = Element("r")
    r.extend(Element(str(i)) for i in range(5))
    outcome(f)
    assert len(r) <= 5 and all(isinstance(e, Element) for e in r)


def clearing(elements):
    for e in elements:
        r.clear()
        yield e


r = Element("r")
r.extend(Element("a") for i in range(5))
r[1:3] = clearing([Element("x") for i in range(3)])
r.extend(clearing([Element("x") for i in range(3)]))
r.extend(r)
r[:] = r
r[::-1] = r

# Copies of what changes meanwhile.


class Copied:
    def __deepcopy__(self, memo):
        r.clear()
        return "copied"


for place in "tag", "text", "tail", "child":
    r = Element("r", {"k": "v"})
    r.extend(Element("c") for i in range(5))
    if place == "child":
        r[1].text = Copied()
    else:
        setattr(r, place, Copied())
    copy.deepcopy(r)
r = Element("r", {"k": Copied()})
assert copy.deepcopy(r).attrib == {"k": "copied"}


class Memo(dict):
    def __setitem__(self, key, value):
        raise ZeroDivisionError


outcome(r.__deepcopy__, Memo())

# Factories that answer nonsense, or use the builder that asks them.
for answer in (None, 1, "x", [], Element, type):
    b = TreeBuilder(lambda tag, attrib: answer)
    outcome(b.start, "a", {})
    outcome(b.data, "x")
    outcome(b.start, "b", {})
    outcome(b.end, "b")
    outcome(b.end, "a")
    outcome(b.end, "a")
    outcome(b.close)
    outcome(ET.XML, "<a>x<b/>y</a>", XMLParser(target=b))
b = TreeBuilder(comment_factory=lambda text: 5, pi_factory=lambda *args: None,
                insert_comments=True, insert_pis=True)
r = b.start("a", {})
outcome(b.comment, "c")
outcome(b.data, "x")
outcome(b.pi, "p")
outcome(b.end, "a")
for walk in (list, lambda r: list(r.iter()), lambda r: list(r.itertext()), lambda r: r.find("x"),
             lambda r: r.findall("x"), lambda r: r.findtext("x"), lambda r: r.__getstate__(),
             lambda r: r.remove(r), copy.deepcopy, repr):
    outcome(walk, r)


def recursive(tag, attrib):
    if len(tag) < 50:
        b.start(tag + tag, {})
        b.data("text")
        outcome(b.end, tag)
    return Element(tag, attrib)


b = TreeBuilder(recursive)
outcome(b.start, "a", {})
b.__init__()
outcome(b.end, "a")

# Targets and listeners that enter the parser, replace it, or fail.
if sys.implementation.name == "krait":
    for enter in (lambda: parser.feed("<x/>"), lambda: parser.close(), lambda: parser.__init__(),
                  lambda: parser._parse_whole(open(__file__))):
        told = []

        class Target:
            def start(self, tag, attrib):
                told.append(error(enter))
        parser = XMLParser(target=Target())
        parser.feed("<a><b/></a>")
        assert told == ["RuntimeError: the parser is running already"] * 2, told


class Failing:
    def start(self, tag, attrib):
        raise ZeroDivisionError(tag)

    data = end = comment = start


parser = XMLParser(target=Failing())
assert error(parser.feed, "<a>x<b/></a>") == "ZeroDivisionError: a"


class Queue:
    def append(self, event):
        seen.append(event[0])
        parser._setevents(self, ["end"])
        raise KeyError(event[0])


seen = []
parser = XMLParser()
parser._setevents(Queue(), ["start", "end", "comment", "start-ns"])
assert error(parser.feed, "<a><b/><!--c--></a>") == "KeyError: 'start'" and seen == ["start"]


class Entities(dict):
    def __getitem__(self, key):
        raise ZeroDivisionError


parser = XMLParser()
parser.entity.update({"e": 1, "f": []})
outcome(parser.feed, '<!DOCTYPE a SYSTEM "x"><a>&e;&f;<b/>&e;</a>')
outcome(lambda: parser.close().text)

# Deep trees: as deep as they like, or RecursionError.
DEPTH = 100_000
text = "<a>" * DEPTH + "x" + "</a>" * DEPTH
r = ET.XML(text)
assert sum(1 for e in r.iter()) == DEPTH and "".join(r.itertext()) == "x" and len(list(r.iter("b"))) == 0
e = r
while len(e):
    e = e[0]
assert e.text == "x" and repr(r)
copy.copy(r)
if sys.implementation.name == "krait": # of which CPython 3.11 dies
    for f in (copy.deepcopy, ET.tostring, lambda r: r.findall(".//b")):
        assert str(outcome(f, r)).startswith(("RecursionError: ", "<Element", "b'", "[]")), f
del r, e
gc.collect()
