# modes: reference cold switch asan
"""What processes tell each other through, by each way to start them: queues, pipes, locks of all kinds,
values and arrays in shared memory."""
import ctypes
import multiprocessing
import multiprocessing.connection
import os
import queue
import time


def echo(connection, more):
    """Sends back what it gets, until None."""
    while True:
        try:
            message = connection.recv()
        except EOFError:
            break
        connection.send(("back", message))
        if message is None:
            break
    connection.send_bytes(b"raw \0 bytes" * more)
    connection.close()


def work(tasks, results):
    for task in iter(tasks.get, None):
        results.put((task, task * 2))
        tasks.task_done()
    tasks.task_done()


def count_up(value, array, lock, times):
    for _ in range(times):
        with lock:
            value.value += 1
        with array.get_lock():
            array[0] += 1


def hold(lock, taken, leave):
    lock.acquire()
    taken.set()
    leave.wait(60)
    lock.release()


def meet(barrier, answers):
    answers.put(barrier.wait(60))


def wait_for_turn(condition, turns, me, order):
    with condition:
        assert condition.wait_for(lambda: turns.value == me, 60)
        order[turns.value] = me
        turns.value += 1
        condition.notify_all()


def set_fields(point, text):
    point.x, point.y = 3, 4.5
    text.value = b"from there"


class Point(ctypes.Structure):
    _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_double)]


def raises(kind, call, *arguments):
    try:
        call(*arguments)
    except kind:
        return True
    return False


def start(context, target, *arguments):
    process = context.Process(target=target, args=arguments)
    process.start()
    return process


def end(*processes):
    for process in processes:
        process.join(60)
        assert process.exitcode == 0, process


def try_pipes(context):
    here, there = context.Pipe()
    process = start(context, echo, there, 100000)
    there.close()
    for message in 1, "text", [1, {"a": (2.5, b"x")}], b"y" * 300000, None:
        here.send(message)
        assert here.poll(60) and here.recv() == ("back", message)
    assert here.recv_bytes() == b"raw \0 bytes" * 100000
    end(process)
    assert raises(EOFError, here.recv) and here.closed is False
    here.close()
    assert raises(OSError, here.send, 1)
    reader, writer = context.Pipe(duplex=False)
    assert raises(OSError, reader.send, 1) and raises(OSError, writer.recv) and not reader.poll()
    writer.send_bytes(b"0123456789", 2, 5)
    buffer = bytearray(8)
    assert multiprocessing.connection.wait([reader], 60) == [reader]
    assert reader.recv_bytes_into(buffer, 1) == 5 and buffer == b"\x0023456\0\0"
    writer.send_bytes(b"x" * 20)
    assert raises(multiprocessing.BufferTooShort, reader.recv_bytes_into, buffer)
    assert multiprocessing.connection.wait([reader], 0.01) == []


def try_queues(context):
    tasks, results = context.JoinableQueue(), context.Queue()
    processes = [start(context, work, tasks, results) for _ in range(2)]
    for i in range(20):
        tasks.put(i)
    tasks.join()
    assert sorted(results.get(timeout=60) for _ in range(20)) == [(i, i * 2) for i in range(20)]
    for _ in processes:
        tasks.put(None)
    end(*processes)
    assert raises(queue.Empty, results.get_nowait) and raises(queue.Empty, results.get, True, 0.01)
    small = context.Queue(2)
    small.put(1)
    small.put(2)
    assert raises(queue.Full, small.put_nowait, 3) and raises(queue.Full, small.put, 3, True, 0.01)
    assert small.get(timeout=60) == 1 and small.get(timeout=60) == 2 and small.empty()
    small.close()
    assert raises(ValueError, small.put, 1)
    small.join_thread()
    simple = context.SimpleQueue()
    simple.put([1])
    assert not simple.empty() and simple.get() == [1] and simple.empty()


def try_locks(context):
    value, array, lock = context.Value("i", 0, lock=False), context.Array("l", [0, 7]), context.Lock()
    end(*[start(context, count_up, value, array, lock, 300) for _ in range(3)])
    assert value.value == 900 and array[:] == [900, 7]
    taken, leave = context.Event(), context.Event()
    for make in context.Lock, context.RLock, context.Semaphore, context.BoundedSemaphore:
        lock = make()
        taken.clear()
        leave.clear()
        process = start(context, hold, lock, taken, leave)
        assert taken.wait(60) and not lock.acquire(False) and not lock.acquire(timeout=0.01)
        leave.set()
        assert lock.acquire(timeout=60)
        lock.release()
        end(process)
    rlock = context.RLock()
    with rlock, rlock:
        assert repr(rlock) == "<RLock(MainProcess, 2)>"
    assert raises(AssertionError, rlock.release) and raises(ValueError, context.Lock().release)
    assert raises(ValueError, context.BoundedSemaphore(1).release)
    barrier, answers = context.Barrier(3), context.Queue()
    processes = [start(context, meet, barrier, answers) for _ in range(2)]
    mine = barrier.wait(60)
    assert sorted([mine] + [answers.get(timeout=60) for _ in range(2)]) == [0, 1, 2]
    end(*processes)
    condition, turns, order = context.Condition(), context.Value("i", 0), context.Array("i", [9] * 3)
    processes = [start(context, wait_for_turn, condition, turns, i, order) for i in (2, 0, 1)]
    end(*processes)
    assert order[:] == [0, 1, 2]


def try_values(context):
    point, text = context.Value(Point, 1, 2.5), context.Array("c", 20)
    assert (point.x, point.y) == (1, 2.5)
    end(start(context, set_fields, point, text))
    assert (point.x, point.y, text.value) == (3, 4.5, b"from there")
    raw = context.RawArray("d", 3)
    raw[1:] = [1.5, 2.5]
    assert list(raw) == [0.0, 1.5, 2.5] and raises(IndexError, lambda: raw[3])


def leave_with(code):
    os._exit(code)


def fail():
    import sys
    sys.stderr = open(os.devnull, "w")
    raise KeyError("told on stderr")


def try_processes(context):
    process = start(context, time.sleep, 1000)
    assert process.is_alive() and process.exitcode is None and not process.join(0.01)
    process.terminate()
    process.join(60)
    assert process.exitcode == -15 and not process.is_alive()
    process.close()
    assert raises(ValueError, process.is_alive)
    for target, arguments, code in (leave_with, (7,), 7), (fail, (), 1):
        process = start(context, target, *arguments)
        process.join(60)
        assert process.exitcode == code
    process = start(context, time.sleep, 1000)
    process.kill()
    assert multiprocessing.connection.wait([process.sentinel], 60) == [process.sentinel]
    process.join()
    assert process.exitcode == -9


if __name__ == "__main__":
    for way in multiprocessing.get_all_start_methods():
        for part in try_pipes, try_queues, try_locks, try_values, try_processes:
            part(multiprocessing.get_context(way))
