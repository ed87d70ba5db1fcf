"""AddressSanitizer sees inside the heap: reads of swept and freed cells, of what no cell was made from yet,
and past the size asked for end with a report (vm/memory/heap.h). The heap and shapes are built with the
sanitizer here, below a small program (poison.c)."""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FLAGS = [
    "-std=gnu17", "-O1", "-g1", "-D_GNU_SOURCE", "-DKRAIT_CHECKS=3", "-UNDEBUG", "-fsanitize=address", "-w",
    "-fno-strict-aliasing", "-fno-omit-frame-pointer", "-I", ROOT]
CASES = 13


def main():
    compiler = shutil.which("gcc") or shutil.which("cc")
    library = os.path.join(ROOT, "build", "libkrait_vm.a")
    if not compiler or not os.path.exists(library):
        print("no compiler, or nothing is built: not checked")
        return 0
    sources = glob.glob(f"{ROOT}/vm/memory/*.c") + glob.glob(
        f"{ROOT}/vm/shapes/*.c") + [f"{ROOT}/vm/base/check.c", f"{ROOT}/tests/meta/poison.c"]
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "poison")
        # what the library has is for the names that the heap knows; nothing of it runs
        built = subprocess.run(
            [
                compiler, *FLAGS, *sources, "-o", program, "-Wl,--unresolved-symbols=ignore-all", "-no-pie",
                library, os.path.join(ROOT, "build", "libkrait_base.a"), "-lm", "-lpthread", "-ldl"],
            text=True,
            capture_output=True)
        if built.returncode:
            print(built.stderr[-3000:])
            return 1
        env = {
            **os.environ,
            "ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0:allocator_may_return_null=1"}
        wrong = 0
        for case in range(CASES + 1):
            done = subprocess.run([program, str(case)], text=True, capture_output=True, env=env)
            reported = done.returncode != 0 and "use-after-poison" in done.stderr
            if reported != (case > 0) or (case == 0 and done.returncode):
                wrong += 1
                print(f"case {case} of poison.c: status {done.returncode}\n{done.stderr[:1500]}")
    print(f"{CASES} accesses, {wrong} answers wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
