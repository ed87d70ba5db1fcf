"""curses: while a window waits for a key, other threads run and signals are heard."""
import curses
import signal
import threading
import time

from _case import error
from _screen import on_screen


def wait():
    screen = curses.initscr()
    runs = []

    def other():
        while len(runs) < 5:
            runs.append(len(runs))
            time.sleep(0.01)

    def heard(*ignored):
        thread.join()
        raise KeyError(len(runs))

    thread = threading.Thread(target=other)
    signal.signal(signal.SIGALRM, heard)
    for read in screen.getch, screen.getkey, screen.get_wch:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        if read == screen.getch:
            thread.start()
        assert error(read) == "KeyError: 5"
    curses.endwin()


on_screen(wait)
