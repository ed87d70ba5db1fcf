"""os.ctermid names the controlling terminal."""
import os

assert os.ctermid() == "/dev/tty", os.ctermid()
