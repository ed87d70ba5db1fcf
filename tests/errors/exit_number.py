"""sys.exit(n) ends with that status, after the finally blocks."""
import sys
try:
    sys.exit(3)
finally:
    print("finally ran", flush=True)
