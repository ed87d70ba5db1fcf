# stress: 1
"""An old generator that runs holds the exception being handled: collections see it (the heap's verifier
too).
"""


def fail(n):
    try:
        return {}[n]
    except KeyError as e:
        return e.args, [str(i) for i in range(20)]


results = (fail(n) for n in range(300))
for n, (args, texts) in enumerate(results):
    assert args == (n,) and texts[7] == "7"


def handling():
    for n in range(50):
        try:
            {}[n]
        except KeyError as e:
            yield [str(i) for i in range(20)]
            assert e.args == (n,)


assert sum(map(len, handling())) == 1000
