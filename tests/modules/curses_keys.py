"""curses: keys as numbers, names, characters and lines; those given back; none when nothing waits."""
import curses
import locale

from _case import error
from _screen import on_screen

locale.setlocale(locale.LC_ALL, "C.UTF-8")


def read():
    screen = curses.initscr()
    curses.cbreak()
    curses.noecho()
    screen.keypad(True)
    assert screen.getch() == ord("a")
    assert screen.getkey() == "KEY_UP" and screen.getch() == curses.KEY_UP
    assert screen.get_wch() == "€" and screen.get_wch() == curses.KEY_DOWN
    curses.echo()
    assert screen.getstr(0, 0) == b"line" and screen.instr(0, 0, 4) == b"line"
    assert screen.getstr(1, 0, 2) == b"tw"
    screen.nodelay(True)
    assert screen.getch() == -1 and error(screen.getkey) == error(screen.get_wch) == "error: no input"
    curses.ungetch("x")
    curses.ungetch(curses.KEY_F1)
    assert screen.getkey() == "KEY_F(1)" and screen.getkey() == "x"
    curses.unget_wch("é")
    assert screen.get_wch() == "é"
    assert error(curses.unget_wch, "ab") == "TypeError: expect str of length 1 or int, got a str of length 2"
    curses.mousemask(curses.ALL_MOUSE_EVENTS)
    curses.ungetmouse(1, 2, 3, 4, curses.BUTTON1_CLICKED)
    assert screen.getch() == curses.KEY_MOUSE and curses.getmouse() == (1, 2, 3, 4, curses.BUTTON1_CLICKED)
    assert error(curses.getmouse) == "error: getmouse() returned ERR"
    curses.endwin()


on_screen(read, b"a\x1bOA\x1bOA\xe2\x82\xac\x1bOBline\ntwo\b\n")
