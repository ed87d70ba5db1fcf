"""The micro benchmarks build and run to their end (each for a moment: figures of such a run mean nothing)."""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "build")

with open(os.path.join(BUILD, "CMakeCache.txt")) as f:
    if "LIB_BENCHMARK:FILEPATH=LIB_BENCHMARK-NOTFOUND" in f.read():
        subprocess.run(["cmake", "-S", ROOT, "-B", BUILD], stdout=subprocess.DEVNULL,
                       check=True)  # installed since, maybe
with open(os.path.join(BUILD, "CMakeCache.txt")) as f:
    if "LIB_BENCHMARK:FILEPATH=LIB_BENCHMARK-NOTFOUND" in f.read():
        print("Google Benchmark is not there")
        sys.exit(0)
done = subprocess.run(["cmake", "--build", BUILD, "--target", "micro"], stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT, text=True)
if done.returncode:
    sys.exit(done.stdout[-3000:])
done = subprocess.run([os.path.join(BUILD, "micro"), "--benchmark_min_time=0.0001",
                       "--benchmark_format=csv"], stdout=subprocess.PIPE,
                      stderr=subprocess.STDOUT, text=True, timeout=120)
rows = [line for line in done.stdout.splitlines() if line.count(",") >= 8][1:]
if done.returncode or len(rows) < 40 or "ERROR" in done.stdout or any(row.split(",")[3] == ""
        for row in rows):
    sys.exit(f"status {done.returncode}, {len(rows)} rows\n{done.stdout[-3000:]}")
