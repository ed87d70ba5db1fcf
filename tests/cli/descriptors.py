"""Which descriptors a program finds open: those that it was given, and no others, before and after it
imports; so the lowest number is free for its first file, and closing all the others harms nothing."""
import os

from _both import finish, folder, same

place = folder()
LISTED = """import os
def listed():
    found = []
    for fd in range(1100):
        try:
            os.fstat(fd)
        except OSError:
            continue
        found.append(fd)
    return found
"""
with open(os.path.join(place, "listed.py"), "w") as f:
    f.write(LISTED)
with open(os.path.join(place, "late.py"), "w") as f:
    f.write("there = True\n")
PROGRAM = LISTED + """
import sys
sys.path.insert(0, '.')
print(listed(), os.open('/', os.O_RDONLY))
os.closerange(3, 1100)
import json, logging, listed as other
print(other.listed())
os.closerange(3, 1100)
inside = os.open('/tmp', os.O_RDONLY)
import decimal, late
print(inside, other.listed(), late.there)
"""
cache = {"KRAIT_CACHE_DIR": os.path.join(place, "cache")}
with open(os.path.join(place, "program.py"), "w") as f:
    f.write(PROGRAM)
for _ in range(3):  # the cache cold, then warm
    same(["program.py"], env=cache, cwd=place)
    same(["-c", PROGRAM], env=cache, cwd=place)
    same(["-S", "-c", PROGRAM], env=cache, cwd=place)

# a folder of the cache that is told from where the program starts is found from elsewhere
moving = "import os, sys; sys.path.insert(0, os.getcwd()); os.chdir('/'); import late; print(late.there)"
for _ in range(2):
    same(["-c", moving], env={"KRAIT_CACHE_DIR": "cache"}, cwd=place)

# standard streams that are closed stay closed
CHILD = ("import os, subprocess, sys\n"
         "def close(): [os.close(fd) for fd in (0, 2)]\n"
         "r, w = os.pipe()\n"
         "program = 'import os\\nfor fd in range(300):\\n try: os.fstat(fd)\\n except OSError: pass\\n'"
         " ' else: os.write(1, b\"%d \" % fd)'\n"
         "command = [sys.executable, '-c', program]\n"
         "print(subprocess.run(command, preexec_fn=close, capture_output=True).stdout)\n"
         "print(subprocess.run(command, pass_fds=[r, w], stdout=-1).stdout.split() == "
         "[b'0', b'1', b'2', b'%d' % r, b'%d' % w])\n")
same(["-c", CHILD], env=cache)
finish()
