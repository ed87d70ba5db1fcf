"""Names of any letters, in their normal form."""
λ = lambda ñ: ñ * 2
π = 3.14
été = "summer"
assert λ(2) == 4 and π == 3.14 and été == "summer"
ﬁ = 5  # NFKC: the ligature is "fi"
assert fi == 5 and "ﬁ" != "fi"
𝐱 = 7
assert x == 7
