# A line end cuts a character short: what stands before it is wrong at once, and the errors handler sees it
# together with '\r', although that is held back until it is known whether '\n' follows.
import io


def read_with(data, errors, newline, call):
    stream = io.TextIOWrapper(io.BytesIO(data), "utf-8", errors, newline)
    try:
        return call(stream)
    except UnicodeDecodeError as e:
        return str(e).partition(": ")[2], e.object


CUT = "invalid continuation byte"
for data in b"\xc3\r", b"\xed\x82\r", b"a\xe2\x82\r", b"\xf0\r", b"\xf0\x9f\x98\r":
    plain = "a" if data[:1] == b"a" else ""
    for newline in None, "":
        for call in io.TextIOWrapper.read, io.TextIOWrapper.readline:
            for errors in "strict", "surrogatepass":
                assert read_with(data, errors, newline, call) == (CUT, data), (data, newline)
        end = "\n" if newline is None else "\r"
        assert read_with(data, "ignore", newline, io.TextIOWrapper.read) == plain + end
        assert read_with(data, "replace", newline, io.TextIOWrapper.readline) == plain + "\ufffd" + end
        escaped = "".join("\\x%02x" % c for c in data[len(plain):-1])
        assert read_with(data, "backslashreplace", newline, io.TextIOWrapper.read) == plain + escaped + end
        assert read_with(data + b"\nb", "replace", newline, io.TextIOWrapper.readlines)[-1] == "b"
assert read_with(b"\xc3", "strict", None, io.TextIOWrapper.read) == ("unexpected end of data", b"\xc3")
