# A virtual environment, pip from ensurepip, a wheel made here: installed, listed, run, checked, taken away.
unset PYTHONPATH PYTHONDONTWRITEBYTECODE KRAIT_SITE
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INDEX=1 PIP_NO_COLOR=1
plain() { sed -E "s|$PWD|HERE|g; s/(cpython|krait)-311/TAG/g"; }
$PY make_wheel.py
$PY -m venv place 2>&1 | plain
place/bin/pip install ./hello_wheel-1.2-py3-none-any.whl 2>&1 | plain
place/bin/pip list 2>&1
place/bin/pip show -f hello-wheel 2>&1 | plain
place/bin/hello; echo "status $?"
place/bin/hello to you; echo "status $?"
place/bin/python -m hello_wheel again; echo "status $?"
place/bin/python -c "
from importlib.metadata import entry_points, files, requires
print(entry_points(group='greeters'), sorted(map(str, files('hello-wheel')))[:5], requires('hello-wheel'))
import sys, hello_wheel
print(hello_wheel.__file__.startswith(sys.prefix), sys.prefix != sys.base_prefix)" | plain
place/bin/pip check 2>&1
place/bin/pip freeze 2>&1 | plain
place/bin/pip install not-there 2>&1 | plain
place/bin/pip uninstall -y hello-wheel 2>&1 | plain
place/bin/hello 2>&1 | plain | tail -1
place/bin/python -m pip list --format=json 2>&1
