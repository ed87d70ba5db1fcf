"""curses: windows: characters, strings and lines written and read back, parts of windows, files of them."""
import curses
import io

from _case import error
from _screen import on_screen


def write():
    screen = curses.initscr()
    window = curses.newwin(5, 20, 2, 3)
    assert window.getbegyx() == (2, 3) and window.getmaxyx() == (5, 20) and window.getparyx() == (-1, -1)
    window.addstr(1, 2, "hello")
    window.addnstr(b" world", 3)
    assert window.getyx() == (1, 10) and window.instr(1, 0, 10) == b"  hello wo"
    window.addch(0, 0, "a", curses.A_BOLD)
    window.addch(b"b")
    assert window.inch(0, 0) == ord("a") | curses.A_BOLD and window.inch(0, 1) == ord("b")
    window.insstr(0, 0, "xy")
    window.insch(0, 0, "z")
    assert window.instr(0, 0, 5) == b"zxyab"
    window.delch(0, 1)
    window.move(0, 0)
    assert window.instr(4) == b"zyab"
    window.hline(3, 0, "-", 4)
    window.vline(2, 7, ord("|"), 2)
    assert window.instr(3, 0, 8) == b"----   |"
    window.erase()
    window.border("l", "r", "t", "b", "1", "2", "3", "4")
    assert window.instr(0, 0, 3) == b"1tt" and window.instr(4, 18) == b"b4"
    assert window.is_wintouched() and window.is_linetouched(0)
    assert error(window.is_linetouched, 9) == "TypeError: is_linetouched: line number outside of boundaries"
    part = window.derwin(2, 3, 1, 1)
    part.addstr(0, 0, "in")
    assert window.instr(1, 1, 2) == b"in" and part.getparyx() == (1, 1) and part.getbegyx() == (3, 4)
    file = io.BytesIO()
    window.putwin(file)
    file.seek(0)
    assert curses.getwin(file).instr(1, 1, 2) == b"in"
    pad = curses.newpad(30, 100)
    assert error(pad.refresh) == "error: refresh() for a pad requires 6 arguments"
    pad.refresh(0, 0, 0, 0, 3, 3)
    screen.refresh()
    assert error(screen.refresh, 0, 0, 0, 0, 1, 1) == "TypeError: refresh() takes no arguments (6 given)"
    refused()
    curses.endwin()


def refused():
    window = curses.newwin(5, 20)
    assert error(window.addch, 9, 0, "a") == "error: add_wch() returned ERR"
    assert error(window.addch) == "TypeError: _curses.window.addch requires 1 to 4 arguments"
    assert error(window.addch, "ab") == \
        "TypeError: expect bytes or str of length 1, or int, got a str of length 2"
    assert error(window.addstr, 3) == "TypeError: expect bytes or str, got int"
    assert error(window.addstr, "a\0") == "ValueError: embedded null character"
    assert error(window.bkgd, -1) == "OverflowError: byte doesn't fit in chtype"
    assert error(window.move, 1) == "TypeError: y,x"
    assert error(window.nodelay) == "TypeError: True(1) or False(0)"
    assert error(window.instr, -1) == "ValueError: 'n' must be nonnegative"
    assert error(window.clear, 1) == "TypeError: window.clear() takes no arguments (1 given)"
    assert error(window.overlay, 1) == "TypeError: overlay() argument 1 must be _curses.window, not int"
    window.encoding = "latin-1"
    window.insch(0, 0, "é")
    assert error(window.insch, "€").startswith("UnicodeEncodeError: 'latin-1' codec can't encode")
    assert error(delattr, window, "encoding") == "TypeError: encoding may not be deleted"


on_screen(write)
