# multiprocessing's three ways to start a process: queues, pipes, pools, events, managers between them.
import multiprocessing
import os


def square_into(queue, x):
    queue.put((x * x, os.getpid()))


def square(x):
    return x * x


def tell(event, pipe):
    assert event.wait(20)
    pipe.send(("told", multiprocessing.current_process().name))
    pipe.close()


def fail(x):
    raise KeyError(x)


def try_way(context):
    queue = context.Queue()
    processes = [context.Process(target=square_into, args=(queue, i)) for i in range(3)]
    for process in processes:
        process.start()
    pairs = sorted(queue.get(timeout=20) for _ in processes)
    assert [square for square, _ in pairs] == [0, 1, 4]
    for process in processes:
        process.join(20)
    assert {pid for _, pid in pairs} == {process.pid for process in processes}
    assert [process.exitcode for process in processes] == [0, 0, 0]

    with context.Pool(2) as pool:
        assert pool.map(square, range(10)) == [i * i for i in range(10)]
        assert sorted(pool.imap_unordered(square, [1, 2, 3])) == [1, 4, 9]
        try:
            pool.apply(fail, (7,))
        except KeyError as e:
            assert e.args == (7,) and "in fail" in str(e.__cause__)
        else:
            assert False

    event = context.Event()
    here, there = context.Pipe()
    process = context.Process(target=tell, args=(event, there), name="teller")
    process.start()
    event.set()
    assert here.recv() == ("told", "teller")
    process.join(20)

    with context.Manager() as manager:
        shared = manager.dict(a=1)
        shared["b"] = [2]
        assert dict(shared) == {"a": 1, "b": [2]}


if __name__ == "__main__":
    for way in multiprocessing.get_all_start_methods():
        try_way(multiprocessing.get_context(way))
