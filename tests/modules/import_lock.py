"""The import lock: another thread waits until its owner has given it as often as it took it."""
import _imp
import threading

from _case import error

order = []


def take():
    _imp.acquire_lock()
    order.append("theirs")
    _imp.release_lock()


assert not _imp.lock_held()
assert error(_imp.release_lock) == "RuntimeError: not holding the import lock"
_imp.acquire_lock()
_imp.acquire_lock()
thread = threading.Thread(target=take)
thread.start()
_imp.release_lock()
thread.join(0.1)
assert thread.is_alive() and _imp.lock_held()
refused = []
other = threading.Thread(target=lambda: refused.append(error(_imp.release_lock)))
other.start()
other.join()
assert refused == ["RuntimeError: not holding the import lock"]
order.append("mine")
_imp.release_lock()
thread.join()
assert order == ["mine", "theirs"] and not _imp.lock_held()
