"""Syntax errors: imports. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "import", "import a.b as c.d", "import a as", "import a,", "import a b", "from a import",
    "from a import b,", "from a import (b, c", "from a import b c", "from a import *, b", "from import b",
    "from . import", "from a import (b as c.d)", "import (a)", "import *", "from a import 1",
    "def f():\n  from a import *", "from __future__ import nothing",
    "x = 1\nfrom __future__ import division", "from __future__ import braces", "from a.1 import b"]
show(SOURCES)
