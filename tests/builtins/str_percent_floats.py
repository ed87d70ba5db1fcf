"""The % operator on str with floats, and floats given to %d."""
from _case import outcome

assert (
    outcome(lambda: "%f %.2f %5.1f|%-8.2f|%08.2f|%+.1f|% .1f" % (1.5, 2.345, 3.14, 4.5, 5.5, 6.5, 7.5))
    == ('1.500000 2.35   3.1|4.50    |00005.50|+6.5| 7.5'))
assert (
    outcome(
        lambda: "%e %.0e %E %g %G %.3g %#g %#.0f" % (12345.678, 1.5, 0.001, 1e10, 1e-10, 3.14159, 1.0, 3.0))
    == ('1.234568e+04 2e+00 1.000000E-03 1e+10 1E-10 3.14 1.00000 3.'))
assert outcome(lambda: "%s %r" % (0.1, 1e16)) == '0.1 1e+16'
assert outcome(lambda: "%d" % 3.99) == '3'
assert outcome(lambda: "%i" % -3.99) == '-3'
assert outcome(lambda: "%5.1f%%" % 99.5) == ' 99.5%'
assert outcome(lambda: "%f" % float("inf")) == 'inf'
assert outcome(lambda: "%5.1f" % float("nan")) == '  nan'
assert outcome(lambda: "%F" % float("inf")) == 'INF'
assert outcome(lambda: "%+f" % float("inf")) == '+inf'
assert outcome(lambda: "%010f" % float("-inf")) == '-000000inf'
assert outcome(lambda: "%.0f %.0f %.0f %.0f" % (0.5, 1.5, 2.5, 3.5)) == '0 2 2 4'
assert outcome(lambda: "%.50f" % 0.1) == '0.10000000000000000555111512312578270211815834045410'
assert outcome(lambda: "%.3f" % 1e15) == '1000000000000000.000'
assert outcome(lambda: "%f" % 1e300 == str(int(1e300)) + ".000000") == True
assert outcome(lambda: "%f" % "a") == 'TypeError: must be real number, not str'
assert outcome(lambda: "%f" % None) == 'TypeError: must be real number, not NoneType'
assert outcome(lambda: "%d" % float("nan")) == 'ValueError: cannot convert float NaN to integer'
assert outcome(lambda: "%d" % float("inf")) == 'OverflowError: cannot convert float infinity to integer'
