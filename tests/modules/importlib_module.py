"""importlib: import_module and find_spec."""
import importlib
import importlib.util

assert importlib.import_module("json.decoder").JSONDecoder and importlib.util.find_spec("os").name == "os"
