"""The arithmetic of krait bench: known values, and how often it finds what is there and what is not."""
import itertools
import math
import random
import time

from _bench import under_both
from krait.bench import estimate, history


def close(a, b, within=1e-9):
    return abs(a - b) <= within


def known_values():
    assert estimate.median([3, 1, 2]) == 2 and estimate.median([4, 1, 2, 3]) == 2.5
    assert estimate.deviation([1, 2, 3, 4, 100]) == 1
    # of Wilcoxon's tables: n = 8, the smaller sum 4; all positive of 10; none
    assert close(estimate.signed_rank([-1, 2, -3, 4, 5, 6, 7, 8]), 14 / 256)
    assert close(estimate.signed_rank(range(1, 11)), 2 / 1024)
    assert estimate.signed_rank([]) == estimate.signed_rank([0, 0]) == estimate.signed_rank([1, -1]) == 1
    assert estimate.ranks([10, 30, 20, 20]) == [2, 8, 5, 5]
    assert close(estimate.rank_sum([1, 2, 3], [4, 5, 6]), 2 / 20)
    assert estimate.rank_sum([], [1]) == 1 and estimate.rank_sum([1, 2], [1, 2]) == 1
    assert close(estimate.normal_tail(1.959964), 0.05, 1e-6)
    assert [estimate.holm(ps) for ps in ([0.01, 0.04, 0.03], [0.5, None, 0.01])] == \
        [[0.03, 0.06, 0.06], [0.5, None, 0.02]]
    assert close(estimate.alpha_of(1), 0.01, 1e-4) and close(estimate.alpha_of(5), 0.0028, 1e-4)
    assert estimate.looks(10, 200) == [10, 20, 40, 80, 160, 200] and estimate.looks(10, 10) == [10]
    assert estimate.rounds_needed(1, 0.01) == 8
    assert close(estimate.detectable([0.0, 0.02, -0.02, 0.02, -0.02]),
                 math.expm1(2.8 * 1.25 * 1.48 * 0.02 / 5 ** 0.5))
    assert estimate.detectable([1.0]) is None
    assert estimate.outliers([1, 1.01, 0.99, 1.02, 5]) == [4] and estimate.outliers([1, 1, 1, 9]) == []
    assert estimate.warm_from([9, 9, 9, 1, 1, 1, 1, 1]) == 3 and estimate.warm_from([1] * 6) == 0
    assert estimate.warm_from([9, 8, 7, 1, 1, 1]) is None and estimate.warm_from([1]) == 0


def tests_against_counting():
    """Both tests by going through all cases."""
    rng = random.Random(3)
    for n in range(1, 9):
        values = [rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(n)]
        ranked = estimate.ranks([abs(value) for value in values])
        least = min(sum(r for r, v in zip(ranked, values) if (v > 0) == sign) for sign in (True, False))
        sums = [sum(chosen) for chosen in itertools.product(*([0, rank] for rank in ranked))]
        assert close(estimate.signed_rank(values), min(1, 2 * sum(s <= least for s in sums) / 2 ** n)), values
    for m, n in ((2, 3), (3, 4), (4, 4)):
        values = [rng.randrange(6) for _ in range(m + n)]
        ranked = estimate.ranks(values)
        far = abs(sum(ranked[:m]) - m * (m + n + 1))
        all_sums = [sum(chosen) for chosen in itertools.combinations(ranked, m)]
        extreme = sum(abs(s - m * (m + n + 1)) >= far for s in all_sums)
        assert close(estimate.rank_sum(values[:m], values[m:]), extreme / len(all_sums))


def exact_and_normal_agree():
    rng = random.Random(4)
    values = [rng.gauss(0.3, 1) for _ in range(estimate.EXACT)]
    exact = estimate.signed_rank(values)
    rough = estimate.signed_rank(values + [1e-9])  # one more: by the normal distribution
    assert close(exact, rough, 0.2 * exact), (exact, rough)


def bootstrap_is_one():
    """The drawn places give what drawing values anew gives."""
    rng = random.Random(5)
    for n in (2, 5, 10, 21):
        values = [rng.expovariate(1) for _ in range(n)]
        drawn = [estimate.median(rng.choices(values, k=n)) for _ in range(4000)]
        fast = estimate.medians(values)
        for level in (0.1, 0.5, 0.9):
            a = sorted(drawn)[int(len(drawn) * level)]
            share = sum(value <= a for value in fast) / len(fast)
            below = sum(value < a for value in fast) / len(fast)
            assert below - 0.03 <= level <= share + 0.03, (n, level, below, share)


def verdicts():
    def row(logs, looks=1):
        made = estimate.estimate(logs)
        estimate.judge([made], looks)
        return made
    assert row([0.1, 0.11, 0.09, 0.1] * 5)["verdict"] == "faster"
    assert row([-0.1, -0.11, -0.09, -0.1] * 5)["verdict"] == "slower"
    assert row([0.005, 0.006, 0.004] * 10)["verdict"] == "no difference"  # certain, but small
    assert row([0.1, -0.1, 0.03, -0.04] * 5)["verdict"] == "no difference"
    assert row([0.1, 0.12, 0.11, 0.1, 0.13, 0.12, 0.1, 0.11, 0.1, -0.5])["verdict"] == "not certain"
    assert row([0.1, 0.11, 0.09])["verdict"] == row([0.3])["verdict"] == "too few rounds"
    many = [estimate.estimate([0.1, 0.11, 0.09, 0.1, 0.12] * 2) for _ in range(100)]
    estimate.judge(many)
    assert {one["verdict"] for one in many} == {"too few rounds"}
    assert not estimate.is_settled([0.1, 0.11] * 5, 100, 0.01)
    assert estimate.is_settled([0.1, 0.11] * 10, 100, 0.01)
    middle, low, high = estimate.geometric_mean([[math.log(2)] * 5, [math.log(8)] * 5])
    assert close(middle, 4) and close(low, 4) and close(high, 4)
    assert estimate.geometric_mean([]) is None
    two = estimate.compare([0.0, 0.01, -0.01] * 5, [0.2, 0.21, 0.19] * 5)
    assert close(two["ratio"], math.exp(0.2)) and two["low"] > 1.18 and two["high"] < 1.25 and two["p"] < 1e-5


def trial(rng, shift, most=40, noise=0.02):
    """The verdict on two interpreters whose times differ by `shift`, as a session would come to it."""
    looks, logs = estimate.looks(10, most), []
    for look in looks:
        logs += [rng.gauss(0, noise) - rng.gauss(0, noise) + shift for _ in range(look - len(logs))]
        if estimate.is_settled(logs, 1, estimate.alpha_of(len(looks))):
            break
    row = estimate.estimate(logs)
    estimate.judge([row], len(looks))
    return row["verdict"]


def what_is_there():
    """Of 150 trials without a difference at most 5 % find one; one of 3 % is found in 90 %."""
    rng = random.Random(6)
    false = sum(trial(rng, 0.0) in ("faster", "slower") for _ in range(150))
    assert false <= 7, false
    found = sum(trial(rng, -math.log(1.03)) == "slower" for _ in range(60))
    assert found >= 54, found


def in_time():
    rng = random.Random(7)
    values = [rng.gauss(0, 0.02) for _ in range(200)]
    began = time.process_time()
    estimate.estimate(values)
    assert time.process_time() - began < 1


def steps():
    rng = random.Random(8)
    flat = [rng.gauss(0, 0.01) for _ in range(20)]
    assert history.split(flat) == [(0, 20)]
    assert history.split([0.0] * 5) == [(0, 5)] and history.split([]) == [(0, 0)]
    stepped = flat[:12] + [value + 0.1 for value in flat[12:]]
    assert history.split(stepped) == [(0, 12), (12, 20)]
    alone = flat[:9] + [0.5] + flat[10:]
    assert history.split(alone) == [(0, 20)]
    assert history.split([0.0] * 3 + [0.05] * 3) == [(0, 3), (3, 6)]
    assert history.split([0.0] * 4 + [0.05] * 2) == [(0, 6)]
    assert history.split([0.0, 0.0, 0.0] * 3 + [0.005] * 9) == [(0, 18)]  # smaller than 1 %


def main():
    known_values()
    tests_against_counting()
    exact_and_normal_agree()
    bootstrap_is_one()
    verdicts()
    in_time()
    what_is_there()
    steps()


under_both(main)
