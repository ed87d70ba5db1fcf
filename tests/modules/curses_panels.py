"""curses.panel: the order of panels, their windows, objects of the user's, and their end."""
import curses
import curses.panel
import gc

from _case import error
from _screen import on_screen

assert error(curses.panel.top_panel) == "error: must call initscr() first"
assert error(curses.panel.new_panel, 3) == "TypeError: new_panel() argument must be _curses.window, not int"


def panels():
    curses.initscr()
    first, second = curses.newwin(3, 3, 0, 0), curses.newwin(3, 3, 1, 1)
    low, high = curses.panel.new_panel(first), curses.panel.new_panel(second)
    assert curses.panel.top_panel() is high and curses.panel.bottom_panel() is low
    assert low.above() is high and high.below() is low and high.above() is low.below() is None
    low.top()
    assert curses.panel.top_panel() is low
    low.bottom()
    assert not high.hidden()
    high.hide()
    assert high.hidden() and curses.panel.top_panel() is low
    high.show()
    high.move(2, 2)
    assert second.getbegyx() == (2, 2) and error(high.move, 99, 0) == "error: move_panel() returned ERR"
    assert high.window() is second
    third = curses.newwin(2, 2)
    high.replace(third)
    assert high.window() is third
    assert error(high.userptr) == "error: no userptr set"
    high.set_userptr("mine")
    assert high.userptr() == "mine"
    curses.panel.update_panels()
    curses.doupdate()
    del high, third
    gc.collect()
    assert curses.panel.top_panel() is low
    del low, first, second
    gc.collect()
    assert curses.panel.top_panel() is None
    assert error(curses.panel.panel) == "TypeError: cannot create '_curses_panel.panel' instances"
    curses.endwin()


on_screen(panels)
