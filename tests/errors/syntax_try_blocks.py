"""Syntax errors: try blocks. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "try: pass", "try:\n  pass\nx = 1", "try:\n  pass\nexcept\n  pass", "try:\n  pass\nexcept:\npass",
    "try:\n  pass\nexcept:\n  pass\nexcept ValueError:\n  pass", "try:\n  pass\nexcept A, B:\n  pass",
    "try:\n  pass\nexcept A as 1:\n  pass", "try:\n  pass\nexcept A as b.c:\n  pass",
    "try:\n  pass\nfinally\n  pass", "try:\n  pass\nfinally:\npass", "try:\npass\nexcept: pass",
    "except: pass", "finally: pass", "try:\n  pass\nelse:\n  pass",
    "try:\n  pass\nexcept* A:\n  pass\nexcept B:\n  pass", "try:\n  pass\nexcept*:\n  pass",
    "try:\n  pass\nexcept A:\n  pass\nexcept* B:\n  pass", "try\n  pass"]
show(SOURCES)
