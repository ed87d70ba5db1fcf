"""sys._getframe: the frames behind the one that asks."""
import sys

from _case import error


def outer():
    def inner():
        frame = sys._getframe()
        return frame.f_code.co_name, frame.f_back.f_code.co_name, frame.f_back.f_locals[
            "local"], sys._getframe(1).f_lineno
    local = 5
    return inner()


a = outer()
assert a[:3] == ("inner", "outer", 5)
assert error(sys._getframe, 1000) == "ValueError: call stack is not deep enough"
