# modes: reference cold switch asan
"""Pools of processes, by each way to start them, and of threads: every way to give them work, errors on both
sides, workers that are replaced, and ends."""
import multiprocessing
import multiprocessing.pool
import os
import time

initial = None


def square(x):
    return x * x


def add(a, b=0, *, c=0):
    return a + b + c


def fail(x):
    raise ValueError("no", x)


def fail_at_three(x):
    if x == 3:
        raise LookupError(x)
    return x


def give_no_pickle(x):
    return lambda: x


def set_initial(value):
    global initial
    initial = value


def get_initial(x):
    return initial, x


def pid_of(x):
    time.sleep(0.001)
    return os.getpid()


def is_daemon(x):
    return multiprocessing.current_process().daemon


def error_of(call, *arguments):
    try:
        call(*arguments)
    except Exception as e:
        return e
    raise AssertionError("no error")


def try_pool(pool):
    assert pool.map(square, range(20)) == [i * i for i in range(20)] and pool.map(square, []) == []
    assert pool.map(square, range(7), chunksize=3) == [i * i for i in range(7)]
    assert pool.starmap(add, [(1, 2), (3,)]) == [3, 3]
    assert list(pool.imap(square, iter(range(10)), chunksize=4)) == [i * i for i in range(10)]
    assert sorted(pool.imap_unordered(square, range(10), 3)) == [i * i for i in range(10)]
    assert pool.apply(add, (1,), {"c": 5}) == 6
    assert pool.apply_async(add, (1, 2), {"c": 5}).get(60) == 8

    told = []
    pool.apply_async(square, (5,), callback=told.append).wait(60)
    pool.map_async(square, [1, 2], callback=told.append).wait(60)
    pool.starmap_async(add, [(1, 1)], callback=told.append).wait(60)
    failing = pool.apply_async(fail, (5,), callback=told.append, error_callback=lambda e: told.append(e.args))
    failing.wait(60)
    assert told == [25, [1, 4], [2], ("no", 5)], told
    assert failing.ready() and not failing.successful() and error_of(failing.get).args == ("no", 5)

    error = error_of(pool.map, fail, [1])
    assert type(error) is ValueError and error.args == ("no", 1)
    results = pool.imap(fail_at_three, range(5))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    assert error_of(next, results).args == (3,) and next(results) == 4
    assert type(error_of(next, results)) is StopIteration
    assert type(error_of(results.next, 1)) is StopIteration

    slow = pool.apply_async(time.sleep, (0.3,))
    assert type(error_of(slow.get, 0.01)) is multiprocessing.TimeoutError
    assert str(error_of(slow.successful)).endswith("not ready") and not slow.ready()
    assert slow.get(60) is None and slow.successful()


def try_way(context):
    with context.Pool(2, set_initial, ("set",)) as pool:
        try_pool(pool)
        assert pool.map(get_initial, [1, 2]) == [("set", 1), ("set", 2)]
        assert pool.map(is_daemon, [1]) == [True]
        cause = error_of(pool.apply, fail, (1,)).__cause__
        assert type(cause).__name__ == "RemoteTraceback" and "in fail" in str(cause)
        error = error_of(pool.apply, give_no_pickle, (1,))
        assert type(error) is multiprocessing.pool.MaybeEncodingError, error
        assert type(error_of(pool.apply, lambda: 1)).__name__ in ("PicklingError", "AttributeError")
        assert repr(pool) == "<multiprocessing.pool.Pool state=RUN pool_size=2>"
    assert "Pool not running" in str(error_of(pool.map, square, [1]))

    pool = context.Pool(1, maxtasksperchild=2)
    pids = pool.map(pid_of, range(6), chunksize=1)
    assert len(set(pids)) == 3 and os.getpid() not in pids, pids
    assert "Pool is still running" in str(error_of(pool.join))
    # with a size of its own: the library would divide by its workers, of which there is none just now, maybe
    waiting = pool.map_async(square, range(4), chunksize=1)
    pool.close()
    pool.join()
    assert waiting.get(0) == [0, 1, 4, 9] and repr(pool).endswith("state=CLOSE pool_size=1>")

    pool = context.Pool(2)
    pool.apply_async(time.sleep, (1000,))
    pool.terminate()
    pool.join()
    assert "Pool not running" in str(error_of(pool.apply_async, square, (1,)))


if __name__ == "__main__":
    with multiprocessing.pool.ThreadPool(2) as pool:
        try_pool(pool)
    assert "at least 1" in str(error_of(multiprocessing.Pool, 0))
    for way in multiprocessing.get_all_start_methods():
        try_way(multiprocessing.get_context(way))
