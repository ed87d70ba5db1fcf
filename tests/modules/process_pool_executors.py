# modes: reference cold switch asan
"""ProcessPoolExecutor, by each way to start a process: results in order and as they come, errors with the
other side's traceback, work that is cancelled, workers that die, are replaced, or cannot start."""
import multiprocessing
import os
import signal
import time
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool

initial = None


def square(x):
    return x * x


def fail(x):
    raise KeyError("no", x)


def die(how):
    os.kill(os.getpid(), how)


def sleep(seconds):
    time.sleep(seconds)
    return seconds


def set_initial(value):
    global initial
    initial = value


def get_initial(_):
    return initial


def fail_to_start():
    import logging
    logging.disable()
    raise RuntimeError("at the start")


def pid(_):
    return os.getpid()


class NoPickle:
    def __reduce__(self):
        raise ZeroDivisionError("in pickle")


def give_no_pickle():
    return NoPickle()


def error_of(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except Exception as e:
        return e
    raise AssertionError("no error")


def try_way(context):
    named = {"mp_context": context, "initializer": set_initial, "initargs": ("set",)}
    with futures.ProcessPoolExecutor(2, **named) as pool:
        assert list(pool.map(square, range(30))) == [i * i for i in range(30)]
        assert list(pool.map(pow, [2, 3], [5, 2], chunksize=2)) == [32, 9]
        assert set(pool.map(get_initial, range(4))) == {"set"}
        waiting = {pool.submit(square, i): i for i in range(10)}
        assert all(f.result() == waiting[f] ** 2 for f in futures.as_completed(waiting, 60))
        failing = pool.submit(fail, 5)
        error = failing.exception(60)
        assert type(error) is KeyError and error.args == ("no", 5) and "in fail" in str(error.__cause__)
        results = pool.map(fail, [1, 2])
        assert error_of(next, results).args == ("no", 1) and type(error_of(next, results)) is StopIteration
        told = []
        pool.submit(square, 3).add_done_callback(lambda f: told.append(f.result()))
        done, rest = futures.wait([pool.submit(sleep, 0.01), failing], 60)
        assert len(done) == 2 and not rest and told == [9]
        slow = pool.submit(sleep, 0.3)
        assert type(error_of(slow.result, 0.01)) is TimeoutError and slow.result(60) == 0.3
        assert type(error_of(pool.submit(square, NoPickle()).result)) is ZeroDivisionError
        assert type(error_of(pool.submit(give_no_pickle).result)) is ZeroDivisionError
        assert pool.submit(square, 9).result() == 81
        many = [pool.submit(sleep, 0.2) for _ in range(8)]
        pool.shutdown(cancel_futures=True)
        assert type(error_of(pool.submit, square, 1)) is RuntimeError
        assert any(f.cancelled() for f in many) and all(f.done() for f in many)
        assert error_of(many[-1].result).__class__ is futures.CancelledError
    pool = futures.ProcessPoolExecutor(2, mp_context=context)
    other, dying = pool.submit(sleep, 5), pool.submit(die, signal.SIGKILL)
    assert type(dying.exception(60)) is BrokenProcessPool and type(other.exception(60)) is BrokenProcessPool
    assert "terminated abruptly" in str(dying.exception())
    assert type(error_of(pool.submit, square, 1)) is BrokenProcessPool
    pool.shutdown()
    with futures.ProcessPoolExecutor(1, mp_context=context, initializer=fail_to_start) as pool:
        assert type(error_of(pool.submit(square, 1).result)) is BrokenProcessPool
    if context.get_start_method() != "fork":
        with futures.ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=2) as pool:
            pids = [pool.submit(pid, i).result() for i in range(5)]
            assert len(set(pids)) == 3 and os.getpid() not in pids


if __name__ == "__main__":
    assert type(error_of(futures.ProcessPoolExecutor, 0)) is ValueError
    assert type(error_of(futures.ProcessPoolExecutor, 1, max_tasks_per_child=0)) is ValueError
    for way in multiprocessing.get_all_start_methods():
        try_way(multiprocessing.get_context(way))
