# modes: reference cold switch asan
"""Memory that processes share: blocks by name, lists in them, and the manager that frees them, by each way to
start a process."""
import multiprocessing
from multiprocessing.managers import SharedMemoryManager
from multiprocessing.shared_memory import ShareableList, SharedMemory


def change(name, size):
    block = SharedMemory(name)
    assert block.size >= size and bytes(block.buf[:5]) == b"hello"
    block.buf[:5] = b"there"
    block.buf[-1] = 255
    block.close()


def change_list(items):
    items[0] += 1
    items[3] = "short"
    items[5] = None
    items.shm.close()


def raises(kind, call, *arguments):
    try:
        call(*arguments)
    except kind as e:
        return str(e)
    raise AssertionError("no error")


def run(context, target, *arguments):
    process = context.Process(target=target, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode == 0


def try_way(context):
    block = SharedMemory(create=True, size=1000)
    try:
        assert block.size >= 1000 and block.name.startswith("psm_") and bytes(block.buf[:10]) == bytes(10)
        block.buf[:5] = b"hello"
        run(context, change, block.name, 1000)
        assert bytes(block.buf[:6]) == b"there\0" and block.buf[block.size - 1] == 255
        assert "exists" in raises(FileExistsError, SharedMemory, block.name, True, 10)
        same = SharedMemory(block.name)
        same.buf[2] = ord("E")
        assert bytes(block.buf[:5]) == b"thEre"
        assert repr(same) == f"SharedMemory({block.name!r}, size={block.size})"
        same.close()
        assert same.buf is None
    finally:
        block.close()
        block.unlink()
    raises(FileNotFoundError, SharedMemory, block.name)

    items = ShareableList([1, 2.5, True, "a text", b"bytes", None, -2 ** 60])
    try:
        assert list(items) == [1, 2.5, True, "a text", b"bytes", None, -2 ** 60] and len(items) == 7
        run(context, change_list, items)
        assert items[0] == 2 and items[3] == "short" and items[5] is None
        assert items.count(True) == 1 and items.index(b"bytes") == 4
        assert "exceeds available storage" in raises(ValueError, items.__setitem__, 3, "x" * 50)
        assert raises(IndexError, lambda: items[7]) == "index out of range"
        twin = ShareableList(name=items.shm.name)
        twin[1] = 9.75
        assert items[1] == 9.75
        twin.shm.close()
    finally:
        items.shm.close()
        items.shm.unlink()

    with SharedMemoryManager(ctx=context) as manager:
        block, items = manager.SharedMemory(100), manager.ShareableList(range(4))
        block.buf[:5] = b"hello"
        run(context, change, block.name, 100)
        assert bytes(block.buf[:5]) == b"there" and list(items) == [0, 1, 2, 3]
        name = block.name
        block.close()
        items.shm.close()
    raises(FileNotFoundError, SharedMemory, name)


if __name__ == "__main__":
    assert raises(ValueError, SharedMemory, None, True, -1) == "'size' must be a positive integer"
    assert raises(ValueError, SharedMemory, None, True, 0).endswith("different from zero")
    for way in multiprocessing.get_all_start_methods():
        try_way(multiprocessing.get_context(way))
