"""statistics: averages, spread, correlation."""
import decimal
import fractions
import statistics

from _case import error

D, F = decimal.Decimal, fractions.Fraction
assert statistics.mean([1, 2, 3, 4]) == 2.5 and statistics.median([3, 1, 2]) == 2
assert statistics.mode("aab") == "a" and statistics.stdev([1, 2, 3, 4]) == 1.2909944487358056
assert statistics.pvariance([1, 2, 3]) == 2 / 3 and statistics.mean([F(1, 2), F(1, 4)]) == F(3, 8)
assert statistics.fmean([1, 2]) == 1.5 and statistics.harmonic_mean([40, 60]) == 48.0
assert statistics.quantiles([1, 2, 3, 4], n=4) == [1.25, 2.5, 3.75]
assert statistics.correlation([1, 2, 3], [1, 2, 3]) == 1.0
assert error(statistics.mean, []) == "StatisticsError: mean requires at least one data point"
assert statistics.NormalDist(0, 1).cdf(0) == 0.5
assert statistics.linear_regression([1, 2], [2, 4]).slope == 2.0
