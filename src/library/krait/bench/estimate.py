"""The arithmetic: estimates from rounds, intervals, tests, and what would have been found.

Values are logarithms of ratios, one a round. The bootstrap of a median needs no samples: of n values drawn
anew, the middle one is the value whose place is the middle of n uniform numbers, and the middle of those has
a beta distribution. So `places` draws places, ROUNDS times, once for each n.
"""
import functools
import math
import random

ROUNDS = 10_000     # of a bootstrap
LEVEL = 0.05        # an interval leaves out so much
ALPHA = 0.01        # for all looks together
LEAST_EFFECT = 0.01
PRECISE = 0.01      # a ratio is known well enough when half of its interval is so narrow
EXACT = 60          # so many values at most are tested exactly
# Pocock: the critical value of each of so many looks that together are wrong in ALPHA of the cases
POCOCK = (2.576, 2.772, 2.873, 2.939, 2.986, 3.023, 3.053, 3.078, 3.099, 3.117)


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def deviation(values):
    """The median distance from the median."""
    middle = median(values)
    return median([abs(value - middle) for value in values])


def normal_tail(z):
    """How likely a normal variable is further from 0 than z, on either side."""
    return math.erfc(abs(z) / math.sqrt(2))


def alpha_of(looks):
    """The level of one look of so many."""
    return normal_tail(POCOCK[min(max(looks, 1), len(POCOCK)) - 1])


@functools.lru_cache(maxsize=None)
def places(n, seed=0):
    """ROUNDS pairs of places whose values' mean is the median of n values drawn anew."""
    rng = random.Random(n * 1_000_003 + seed)
    low = (n + 1) // 2  # the middle, or the lower one of both
    drawn = []
    for _ in range(ROUNDS):
        at = rng.betavariate(low, n + 1 - low)
        above = at if n % 2 else at + (1 - at) * (1 - rng.random() ** (1 / (n - low)))
        drawn.append((min(int(at * n), n - 1), min(int(above * n), n - 1)))
    return drawn


def medians(values, seed=0):
    """Medians of the values drawn anew, ROUNDS of them."""
    ordered = sorted(values)
    return [(ordered[a] + ordered[b]) / 2 for a, b in places(len(ordered), seed)]


def bounds(drawn):
    """Where all but LEVEL of what was drawn lies."""
    ordered = sorted(drawn)
    cut = int(len(ordered) * LEVEL / 2)
    return ordered[cut], ordered[-1 - cut]


def is_settled(logs, tests, alpha):
    """Is the ratio known to within PRECISE, and does the test say what the interval says?"""
    low, high = interval(logs)
    if (high - low) / 2 > PRECISE or len(logs) < rounds_needed(tests, alpha):
        return False
    seems = not low <= 0 <= high and abs(median(logs)) >= math.log1p(LEAST_EFFECT)
    return not seems or signed_rank(logs) * tests < alpha


def interval(values):
    return bounds(medians(values)) if len(values) > 1 else (-math.inf, math.inf)


def ranks(values):
    """Twice the rank of each value, equal ones sharing theirs: whole numbers."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result, start = [0] * len(values), 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for at in range(start, end):
            result[order[at]] = start + end + 1
        start = end
    return result


def signed_rank(values):
    """The p of Wilcoxon's signed-rank test that the values lie around 0."""
    values = [value for value in values if value]
    if not values:
        return 1.0
    doubled = ranks([abs(value) for value in values])
    total = sum(doubled)
    positive = sum(rank for rank, value in zip(doubled, values) if value > 0)
    least = min(positive, total - positive)
    if len(values) > EXACT:
        # continuity: half a rank, which is 1 here
        z = max(total / 2 - least - 1, 0) / math.sqrt(sum(rank * rank for rank in doubled) / 4)
        return normal_tail(z)
    ways = [1] + [0] * least
    for rank in doubled:
        for at in range(least, rank - 1, -1):
            ways[at] += ways[at - rank]
    return min(1.0, 2 * sum(ways) / 2 ** len(values))


def rank_sum(first, second):
    """The p of the Mann-Whitney test that two samples come from one distribution."""
    m, n = len(first), len(second)
    if not m or not n:
        return 1.0
    doubled = ranks(list(first) + list(second))
    observed, mean = sum(doubled[:m]), m * (m + n + 1)
    if m + n > EXACT:
        each = mean / m
        variance = m * n / ((m + n) * (m + n - 1)) * sum((rank - each) ** 2 for rank in doubled)
        return normal_tail(max(abs(observed - mean) - 1, 0) / math.sqrt(variance)) if variance else 1.0
    ways = [{0: 1}] + [{} for _ in range(m)]
    for rank in doubled:
        for count in range(m, 0, -1):
            here = ways[count]
            for total, number in ways[count - 1].items():
                here[total + rank] = here.get(total + rank, 0) + number
    far = abs(observed - mean)
    return sum(k for total, k in ways[m].items() if abs(total - mean) >= far) / math.comb(m + n, m)


def holm(ps):
    """Each p as it counts among all of them: Holm's way. None is no test."""
    order = sorted((p, at) for at, p in enumerate(ps) if p is not None)
    result, worst = list(ps), 0.0
    for number, (p, at) in enumerate(order):
        worst = max(worst, min(1.0, p * (len(order) - number)))
        result[at] = worst
    return result


def detectable(values):
    """The smallest relative difference that would have been found in 4 of 5 cases; None: not known."""
    if len(values) < 2:
        return None
    return math.expm1(min(2.8 * 1.25 * 1.48 * deviation(values) / math.sqrt(len(values)), 700))


def rounds_needed(tests, alpha):
    """From how many rounds on a signed-rank test among so many can pass at all."""
    return 1 + math.ceil(math.log2(tests / alpha))


def outliers(values):
    """Places of values further from the median than normal ones are: 3.5 deviations."""
    if len(values) < 3:
        return []
    middle, scale = median(values), 1.4826 * deviation(values)
    return [at for at, value in enumerate(values) if scale and abs(value - middle) > 3.5 * scale]


def looks(least, most):
    """After which rounds it is asked whether these are enough: least, then twice as many, up to most."""
    result = [min(max(least, 1), most)]
    while result[-1] < most:
        result.append(min(2 * result[-1], most))
    return result


def spread(values):
    """Half the width of the interval."""
    low, high = interval(values)
    return (high - low) / 2


def estimate(logs):
    """What the rounds say of a ratio, before other tests are known."""
    middle = median(logs)
    low, high = interval(logs)
    return {"rounds": len(logs), "ratio": math.exp(middle), "low": math.exp(low), "high": bounded(high),
            "p": signed_rank(logs), "detectable": detectable(logs),
            "outliers": len(outliers(logs))}


def bounded(log):
    """exp, without an infinity, which JSON has not."""
    return math.exp(min(log, 700))


def judge(rows, looks=1):
    """Adds `p_holm`, `alpha` and `verdict` to estimates that were made together."""
    alpha = alpha_of(looks)
    for row, p in zip(rows, holm([row["p"] for row in rows])):
        row["p_holm"], row["alpha"] = p, alpha
        row["verdict"] = verdict(row, rounds_needed(len(rows), alpha))


def verdict(row, needed):
    excluded = not row["low"] <= 1 <= row["high"]
    large = abs(math.log(row["ratio"])) >= math.log1p(LEAST_EFFECT)
    if excluded and large and row["p_holm"] < row["alpha"]:
        return "faster" if row["ratio"] > 1 else "slower"
    if row["rounds"] < needed and (excluded and large or row["rounds"] < 5):
        return "too few rounds"
    return "not certain" if excluded and large else "no difference"


def geometric_mean(groups):
    """(geometric mean, low, high) of the medians of several ratios' logarithms; None without any."""
    if not groups:
        return None
    rng, sums = random.Random(1), [0.0] * ROUNDS
    for values in groups:
        drawn = medians(values) if len(values) > 1 else [values[0]] * ROUNDS
        rng.shuffle(drawn)  # the places are the same for all groups of a size
        sums = [a + b for a, b in zip(sums, drawn)]
    low, high = bounds(sums)
    middle = sum(map(median, groups))
    return tuple(math.exp(value / len(groups)) for value in (middle, low, high))


def compare(old, new):
    """What two independent samples of logarithms say of new by old. `ratio` above 1: new is larger."""
    middle = median(new) - median(old)
    pairs = [b - a for a, b in zip(shuffled(medians(old)), medians(new, 1))]
    low, high = bounds(pairs) if min(len(old), len(new)) > 1 else (-700.0, 700.0)
    noise = math.hypot(*(1.25 * 1.48 * deviation(s) / math.sqrt(len(s)) for s in (old, new)))
    return {"rounds": min(len(old), len(new)),
            "ratio": math.exp(middle), "low": math.exp(low), "high": bounded(high),
            "p": rank_sum(old, new), "detectable": math.expm1(min(2.8 * noise, 700)),
            "outliers": len(outliers(old)) + len(outliers(new))}


def shuffled(values):
    random.Random(2).shuffle(values)
    return values


def warm_from(times):
    """The first k whose median from k to the middle is within 2 % of the second half's; None: never warm."""
    half = len(times) // 2
    if half < 1:
        return 0
    later = median(times[half:])
    for k in range(half):
        if abs(median(times[k:half]) / later - 1) <= 0.02:
            return k
    return None
