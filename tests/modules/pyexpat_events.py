"""pyexpat: what each handler is told, in which order, with every way of parsing."""
import gc
import io
import sys

import pyexpat
from _case import error

DOCUMENT = '''<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE r PUBLIC "pub" "sys.dtd" [
<!ELEMENT r (a|(b,c?)+|d*)><!ATTLIST r x CDATA "dflt" z (q|w) #REQUIRED>
<!NOTATION n SYSTEM "nsys"><!ENTITY e "text &#233; more">
<!ENTITY ext SYSTEM "e.xml"><!ENTITY u SYSTEM "u.gif" NDATA n>
]>
<!-- comment --><?pi data?><r z="q" xmlns="urn:x" xmlns:p="urn:p"><p:a>t&e;&ext;</p:a><![CDATA[cd]]></r>'''
HANDLERS = [n for n in dir(pyexpat.XMLParserType) if n.endswith("Handler") and not n.startswith("Default")]
assert len(HANDLERS) == 20


def events(parse, separator=None, **attributes):
    parser, seen = pyexpat.ParserCreate(namespace_separator=separator), []
    for name, value in attributes.items():
        setattr(parser, name, value)

    def noting(name):
        def handler(*args):
            seen.append((name.removesuffix("Handler"), *args))
            return 1
        return handler
    for name in HANDLERS:
        setattr(parser, name, noting(name))
    parse(parser)
    return seen


def whole(parser):
    assert parser.Parse(DOCUMENT, True) == 1


def bytewise(parser):
    for byte in DOCUMENT.encode():
        parser.Parse(bytes([byte]))
    parser.Parse(b"", True)


def file(parser):
    parser.ParseFile(io.BytesIO(DOCUMENT.encode()))


seen = events(whole)
assert seen[:4] == [
    ("XmlDecl", "1.0", "utf-8", 0), ("NotStandalone",), ("StartDoctypeDecl", "r", "sys.dtd", "pub", 1),
    ("ElementDecl", "r", (5, 0, None, ((4, 0, "a", ()), (6, 3, None, ((4, 0, "b", ()), (4, 1, "c", ()))),
                                       (4, 2, "d", ()))))], seen[:4]
assert seen[4:11] == [
    ("AttlistDecl", "r", "x", "CDATA", "dflt", 0),
    ("AttlistDecl", "r", "z", "(q|w)", None, 1), ("NotationDecl", "n", None, "nsys", None),
    ("EntityDecl", "e", 0, "text é more", None, None, None, None),
    ("EntityDecl", "ext", 0, None, None, "e.xml", None, None),
    ("UnparsedEntityDecl", "u", None, "u.gif", None, "n"), ("EndDoctypeDecl",)], seen[4:11]
assert seen[11:] == [
    ("Comment", " comment "), ("ProcessingInstruction", "pi", "data"),
    ("StartElement", "r", {"z": "q", "xmlns": "urn:x", "xmlns:p": "urn:p", "x": "dflt"}),
    ("StartElement", "p:a", {}), ("CharacterData", "t"), ("CharacterData", "text é more"),
    ("ExternalEntityRef", "ext", None, "e.xml", None), ("EndElement", "p:a"), ("StartCdataSection",),
    ("CharacterData", "cd"), ("EndCdataSection",), ("EndElement", "r")], seen[11:]
assert events(file) == seen

joined = events(whole, buffer_text=True, ordered_attributes=True, specified_attributes=True)
assert ("StartElement", "r", ["z", "q", "xmlns", "urn:x", "xmlns:p", "urn:p"]) in joined
assert ("CharacterData", "ttext é more") in joined


def joined_text(seen):
    """Some versions of libexpat end a text with each piece that they are given."""
    out = []
    for event in seen:
        if event[0] == "CharacterData" and out and out[-1][0] == "CharacterData":
            out[-1] = ("CharacterData", out[-1][1] + event[1])
        else:
            out.append(event)
    return out


assert joined_text(events(bytewise, buffer_text=True)) == joined_text(events(whole, buffer_text=True))

spaced = events(whole, separator=" ", namespace_prefixes=True)
assert [e for e in spaced if "Namespace" in e[0]] == [
    ("StartNamespaceDecl", None, "urn:x"), ("StartNamespaceDecl", "p", "urn:p"), ("EndNamespaceDecl", "p"),
    ("EndNamespaceDecl", None)]
assert ("StartElement", "urn:p a p", {}) in spaced
assert ("StartElement", "urn:x r", {"z": "q", "x": "dflt"}) in spaced

# Default handlers see what no other handler takes; with Expand, entities are still replaced.
for name, expected in ("DefaultHandler", "&e;"), ("DefaultHandlerExpand", "text"):
    parser, texts = pyexpat.ParserCreate(), []
    setattr(parser, name, texts.append)
    parser.Parse('<!DOCTYPE r [<!ENTITY e "text">]><r>&e;</r>', True)
    assert "".join(texts).endswith(f"<r>{expected}</r>"), texts

# Names are one object each, in the dict that the program gave.
table = {"b": "B"}
parser, tags = pyexpat.ParserCreate(intern=table), []
parser.StartElementHandler = lambda tag, attributes: tags.append(tag)
parser.Parse("<a><b/><a/></a>", True)
assert tags == ["a", "B", "a"] and tags[0] is tags[2] is table["a"] and parser.intern is table

# Encodings that libexpat does not know are learned from Python's codecs.
for name, byte in ("cp1252", b"\x80"), ("koi8-r", b"\xc1"), ("iso8859-15", b"\xa4"):
    parser, texts = pyexpat.ParserCreate(), []
    parser.CharacterDataHandler = texts.append
    parser.Parse(b'<?xml version="1.0" encoding="%s"?><a>%s</a>' % (name.encode(), byte), True)
    assert texts == [byte.decode(name)], (name, texts)
parser = pyexpat.ParserCreate("cp1252")
parser.CharacterDataHandler = texts.append
parser.Parse(b"<a>\x80</a>", True)
assert texts[-1] == "\u20ac"
assert error(pyexpat.ParserCreate().Parse, b'<?xml version="1.0" encoding="nonsense"?><a/>', True) == (
    "LookupError: unknown encoding: nonsense")
assert error(pyexpat.ParserCreate().Parse, b'<?xml version="1.0" encoding="utf-7"?><a/>', True) == (
    "ValueError: multi-byte encodings are not supported")

# An external entity has a parser of its own.
parser, seen = pyexpat.ParserCreate(), []
parser.StartElementHandler = lambda tag, attributes: seen.append(tag)


def entity(context, base, system, public):
    child = parser.ExternalEntityParserCreate(context)
    seen.append((context, base, system, public, child.Parse("<in/>", True)))
    return 1


parser.ExternalEntityRefHandler = entity
parser.SetBase("here")
assert parser.GetBase() == "here"
parser.Parse('<!DOCTYPE r [<!ENTITY e SYSTEM "e.xml">]><r>&e;</r>', True)
assert seen == ["r", "in", ("e", "here", "e.xml", None, 1)], seen
# CPython 3.11 dies of a parser that outlives its parent.
parents = [pyexpat.ParserCreate() for i in range(50)]
children = [parent.ExternalEntityParserCreate(None) for parent in parents]
if sys.implementation.name == "krait":
    del parents
    gc.collect()
for child in children:
    child.Parse("<!ELEMENT a EMPTY>", True)

parser = pyexpat.ParserCreate()
parser.UseForeignDTD(True)
parser.SetParamEntityParsing(pyexpat.XML_PARAM_ENTITY_PARSING_ALWAYS)
parser.ExternalEntityRefHandler = lambda *args: seen.append(args) or 1
parser.Parse("<a/>", True)
assert seen[-1] == (None, None, None, None)

# Where the parser is, and what it reads.
parser, places = pyexpat.ParserCreate(), []
parser.StartElementHandler = lambda *args: places.append((
    parser.CurrentByteIndex, parser.CurrentLineNumber, parser.CurrentColumnNumber,
    parser.GetInputContext()[:4]))
parser.Parse("<a>\n <b/></a>", True)
assert places == [(0, 1, 0, b"<a>\n"), (5, 2, 1, b"<b/>")], places
assert parser.GetInputContext() is None

big = "<r>" + "x" * (3 << 20) + "</r>"
parser, sizes = pyexpat.ParserCreate(), []
parser.CharacterDataHandler = lambda text: sizes.append(len(text))
assert parser.Parse(big, True) == 1 and sum(sizes) == 3 << 20
assert sys.modules["pyexpat.errors"] is pyexpat.errors and sys.modules["pyexpat.model"] is pyexpat.model
