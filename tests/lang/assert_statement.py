"""assert: the message becomes the argument of AssertionError, and without one there is none."""
try:
    assert False, "message"
except AssertionError as a:
    assert a.args == ("message",)
try:
    assert 0
except AssertionError as a:
    assert a.args == ()
try:
    assert not 1, [1, 2]
except AssertionError as a:
    assert a.args == ([1, 2],)
