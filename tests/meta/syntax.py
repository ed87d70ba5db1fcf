"""Trees and syntax errors equal CPython's: a sample of tests/tools/compare_ast.py and compare_errors.py."""
# modes: reference cold
import os
import pathlib
import sys
import sysconfig

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))
import compare_ast
import compare_errors


def main():
    tool = pathlib.Path(os.environ.get("KRAIT", ROOT / "build" / "krait")).parent / "tools" / "syntax_tool"
    if not tool.exists():
        print(f"{tool} is not there: build the target unit")
        return 1
    library = pathlib.Path(sysconfig.get_path("stdlib"))
    files = sorted(library.glob("*.py"))[::6] + [library / "test" / name for name in
                                                 ("test_patma.py", "test_fstring.py", "test_grammar.py")]
    sys.argv = ["compare_ast", "--blob", str(tool), *map(str, files)]
    bad = compare_ast.main()
    sys.argv = ["compare_errors", str(tool), "deletions"]
    return 1 if bad + compare_errors.main() else 0


if __name__ == "__main__":
    sys.exit(main())
