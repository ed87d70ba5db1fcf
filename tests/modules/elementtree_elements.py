"""_elementtree.Element: making, children, attributes, texts, finding, walking; what is refused."""
import copy
import gc
import pickle
import weakref
import xml.etree.ElementTree as ET
from _elementtree import Element, SubElement
from _case import error

assert ET.Element is Element and Element.__module__ == "xml.etree.ElementTree"


def tags(elements):
    return [e.tag for e in elements]


# Making.
assert Element("a", {"b": 1}, attrib=3, c=2).attrib == {"b": 1, "attrib": 3, "c": 2}
assert Element("a", attrib={"q": 1}, z=2).attrib == {"q": 1, "z": 2}
given = {"x": "1"}
assert Element("a", given).attrib is not given and Element("a").attrib == {}
assert error(Element) == "TypeError: Element() takes at least 1 argument (0 given)"
assert error(Element, 1, {}, 3) == "TypeError: Element() takes at most 2 arguments (3 given)"
assert error(Element, 1, 2) == "TypeError: Element() argument 2 must be dict, not int"
assert error(lambda: Element("a", attrib=3)) == "TypeError: attrib must be dict, not int"
assert error(SubElement, 1, 2) == (
    "TypeError: SubElement() argument 1 must be xml.etree.ElementTree.Element, not int")
assert error(SubElement, Element("a"), "b", 3) == "TypeError: SubElement() argument 3 must be dict, not int"
a = Element("a", x="1")
b = SubElement(a, "b")
a.text = "t"
a.__init__("q")
assert (len(a), a.tag, a.attrib, a.text) == (1, "q", {"x": "1"}, None)
a.__init__("q", {"z": 1})
assert (len(a), a.attrib) == (0, {"z": 1})
assert repr(Element("\n")).startswith("<Element '\\n' at 0x")


class Itself:
    def __repr__(self):
        return repr(around)


around = Element(Itself())
assert error(repr, around) == "RuntimeError: reentrant call inside xml.etree.ElementTree.Element.__repr__"

# Children.
r = Element("r")
assert error(r.append, 1) == "TypeError: append() argument must be xml.etree.ElementTree.Element, not int"
assert error(r.append, None) == "TypeError: append() argument must be xml.etree.ElementTree.Element, not None"
assert error(r.insert, 0, 1) == (
    "TypeError: insert() argument 2 must be xml.etree.ElementTree.Element, not int")
assert error(r.remove, Element("z")) == "ValueError: list.remove(x): x not in list"
assert error(r.extend, 1) == 'TypeError: expected sequence, not "int"'
assert error(r.extend, "ab") == 'TypeError: expected an Element, not "str"'
for index, tag in (-1, "1"), (-5, "2"), (9, "3"), (-1, "4"):
    r.insert(index, Element(tag))
assert tags(r) == ["2", "1", "4", "3"] and tags(reversed(r)) == ["3", "4", "1", "2"]
assert r[0] is r[-4] and error(lambda: r[4]) == "IndexError: child index out of range"
assert error(lambda: r["x"]) == error(lambda: r[1.0]) == "TypeError: element indices must be integers"
assert error(r.__setitem__, 4, r) == error(r.__delitem__, 4) == (
    "IndexError: child assignment index out of range")
assert error(r.__setitem__, 0, 1) == 'TypeError: expected an Element, not "int"'
assert tags(r[1:3]) == ["1", "4"] and tags(r[::-2]) == ["3", "1"] and r[3:1] == []
r[1:3] = [Element("x")]
assert tags(r) == ["2", "x", "3"]
r[0:0] = (e for e in [Element("g"), Element("h")])
r[::-2] = [Element("7"), Element("8"), Element("9")]
assert tags(r) == ["9", "h", "8", "x", "7"]
assert error(r.__setitem__, slice(None, None, 2), [r]) == (
    "ValueError: attempt to assign sequence of size 1 to extended slice of size 3")
del r[::2], r[-1]
assert tags(r) == ["h"]
r.extend([Element(str(i)) for i in range(20)])
del r[1:20], r[0]
r.clear()
assert len(r) == 0 and not r
r.extend(Element(t) for t in "abcdef")
del r[4::-2]
assert tags(r) == ["b", "d", "f"]

# Attributes and texts.
e = Element("e", k="v")
assert e.get("k") == "v" and e.get("n") is None and e.get("n", 5) == 5 and Element("x").get("k", 1) == 1
e.set("n", "w")
assert e.items() == [("k", "v"), ("n", "w")] and e.keys() == ["k", "n"] and Element("x").items() == []
assert error(setattr, e, "attrib", None) == "TypeError: attrib must be dict, not NoneType"
assert error(delattr, e, "tag") == error(delattr, e, "text") == (
    "AttributeError: can't delete element attribute")
assert error(setattr, e, "other", 1) == (
    "AttributeError: 'xml.etree.ElementTree.Element' object has no attribute 'other'")
e.text = e.tail = ["not", "joined"]
assert e.text == ["not", "joined"]
assert weakref.ref(e)() is e

# Finding.
r = ET.XML("<r><a>T</a><x:a xmlns:x='x'/><b><a/></b></r>")
assert r.find("a") is r[0] and r.find("{x}a") is r[1] and r.find("q:a", {"q": "x"}) is r[1]
assert r.find("b/a") is r[2][0] and r.find("n") is None and r.findall("n") == []
assert r.findtext("a") == "T" and r.findtext("b") == "" and r.findtext("n", "d") == "d"
assert len(r.findall("a")) == 1 and len(r.findall(".//a")) == 2 and len(r.findall("{*}a")) == 2
assert len(list(r.iterfind("*"))) == 3 and r.find(".") is r and r.find(b"a") is None
assert error(r.find, 5) == "TypeError: 'int' object is not subscriptable"
assert tags(r.iter()) == ["r", "a", "{x}a", "b", "a"] == tags(r.iter("*")) and len(list(r.iter("a"))) == 2
assert list(r.itertext()) == ["T"] and type(r.iter()).__name__ == "_element_iterator"
assert error(type(r.iter())) == "TypeError: cannot create '_elementtree._element_iterator' instances"
r = ET.XML("<r>1<a>2<b/>3</a>4</r>")
assert list(r.itertext()) == list("1234") and list(r[0].itertext()) == list("23")

# Copies and states.
c = copy.copy(r)
assert c.attrib is not r.attrib and c[0] is r[0] and c.text == "1"
d = copy.deepcopy(r)
assert d[0] is not r[0] and ET.tostring(d) == ET.tostring(r)
twice = Element("t")
twice.extend([Element("one", x="1")] * 2)
d = copy.deepcopy(twice)
assert d[0] is d[1] and d[0] is not twice[0]
for protocol in range(2, 6):
    assert ET.tostring(pickle.loads(pickle.dumps(r, protocol))) == ET.tostring(r)
assert Element("a", b="c").__getstate__() == {
    "tag": "a", "_children": [], "attrib": {"b": "c"}, "text": None, "tail": None}
assert error(r.__setstate__, 1) == "TypeError: Don't know how to unpickle \"1\" as an Element"
assert error(r.__setstate__, {}) == "TypeError: tag may not be NULL"
assert error(r.__setstate__, {"tag": 1, "_children": [1]}) == 'TypeError: expected an Element, not "int"'
assert error(r.__setstate__, {"tag": 1, "more": 1}) == (
    "TypeError: 'more' is an invalid keyword argument for this function")
r.__setstate__({"tag": 1, "text": ["in ", "pieces"]})
assert r.text == "in pieces" and len(r) == 0
assert error(r.makeelement, 1, 2) == "TypeError: makeelement() argument 2 must be dict, not int"
assert error(r.__deepcopy__, 1) == "TypeError: __deepcopy__() argument must be dict, not int"


class Sub(Element):
    """Instances have attributes, and go where Elements go."""


s = Sub("s", {"a": 1})
s.more = "more"
s.append(Sub("t"))
r.append(s)
assert r.find("s").more == "more" and tags(r.iter("t")) == ["t"]
loop = Element("loop")
loop.append(loop)
del loop
gc.collect()
