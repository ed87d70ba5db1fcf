def fail(): return 1 / 0  # the mark before it is shown, and moves the carets
fail()
