"""decimal's contexts: whose is current, flags and traps, what attributes take, copies, subclasses."""
import asyncio
import contextvars
import copy
import decimal
import pickle
import threading
from decimal import *

from _case import error

C = getcontext()
assert (C.prec, C.rounding, C.Emin, C.Emax) == (28, ROUND_HALF_EVEN, -999999, 999999)
assert (C.capitals, C.clamp) == (1, 0)
assert repr(BasicContext).endswith(
    "flags=[], traps=[Clamped, InvalidOperation, DivisionByZero, Overflow, Underflow])")
assert [s.__name__ for s in C.flags] == ["InvalidOperation", "FloatOperation", "DivisionByZero", "Overflow",
                                         "Underflow", "Subnormal", "Inexact", "Rounded", "Clamped"]

# attributes
assert error(setattr, C, "prec", 0) == "ValueError: valid range for prec is [1, MAX_PREC]"
assert error(setattr, C, "prec", "a") == "TypeError: an integer is required"
assert error(setattr, C, "Emin", 1) == "ValueError: valid range for Emin is [MIN_EMIN, 0]"
assert error(setattr, C, "Emax", -1) == "ValueError: valid range for Emax is [0, MAX_EMAX]"
assert error(setattr, C, "clamp", 2) == "ValueError: valid values for clamp are 0 or 1"
assert error(setattr, C, "capitals", 2) == "ValueError: valid values for capitals are 0 or 1"
assert error(setattr, C, "rounding", "up").startswith(
    "TypeError: valid values for rounding are:\n  [ROUND_CEILING,")
assert error(delattr, C, "prec") == "AttributeError: context attributes cannot be deleted"
assert error(setattr, C, "x", 1) == "AttributeError: 'decimal.Context' object has no attribute 'x'"
assert error(setattr, C, "flags", {}) == "KeyError: 'invalid signal dict'"
assert error(lambda: C.flags[3]).startswith("KeyError: 'valid values for signals are:")
assert error(C.flags.__delitem__, Inexact) == "ValueError: signal keys cannot be deleted"
assert error(localcontext, 3) == "TypeError: optional argument must be a context"
assert error(setcontext, 3) == "TypeError: argument must be a context"
assert error(localcontext, foo=3) == "TypeError: 'foo' is an invalid keyword argument for this function"

# flags and traps
c = Context(prec=3, traps=[Inexact], flags=[Rounded])
assert c.flags[Rounded] and not c.flags[Inexact] and c.traps[Inexact] and len(c.traps) == 9
assert error(c.divide, 1, 3) == "Inexact: [<class 'decimal.Inexact'>]"
assert c.flags[Inexact] and c.flags == c.flags.copy() and c.flags != c.traps
c.clear_flags()
c.clear_traps()
assert not any(c.flags.values()) and str(c.divide(1, 3)) == "0.333" and c.flags[Inexact] and c.flags[Rounded]
kept = c.flags
del c
assert kept[Inexact] and dict(kept)[Rounded]
assert error(Decimal, "x") == "InvalidOperation: [<class 'decimal.ConversionSyntax'>]"
assert error(lambda: Decimal(0) / 0) == "InvalidOperation: [<class 'decimal.DivisionUndefined'>]"
assert error(lambda: Decimal(1) / 0) == "DivisionByZero: [<class 'decimal.DivisionByZero'>]"
assert error(lambda: Decimal("1e40") // 1) == "InvalidOperation: [<class 'decimal.DivisionImpossible'>]"
with localcontext() as c:
    c.traps[FloatOperation] = True
    assert error(Decimal, 1.5) == "FloatOperation: [<class 'decimal.FloatOperation'>]"
    assert error(lambda: Decimal(1) < 1.5) == "FloatOperation: [<class 'decimal.FloatOperation'>]"
    assert Decimal("1.5") == 1.5 and c.flags[FloatOperation] and Decimal.from_float(1.5) == Decimal("1.5")

# localcontext, setcontext
with localcontext(prec=5, rounding=ROUND_UP) as c:
    assert c is getcontext() and str(Decimal(1) / 3) == "0.33334"
    with localcontext(c, prec=2):
        assert str(Decimal(1) / 3) == "0.34"
    assert getcontext() is c
assert getcontext() is C and str(Decimal(1) / 3) == "0." + "3" * 28
setcontext(ExtendedContext)
assert getcontext() is not ExtendedContext and str(Decimal(1) / 3) == "0." + "3" * 9
assert str(Decimal(1) / 0) == "Infinity" and not ExtendedContext.flags[DivisionByZero]
setcontext(C)

# each thread and each task has its own
seen = []


def work():
    seen.append(getcontext().prec)
    getcontext().prec = 7
    seen.append(str(Decimal(1) / 3))


C.prec = 11
t = threading.Thread(target=work)
t.start()
t.join()
assert seen == [28, "0.3333333"] and str(Decimal(1) / 3) == "0." + "3" * 11


async def task(prec):
    with localcontext(prec=prec):
        for _ in range(3):
            await asyncio.sleep(0)
            assert len(str(Decimal(1) / 3)) == prec + 2
    return prec


async def both():
    return await asyncio.gather(task(4), task(9))


assert asyncio.run(both()) == [4, 9]
assert contextvars.copy_context().run(lambda: getcontext().prec) == 11
C.prec = 28

# copies, pickles, subclasses
c = Context(prec=4, Emin=-3, Emax=5, rounding=ROUND_05UP, clamp=1, capitals=0, traps=[Clamped],
            flags=[Inexact])
for d in (c.copy(), copy.copy(c), copy.deepcopy(c), pickle.loads(pickle.dumps(c))):
    assert repr(d) == repr(c) and d is not c
    d.prec = 9
    assert c.prec == 4


class Narrow(Context):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, prec=2, **kwargs)
        self.note = "narrow"


n = Narrow(rounding=ROUND_DOWN)
assert str(n.divide(2, 3)) == "0.66" and n.note == "narrow"
assert type(pickle.loads(pickle.dumps(Context()))) is Context


class Money(Decimal):
    __slots__ = ("unit",)


m = Money("1.50")
m.unit = "EUR"
assert type(m + 1) is Decimal and m.unit == "EUR" and str(m) == "1.50" and type(Money(m)) is Money
assert type(Decimal(m)) is Decimal and Money.from_float(0.5) == Decimal("0.5")
assert type(Money.from_float(1)) is Money
assert str(Money("1" * 60) * 2) == "2." + "2" * 27 + "E+59" and len(str(Money("1" * 60))) == 60
assert error(getcontext().add, "1", 2) == "TypeError: conversion from str to Decimal is not supported"
assert error(lambda: Decimal(2).exp(context=3)) == "TypeError: optional argument must be a context"
assert issubclass(DivisionByZero, ZeroDivisionError) and issubclass(FloatOperation, TypeError)
assert decimal.MAX_PREC == 999999999999999999 and decimal.MIN_ETINY == -1999999999999999997
# a quotient that is exact needs no more digits than it has
big = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
assert big.divide(1, 8) == Decimal("0.125") and big.sqrt(Decimal(4)) == 2
assert error(big.divide, 1, 3) == "MemoryError: "
