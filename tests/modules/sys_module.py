"""sys: what programs look at; argv, path, modules, version, limits, hooks, streams."""
import sys

from _case import error

assert sys.version_info[:2] == (3, 11) and sys.version.startswith("3.11") and sys.hexversion >> 16 == 0x030B
assert sys.maxsize == 2 ** 63 - 1 and sys.byteorder == "little" and sys.platform == "linux"
assert sys.maxunicode == 0x10FFFF and sys.float_info.max == 1.7976931348623157e308
assert sys.float_info.dig == 15 and sys.int_info.default_max_str_digits == 4300
assert sys.hash_info.modulus == 2 ** 61 - 1 and sys.executable and isinstance(sys.path, list)
assert sys.argv[0].endswith("sys_module.py") and sys.getrecursionlimit() == 1000
assert sys.getdefaultencoding() == "utf-8" and sys.getfilesystemencoding() == "utf-8"
assert sys.flags.optimize == 0 and sys.implementation.name and sys.implementation.version[:2] == (3, 11)
assert "sys" in sys.builtin_module_names and sys.thread_info.name == "pthread" and sys.api_version == 1013
assert sys.copyright and sys.stdlib_module_names >= {"os", "re"}
assert sys.intern("ab" + "c") is sys.intern("abc") and sys.getsizeof(1) > 0
assert sys.getrefcount(object()) >= 0 and sys.exc_info() == (None, None, None)
assert sys.is_finalizing() is False and sys.get_int_max_str_digits() == 4300 and sys.version_info.major == 3
assert sys.version_info.releaselevel == "final" and sys.version_info >= (3, 11, 0)
assert repr(sys.version_info).startswith("sys.version_info(major=3, minor=11") and callable(sys.excepthook)
assert callable(sys.displayhook) and sys.stdout.fileno() == 1 and sys.stdin.fileno() == 0
assert sys.stderr.encoding and sys.__stdout__ is sys.stdout and sys.warnoptions is not None
assert sys.dont_write_bytecode in (True, False) and sys.prefix and sys.base_prefix and sys.orig_argv
assert sys.path_hooks is not None and len(sys.meta_path) >= 2
assert error(sys.setrecursionlimit, 0) == "ValueError: recursion limit must be greater or equal than 1"
assert error(sys.getsizeof) == "TypeError: getsizeof() missing required argument 'object' (pos 1)"
out = []
sys.displayhook(None)
old = sys.get_asyncgen_hooks()
assert old.firstiter is None and sys.getswitchinterval() == 0.005 and sys.call_tracing(len, ("ab",)) == 2
assert sys.getallocatedblocks() >= 0 and sys.audit("x") is None
try:
    sys.exit("text")
except SystemExit as e:
    assert e.code == "text"
