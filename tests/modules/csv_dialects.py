"""csv: reading and writing in several dialects, errors of the parser, limits."""
import csv
import io

from _case import error


def rows(text, **k):
    return list(csv.reader(io.StringIO(text, newline=""), **k))


def written(row, **k):
    f = io.StringIO()
    csv.writer(f, **k).writerow(row)
    return f.getvalue()


assert rows('a,"b ""c""",\r\n"x\ny",2\r\n') == [["a", 'b "c"', ""], ["x\ny", "2"]]
assert rows("a; b;c", delimiter=";", skipinitialspace=True) == [["a", "b", "c"]]
assert rows("a\\,b,c", escapechar="\\") == [["a,b", "c"]]
assert rows("1,'x'", quotechar="'", quoting=csv.QUOTE_NONNUMERIC) == [[1.0, "x"]]
assert rows("a\r\n\r\nb\r\n") == [["a"], [], ["b"]]
assert error(rows, '"a"b', strict=True) == "Error: ',' expected after '\"'"
assert error(rows, '"a', strict=True) == "Error: unexpected end of data"
assert rows('"a') == [["a"]]
assert error(lambda: list(csv.reader([1]))) == (
    "Error: iterator should return strings, not int (the file should be opened in text mode)")

assert written(["a", 'b"c', "d,e", None, 1.5]) == 'a,"b""c","d,e",,1.5\r\n'
assert written([""]) == '""\r\n' and written([]) == "\r\n"
assert written(["a", 1], quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n") == '"a",1\n'
assert written(['a"b'], doublequote=False, escapechar="\\") == 'a\\"b\r\n'
assert error(written, ["a,b"], quoting=csv.QUOTE_NONE) == "Error: need to escape, but no escapechar set"
assert error(csv.writer(io.StringIO()).writerow, 5) == "Error: iterable expected, not int"

csv.register_dialect("bars", delimiter="|")
assert rows("a|b", dialect="bars") == [["a", "b"]] and "bars" in csv.list_dialects()
csv.unregister_dialect("bars")
assert error(csv.get_dialect, "bars") == "Error: unknown dialect"
old = csv.field_size_limit(3)
assert error(rows, "abcd") == "Error: field larger than field limit (3)"
csv.field_size_limit(old)
assert error(csv.Dialect) is not None
assert error(csv.reader, [], delimiter="ab") == 'TypeError: "delimiter" must be a 1-character string'
