import sys
print("before", flush=True)
sys.exit("a message to stderr")
