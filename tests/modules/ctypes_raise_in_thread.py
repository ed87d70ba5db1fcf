"""PyThreadState_SetAsyncExc, which programs call to end a thread: the exception comes at its next step."""
import ctypes
import threading
import time

raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc


class Stop(Exception):
    pass


def send(ident, exception):
    return raise_in(ctypes.c_ulong(ident), ctypes.py_object(exception) if exception else None)


for busy in False, True:
    begun, ends = threading.Event(), []

    def work():
        try:
            begun.set()
            while True:
                if not busy:
                    time.sleep(0.01)
        except Stop:
            ends.append("stopped")

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait()
    assert send(thread.ident, Stop) == 1
    thread.join(60)
    assert ends == ["stopped"]

assert send(1, Stop) == 0
caught = False
try:
    send(threading.get_ident(), Stop)
    for i in range(1000):
        pass
except Stop:
    caught = True
assert caught

# one that is taken back is not raised
begun, end, ends = threading.Event(), threading.Event(), []


def wait():
    begun.set()
    end.wait()
    ends.append("whole")


thread = threading.Thread(target=wait)
thread.start()
begun.wait()
assert send(thread.ident, Stop) == send(thread.ident, None) == 1
end.set()
thread.join()
assert ends == ["whole"]

try:
    ctypes.pythonapi.no_such_function
except AttributeError as error:
    assert "no_such_function" in str(error)
else:
    raise AssertionError
