"""hash() of numbers, tuples and frozensets are fixed numbers."""
assert hash(0) == 0
assert hash(1) == 1
assert hash(-1) == -2
assert hash(-2) == -2
assert hash(2**61-1) == 0
assert hash(2**61-2) == 2305843009213693950
assert hash(-(2**61-1)) == 0
assert hash(2**61) == 1
assert hash(-2**61) == -2
assert hash(-2**61-1) == -2
assert hash(2**64) == 8
assert hash(-2**64) == -8
assert hash(10**30) == 465258685558744706
assert hash(0.0) == 0
assert hash(-0.0) == 0
assert hash(1.0) == 1
assert hash(-1.0) == -2
assert hash(0.5) == 1152921504606846976
assert hash(1.5) == 1152921504606846977
assert hash(-2.75) == -1729382256910270466
assert hash(1e300) == 1224995262755759164
assert hash(1e-300) == 482449582752280463
assert hash(float('inf')) == 314159
assert hash(float('-inf')) == -314159
assert hash(2.0**61) == 1
assert hash(1j) == 1000003
assert hash(3+4j) == 4000015
assert hash(True) == 1
assert hash(()) == 5740354900026072187
assert hash((1,)) == -6644214454873602895
assert hash((1, 2, 3)) == 529344067295497451
assert hash((1.5, -1, (2, 3))) == -8589884423959196343
assert hash(((), ())) == 9028247024705308198
assert hash(frozenset()) == 133146708735736
assert hash(frozenset({1})) == -558064481276695278
assert hash(frozenset({1, 2, 3})) == -272375401224217160
assert hash(frozenset({frozenset({1}), (2, 3)})) == -2519069343117211334
assert hash(frozenset(range(1000))) == 1340344670691924669
assert hash(0.5) == 2 ** 60 and hash(1.0) == 1 and hash(float("inf")) == 314159
assert hash(float("-inf")) == -314159 and hash(-0.0) == 0 and hash(1e300) == hash(int(1e300))
assert hash(0.1) == 230584300921369408 and hash(-1.0) == -2 and hash(2.0 ** 61) == hash(2 ** 61)
assert hash(2 ** 61 - 1) == 0 and hash(2 ** 61) == 1 and hash(-1) == -2 and hash(-2) == -2
assert hash(2 ** 100) == 2 ** 39 and hash(-2 ** 61) == -2 and hash(10 ** 30) == (10 ** 30) % (2 ** 61 - 1)
