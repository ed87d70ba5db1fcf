"""A NaN is equal to nothing, and a container finds it by identity."""
n1, n2 = float("nan"), float("nan")
assert len({n1, n1}) == 1 and n1 != n1 and not n1 == n2 and [n1] == [n1]
