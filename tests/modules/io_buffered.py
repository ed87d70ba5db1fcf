"""io.BufferedReader over a stream: read and peek across its buffer."""
import io

r = io.BufferedReader(io.BytesIO(b"0123456789"), 4)
assert r.read(3) == b"012" and r.peek()[:1] == b"3" and r.read() == b"3456789"
