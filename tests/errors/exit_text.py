"""SystemExit with a text prints it to stderr and ends with status 1."""
import sys
print("before", flush=True)
sys.exit("a message to stderr")
