"""pyexpat: handlers that raise, take themselves away, let go of the parser, or enter it again."""
import gc
import sys
import threading
import traceback

import pyexpat
from _case import error


def failing(*args):
    raise ValueError("handler")


# An exception ends the parsing, and no handler is called or left.
for name in [n for n in dir(pyexpat.XMLParserType) if "Handler" in n]:
    parser, calls = pyexpat.ParserCreate(namespace_separator=" "), []
    if name != "NotStandaloneHandler":
        parser.SetParamEntityParsing(pyexpat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    setattr(parser, name, failing)
    parser.EndElementHandler = failing if name == "EndElementHandler" else calls.append
    text = ('<?xml version="1.0"?><!DOCTYPE r SYSTEM "s" [<!ELEMENT r (a|b)><!ATTLIST r x CDATA "d">'
            '<!NOTATION n SYSTEM "s">'
            '<!ENTITY u SYSTEM "u" NDATA n>%p;]><?pi x?><!--c--><r xmlns:q="q">t&x;<![CDATA[]]></r>')
    assert error(parser.Parse, text, True) == "ValueError: handler", name
    assert calls == ["r"] * name.startswith("EndNamespace") and getattr(parser, name) is None, name

# The traceback tells which handler it was.
parser = pyexpat.ParserCreate()
parser.StartElementHandler = failing
try:
    parser.Parse("<a/>")
except ValueError as e:
    entries = traceback.extract_tb(e.__traceback__)
    assert [(e.filename.rsplit("/")[-1], e.name) for e in entries[1:]] == [
        ("pyexpat.c", "StartElement"), (__file__.rsplit("/")[-1], "failing")]
    assert e.__context__ is None

# What a handler answers must be an int where it is asked.
for answer, expected in (0, "ExpatError: error in processing external entity reference: line 1, column 39"), (
        "x", "TypeError: 'str' object cannot be interpreted as an integer"), (1, None):
    parser = pyexpat.ParserCreate()
    parser.ExternalEntityRefHandler = lambda *args: answer
    text = '<!DOCTYPE r [<!ENTITY e SYSTEM "s">]><r>&e;</r>'
    if expected:
        told = error(parser.Parse, text, True)
        assert told.split(":")[0] == expected.split(":")[0], told
    else:
        parser.Parse(text, True)

# Handlers that replace or remove handlers.
parser, seen = pyexpat.ParserCreate(), []


def start(tag, attributes):
    seen.append(tag)
    parser.StartElementHandler = None
    parser.CharacterDataHandler = text
    parser.EndElementHandler = seen.append


def text(data):
    seen.append(data)
    parser.CharacterDataHandler = None


parser.StartElementHandler = start
parser.Parse("<a>one<b/>two&amp;three</a>", True)
assert seen == ["a", "one", "b", "a"], seen

# Text that waits is given when its handler, or the buffer, changes.
parser, seen = pyexpat.ParserCreate(), []
parser.buffer_text = True
parser.CharacterDataHandler = seen.append
parser.Parse("<a>some")
assert parser.buffer_used == 0 and seen == ["some"]


def comment(data):
    parser.buffer_text = not parser.buffer_text
    parser.buffer_size = 5


parser.CommentHandler = comment
parser.Parse("1<!---->2 3 4 5 6<!---->7</a>", True)
assert "".join(seen) == "some12 3 4 5 67", seen


# A parser that only its own handlers know.
def anonymous():
    parser = pyexpat.ParserCreate()
    holder = [parser]

    def start(tag, attributes):
        holder.clear()
        gc.collect()
        return [bytearray(1000) for i in range(100)]
    parser.StartElementHandler = start
    parse = parser.Parse
    del parser
    return parse("<a><b/><c/></a>", True)


assert anonymous() == 1

# Data that changes under the parser's eyes cannot.
data = bytearray(b"<a><b/></a>")
parser, told = pyexpat.ParserCreate(), []
parser.StartElementHandler = lambda *args: told.append(error(data.clear))
parser.Parse(data, True)
assert told[0] == "BufferError: Existing exports of data: object cannot be re-sized"

# Two threads with one parser: one after the other, or at once.
parser, tags = pyexpat.ParserCreate(), []
parser.StartElementHandler = lambda tag, attributes: tags.append(tag)
parser.Parse("<r>")
threads = [threading.Thread(target=parser.Parse, args=("<a/>" * 50,)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert tags == ["r"] + ["a"] * 200

# Entering a parser that is running: libexpat would not bear it, and CPython 3.11 dies.
if sys.implementation.name == "krait":
    for enter in (lambda: parser.Parse("<x/>"), lambda: parser.Parse("", True),
                  lambda: parser.ParseFile(open(__file__, "rb"))):
        parser, told = pyexpat.ParserCreate(), []
        parser.StartElementHandler = lambda *args: told.append(error(enter))
        parser.Parse("<a><b/></a>", True)
        assert told == ["RuntimeError: the parser is running already"] * 2, told

# A content model as deep as it likes is told, or refused in the usual way.
deep = "(" * 20000 + "a" + ")" * 20000
parser, models = pyexpat.ParserCreate(), []
if sys.implementation.name == "krait":
    parser.ElementDeclHandler = lambda name, model: models.append(1)
    try:
        parser.Parse(f"<!DOCTYPE r [<!ELEMENT r {deep}>]><r/>", True)
    except RecursionError:
        pass
