"""Syntax errors: with and async. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "with x\n  pass", "with x:\npass", "with x as 1: pass", "with x as f(): pass", "with: pass",
    "with (x as y, z as w)\n  pass", "with x as y, : pass", "with x as a + b: pass", "async with x: pass",
    "async for x in y: pass", "async def f()\n  pass", "def f():\n  await x",
    "def f():\n  async for x in y: pass", "def f():\n  async with x: pass",
    "def f():\n  [x async for x in y]", "async def f():\n  yield from x",
    "async def f():\n  return 1\n  yield 2", "async x = 1", "await = 1"]
show(SOURCES)
