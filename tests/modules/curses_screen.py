"""curses: what there is before a screen and with one, its size, its attributes, and its end."""
import curses

import _curses

from _case import error
from _screen import on_screen

assert issubclass(curses.error, Exception) and _curses.version == b"2.2" and curses.ncurses_version >= (5, 7)
assert error(curses.beep) == "error: must call initscr() first"
assert error(curses.tigetnum, "colors") == "error: must call (at least) setupterm() first"
assert error(curses.newwin, 1) == "TypeError: _curses.newwin requires 2 to 4 arguments"
assert not hasattr(_curses, "ACS_HLINE") and curses.KEY_F12 == curses.KEY_F0 + 12
assert error(curses.window) == "TypeError: cannot create '_curses.window' instances"


def screen():
    screen = curses.initscr()
    assert (curses.LINES, curses.COLS) == (_curses.LINES, _curses.COLS) == screen.getmaxyx() == (24, 80)
    assert curses.ACS_HLINE & curses.A_ALTCHARSET and curses.ACS_HLINE == _curses.ACS_HLINE
    assert error(curses.color_pair, 1) == "error: must call start_color() first"
    curses.start_color()
    assert curses.COLORS == 8 and curses.COLOR_PAIRS == 64 and curses.has_colors()
    curses.init_pair(1, curses.COLOR_RED, curses.COLOR_BLUE)
    assert curses.pair_content(1) == (1, 4) and curses.pair_number(curses.color_pair(1)) == 1
    assert error(curses.init_pair, 1, 9, 0) == "ValueError: Color number is greater than COLORS-1 (7)."
    assert error(curses.init_pair, 70000, 1, 0) == \
        "ValueError: Color pair is greater than COLOR_PAIRS-1 (63)."
    assert error(curses.color_content, -1) == "ValueError: Color number is less than 0."
    assert curses.tigetstr("cup") and curses.tigetstr("none") is None and curses.tigetflag("am") == 1
    assert curses.tparm(b"%p1%d;%p2%d", 3, 4) == b"3;4"
    assert curses.termname() == b"xterm" and curses.keyname(1) == b"^A" and curses.unctrl(2) == b"^B"
    assert curses.is_term_resized(10, 20)
    curses.resizeterm(10, 20)
    assert (curses.LINES, curses.COLS) == screen.getmaxyx() == (10, 20)
    assert not curses.isendwin()
    curses.endwin()
    assert curses.isendwin()


on_screen(screen)
