"""round of ints to tens and hundreds: half to even."""
assert round(15, -1) == 20 and round(25, -1) == 20 and round(-15, -1) == -20 and round(1234, -2) == 1200
assert round(1250, -2) == 1200 and round(1350, -2) == 1400 and round(5, -1) == 0
assert round(10 ** 30 + 5, -1) == 10 ** 30
