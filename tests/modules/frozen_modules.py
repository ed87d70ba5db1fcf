# Frozen modules: what _imp says of them, what their import makes, and that tests may switch them off; the
# hash of sources in .pyc files.
import _imp
import contextlib
import importlib
import importlib.machinery
import importlib.util
import io
import marshal
import os
import sys
import warnings

from _case import raises

FROZEN = importlib.machinery.FrozenImporter
KINDS = {"__hello__": False, "__hello_alias__": False, "__phello_alias__": True,
        "__phello_alias__.spam": False,
         "__phello__": True, "__phello__.__init__": False, "__phello__.ham": True,
                 "__phello__.ham.__init__": False,
         "__phello__.ham.eggs": False, "__phello__.spam": False, "__hello_only__": False}
ORIGINS = {"__hello_alias__": "__hello__", "__phello_alias__": "__hello__",
        "__phello_alias__.spam": "__hello__",
           "__phello__.__init__": "<__phello__", "__phello__.ham.__init__": "<__phello__.ham",
           "__hello_only__": None}
assert set(KINDS) <= set(_imp._frozen_module_names())
for name, package in KINDS.items():
    assert _imp.is_frozen(name) is True and _imp.is_frozen_package(name) is package
    assert _imp.find_frozen(name) == (None, package, ORIGINS.get(name, name))
    assert type(_imp.find_frozen(name, withdata=True)[0]) is memoryview
    code = _imp.get_frozen_object(name)
    assert code.co_name == "<module>" and code.co_filename.startswith("<frozen ")
    assert _imp.get_frozen_object("another", marshal.dumps(code)).co_filename == code.co_filename


def output(function):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        function()
    return out.getvalue()


# ---- importing
import __hello__
import __phello__.ham.eggs
import __phello__.spam as spam

assert output(__hello__.main) == output(spam.main) == output(__phello__.main) == "Hello world!\n"
assert output(lambda: importlib.import_module("__hello_only__")) == "Hello world!\n"
assert __hello__.initialized is True and __hello__.TestFrozenUtf8_4.__doc__ == "\U0001f600"
assert repr(__hello__) == "<module '__hello__' (frozen)>"
library = os.path.dirname(os.__file__)
for module in __hello__, __phello__, spam, __phello__.ham.eggs:
    spec = module.__spec__
    assert spec.loader is module.__loader__ is FROZEN and spec.origin == "frozen" and not spec.has_location
    assert spec.loader_state.origname == module.__name__
assert __hello__.__file__ == spam.__file__.replace("__phello__/spam",
        "__hello__") == library + "/__hello__.py"
assert __phello__.__path__ == [library + "/__phello__"]
for module in "_frozen_importlib", "_frozen_importlib_external", "zipimport":
    assert __import__(module).__spec__.origin == "frozen" and sys.modules[module].__spec__.loader is FROZEN
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    assert FROZEN.find_module("__hello__") is FROZEN and FROZEN.find_module("nope") is None
assert FROZEN.is_package("__phello__") and FROZEN.get_code("__hello__").co_filename == "<frozen __hello__>"
assert FROZEN.get_source("__hello__") is None

# ---- without them
_imp._override_frozen_modules_for_tests(-1)
try:
    assert not _imp.is_frozen("__hello__") and _imp.find_frozen("__hello__") is None
    assert _imp.is_frozen("_frozen_importlib") and _imp.init_frozen("__hello__") is None
    raises(ImportError, lambda: _imp.get_frozen_object("__hello__"),
            "No such frozen object named '__hello__'")
    del sys.modules["__phello__.spam"]
    import __phello__.spam
    assert __phello__.spam is not spam and __phello__.spam.__spec__.loader is not FROZEN
finally:
    _imp._override_frozen_modules_for_tests(0)
assert _imp.is_frozen("__hello__")

# ---- refusals
for call in _imp.get_frozen_object, _imp.is_frozen_package:
    raises(ImportError, lambda: call("nope"), "No such frozen object named 'nope'")
    try:
        call("nope")
    except ImportError as e:
        assert e.name == "nope" and e.path is None
assert _imp.find_frozen("nope") is _imp.init_frozen("nope") is None and _imp.is_frozen("nope") is False
raises(TypeError, lambda: _imp.get_frozen_object("__hello__", 5),
       "get_frozen_object() argument 2 must be bytes, not int")
raises(TypeError, lambda: _imp.get_frozen_object("x", marshal.dumps(5)),
        "frozen object 'x' is not a code object")

# ---- init_frozen
for name in "__hello__", "__phello__":
    sys.modules.pop(name)
    module = _imp.init_frozen(name)
    assert module is sys.modules[name] and module.__origname__ == name and module.initialized
    assert getattr(module, "__path__", None) == ([] if name == "__phello__" else None)

# ---- SipHash with one round a word and three at the end
assert _imp.source_hash(42, b"hi") == b"\xfb\xd9G\x05\xaf$\x9b~"
assert _imp.source_hash(42, b"") == importlib.util._imp.source_hash(key=42, source=bytearray())
assert [_imp.source_hash(7, b"x" * n).hex() for n in (0, 7, 8, 9, 1000)] == [
    "8c312dcf1b73602f", "90506f026e709f10", "3817ed7a38b2b980", "7bf400e720cbdf8e", "4a9cfd168fa7cb18"]
raises(OverflowError, lambda: _imp.source_hash(1 << 63, b""), "Python int too large to convert to C long")
raises(TypeError, lambda: _imp.source_hash(1, "a"), "a bytes-like object is required, not 'str'")
