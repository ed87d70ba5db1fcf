"""What cannot be pickled says so in CPython's words."""
import copy
import pickle

for thing in (memoryview(b"abc"), copy.copy.__code__):
    expected = f"cannot pickle {type(thing).__name__} objects"
    for call in (lambda: pickle.dumps(thing), lambda: thing.__reduce_ex__(2),
                 lambda: pickle.dumps([thing], 4)):
        try:
            call()
            raise SystemExit("it was pickled")
        except TypeError as error:
            assert str(error) == expected, error
for call in (lambda: pickle.dumps(open(__file__)), lambda: pickle.dumps(i for i in ())):
    try:
        call()
        raise SystemExit("it was pickled")
    except TypeError as error:
        assert str(error) in ("cannot pickle '_io.TextIOWrapper' object",
                              "cannot pickle 'generator' object"), error
