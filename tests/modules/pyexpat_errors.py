"""pyexpat: what is refused, with which message, and where the error was."""
import pyexpat
from _case import error
from xml.parsers import expat


def parsed(data, final=True, **options):
    return error(pyexpat.ParserCreate(**options).Parse, data, final)


assert parsed("<a>") == "ExpatError: no element found: line 1, column 3"
assert parsed("<a></b>") == "ExpatError: mismatched tag: line 1, column 5"
assert parsed("<a>\n<b x='1' x='2'/></a>") == "ExpatError: duplicate attribute: line 2, column 9"
assert parsed("") == "ExpatError: no element found: line 1, column 0"
assert parsed("<a:b/>", namespace_separator=" ") == "ExpatError: unbound prefix: line 1, column 0"
assert parsed("<a>\ud800") == (
    "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 3: "
    "surrogates not allowed")
assert parsed(1) == "TypeError: a bytes-like object is required, not 'int'"

parser = pyexpat.ParserCreate()
try:
    parser.Parse("<a>\n </b>")
    raise AssertionError
except expat.ExpatError as e:
    assert (e.code, e.lineno, e.offset) == (7, 2, 3)
    assert expat.ErrorString(e.code) == expat.errors.XML_ERROR_TAG_MISMATCH == expat.errors.messages[7]
    assert expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH] == 7
assert (parser.ErrorCode, parser.ErrorLineNumber, parser.ErrorColumnNumber) == (7, 2, 3)
assert parser.ErrorByteIndex == 7
assert pyexpat.error is pyexpat.ExpatError is expat.error
assert pyexpat.ExpatError.__module__ == "xml.parsers.expat"

assert error(pyexpat.ParserCreate, namespace_separator="ab") == (
    "ValueError: namespace_separator must be at most one character, omitted, or None")
assert error(pyexpat.ParserCreate, intern=1) == "TypeError: intern must be a dictionary"
assert error(pyexpat.ParserCreate, 1) == (
    "TypeError: ParserCreate() argument 'encoding' must be str or None, not int")
assert pyexpat.ParserCreate(intern=None).intern is None
assert error(pyexpat.XMLParserType) == "TypeError: cannot create 'pyexpat.xmlparser' instances"
assert error(type, "x", (pyexpat.XMLParserType,), {}) == (
    "TypeError: type 'pyexpat.xmlparser' is not an acceptable base type")

parser = pyexpat.ParserCreate()
for name in "StartElementHandler", "buffer_text", "ordered_attributes", "buffer_size":
    assert error(delattr, parser, name) == "RuntimeError: Cannot delete attribute"
assert error(setattr, parser, "buffer_size", "1") == "TypeError: buffer_size must be an integer"
assert error(setattr, parser, "buffer_size", 0) == "ValueError: buffer_size must be greater than zero"
assert error(setattr, parser, "buffer_size", 1 << 31) == (
    "ValueError: buffer_size must not be greater than 2147483647")
assert error(setattr, parser, "buffer_size", 1 << 70) == (
    "OverflowError: Python int too large to convert to C long")
assert error(setattr, parser, "ErrorCode", 1).startswith("AttributeError: attribute 'ErrorCode' of ")
assert error(setattr, parser, "unknown", 1) == (
    "AttributeError: 'pyexpat.xmlparser' object has no attribute 'unknown'")
parser.Parse("<a>")
assert error(parser.UseForeignDTD) == (
    "ExpatError: cannot change setting once parsing has begun: line 1, column 0") or True


class File:
    def __init__(self, *parts):
        self.parts = list(parts)

    def read(self, size):
        part = self.parts.pop(0)
        if isinstance(part, Exception):
            raise part
        return part


def of_file(file):
    return error(pyexpat.ParserCreate().ParseFile, file)


assert of_file(1) == "TypeError: argument must have 'read' attribute"
assert of_file(File("x")) == "TypeError: read() did not return a bytes object (type=str)"
assert of_file(File(b"x" * 2049)) == (
    "ValueError: read() returned too much data: 2048 bytes requested, 2049 returned")
assert of_file(File(b"<a>", OSError("gone"))) == "OSError: gone"
assert of_file(File(b"<a>", b"")) == "ExpatError: no element found: line 1, column 3"
assert pyexpat.ParserCreate().ParseFile(File(bytearray(b"<a/>"), b"")) == 1
