"""Writes hello_wheel-1.2-py3-none-any.whl: a package with a module, a file of data, a console script and
an entry point."""
import base64
import hashlib
import zipfile

FILES = {
    "hello_wheel/__init__.py": '''"""Greets."""
import importlib.metadata
import importlib.resources
import sys

__version__ = importlib.metadata.version("hello-wheel")


def main():
    text = importlib.resources.files(__name__).joinpath("greeting.txt").read_text("utf-8").strip()
    print(f"{text}, {' '.join(sys.argv[1:]) or 'world'}! ({__version__}, {__name__})")
    return len(sys.argv)
''',
    "hello_wheel/__main__.py": "import sys\nfrom . import main\nsys.exit(main())\n",
    "hello_wheel/greeting.txt": "Grüße\n",
    "hello_wheel-1.2.dist-info/METADATA": "Metadata-Version: 2.1\nName: hello-wheel\nVersion: 1.2\n"
    "Summary: Greets\n"
    "Requires-Python: >=3.8\n",
    "hello_wheel-1.2.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: by hand\n"
    "Root-Is-Purelib: true\nTag: py3-none-any\n",
    "hello_wheel-1.2.dist-info/entry_points.txt": "[console_scripts]\nhello = hello_wheel:main\n\n"
    "[greeters]\nplain = hello_wheel:main\n",
}


def row(name, text):
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(text.encode())}\n"


record = "hello_wheel-1.2.dist-info/RECORD"
with zipfile.ZipFile("hello_wheel-1.2-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
    for file, text in FILES.items():
        wheel.writestr(file, text)
    wheel.writestr(record, "".join(row(*item) for item in FILES.items()) + f"{record},,\n")
