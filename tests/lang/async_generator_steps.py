"""Every sequence of up to three steps of an asynchronous generator, driven in seven ways: a checksum of
what they show.
"""
import itertools
import sys
import warnings
import zlib

warnings.simplefilter("ignore")
sys.unraisablehook = lambda unraisable: None   # generators that ignore their end


class P:
    def __await__(self): return (yield 'p')


def bodies():
    async def plain():
        yield 1
        yield 2
    async def catches():
        try: yield 1
        except ValueError: yield 'caught'
        yield 2
    async def ignores():
        try: yield 1
        except GeneratorExit: yield 'ignored'
    async def waits():
        await P()
        x = yield 1
        try:
            await P()
            yield x
        finally: await P()
    async def empty():
        if 0: yield
    async def raises():
        yield 1
        raise KeyError('own')
    return [plain, catches, ignores, waits, empty, raises]


OPS = {'n': lambda g: g.__anext__(), 's': lambda g: g.asend(5), 't': lambda g: g.athrow(ValueError('v')),
       'c': lambda g: g.aclose(), 'x': lambda g: g.athrow(GeneratorExit),
       'i': lambda g: g.athrow(StopAsyncIteration)}


def drive(c, how):
    out = []
    for what in how:
        try:
            if what == 's': out.append(c.send(None))
            elif what == '1': out.append(c.send(1))
            elif what == 't': out.append(c.throw(TypeError('in')))
            elif what == 'c': out.append(c.close())
        except StopIteration as e: out.append(('stop', e.value))
        except BaseException as e: out.append((type(e).__name__, str(e)))
    return out


SUMS = {}
for body in bodies():
    lines = []
    for n in (1, 2, 3):
        for ops in itertools.product(OPS, repeat=n):
            for how in ('ss', 'sst', 'ts', 's1s', '1s', 'cs', 'sct') if n < 3 else ('sss',):
                g = body(); out = []
                for op in ops:
                    try: out.append(drive(OPS[op](g), how))
                    except BaseException as e: out.append((type(e).__name__, str(e)))
                lines.append(repr((''.join(ops), how, out, g.ag_running, g.ag_frame is None)))
    SUMS[body.__name__] = zlib.crc32('\n'.join(lines).encode())
assert SUMS == {"plain": 3113773611, "catches": 231464213, "ignores": 98866966,
                "waits": 4171802564, "empty": 3511100148, "raises": 1045471368}, SUMS
