"""What a thread is showing, and how deep it tracks coroutines' origins, is its own."""
import sys
import threading
from collections import OrderedDict, UserList, defaultdict, deque
from functools import partial
from operator import itemgetter, methodcaller
from types import SimpleNamespace


class Slow:
    """Its repr lasts until another thread has shown the container that holds it."""

    def __init__(self):
        self.begun, self.end = threading.Event(), threading.Event()

    def __repr__(self):
        if threading.current_thread() is not threading.main_thread():
            self.begun.set()
            assert self.end.wait(60)
        return "slow"


CONTAINERS = {
    "list": lambda v: [v], "tuple": lambda v: (v,), "dict": lambda v: {1: v}, "deque": lambda v: deque([v]),
    "set": lambda v: {v}, "defaultdict": lambda v: defaultdict(v), "OrderedDict": lambda v: OrderedDict(a=v),
    "namespace": lambda v: SimpleNamespace(a=v), "partial": lambda v: partial(print, v),
    "itemgetter": lambda v: itemgetter(v), "methodcaller": lambda v: methodcaller("a", v),
    "values": lambda v: {1: v}.values(), "user": lambda v: UserList([v]),
}
Slow.__call__ = lambda self: None
for name, make in CONTAINERS.items():
    slow = Slow()
    container, texts = make(slow), []
    thread = threading.Thread(target=lambda: texts.append(repr(container)))
    thread.start()
    assert slow.begun.wait(60)
    texts.append(repr(container))
    slow.end.set()
    thread.join()
    assert texts[0] == texts[1] and "slow" in texts[0] and "..." not in texts[0], (name, texts)

# ---- origins of coroutines
depths = []
sys.set_coroutine_origin_tracking_depth(3)
thread = threading.Thread(target=lambda: depths.append(sys.get_coroutine_origin_tracking_depth()))
thread.start()
thread.join()
assert depths == [0] and sys.get_coroutine_origin_tracking_depth() == 3
sys.set_coroutine_origin_tracking_depth(0)
