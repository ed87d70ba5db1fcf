"""A library that cannot be opened is an ImportError of the module that needs it, in the loader's words; what
can do without it goes on."""
import os
import subprocess

from _both import KRAIT, REFERENCE, expect, finish, folder

d = folder()
TEXT = """
try: import %s
except ImportError as e: print(e.name, e, sep="|")
"""
for module, file in ("_ssl", "libssl.so.3"), ("_ssl", "libcrypto.so.3"), ("_sqlite3", "libsqlite3.so.0"):
    place = os.path.join(d, module + file)
    os.mkdir(place)
    bogus = os.path.join(place, file)
    for content, words in (b"", "file too short"), (b"x" * 5000, "invalid ELF header"):
        with open(bogus, "wb") as f:
            f.write(content)
        env = dict(os.environ, LD_LIBRARY_PATH=place)
        for program in KRAIT, REFERENCE:
            done = subprocess.run([program, "-c", TEXT % module], capture_output=True, text=True, env=env)
            got = done.returncode, done.stdout, done.stderr
            expect(got == (0, f"{module}|{bogus}: {words}\n", ""), f"{program} {module} {file}: {got}")

# hashlib has what Krait has itself, and says of the rest that it is not there
place = os.path.join(d, "hash")
os.mkdir(place)
with open(os.path.join(place, "libcrypto.so.3"), "wb") as f:
    f.write(b"x" * 5000)
TEXT = """
import hashlib
print(hashlib.new("sha256", b"x" * 10**7).hexdigest()[:8], hashlib.md5().hexdigest()[:8])
for call in lambda: hashlib.new("ripemd160"), lambda: hashlib.scrypt(b"p", salt=b"s", n=2, r=8, p=1):
    try: call()
    except ValueError as e: print(e)
"""
done = subprocess.run([KRAIT, "-c", TEXT], capture_output=True, text=True,
                      env=dict(os.environ, LD_LIBRARY_PATH=place))
expect(done.stdout == "0c9a42b3 d41d8cd9\nunsupported hash type ripemd160\n"
       "scrypt needs libcrypto, which is not installed\n" and not done.stderr, f"hashlib: {done}")
finish()
