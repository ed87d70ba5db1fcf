"""What calls end with: shared by the tests of all folders, each of which has a link to this file beside its
tests, so that a file finds it when it is run by itself, by whichever interpreter.
"""


def outcome(function, *arguments, **named):
    """The result of the call, or `Type: text` of what it raised."""
    try:
        return function(*arguments, **named)
    except BaseException as e:
        return f"{type(e).__name__}: {e}"


def error(function, *arguments, **named):
    """`Type: text` of what the call raises; that it returns is a failure of the test."""
    try:
        result = function(*arguments, **named)
    except BaseException as e:
        return f"{type(e).__name__}: {e}"
    raise AssertionError(f"{function} returned {result!r}")


def told(function, *arguments, **named):
    """The repr of the call's result, or `Type: text` of what it raised."""
    return outcome(lambda: repr(function(*arguments, **named)))


def syntax_error(source, mode="exec"):
    """The message of the SyntaxError that a source is refused with."""
    try:
        compile(source, "<test>", mode)
    except SyntaxError as e:
        return e.msg
    raise AssertionError(f"compiled: {source[:200]}")


def raises(kind, function, text=None):
    """The call raises an exception of exactly this kind, with this text unless None."""
    try:
        result = function()
    except BaseException as e:
        if type(e) is not kind or text not in (None, str(e)):
            raise AssertionError(f"expected {kind.__name__}: {text}") from e
    else:
        raise AssertionError(f"{function} returned {result!r}, not {kind.__name__}: {text}")
