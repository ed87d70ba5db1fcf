/* command_line.c -- see command_line.h. Options and their precedence are those of python3.11. */
#include "vm/base/memory.h"
#include "src/driver/command_line.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/base/utf8.h"
#include "vm/imports/path.h"

/* ---- the rows */
typedef struct OptionRow {
  OptionKind kind;
  char letter;          /* or 0: name is that of an -X option */
  const char *name;     /* of the -X option; else of the field, for messages */
  const char *argument; /* of a letter; NULL: none */
  const char *variable; /* NAME, NAME=x or NULL */
  size_t offset;        /* of the field in Options */
  bool ends;            /* what follows is the program's */
} OptionRow;

#define PLACE(field) offsetof(Options, field)
static const OptionRow rows[] = {
#define LETTER(field, kind, letter, argument, variable, flag, text) \
  {OPTION_##kind, letter, #field, argument, variable, PLACE(field), false},
#define PROGRAM(field, letter, argument, text) \
  {OPTION_Text, letter, #field, argument, NULL, PLACE(field), true},
#define X_OPTION(field, kind, name, argument, variable, flag, text) \
  {OPTION_##kind, 0, name, NULL, variable, PLACE(field), false},
#include "vm/core/options.def"
};

/* A letter that sets another switch too. */
static const struct {
  size_t field, implied;
} implications[] = {
#define IMPLIES(field, implied) {PLACE(field), PLACE(implied)},
#include "vm/core/options.def"
};

static void *place(CommandLine *line, size_t offset) { return (char *)&line->options + offset; }

static const OptionRow *row_of_letter(char letter) {
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
    if (rows[i].letter == letter) return &rows[i];
  return NULL;
}

/* ---- lists that live as long as the process */
static NORETURN COLD void end_for_memory(void) {
  fputs("krait: not enough memory for the command line\n", stderr);
  exit(1);
}

static void list_add(OptionList *list, const char *text) {
  const char **larger =
      memory_resize((void *)list->items, sizeof *larger * ((size_t)list->count + 1));
  if (!larger) end_for_memory();
  larger[list->count++] = text;
  list->items = larger;
}

/* list_add_new: a text that is there already stands where it first stood. */
static void list_add_new(OptionList *list, const char *text) {
  for (int i = 0; i < list->count; i++)
    if (!strcmp(list->items[i], text)) return;
  list_add(list, text);
}

static const char *join(const char *a, const char *b) {
  size_t n = strlen(a), m = strlen(b);
  char *text = memory_take(n + m + 1);
  if (!text) end_for_memory();
  memcpy(text, a, n);
  memcpy(text + n, b, m + 1);
  return text;
}

/* ---- refusals */
static bool fail(CommandLine *line, int status) {
  line->status = status;
  return false;
}

static bool usage(CommandLine *line, const char *program) {
  fprintf(stderr, "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
  fputs("Try `krait -h' for more information.\n", stderr);
  return fail(line, 2);
}

/* fatal: what CPython says when an option or a variable has a value that cannot be; `stage` is its
** state. */
static bool fatal(CommandLine *line, const char *stage, const char *message) {
  fprintf(stderr, "%s\nPython runtime state: %s\n\n", message, stage);
  return fail(line, 1);
}

/* ---- long options: long_ACTION gets what follows the name, and may take the next argument
** (*at) */
typedef struct Walk {
  char **argv;
  int argc, at; /* the argument that is read */
} Walk;

static bool long_help(CommandLine *line, Walk *walk, const char *rest) {
  print_help(walk->argv[0]);
  return fail(line, 0);
}

static bool long_help_env(CommandLine *line, Walk *walk, const char *rest) {
  print_help_environment();
  return fail(line, 0);
}

static bool long_help_xoptions(CommandLine *line, Walk *walk, const char *rest) {
  print_help_x_options();
  return fail(line, 0);
}

static bool long_help_all(CommandLine *line, Walk *walk, const char *rest) {
  print_help(walk->argv[0]);
  fputc('\n', stdout);
  print_help_environment();
  fputc('\n', stdout);
  print_help_x_options();
  return fail(line, 0);
}

static bool long_version(CommandLine *line, Walk *walk, const char *rest) {
  line->versions++;
  return true;
}

static bool long_dump(CommandLine *line, Walk *walk, const char *rest) {
  line->dump = rest;
  return true;
}

static bool long_check_hash_based_pycs(CommandLine *line, Walk *walk, const char *rest) {
  const char *mode = ++walk->at < walk->argc ? walk->argv[walk->at] : NULL;
  if (!mode) {
    fputs("Argument expected for the --check-hash-based-pycs options\n", stderr);
    return usage(line, walk->argv[0]);
  }
  if (strcmp(mode, "always") && strcmp(mode, "never") && strcmp(mode, "default")) {
    fputs("--check-hash-based-pycs must be one of 'default', 'always', or 'never'\n", stderr);
    return usage(line, walk->argv[0]);
  }
  line->options.check_hash_based_pycs = mode;
  return true;
}

static bool long_stats(CommandLine *line, Walk *walk, const char *rest) {
  return line->options.stats = true;
}

typedef struct LongRow {
  const char *name; /* with a = at its end the argument follows that */
  char letter;      /* that is the same, or 0 */
  bool (*act)(CommandLine *line, Walk *walk, const char *rest);
} LongRow;
static const LongRow long_rows[] = {
#define LONG(name, letter, action, argument, text) {name, letter, long_##action},
#include "vm/core/options.def"
};

static bool take_long(CommandLine *line, Walk *walk, const char *name) {
  for (size_t i = 0; i < ARRAY_COUNT(long_rows); i++) {
    size_t n = strlen(long_rows[i].name);
    bool takes_rest = long_rows[i].name[n - 1] == '=';
    if (takes_rest ? !strncmp(name, long_rows[i].name, n) : !strcmp(name, long_rows[i].name))
      return long_rows[i].act(line, walk, name + n);
  }
  fprintf(stderr, "unknown option --%s\n", name);
  return usage(line, walk->argv[0]);
}

static const LongRow *long_of_letter(char letter) {
  if (letter == '?') letter = 'h';
  for (size_t i = 0; i < ARRAY_COUNT(long_rows); i++)
    if (long_rows[i].letter == letter) return &long_rows[i];
  return NULL;
}

/* ---- letters */

/* is_text: can the argument be decoded? For CPython, whose message this is, such bytes are
** surrogates. */
static bool is_text(const char *text) {
  Utf8Error error;
  Utf8Scan scan = utf8_scan((const uint8_t *)text, strlen(text), &error);
  if (!error.reason) return true;
  fputs("Unable to decode the command from the command line:\n", stderr);
  fprintf(stderr,
          "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udc%02x' in position %zu: "
          "surrogates not allowed\n",
          (uint8_t)text[error.start], scan.count);
  return false;
}

static void set_letter(CommandLine *line, const OptionRow *row) {
  if (row->kind == OPTION_Count) ++*(int *)place(line, row->offset);
  else *(bool *)place(line, row->offset) = true;
  for (size_t i = 0; i < ARRAY_COUNT(implications); i++)
    if (implications[i].field == row->offset) *(bool *)place(line, implications[i].implied) = true;
}

static bool set_argument(CommandLine *line, const OptionRow *row, const char *text) {
  if (row->kind == OPTION_List) return list_add(place(line, row->offset), text), true;
  if (row->offset == PLACE(command)) {
    if (!is_text(text)) return fail(line, 1);
    text = join(text, "\n");
  }
  *(const char **)place(line, row->offset) = text;
  return true;
}

/* take_cluster: the options of one argument "-abc"; *done: the rest is the program's. */
static bool take_cluster(CommandLine *line, Walk *walk, bool *done) {
  for (const char *p = walk->argv[walk->at] + 1; *p; p++) {
    if (*p == '-') { /* "-b-help" is "-b --help" */
      if (p[1]) return take_long(line, walk, p + 1);
      fputs("expected long option\n", stderr);
      return *done = true;
    }
    const LongRow *same = long_of_letter(*p);
    if (same) {
      if (!same->act(line, walk, "")) return false;
      continue;
    }
    const OptionRow *row = row_of_letter(*p);
    if (!row) {
      if (*p == 'J') fputs("-J is reserved for Jython\n", stderr);
      else fprintf(stderr, "Unknown option: -%c\n", *p);
      return usage(line, walk->argv[0]);
    }
    if (!row->argument) {
      set_letter(line, row);
      continue;
    }
    const char *value = p[1] ? p + 1 : ++walk->at < walk->argc ? walk->argv[walk->at] : NULL;
    if (!value) {
      fprintf(stderr, "Argument expected for the -%c option\n", *p);
      return usage(line, walk->argv[0]);
    }
    *done = row->ends;
    return set_argument(line, row, value);
  }
  return true;
}

/* take_options: how many arguments the options are is in walk->at. */
static bool take_options(CommandLine *line, Walk *walk, bool *done) {
  for (; walk->at < walk->argc && !*done; walk->at++) {
    const char *argument = walk->argv[walk->at];
    if (argument[0] != '-' || !argument[1]) break;
    if (!strcmp(argument, "--")) {
      walk->at++;
      break;
    }
    bool fine =
        argument[1] == '-' ? take_long(line, walk, argument + 2) : take_cluster(line, walk, done);
    if (!fine) return false;
  }
  return true;
}

/* ---- what -X and the environment say, when all options are known */

/* variable_of: NULL: not set, or nothing may be said. */
static const char *variable_of(const CommandLine *line, const OptionRow *row) {
  char name[64];
  if (!row->variable) return NULL;
  snprintf(name, sizeof name, "%.*s", (int)strcspn(row->variable, "="), row->variable);
  return options_variable(&line->options, name);
}

/* x_given: the text of the first -X name or -X name=text: the end of the name; NULL: not given. */
static const char *x_given(const CommandLine *line, const OptionRow *row) {
  size_t n = strlen(row->name);
  if (row->letter) return NULL;
  for (int i = 0; i < line->options.xoptions.count; i++) {
    const char *text = line->options.xoptions.items[i];
    if (!strncmp(text, row->name, n) && (!text[n] || text[n] == '=')) return text + n;
  }
  return NULL;
}

/* CPython: a number greater than the flag sets it, any other text counts as 1. */
static int at_least(int n, const char *text) {
  char *end;
  long told = strtol(text, &end, 10);
  int value = *end || told < 0 || told > INT_MAX ? 1 : (int)told;
  return n < value ? value : n;
}

static bool parse_limit(const char *text, int *out) {
  char *end;
  errno = 0;
  long n = strtol(text, &end, 10);
  if (*end || errno || n > INT_MAX || (n && n < 640)) return false;
  return *out = (int)n, true;
}

static bool settle_limit(CommandLine *line, const OptionRow *row, const char *given,
                         const char *variable) {
  int *limit = place(line, row->offset);
  bool wrong = variable && !parse_limit(variable, limit);
  bool wrong_option = !wrong && given && (*given != '=' || !parse_limit(given + 1, limit));
  if (!wrong && !wrong_option) return true;
  char message[160];
  snprintf(message, sizeof message,
           "Fatal Python error: config_init_%s: %s%s: "
           "invalid limit; must be >= 640 or 0 for unlimited.",
           row->name, wrong ? "" : "-X ", wrong ? row->variable : row->name);
  return fatal(line, "preinitialized", message);
}

static bool settle_frames(CommandLine *line, const OptionRow *row, const char *given,
                          const char *variable) {
  const char *text = given ? *given == '=' ? given + 1 : "1" : variable ? variable : "0";
  char *end;
  errno = 0;
  long n = strtol(text, &end, 10);
  *(int *)place(line, row->offset) = (int)n;
  if (!*end && !errno && n >= 0 && n <= INT_MAX) return true;
  char message[160];
  snprintf(message, sizeof message,
           "Fatal Python error: config_init_%s: %s%s%s: invalid number of frames", row->name,
           given ? "-X " : "", given ? row->name : row->variable, given ? "=NFRAME" : "");
  return fatal(line, "preinitialized", message);
}

static bool settle_mode(CommandLine *line, const OptionRow *row, const char *given,
                        const char *variable) {
  if (!given && !variable) return true; /* the start decides */
  const char *text = !given ? variable : *given == '=' ? given + 1 : "1";
  if (!strcmp(text, "0") || !strcmp(text, "1")) {
    *(int *)place(line, row->offset) = *text == '1';
    return true;
  }
  char message[160];
  snprintf(message, sizeof message, "Fatal Python error: preconfig_init_%s_mode: invalid %s%s %s",
           row->name, given ? "-X " : "", given ? row->name : row->variable,
           given ? "option value" : "environment variable value");
  return fatal(line, "preinitializing", message);
}

static bool settle(CommandLine *line, const OptionRow *row) {
  const char *given = x_given(line, row), *variable = variable_of(line, row);
  void *field = place(line, row->offset);
  switch (row->kind) {
  case OPTION_Count:
    if (variable) *(int *)field = at_least(*(int *)field, variable);
    return true;
  case OPTION_Switch:
    if (given || (variable && (!strchr(row->variable, '=') || at_least(0, variable))))
      *(bool *)field = true;
    return true;
  case OPTION_Text: {
    const char **text = field;
    if (given) *text = given[0] && given[1] ? given + 1 : NULL;
    else if (!*text) *text = variable;
    return true;
  }
  case OPTION_Path:
    *(const char **)field = !given ? variable : *given ? given + 1 : given;
    return true;
  case OPTION_Mode: return settle_mode(line, row, given, variable);
  case OPTION_Limit: return settle_limit(line, row, given, variable);
  case OPTION_Frames: return settle_frames(line, row, given, variable);
  case OPTION_List: return true;
  }
  return true;
}

/* settle_all: the modes decide how texts are read: they come before all else, the others after. */
static bool settle_all(CommandLine *line, bool modes) {
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
    if ((rows[i].kind == OPTION_Mode) == modes && !settle(line, &rows[i])) return false;
  return true;
}

static bool read_hash_seed(CommandLine *line) {
  Options *o = &line->options;
  const char *text = options_variable(o, "PYTHONHASHSEED");
  if (!text || o->random_hashes || !strcmp(text, "random")) return true;
  char *end;
  errno = 0;
  unsigned long n = strtoul(text, &end, 10);
  if (*end || errno || n > UINT32_MAX || *text == '-')
    return fatal(line, "preinitialized",
                 "Fatal Python error: config_init_hash_seed: "
                 "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
  o->has_hash_seed = true;
  o->hash_seed = (unsigned)n;
  o->hash_randomization = n != 0;
  return true;
}

/* sys.warnoptions: -X dev first, then PYTHONWARNINGS, then -W, then -b; none twice. */
static void collect_warnings(Options *o) {
  OptionList given = o->warnings, *all = &o->warnings;
  *all = (OptionList){0};
  if (o->dev_mode) list_add_new(all, "default");
  const char *list = options_variable(o, "PYTHONWARNINGS");
  if (list) {
    char *copy = memory_copy_text(list);
    if (!copy) end_for_memory();
    for (char *item = strtok(copy, ","); item; item = strtok(NULL, ",")) list_add_new(all, item);
  }
  for (int i = 0; i < given.count; i++) list_add_new(all, given.items[i]);
  free((void *)given.items);
  if (o->bytes_warning == 1) list_add_new(all, "default::BytesWarning");
  if (o->bytes_warning > 1) list_add_new(all, "error::BytesWarning");
}

static bool is_program(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* The program's name as the shell finds it, made absolute: a link is not followed, since a virtual
** environment is one. */
static bool find_by_name(const char *name, char *found) {
  char tried[2 * PATH_MAX];
  if (strchr(name, '/')) return path_absolute(name, found) && is_program(found);
  for (const char *path = getenv("PATH"); path && *path;) {
    size_t n = strcspn(path, ":");
    snprintf(tried, sizeof tried, "%.*s/%s", n ? (int)n : 1, n ? path : ".", name);
    if (n < PATH_MAX && path_absolute(tried, found) && is_program(found)) return true;
    path += n + (path[n] == ':');
  }
  return false;
}

static const char *find_executable(const char *name) {
  static char path[PATH_MAX];
  if (name && *name && find_by_name(name, path)) return path;
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  return n > 0 ? (path[n] = 0, path) : NULL;
}

/* take_program: the first argument behind the options is the program's, unless they named one. */
static void take_program(CommandLine *line, Walk *walk, bool named) {
  Options *o = &line->options;
  bool is_there = walk->at < walk->argc;
  if (line->dump) {
    line->dump_path = is_there ? walk->argv[walk->at] : "-";
  } else if (!named && is_there) {
    o->dash = !strcmp(walk->argv[walk->at], "-");
    if (!o->dash) o->script = walk->argv[walk->at];
    walk->at++;
  }
  o->argc = walk->at < walk->argc ? walk->argc - walk->at : 0;
  o->argv = (const char *const *)walk->argv + walk->at;
}

bool command_line_parse(CommandLine *line, int argc, char **argv) {
  *line = (CommandLine){0};
  Options *o = &line->options;
  o->hash_randomization = true;
  o->int_max_str_digits = -1;
  o->utf8_mode = -1; /* as the locale has it */
  o->check_hash_based_pycs = "default";
  o->orig_argc = argc;
  o->orig_argv = (const char *const *)argv;
  Walk walk = {argv, argc, 1};
  bool done = false;
  if (!take_options(line, &walk, &done) || !settle_all(line, true)) return false;
  if (line->versions) return print_version(line->versions), fail(line, 0);
  take_program(line, &walk, o->command || o->module);
  o->executable = find_executable(argc > 0 ? argv[0] : NULL);
  if (!read_hash_seed(line) || !settle_all(line, false)) return false;
  collect_warnings(o);
  return true;
}
