# A line end cuts a character short: the bytes before '\r' are wrong at once, and the handler of errors sees them
# together with it, although '\r' itself is held back until it is known whether '\n' follows.
import io


def told(data, errors, newline, call):
    stream = io.TextIOWrapper(io.BytesIO(data), "utf-8", errors, newline)
    try:
        return call(stream)
    except UnicodeDecodeError as e:
        return str(e).partition(": ")[2], e.object


CUT = "invalid continuation byte"
for data in b"\xc3\r", b"\xed\x82\r", b"a\xe2\x82\r", b"\xf0\r", b"\xf0\x9f\x98\r":
    start = 1 if data[:1] == b"a" else 0
    for newline in None, "":
        for call in io.TextIOWrapper.read, io.TextIOWrapper.readline:
            for errors in "strict", "surrogatepass":
                assert told(data, errors, newline, call) == (CUT, data), (data, newline)
        end = "\n" if newline is None else "\r"
        assert told(data, "ignore", newline, io.TextIOWrapper.read) == "a"[:start] + end
        assert told(data, "replace", newline, io.TextIOWrapper.readline) == "a"[:start] + "\ufffd" + end
        escaped = "".join("\\x%02x" % c for c in data[start:-1])
        assert told(data, "backslashreplace", newline, io.TextIOWrapper.read) == "a"[:start] + escaped + end
        assert told(data + b"\nb", "replace", newline, io.TextIOWrapper.readlines)[-1] == "b"
assert told(b"\xc3", "strict", None, io.TextIOWrapper.read) == ("unexpected end of data", b"\xc3")
