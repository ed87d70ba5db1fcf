/* options.h -- what the command line and the environment ask for. The driver fills it in; sys.flags shows it. */
#ifndef KRAIT_OPTIONS_H
#define KRAIT_OPTIONS_H

#include <stdbool.h>

typedef struct Options {
  const char *command, *module, *script;  /* -c text, -m name, file (or folder, zip); all NULL: standard input */
  int argc;
  const char *const *argv;                /* what follows the program, command, module or script */
  int orig_argc;
  const char *const *orig_argv;           /* the whole command line */
  const char *executable;                 /* absolute path of this program, or NULL */
  bool inspect, interactive, ignore_environment, isolated, no_site, no_user_site, dont_write_bytecode, unbuffered, quiet,
       safe_path, dev_mode, warn_default_encoding, import_time, no_cache;
  int verbose, optimize, bytes_warning, debug;
  int utf8_mode;                          /* 0, 1 */
  int hash_randomization;                 /* 1 unless PYTHONHASHSEED=0 */
  bool dash;                              /* the script was given as "-" */
  int int_max_str_digits;                 /* -1: default */
  const char *const *warnings; int warning_count; /* sys.warnoptions: what -X dev, PYTHONWARNINGS, -W and -b say, in order */
  const char *const *xoptions; int xoption_count; /* -X */
  bool skip_first_line;                   /* -x */
  bool no_debug_ranges;                   /* -X no_debug_ranges */
  bool faulthandler;                      /* -X faulthandler */
  bool has_hash_seed;                     /* PYTHONHASHSEED is a number: hash_seed */
  unsigned hash_seed;
  const char *pycache_prefix;             /* -X pycache_prefix, PYTHONPYCACHEPREFIX, or NULL */
  const char *check_hash_based_pycs;      /* default, always, never */
} Options;

#endif
