/* help.c -- the texts of --help, --version and their relatives. */
#include <stdio.h>

#include "src/driver/command_line.h"

#ifndef KRAIT_VERSION
#define KRAIT_VERSION "0"
#define KRAIT_BUILD_KIND "unknown"
#define KRAIT_COMPILER "unknown"
#endif

void print_version_to(FILE *out) {
  fputs("Python 3.11.2 (Krait " KRAIT_VERSION ", " KRAIT_BUILD_KIND " build) [" KRAIT_COMPILER "]\n", out);
}

void print_version(int times) {
  if (times > 1) print_version_to(stdout);
  else puts("Python 3.11.2 (Krait " KRAIT_VERSION ")");
}

void print_help(const char *program) {
  printf("usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
  fputs("Runs a Python 3.11 program.\n\n"
        "What to run:\n"
        "file           a script, a folder or zip archive with __main__.py\n"
        "-c cmd         the text given (ends the list of options)\n"
        "-m mod         a module of the library or the module path, as a script (ends the list of options)\n"
        "-              standard input (default; a prompt if that is a terminal)\n"
        "arg ...        what the program finds in sys.argv[1:]\n"
        "cache CMD      the cache of compiled code: stats, verify, prune, warm DIR, bake DIR (unless a file has that name)\n\n"
        "Options, and the environment variables that do the same:\n"
        "-b             warn about str(bytes) and comparisons of bytes with str (-bb: raise)\n"
        "-B             write no compiled code to the cache; PYTHONDONTWRITEBYTECODE=x\n"
        "-d             debug output of the parser (accepted, no effect); PYTHONDEBUG=x\n"
        "-E             ignore the environment variables PYTHON* and KRAIT*\n"
        "-h, --help     this text; --help-env, --help-xoptions, --help-all tell more\n"
        "-i             prompt after the program has run; PYTHONINSPECT=x\n"
        "-I             isolated: implies -E, -s and -P\n"
        "-O             leave out assert statements, __debug__ is False; PYTHONOPTIMIZE=x\n"
        "-OO            -O and no docstrings\n"
        "-P             do not put the script's folder or the current one on sys.path; PYTHONSAFEPATH\n"
        "-q             no greeting at the prompt\n"
        "-s             no user site folder on sys.path; PYTHONNOUSERSITE\n"
        "-S             do not import site\n"
        "-u             standard output and error unbuffered; PYTHONUNBUFFERED=x\n"
        "-v             tell each import (-vv: and what was tried); PYTHONVERBOSE=x\n"
        "-V, --version  the version (-VV: and how it was built)\n"
        "-W arg         warning filter action:message:category:module:line; PYTHONWARNINGS=arg\n"
        "-x             skip the first line of the script\n"
        "-X opt         option of the implementation, see --help-xoptions\n"
        "--check-hash-based-pycs always|default|never\n"
        "               accepted; the cache always checks content\n"
        "--dump=tokens|ast|symbols|bytecode|image|threaded|ic|heap file\n"
        "               show what a stage of the compiler makes of a file\n",
        stdout);
}

void print_help_environment(void) {
  fputs("Environment variables:\n"
        "PYTHONPATH             folders to put on sys.path, separated by ':'\n"
        "PYTHONHOME             not used: see KRAIT_STDLIB\n"
        "PYTHONPYCACHEPREFIX    sys.pycache_prefix\n"
        "PYTHONSTARTUP          a file to run before the first prompt\n"
        "PYTHONHASHSEED         'random', or a number that makes hashes of str and bytes the same in every run\n"
        "PYTHONIOENCODING       encoding[:errors] of the standard streams\n"
        "PYTHONUTF8             1: UTF-8 mode\n"
        "PYTHONDEVMODE          development mode, as -X dev\n"
        "PYTHONBREAKPOINT       what breakpoint() calls; 0: nothing\n"
        "PYTHONINTMAXSTRDIGITS  limit of digits in int from and to text; 0: none\n"
        "PYTHONWARNDEFAULTENCODING, PYTHONNODEBUGRANGES, PYTHONFAULTHANDLER, PYTHONPROFILEIMPORTTIME\n"
        "                       as the -X options of like name\n"
        "PYTHONDEBUG, PYTHONDONTWRITEBYTECODE, PYTHONINSPECT, PYTHONNOUSERSITE, PYTHONOPTIMIZE, PYTHONSAFEPATH,\n"
        "PYTHONUNBUFFERED, PYTHONVERBOSE, PYTHONWARNINGS\n"
        "                       see the options in --help\n"
        "KRAIT_STDLIB           folder of the Python 3.11 library\n"
        "KRAIT_CACHE_DIR        folder of the cache of compiled code (default: $XDG_CACHE_HOME/krait or ~/.cache/krait)\n"
        "KRAIT_PACK             a file of compiled code made by krait cache bake, asked before the cache\n"
        "KRAIT_CACHE            how cached code is checked: checked (default), hash, unchecked, off\n"
        "KRAIT_GC_STRESS=N, KRAIT_GC_FAIL=N, KRAIT_GC_VERIFY=1\n"
        "                       for tests: collect at every N-th slow allocation, fail one, check the heap at each collection\n"
        "KRAIT_IC=miss|eager    for tests: inline caches are never used, or filled without what other sites have learned;\n"
        "         exhaust       the numbers that they compare are nearly used up\n"
        "-E and -I ignore all of these.\n",
        stdout);
}

void print_help_x_options(void) {
  fputs("Options of the implementation (-X name or -X name=value):\n"
        "-X dev                    development mode: more warnings and checks\n"
        "-X faulthandler           Python traceback on fatal signals\n"
        "-X importtime             how long each import took, on standard error\n"
        "-X int_max_str_digits=N   limit of digits in int from and to text; 0: none\n"
        "-X pycache_prefix=PATH    sys.pycache_prefix\n"
        "-X no_cache               compile every file, neither read nor write the cache\n"
        "-X no_debug_ranges        no column marks in tracebacks\n"
        "-X utf8[=0|1]             UTF-8 mode on or off\n"
        "-X warn_default_encoding  EncodingWarning where no encoding is given\n",
        stdout);
}
