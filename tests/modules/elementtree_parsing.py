"""_elementtree.XMLParser and TreeBuilder: trees, targets, factories, events, errors and their places."""
import io
import warnings
import xml.etree.ElementTree as ET
from _elementtree import TreeBuilder, XMLParser, _set_factories
from _case import error

# Trees.
r = ET.XML("<r xmlns='u' xmlns:p='v' p:k='1' k='2'>a&amp;b<p:c/>\n<!-- no --><d>é€</d>t</r>")
assert (r.tag, r.attrib, r.text) == ("{u}r", {"{v}k": "1", "k": "2"}, "a&b")
assert [(e.tag, e.text, e.tail) for e in r] == [("{v}c", None, "\n"), ("{u}d", "é€", "t")]
many = "<r>" + "".join(f"<t{i} a{i}='{i}'>{i}</t{i}>" for i in range(3000)) + "</r>"
r = ET.XML(many)
assert len(r) == 3000
assert all((e.tag, e.text, e.get(f"a{i}")) == (f"t{i}", str(i), str(i)) for i, e in enumerate(r))
parser = XMLParser()
for byte in many.encode()[:2000]:
    parser.feed(bytes([byte]))
parser.feed(many[2000:])
assert len(parser.close()) == 3000
assert ET.XML(b'<?xml version="1.0" encoding="cp1252"?><a>\x80</a>').text == "\u20ac"
assert ET.XML("<a>\u20ac</a>", ET.XMLParser(encoding="ascii")).text == "\u20ac"

# Errors.
try:
    ET.fromstring("<a>\n</b>")
    raise AssertionError
except ET.ParseError as e:
    assert (e.code, e.position, e.args) == (7, (2, 2), ("mismatched tag: line 2, column 2",))
    assert isinstance(e, SyntaxError) and e.lineno is None
assert error(ET.XML, "<a>&foo;</a>") == "ParseError: undefined entity: line 1, column 3"
assert error(XMLParser().feed, '<!DOCTYPE a SYSTEM "x"><a>&foo;</a>') == (
    "ParseError: undefined entity &foo;: line 1, column 26")
parser = XMLParser()
parser.entity["foo"] = "FOO"
parser.feed('<!DOCTYPE a SYSTEM "x"><a>1&foo;2</a>')
assert parser.close().text == "1FOO2"
parser.entity["foo"] = 5
assert error(XMLParser, 1) == "TypeError: XMLParser() takes no positional arguments"
assert error(XMLParser, encoding=1) == (
    "TypeError: XMLParser() argument 'encoding' must be str or None, not int")
assert error(XMLParser().feed, 1) == "TypeError: a bytes-like object is required, not 'int'"
assert error(XMLParser().close) == "ParseError: no element found: line 1, column 0"
blank = XMLParser.__new__(XMLParser)
assert error(blank.feed, "") == error(blank.close) == error(blank._setevents, []) == (
    "ValueError: XMLParser.__init__() wasn't called")
assert XMLParser().version.startswith("Expat ") and type(XMLParser().target) is TreeBuilder
assert error(setattr, XMLParser(), "target", 1) == "AttributeError: readonly attribute"

# Other targets.
calls = []


class Target:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args: calls.append((name, *args)) or name


parser = XMLParser(target=Target())
parser.feed('<!DOCTYPE a PUBLIC "p" "s"><!--c--><?p i?><?q?><a xmlns="u" xmlns:z="y" z:q="1"><z:w/>x</a>')
assert parser.close() == "close"
assert calls == [
    ("doctype", "a", "p", "s"), ("comment", "c"), ("pi", "p", "i"), ("pi", "q", ""), ("start_ns", "", "u"),
    ("start_ns", "z", "y"), ("start", "{u}a", {"{y}q": "1"}), ("start", "{y}w", {}), ("end", "{y}w"),
    ("end_ns", "z"), ("data", "x"), ("end", "{u}a"), ("end_ns", "z"), ("end_ns", ""), ("close",)] or (
        [c for c in calls if not c[0].endswith("_ns")] == [
            ("doctype", "a", "p", "s"), ("comment", "c"), ("pi", "p", "i"), ("pi", "q", ""),
            ("start", "{u}a", {"{y}q": "1"}), ("start", "{y}w", {}), ("end", "{y}w"), ("data", "x"),
            ("end", "{u}a"), ("close",)]), calls
assert XMLParser(target=1).feed("<a>x</a>") is None
assert error(XMLParser(target=Target())._setevents, []) == (
    "TypeError: event handling only supported for ElementTree.TreeBuilder targets")


class Old(XMLParser):
    def doctype(self, *args):
        raise AssertionError


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    Old().feed('<!DOCTYPE a SYSTEM "s"><a/>')
assert [str(w.message) for w in caught] == [
    "The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target."]

# Builders.
b = TreeBuilder()
assert error(b.end, 1) == "IndexError: pop from empty stack"
assert b.close() is None and b.data("before") is None
assert error(b.start, "a", 1) == "TypeError: start() argument 2 must be dict, not int"
attributes = {"k": "v"}
a = b.start("a", attributes)
assert a.attrib is attributes
b.data("x")
b.data("y")
assert b.comment("c").text == "c" and b.pi("t", "x").text == "t x"
b.data("z")
assert b.end("whatever") is a is b.close() and a.text == "xyz" and len(a) == 0
assert error(b.start, "b", {}) == "ParseError: multiple elements on top level"
b = TreeBuilder(insert_comments=True, insert_pis=True)
b.start("a", {})
b.comment("q")
b.data("1")
b.pi("p")
b.data("2")
b.end("a")
assert ET.tostring(b.close()) == b"<a><!--q-->1<?p?>2</a>"
b = TreeBuilder()
b.start("a", {})
b.data(1)
b.data(2)
b.end("a")
assert error(lambda: b.close().text) == "TypeError: sequence item 0: expected str instance, int found"
assert error(TreeBuilder, 1, 2) == "TypeError: TreeBuilder() takes at most 1 positional argument (2 given)"
assert error(TreeBuilder, x=1) == "TypeError: 'x' is an invalid keyword argument for TreeBuilder()"
assert error(_set_factories, 1, None) == "TypeError: Comment factory must be callable, not int"
assert error(_set_factories, None, 1) == "TypeError: PI factory must be callable, not int"
old = _set_factories(None, None)
assert old == (ET.Comment, ET.PI)
b = TreeBuilder(insert_comments=True)
assert b.comment("x") == "x" and b.pi("x") == ("x", None)
_set_factories(*old)
made = []
b = TreeBuilder(lambda tag, attrib: made.append((tag, attrib)) or ET.Element(tag, attrib))
root = ET.XML("<a b='1'><c/></a>", ET.XMLParser(target=b))
assert made == [("a", {"b": "1"}), ("c", {})] and root.find("c") is root[0]

# Events.
pull = ET.XMLPullParser(["start", "end", "start-ns", "end-ns", "comment", "pi"])
pull.feed("<a xmlns:p='u'><!--c--><?x y?><b/></a>")
assert [(event, e if event.endswith("ns") else e.tag) for event, e in pull.read_events() if event not in (
    "comment", "pi")] == [("start-ns", ("p", "u")), ("start", "a"), ("start", "b"), ("end", "b"),
                          ("end", "a"), ("end-ns", None)]
events = []
parser = XMLParser()
parser._setevents(events)
parser.feed("<a><b/></a>")
assert [(event, e.tag) for event, e in events] == [("end", "b"), ("end", "a")]
assert error(parser._setevents, [], 1) == "TypeError: events must be a sequence"
assert error(parser._setevents, [], ["x"]) == "ValueError: unknown event 'x'"
assert error(parser._setevents, [], [1]) == "ValueError: invalid events sequence"
assert error(parser._setevents, 1) == "AttributeError: 'int' object has no attribute 'append'"
assert [e.tag for _, e in ET.iterparse(io.BytesIO(b"<a><b/><c/></a>"))] == ["b", "c", "a"]


class File:
    def __init__(self, *parts):
        self.parts = list(parts)

    def read(self, size):
        assert size == 65536
        return self.parts.pop(0) if self.parts else b""


assert XMLParser()._parse_whole(File("<a>", "é</a>")).text == "é"
assert XMLParser()._parse_whole(File(b"<a>", b"</a>")).tag == "a"
assert error(XMLParser()._parse_whole, File(1)) == "ParseError: no element found: line 1, column 0"
assert error(XMLParser()._parse_whole, 1) == "AttributeError: 'int' object has no attribute 'read'"
