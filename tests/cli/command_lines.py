"""Command lines by the hundred: what an option sets, what it refuses and in which words, as python3.11."""
import os
import re

from _both import KRAIT, REFERENCE, finish, same

SHOW = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data/what_is_set.py")
# sets: each with SHOW behind it
SETS = """
-b|-bb|-bbb|-B|-d|-ddd|-E|-I|-i|-O|-OO|-OOO|-P|-q|-R|-s|-S|-t|-u|-x|-bB|-BOEs|-IP|-sSE|-OqO|-dR
-Wignore|-W ignore|-bWerror|-W error -W ignore|-Werror -b -Wonce|-X dev|-Xdev|-X dev -b
-X dev -W error -bb|-X dev=0|-X dev=|-X devel|-X utf8|-X utf8=1|-X utf8=0|-X utf8=0 -X utf8=1
-X utf8=1 -X utf8=0|-X unknown|-X unknown=some=thing|-X a=1 -X a|-X a=|-X =|-X =b|-b -X dev -I
-X int_max_str_digits=0|-X int_max_str_digits=640
-X int_max_str_digits=5000 -X int_max_str_digits=700|-X pycache_prefix=/tmp/p|-X pycache_prefix
-X pycache_prefix=|-X pycache_prefix=/tmp/p -X pycache_prefix=/tmp/q|-X warn_default_encoding
-X warn_default_encoding=0|-X no_debug_ranges|-X no_debug_ranges=0|-X faulthandler|-X faulthandler=0
-X frozen_modules=off|-X frozen_modules=on|-X showrefcount|-X tracemalloc_|-X importtime_
--check-hash-based-pycs always|--check-hash-based-pycs never|--check-hash-based-pycs default -b
-EX dev|-bX dev -O
"""
# given as they are: refusals, ends of the list of options, questions
WHOLE = """
-Q|-bQ|-Qb|--nope|--|-- -|---|--help-|--helpx|--versions|--version=1|--help=1
--check-hash-based-pycs|--check-hash-based-pycs sometimes|-J|-bJ|-c|-m|-W|-X|-bc|-bX|-OW|-z -V|-V -z
-V|--version|-V -c 1/0|-c pass -V|-V --nope|--version --nope|-V -c|-X utf8=2|-X utf8=|-X utf8=2 -Q
-Q -X utf8=2|-X int_max_str_digits|-X int_max_str_digits=|-X int_max_str_digits=1
-X int_max_str_digits=-1|-X int_max_str_digits=x|-X int_max_str_digits=5000x
-X int_max_str_digits=99999999999999|-X int_max_str_digits=1 -Q|-X utf8=x -V
-X int_max_str_digits=1 -V|-E -X utf8=3|-é|-1|-,|-=|-b-|-b -|-|-c pass -Q|-mno_such_module_ -Q
-cpass|-c pass --nope|-Wa|-W no:such -c pass|-W error::NoSuch -c pass|-W a:b:c:d:e:f -c pass
-W ignore:::: -c pass|-W error:::0:x -c pass|-W error::::x -c pass|-X|-XX|-X -V|-W -V|-W -Q|-m -Q
no_such_file_|no_such_file_ -Q|-c import(sys)|-- -c|-- --nope|-- no_such_file_|-b -- no_such_file_
-c import_sys -bQ|-X tracemalloc=x|-X tracemalloc=-1|-X frozen_modules=maybe|-X frozen_modules=
"""
# variables: NAME=VALUE … options, and SHOW behind them
VARIABLES = """
PYTHONDEBUG=1|PYTHONDEBUG=0|PYTHONDEBUG=x|PYTHONDEBUG=3 -d|PYTHONDEBUG=-1|PYTHONINSPECT=0
PYTHONOPTIMIZE=2|PYTHONOPTIMIZE=2 -O|PYTHONOPTIMIZE=x|PYTHONOPTIMIZE=99999999999|PYTHONOPTIMIZE=2x
PYTHONOPTIMIZE=2 -E|PYTHONOPTIMIZE=1 -I|PYTHONDONTWRITEBYTECODE=0|PYTHONDONTWRITEBYTECODE=1
PYTHONDONTWRITEBYTECODE=y -E|PYTHONDONTWRITEBYTECODE=|PYTHONUNBUFFERED=1|PYTHONNOUSERSITE=0
PYTHONNOUSERSITE=1|PYTHONNOUSERSITE=1 -E|PYTHONSAFEPATH=0|PYTHONSAFEPATH=1|PYTHONSAFEPATH=1 -E
PYTHONDEVMODE=0|PYTHONDEVMODE=1|PYTHONDEVMODE=|PYTHONDEVMODE=1 -E|PYTHONDEVMODE=1 -W error
PYTHONWARNINGS=error|PYTHONWARNINGS=error,ignore -W once
PYTHONWARNINGS=error,ignore -bb -X dev -W once|PYTHONWARNINGS=,,error,
PYTHONWARNINGS=error -E -W once|PYTHONWARNINGS=error -W error
PYTHONWARNINGS=once,once -W once -W once|PYTHONWARNINGS=default -X dev|PYTHONUTF8=0|PYTHONUTF8=1
PYTHONUTF8=1 -E|PYTHONUTF8=0 -X utf8|PYTHONUTF8=1 -X utf8=0|PYTHONUTF8=x -X utf8|PYTHONUTF8=x
PYTHONUTF8=x -E|PYTHONUTF8=|PYTHONHASHSEED=0|PYTHONHASHSEED=random|PYTHONHASHSEED=5
PYTHONHASHSEED=5 -R|PYTHONHASHSEED=0 -R|PYTHONHASHSEED=x|PYTHONHASHSEED=-1|PYTHONHASHSEED=4294967296
PYTHONHASHSEED=x -R|PYTHONHASHSEED=x -E|PYTHONHASHSEED=|PYTHONINTMAXSTRDIGITS=0
PYTHONINTMAXSTRDIGITS=700|PYTHONINTMAXSTRDIGITS=1|PYTHONINTMAXSTRDIGITS=x
PYTHONINTMAXSTRDIGITS=1 -X int_max_str_digits=700
PYTHONINTMAXSTRDIGITS=700 -X int_max_str_digits=800|PYTHONINTMAXSTRDIGITS=1 -E
PYTHONPYCACHEPREFIX=/tmp/p|PYTHONPYCACHEPREFIX=/tmp/p -X pycache_prefix=/tmp/q
PYTHONPYCACHEPREFIX=/tmp/p -X pycache_prefix|PYTHONPYCACHEPREFIX=/tmp/p -X pycache_prefix=
PYTHONPYCACHEPREFIX=/tmp/p -I|PYTHONWARNDEFAULTENCODING=0|PYTHONWARNDEFAULTENCODING=1 -E
PYTHONNODEBUGRANGES=0|PYTHONFAULTHANDLER=0|PYTHONFAULTHANDLER=1 -I|PYTHONVERBOSE=0
PYTHONHASHSEED=x PYTHONUTF8=x|PYTHONHASHSEED=x PYTHONINTMAXSTRDIGITS=x
PYTHONHASHSEED=x -X int_max_str_digits=x
"""


def cases(table):
    return [case.split() for line in table.split("\n") if line for case in line.split("|")]


def edit(text):
    """Names of the programs, addresses and the version's build are their own."""
    text = text.replace(KRAIT, "PROGRAM").replace(REFERENCE, "PROGRAM").replace("`krait -h'", "`python -h'")
    text = re.sub(r" \(Krait [^)\n]*\)(?=\n|$)", "", text)
    return re.sub(r"\b0x[0-9a-f]+", "0x", text)


for case in cases(SETS):
    same([*case, SHOW, "x", "-Q"], edit=edit)
for case in cases(WHOLE):
    same(case, edit=edit)
for case in cases(VARIABLES):
    same([*[word for word in case if not word.startswith("PYTHON")], SHOW],
         env=dict(word.split("=", 1) for word in case if word.startswith("PYTHON")), edit=edit)
finish()
