/* command_line.c -- see command_line.h. Options and their precedence are those of python3.11. */
#include "vm/base/memory.h"
#include "src/driver/command_line.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vm/base/utf8.h"

/* ---- lists that live as long as the process */
static void list_add(const char *const **list, int *count, const char *text) {
  const char **larger = memory_resize((void *)*list, sizeof *larger * ((size_t)*count + 1));
  if (!larger) exit(1);
  larger[(*count)++] = text;
  *list = larger;
}

static const char *join(const char *a, const char *b) {
  size_t n = strlen(a), m = strlen(b);
  char *text = memory_take(n + m + 1);
  if (!text) exit(1);
  memcpy(text, a, n);
  memcpy(text + n, b, m + 1);
  return text;
}

/* ---- options with a value */
static bool fail(CommandLine *line, int status) {
  line->status = status;
  return false;
}

static bool usage(CommandLine *line, const char *program) {
  fprintf(stderr, "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
  fputs("Try `krait -h' for more information.\n", stderr);
  return fail(line, 2);
}

static bool config_error(CommandLine *line, const char *message) {
  fprintf(stderr, "Fatal Python error: config_init: %s\nPython runtime state: preinitialized\n\n"
          "Current thread 0x%016lx (most recent call first):\n  <no Python frame>\n", message, (unsigned long)(uintptr_t)line);
  return fail(line, 1);
}

static bool parse_digits_limit(const char *text, int *out) {
  char *end;
  errno = 0;
  long n = strtol(text, &end, 10);
  if (!*text || *end || errno || n > INT_MAX || (n && n < 640)) return false;
  return *out = (int)n, true;
}

static bool set_x_option(CommandLine *line, const char *text) {
  Options *o = &line->options;
  list_add(&o->xoptions, &o->xoption_count, text);
  if (!strcmp(text, "dev")) o->dev_mode = true;
  else if (!strcmp(text, "utf8") || !strcmp(text, "utf8=1")) o->utf8_mode = 1;
  else if (!strcmp(text, "utf8=0")) o->utf8_mode = 0;
  else if (!strncmp(text, "utf8=", 5)) return config_error(line, "invalid -X utf8 option value");
  else if (!strcmp(text, "importtime")) o->import_time = true;
  else if (!strcmp(text, "faulthandler")) o->faulthandler = true;
  else if (!strcmp(text, "warn_default_encoding")) o->warn_default_encoding = true;
  else if (!strcmp(text, "no_debug_ranges")) o->no_debug_ranges = true;
  else if (!strcmp(text, "no_cache")) o->no_cache = true;
  else if (!strncmp(text, "pycache_prefix=", 15)) o->pycache_prefix = text[15] ? text + 15 : NULL;
  else if (!strncmp(text, "int_max_str_digits", 18)) {
    if (text[18] != '=' || !parse_digits_limit(text + 19, &o->int_max_str_digits))
      return config_error(line, "-X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.");
  }
  return true;
}

static bool set_long(CommandLine *line, const char *program, const char *name, char **argv, int argc, int *at) {
  Options *o = &line->options;
  if (!strcmp(name, "version")) return print_version(1), fail(line, 0);
  if (!strcmp(name, "help")) return print_help(program), fail(line, 0);
  if (!strcmp(name, "help-env")) return print_help_environment(), fail(line, 0);
  if (!strcmp(name, "help-xoptions")) return print_help_x_options(), fail(line, 0);
  if (!strcmp(name, "help-all")) {
    print_help(program);
    fputc('\n', stdout);
    print_help_environment();
    fputc('\n', stdout);
    print_help_x_options();
    return fail(line, 0);
  }
  if (!strncmp(name, "dump=", 5)) return line->dump = name + 5, true;
  if (!strcmp(name, "check-hash-based-pycs")) {
    const char *mode = ++*at < argc ? argv[*at] : NULL;
    if (!mode) {
      fprintf(stderr, "Argument expected for the --%s option\n", name);
      return usage(line, program);
    }
    if (strcmp(mode, "always") && strcmp(mode, "never") && strcmp(mode, "default")) {
      fputs("--check-hash-based-pycs must be one of 'default', 'always', or 'never'\n", stderr);
      return usage(line, program);
    }
    return o->check_hash_based_pycs = mode, true;
  }
  fprintf(stderr, "unknown option --%s\n", name);
  return usage(line, program);
}

static bool set_flag(CommandLine *line, char flag) {
  Options *o = &line->options;
  switch (flag) {
    case 'b': o->bytes_warning++; return true;
    case 'B': o->dont_write_bytecode = true; return true;
    case 'd': o->debug++; return true;
    case 'E': o->ignore_environment = true; return true;
    case 'i': o->inspect = o->interactive = true; return true;
    case 'I': o->isolated = o->ignore_environment = o->no_user_site = o->safe_path = true; return true;
    case 'O': o->optimize++; return true;
    case 'P': o->safe_path = true; return true;
    case 'q': o->quiet = true; return true;
    case 's': o->no_user_site = true; return true;
    case 'S': o->no_site = true; return true;
    case 'u': o->unbuffered = true; return true;
    case 'v': o->verbose++; return true;
    case 'x': o->skip_first_line = true; return true;
    case 'R': line->random_hashes = true; return true;
    case 't':
    case 'J': return true;
    default: return false;
  }
}

/* The options of one argument "-abc"; stops the walk (*done) at -c and -m. false: status is set. */
/* is_text: can the argument be decoded? The message is CPython's, for which the bytes that cannot are surrogates by now. */
static bool is_text(const char *text) {
  Utf8Error error;
  Utf8Scan scan = utf8_scan((const uint8_t *)text, strlen(text), &error);
  if (!error.reason) return true;
  fprintf(stderr, "Unable to decode the command from the command line:\nUnicodeEncodeError: 'utf-8' codec can't encode character "
                  "'\\udc%02x' in position %zu: surrogates not allowed\n", (uint8_t)text[error.start], scan.count);
  return false;
}

static bool parse_cluster(CommandLine *line, char **argv, int argc, int *at, int *versions, bool *done) {
  Options *o = &line->options;
  for (const char *p = argv[*at] + 1; *p; p++) {
    if (set_flag(line, *p)) continue;
    if (*p == 'h' || *p == '?') return print_help(argv[0]), fail(line, 0);
    if (*p == 'V') {
      ++*versions;
      continue;
    }
    if (!strchr("cmWX", *p)) {
      fprintf(stderr, "Unknown option: -%c\n", *p);
      return usage(line, argv[0]);
    }
    const char *value = p[1] ? p + 1 : ++*at < argc ? argv[*at] : NULL;
    if (!value) {
      fprintf(stderr, "Argument expected for the -%c option\n", *p);
      return usage(line, argv[0]);
    }
    if (*p == 'c') {
      if (!is_text(value)) return fail(line, 1);
      o->command = join(value, "\n"), *done = true;
    }
    else if (*p == 'm') o->module = value, *done = true;
    else if (*p == 'W') list_add(&o->warnings, &o->warning_count, value);
    else return set_x_option(line, value);
    return true;
  }
  return true;
}

/* ---- the environment */
static const char *environment(const Options *o, const char *name) {
  const char *value = o->ignore_environment ? NULL : getenv(name);
  return value && *value ? value : NULL;
}

/* CPython: a number greater than the flag sets it, any other text counts as 1. */
static void raise_flag(const Options *o, const char *name, int *flag) {
  const char *text = environment(o, name);
  if (!text) return;
  char *end;
  long n = strtol(text, &end, 10);
  int value = *end || n < 0 || n > INT_MAX ? 1 : (int)n;
  if (*flag < value) *flag = value;
}

static void set_flag_from(const Options *o, const char *name, bool *flag) {
  int value = *flag;
  raise_flag(o, name, &value);
  *flag = value != 0;
}

static bool read_hash_seed(CommandLine *line) {
  Options *o = &line->options;
  const char *text = environment(o, "PYTHONHASHSEED");
  if (!text || line->random_hashes || !strcmp(text, "random")) return true;
  char *end;
  errno = 0;
  unsigned long n = strtoul(text, &end, 10);
  if (*end || errno || n > UINT32_MAX || *text == '-')
    return config_error(line, "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
  o->has_hash_seed = true;
  o->hash_seed = (unsigned)n;
  o->hash_randomization = n != 0;
  return true;
}

/* sys.warnoptions: -X dev first, then PYTHONWARNINGS, then -W, then -b. */
static void collect_warnings(Options *o) {
  const char *const *given = o->warnings;
  int given_count = o->warning_count;
  o->warnings = NULL, o->warning_count = 0;
  if (o->dev_mode) list_add(&o->warnings, &o->warning_count, "default");
  const char *list = environment(o, "PYTHONWARNINGS");
  if (list) {
    char *copy = memory_copy_text(list);
    if (!copy) exit(1);
    for (char *item = strtok(copy, ","); item; item = strtok(NULL, ",")) list_add(&o->warnings, &o->warning_count, item);
  }
  for (int i = 0; i < given_count; i++) list_add(&o->warnings, &o->warning_count, given[i]);
  free((void *)given);
  if (o->bytes_warning) list_add(&o->warnings, &o->warning_count, o->bytes_warning > 1 ? "error::BytesWarning" : "default::BytesWarning");
}

static bool read_environment(CommandLine *line) {
  Options *o = &line->options;
  raise_flag(o, "PYTHONDEBUG", &o->debug);
  raise_flag(o, "PYTHONVERBOSE", &o->verbose);
  raise_flag(o, "PYTHONOPTIMIZE", &o->optimize);
  set_flag_from(o, "PYTHONINSPECT", &o->inspect);
  set_flag_from(o, "PYTHONDONTWRITEBYTECODE", &o->dont_write_bytecode);
  set_flag_from(o, "PYTHONUNBUFFERED", &o->unbuffered);
  set_flag_from(o, "PYTHONNOUSERSITE", &o->no_user_site);
  set_flag_from(o, "PYTHONSAFEPATH", &o->safe_path);
  if (environment(o, "PYTHONDEVMODE")) o->dev_mode = true;
  bool prefix_given = false;
  for (int i = 0; i < o->xoption_count; i++) prefix_given |= !strncmp(o->xoptions[i], "pycache_prefix", 14);
  if (!prefix_given) o->pycache_prefix = environment(o, "PYTHONPYCACHEPREFIX");
  if (environment(o, "PYTHONPROFILEIMPORTTIME")) o->import_time = true;
  if (environment(o, "PYTHONWARNDEFAULTENCODING")) o->warn_default_encoding = true;
  if (environment(o, "PYTHONNODEBUGRANGES")) o->no_debug_ranges = true;
  if (environment(o, "PYTHONFAULTHANDLER")) o->faulthandler = true;
  const char *utf8 = environment(o, "PYTHONUTF8");
  if (utf8 && o->utf8_mode < 0) {
    if (strcmp(utf8, "0") && strcmp(utf8, "1")) return config_error(line, "invalid PYTHONUTF8 environment variable value");
    o->utf8_mode = *utf8 == '1';
  }
  const char *digits = environment(o, "PYTHONINTMAXSTRDIGITS");
  if (digits && o->int_max_str_digits < 0 && !parse_digits_limit(digits, &o->int_max_str_digits))
    return config_error(line, "PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.");
  collect_warnings(o);
  return read_hash_seed(line);
}

static const char *find_executable(void) {
  static char path[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  return n > 0 ? (path[n] = 0, path) : NULL;
}

bool command_line_parse(CommandLine *line, int argc, char **argv) {
  *line = (CommandLine){.options = {.hash_randomization = 1, .int_max_str_digits = -1, .utf8_mode = -1,
                                    .check_hash_based_pycs = "default", .orig_argc = argc,
                                    .orig_argv = (const char *const *)argv}};
  Options *o = &line->options;
  int at = 1, versions = 0;
  bool done = false;
  for (; at < argc && !done && argv[at][0] == '-' && argv[at][1]; at++) {
    if (!strcmp(argv[at], "--")) {
      at++;
      break;
    }
    bool fine = argv[at][1] == '-' ? set_long(line, argv[0], argv[at] + 2, argv, argc, &at)
                                   : parse_cluster(line, argv, argc, &at, &versions, &done);
    if (!fine) return false;
  }
  if (versions) return print_version(versions), fail(line, 0);
  if (line->dump) {
    line->dump_path = at < argc ? argv[at] : "-";
  } else if (!done && at < argc) {
    o->dash = !strcmp(argv[at], "-");
    if (!o->dash) o->script = argv[at];
    at++;
  }
  o->argc = at < argc ? argc - at : 0;
  o->argv = (const char *const *)argv + at;
  o->executable = find_executable();
  if (!read_environment(line)) return false;
  if (o->utf8_mode < 0) o->utf8_mode = 0;
  return true;
}
