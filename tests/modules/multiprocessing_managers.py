# modes: reference cold switch asan
"""Managers: objects that live in a process of their own, their proxies here and in other processes,
classes of the program registered, errors of the other side, and a server that is reached by its address."""
import multiprocessing
import queue
from multiprocessing.managers import AcquirerProxy, BaseManager, NamespaceProxy


class Counter:
    def __init__(self, start=0):
        self.count = start

    def add(self, n=1):
        self.count += n
        return self.count

    def fail(self):
        raise LookupError("of the other side")

    def items(self):
        return iter(range(self.count))

    def _hidden(self):
        return "hidden"


class OurManager(BaseManager):
    pass


class Client(BaseManager):
    pass


shared_queue = queue.Queue()


def get_queue():
    return shared_queue


OurManager.register("Counter", Counter, method_to_typeid={"items": "Iterator"})
OurManager.register("Iterator", proxytype=multiprocessing.managers.IteratorProxy, create_method=False)
OurManager.register("get_queue", callable=get_queue)
Client.register("get_queue")


def fill(numbers, table, space, lock, counter):
    with lock:
        numbers.append(len(numbers))
        table["from"] = multiprocessing.current_process().name
        space.x += 1
        counter.value += 5


def answer(address):
    manager = Client(address=address, authkey=b"secret")
    manager.connect()
    there = manager.get_queue()
    there.put(there.get() * 2)


def error_of(call, *arguments):
    try:
        call(*arguments)
    except Exception as e:
        return e
    raise AssertionError("no error")


def run(context, target, *arguments):
    process = context.Process(target=target, args=arguments, name="child")
    process.start()
    process.join(60)
    assert process.exitcode == 0


def try_standard(context):
    with context.Manager() as manager:
        numbers, table = manager.list([5, 6]), manager.dict(a=1)
        space, lock, counter = manager.Namespace(), manager.Lock(), manager.Value("i", 0)
        space.x = 41
        run(context, fill, numbers, table, space, lock, counter)
        assert list(numbers) == [5, 6, 2] and table.copy() == {"a": 1, "from": "child"}
        assert space.x == 42 and counter.value == 5 and type(space) is NamespaceProxy
        numbers.extend([1, 2])
        numbers.sort(reverse=True)
        numbers[0] = 100
        del numbers[1]
        assert numbers[:] == [100, 2, 2, 1] and len(numbers) == 4 and 100 in numbers
        assert str(numbers) == "[100, 2, 2, 1]"
        assert numbers + [3] == [100, 2, 2, 1, 3] and numbers.index(2) == 1
        table.update(b=2)
        assert sorted(table.keys()) == ["a", "b", "from"] and table.pop("a") == 1 and table.get("zz", 0) == 0
        assert error_of(table.__getitem__, "no").args == ("no",)
        assert type(error_of(numbers.pop, 50)) is IndexError
        nested = manager.dict(inner=manager.list())
        nested["inner"].append("deep")
        assert nested["inner"][0] == "deep" and isinstance(lock, AcquirerProxy)
        there, event, array = manager.Queue(1), manager.Event(), manager.Array("i", [1, 2])
        there.put("x")
        assert there.full() and type(error_of(there.put, 1, False)) is queue.Full and there.get() == "x"
        assert type(error_of(there.get, True, 0.01)) is queue.Empty and not event.wait(0.01)
        event.set()
        array[1] = 9
        assert event.is_set() and list(array) == [1, 9]
        assert repr(numbers).startswith("<ListProxy object, typeid 'list'")
        with manager.Pool(1) as pool:
            assert pool.map(abs, [-1, -2]) == [1, 2] and pool.apply_async(abs, (-3,)).get(60) == 3
        assert lock.acquire(False) and not lock.acquire(False)
    assert isinstance(error_of(numbers.append, 1), (OSError, EOFError))


def try_own(context):
    with OurManager(ctx=context) as manager:
        counter = manager.Counter(start=2)
        assert counter.add() == 3 and counter.add(n=4) == 7 and list(counter.items()) == list(range(7))
        error = error_of(counter.fail)
        assert type(error) is LookupError and error.args == ("of the other side",)
        assert not hasattr(counter, "_hidden") and not hasattr(counter, "count")
        assert "_hidden" in str(error_of(counter._callmethod, "_hidden"))
        assert type(error_of(counter.add, "x")) is TypeError and counter.add() == 8
    manager = OurManager(address=("127.0.0.1", 0), authkey=b"secret", ctx=context)
    manager.start()
    there = manager.get_queue()
    there.put(21)
    run(context, answer, manager.address)
    assert there.get(timeout=60) == 42
    stranger = Client(address=manager.address, authkey=b"wrong")
    assert type(error_of(stranger.connect)) is multiprocessing.AuthenticationError
    manager.shutdown()


if __name__ == "__main__":
    for way in multiprocessing.get_all_start_methods():
        try_standard(multiprocessing.get_context(way))
        try_own(multiprocessing.get_context(way))
