# audioop on sounds of all widths: what each function answers, and its refusals.
import hashlib
import random
import warnings

from _case import error

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import audioop

random = random.Random(7)
seen = hashlib.sha256()


def note(*results):
    seen.update(repr(results).encode())


def again(function, times=3):
    state = None
    for _ in range(times):
        sound, state = function(state)
        note(sound, state)


PLAIN = "max minmax avg rms cross avgpp maxpp reverse byteswap lin2ulaw lin2alaw".split()
for width in (1, 2, 3, 4):
    for count in (0, 1, 2, 3, 10, 300):
        other = random.randbytes(count * width)
        wave = b"".join((i * 37 % 101 - 50).to_bytes(width, "little", signed=True)
                        for i in range(count))
        for sound in (wave, bytes(count * width), random.randbytes(count * width)):
            for name in PLAIN:
                note(name, getattr(audioop, name)(sound, width))
            for factor in (0, 1, -1, 0.3, 2.5, 1e10, -1e10):
                note(audioop.mul(sound, width, factor), audioop.tostereo(sound, width, factor, -factor))
            if count % 2 == 0:
                note(audioop.tomono(sound, width, 0.5, 0.7), audioop.tomono(sound, width, 3, -1))
            note(audioop.add(sound, other, width))
            note([audioop.bias(sound, width, n) for n in (0, 1, -1, 100, 2**31 - 1, -2**31)])
            note([audioop.lin2lin(sound, width, n) for n in (1, 2, 3, 4)])
            again(lambda state: audioop.lin2adpcm(sound, width, state))
            again(lambda state: audioop.adpcm2lin(sound, width, state))
            for n in (1, 2, 5):
                for rates in ((8000, 8000), (8000, 16000), (44100, 8000), (3, 7)):
                    if count % n == 0:
                        again(lambda s: audioop.ratecv(sound, width, n, *rates, s, 2, 3))
    note(audioop.ulaw2lin(bytes(range(256)), width), audioop.alaw2lin(bytes(range(256)), width))
every = b"".join(i.to_bytes(2, "little", signed=True) for i in range(-32768, 32768))
note(audioop.lin2ulaw(every, 2), audioop.lin2alaw(every, 2))
digest = seen.hexdigest()
assert digest == "ff10fa66dcaf408b70b5e5bcdb7506c0546b16bce665924f4b72823f746e7507", digest

# fitting
assert audioop.findfit(b"\1\0\2\0\3\0\4\0", b"\4\0\6\0") == (1, 0.5)
assert audioop.findfactor(b"\2\0\4\0", b"\1\0\2\0") == 2.0 and audioop.findmax(b"\1\0\5\0\2\0", 1) == 1
assert audioop.getsample(b"\1\2\3\xff", 1, 3) == -1

illegal = "TypeError: ratecv(): illegal state argument"
for name, arguments, message in [
    ("max", (b"abc", 2), "error: not a whole number of frames"),
    ("max", (b"abcd", 5), "error: Size should be 1, 2, 3 or 4"),
    ("max", ("a", 1), "TypeError: a bytes-like object is required, not 'str'"),
    ("add", (b"ab", b"abcd", 2), "error: Lengths should be the same"),
    ("getsample", (b"abcd", 2, 2), "error: Index out of range"),
    ("getsample", (b"abcd", 2, -1), "error: Index out of range"),
    ("findfit", (b"abc", b"ab"), "error: Strings should be even-sized"),
    ("findfit", (b"ab", b"abcd"), "error: First sample should be longer"),
    ("findfactor", (b"ab", b"abcd"), "error: Samples should be same size"),
    ("findmax", (b"abcd", 5), "error: Input sample should be longer"),
    ("lin2adpcm", (b"ab", 1, 5), "TypeError: state must be a tuple or None"),
    ("lin2adpcm", (b"ab", 1, (1,)), "TypeError: lin2adpcm(): illegal state argument"),
    ("adpcm2lin", (b"ab", 1, (0, 89)), "ValueError: bad state"),
    ("ratecv", (b"ab", 2, 0, 1, 1, None), "error: # of channels should be >= 1"),
    ("ratecv", (b"ab", 2, 1, 0, 1, None), "error: sampling rate not > 0"),
    ("ratecv", (b"ab", 2, 1, 1, 1, None, 0, 0), "error: weightA should be >= 1, weightB should be >= 0"),
    ("ratecv", (b"ab", 4, 2**30, 1, 1, None), "OverflowError: width * nchannels too big for a C int"),
    ("ratecv", (b"ab", 2, 1, 1, 1, (1, ())), "error: illegal state argument"),
    ("ratecv", (b"ab", 2, 1, 1, 1, (1, ((1, 2, 3),))), illegal),
    ("ratecv", (b"ab", 2, 1, 1, 1, 5), "TypeError: state must be a tuple or None"),
    ("mul", (b"ab", 2, None), "TypeError: must be real number, not NoneType"),
]:
    assert error(getattr(audioop, name), *arguments) == message, (name, message)
