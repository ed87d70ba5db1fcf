"""C files have the form that tests/tools/format gives them: .clang-format, and folded comments."""
import os
import subprocess
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.exit(subprocess.run([sys.executable, os.path.join(TESTS, "tools", "format"), "--check"]).returncode)
