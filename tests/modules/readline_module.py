"""readline: the history, its files, hooks and completers, as far as it goes without a terminal."""
import os
import tempfile

import readline
import rlcompleter

from _case import error

history = lambda: [readline.get_history_item(i + 1) for i in range(readline.get_current_history_length())]
readline.clear_history()
for line in ("first", "second", "dritte Zeile äöü"):
    readline.add_history(line)
assert history() == ["first", "second", "dritte Zeile äöü"]
assert readline.get_history_item(0) is None and readline.get_history_item(4) is None
readline.replace_history_item(0, "replaced")
readline.remove_history_item(1)
assert history() == ["replaced", "dritte Zeile äöü"]
assert error(readline.remove_history_item, 9) == "ValueError: No history item at position 9"
assert error(readline.replace_history_item, -1, "x") == "ValueError: History index cannot be negative"
assert error(readline.add_history, 3) == "TypeError: bad argument type for built-in operation"
assert error(readline.add_history, "a\0b") == "ValueError: embedded null character"

# ---- files
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "history")
    assert error(readline.read_history_file, name).startswith("FileNotFoundError: [Errno 2]")
    assert error(readline.append_history_file, 1, name).startswith("FileNotFoundError: [Errno 2]")
    readline.write_history_file(name)
    readline.add_history("third")
    readline.append_history_file(1, name)
    readline.clear_history()
    assert history() == []
    readline.read_history_file(name)
    assert history() == ["replaced", "dritte Zeile äöü", "third"]
    assert error(readline.write_history_file, os.path.join(folder, "no", "x")).startswith("FileNotFoundError")
assert readline.get_history_length() == -1
readline.set_history_length(7)
assert readline.get_history_length() == 7

# ---- completion
complete = rlcompleter.Completer({"variable": 1}).complete
readline.set_completer(complete)
assert readline.get_completer() == complete and complete("varia", 0).startswith("variable")
readline.set_completer_delims(" x")
assert readline.get_completer_delims() == " x"
readline.set_completer()
assert readline.get_completer() is None
for name in ("completer", "startup_hook", "pre_input_hook", "completion_display_matches_hook"):
    assert error(getattr(readline, "set_" + name), 3) == f"TypeError: set_{name}(func): argument not callable"
assert readline.get_line_buffer() == "" and readline.get_begidx() == readline.get_endidx() == 0
