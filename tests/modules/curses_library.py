"""curses: the library's wrapper, text boxes and names of keys work on it."""
import curses
import curses.ascii
import curses.has_key
import curses.textpad

from _screen import on_screen


def main(screen, extra):
    assert extra == 5 and curses.has_key.has_key(curses.KEY_UP)
    window = curses.newwin(3, 10, 2, 2)
    curses.textpad.rectangle(screen, 1, 1, 5, 12)
    box = curses.textpad.Textbox(window)
    assert box.edit() == "hi there \nmore \n"
    return curses.ascii.unctrl(3)


def program():
    assert curses.wrapper(main, 5) == "^C" and curses.isendwin()


on_screen(program, b"hi there\nmore\x07")
