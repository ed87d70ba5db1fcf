"""A .pyc beside its source is obeyed by the loader: what it says of its validity counts."""
import importlib.util
import marshal
import os
import py_compile
import sys
import tempfile

from _case import error


def case(name, got, expected):
    assert got == expected, (name, got, expected)


sys.dont_write_bytecode = False
Mode = py_compile.PycInvalidationMode


def write(path, text):
    with open(path, "w") as f:
        f.write(text)


def load(path):
    spec = importlib.util.spec_from_file_location("loaded", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.state


def read(path):
    with open(path, "rb") as f:
        return f.read()


def hash_says(folder):
    path = os.path.join(folder, "hashed.py")
    for mode, expected in ((Mode.UNCHECKED_HASH, "old"), (Mode.CHECKED_HASH, "new")):
        write(path, "state = 'old'")
        cached = py_compile.compile(path, invalidation_mode=mode)
        write(path, "state = 'new'")
        case(mode.name, load(path), expected)
        if mode is Mode.CHECKED_HASH:  # renewed, and still one that is checked
            case("renewed flags", read(cached)[4:8], b"\3\0\0\0")
            case("renewed hash", read(cached)[8:16], importlib.util.source_hash(b"state = 'new'"))


def times_say(folder):
    path = os.path.join(folder, "timed.py")
    write(path, "state = 'old'")
    cached = py_compile.compile(path, invalidation_mode=Mode.TIMESTAMP)
    old = read(cached)
    write(path, "state = 'newer'")
    case("stale", load(path), "newer")
    case("renewed", read(cached) != old, True)
    case("size", int.from_bytes(read(cached)[12:16], "little"), len("state = 'newer'"))


def damaged(folder):
    path = os.path.join(folder, "damaged.py")
    write(path, "state = 'source'")
    cached = py_compile.compile(path, invalidation_mode=Mode.TIMESTAMP)
    whole = read(cached)
    for length in (0, 3, 4, 7, 13):  # renewed without a word
        with open(cached, "wb") as f:
            f.write(whole[:length])
        case("cut at %d" % length, load(path), "source")
        case("renewed after %d" % length, len(read(cached)) > 16, True)
    for rest, kind in ((b"", EOFError), (b"<test>", EOFError), (marshal.dumps(b"abc"), ImportError)):
        with open(cached, "wb") as f:
            f.write(whole[:16] + rest)
        case(rest, error(load, path).partition(":")[0], kind.__name__)


def library_as_files():
    """The library's importlib has the program's magic number however it is imported."""
    names = ["importlib", "_frozen_importlib", "_frozen_importlib_external"]
    kept = {n: m for n, m in sys.modules.items() if n.partition(".")[0] in names}
    for name in kept:
        del sys.modules[name]
    sys.modules["_frozen_importlib"] = sys.modules["_frozen_importlib_external"] = None
    try:
        import importlib as plain
        case("another", plain is not kept["importlib"], True)
        case("magic", plain._bootstrap_external.MAGIC_NUMBER, kept["importlib.util"].MAGIC_NUMBER)
    finally:
        for name in [n for n in sys.modules if n.partition(".")[0] in names]:
            del sys.modules[name]
        sys.modules.update(kept)


with tempfile.TemporaryDirectory() as place:
    hash_says(place)
    times_say(place)
    damaged(place)
library_as_files()
