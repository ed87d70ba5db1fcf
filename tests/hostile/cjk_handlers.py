"""Handlers and streams that use the very coder that asks them."""
import codecs
import io


def reenter(coder, use):
    left = [3]

    def handler(e):
        if left[0] > 0:
            left[0] -= 1
            use(coder)
        return "?", e.end
    codecs.register_error("cjk.reenter", handler)


decoder = codecs.getincrementaldecoder("iso2022_jp")("cjk.reenter")
for use in (lambda c: c.reset(), lambda c: c.decode(b"\x1b$B\xff", True), lambda c: c.setstate((b"12345678",
                                                                                                0x4242C2)),
            lambda c: setattr(c, "errors", "strict"), lambda c: c.decode(b"\x1b")):
    reenter(decoder, use)
    decoder.errors = "cjk.reenter"
    for data in (b"\x1b$B\xff\xffBC" * 50, b"\x1b$B$", b"\xff"):
        try:
            decoder.decode(data, data == b"\xff")
        except Exception:  # the reference: TypeError too
            pass

for name in ("shift_jis_2004", "iso2022_kr", "hz"):
    encoder = codecs.getincrementalencoder(name)("cjk.reenter")
    for use in (lambda c: c.reset(), lambda c: c.encode("\u304b", True), lambda c: c.encode("\ud800\u304b"),
                lambda c: c.setstate(0x8B81E303), lambda c: setattr(c, "errors", "ignore")):
        reenter(encoder, use)
        encoder.errors = "cjk.reenter"
        for text in ("\ud55c\ud800\u304b" * 50, "\u304b", "\ud800"):
            try:
                encoder.encode(text, text == "\ud800")
            except Exception:  # the reference: TypeError too
                pass


class Stream(io.BytesIO):
    coder = None

    def read(self, *size):
        coder, self.coder = self.coder, None
        if coder:
            coder.read(1)
            coder.reset()
        return super().read(*size)

    def write(self, data):
        coder, self.coder = self.coder, None
        if coder:
            coder.write("x\u304b")
            coder.reset()
        return super().write(data)


stream = Stream("中文".encode("gbk") * 9)
stream.coder = reader = codecs.getreader("gbk")(stream)
assert len(reader.read(3)) >= 1
stream = Stream()
stream.coder = writer = codecs.getwriter("shift_jis_2004")(stream)
writer.write("\u304bあ\u304b")
writer.reset()


class Lines(list):
    def __getitem__(self, i):
        self.clear()
        return "\u4e2d"


writer.writelines(Lines("abc"))

# input that a handler changes
data = bytearray(b"a\xff" * 40)


def change(e):
    try:
        data.clear()
    except BufferError:
        pass
    return "", e.end


codecs.register_error("cjk.change", change)
assert codecs.getdecoder("gbk")(data, "cjk.change")[0] in ("a" * 40, "a")
