"""Objects behind weak references, with __del__, in cycles; streams, buffers and copies that nobody holds
are given back.
"""
# modes: reference cold warm switch
import collections
import copy
import io
import json
import pickle
import weakref

from _leaks import Plain, counter, kind, plain, run


# ---- references
@kind(100000)
def weak_references():
    weakref.ref(Plain(), lambda r: None)


@kind(50000)
def weak_dictionaries(table=weakref.WeakValueDictionary()):
    table[next(counter)] = Plain()


@kind(30000)
def finalizers():
    weakref.finalize(Plain(), len, "x")


class Dying:
    def __del__(self):
        self.again = 1


@kind(100000)
def objects_with_del():
    Dying()


@kind(100000)
def cycles():
    a, b = Plain(), Plain()
    a.b, b.a = b, a


@kind(100000)
def instances_in_dict_mode():
    p = Plain()
    p.__dict__["a b"] = p
    p.__dict__


# ---- data
@kind(30000)
def pickled():
    pickle.loads(pickle.dumps({"key%d" % next(counter): [1, Plain.__name__, 2.5]}))


@kind(50000)
def parsed_json():
    json.loads('{"key%d": [1, "a"]}' % next(counter))


@kind(50000)
def copies():
    copy.deepcopy([plain, {"a": 1}])


@kind(50000)
def views_and_buffers():
    with memoryview(bytearray(100)) as m, m[10:20] as n:
        n.tobytes()


@kind(5000)
def streams():
    io.TextIOWrapper(io.BufferedWriter(io.BytesIO())).write("abc")


@kind(10000)
def files():
    open("/dev/null", "w").write("x")


@kind(30)
def large_texts():
    text = "x" * 1000000
    text += "y" * next(counter)
    text.encode().decode("latin-1").replace("x", "z")


@kind(20000)
def ordered_and_counted():
    collections.OrderedDict.fromkeys(range(20)).popitem()
    collections.Counter("hello")
    collections.deque(range(100), 10)


@kind(20000)
def big_numbers():
    str(3 ** 300 + next(counter))


run()
