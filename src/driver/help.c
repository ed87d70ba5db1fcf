/* help.c -- the texts of --help, --version and their relatives, from the rows of options.def. */
#include <stdio.h>
#include <string.h>

#include "src/driver/command_line.h"

#ifndef KRAIT_VERSION
#define KRAIT_VERSION "0"
#define KRAIT_BUILD_KIND "unknown"
#define KRAIT_COMPILER "unknown"
#endif

void print_version_to(FILE *out) {
  fputs("Python 3.11.2 (Krait " KRAIT_VERSION ", " KRAIT_BUILD_KIND " build) [" KRAIT_COMPILER
        "]\n",
        out);
}

void print_version(int times) {
  if (times > 1) print_version_to(stdout);
  else puts("Python 3.11.2 (Krait " KRAIT_VERSION ")");
}

/* ---- lines */

/* Columns where the text begins, to the right of an option or a name; the longest line of a list of
** names. */
enum { OPTION_COLUMN = 15, X_COLUMN = 26, VARIABLE_COLUMN = 23, LIST_WIDTH = 104 };

/* write_row: `left`, and the text from the column on, in a line of its own when `left` reaches so
** far. */
static void write_row(const char *left, int column, const char *text) {
  if ((int)strlen(left) >= column) printf("%s\n%*s%s", left, column, "", text);
  else printf("%-*s%s", column, left, text);
}

static void write_letter(char letter, const char *argument, const char *variable,
                         const char *text) {
  char left[32];
  if (!text) return;
  snprintf(left, sizeof left, "-%c%s%s", letter, argument ? " " : "", argument ? argument : "");
  write_row(left, OPTION_COLUMN, text);
  if (variable) printf("; %s", variable);
  putchar('\n');
}

static void write_long(const char *name, char letter, const char *argument, const char *text) {
  char left[96], both[8] = "";
  if (!text) return;
  if (letter) snprintf(both, sizeof both, "-%c, ", letter);
  bool spaced = argument && !strchr(name, '=');
  snprintf(left, sizeof left, "%s--%s%s%s", both, name, spaced ? " " : "",
           argument ? argument : "");
  write_row(left, OPTION_COLUMN, text);
  putchar('\n');
}

static void write_line(const char *left, int column, const char *text) {
  write_row(left, column, text);
  putchar('\n');
}

void print_help(const char *program) {
  printf("usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
  fputs("Runs a Python 3.11 program.\n\nWhat to run:\n", stdout);
#define PROGRAM(field, letter, argument, text) write_letter(letter, argument, NULL, text);
#define ARGUMENT(left, text) write_line(left, OPTION_COLUMN, text);
#include "vm/core/options.def"
  fputs("\nOptions, and the environment variables that do the same:\n", stdout);
#define LETTER(field, kind, letter, argument, variable, flag, text) \
  write_letter(letter, argument, variable, text);
#define LONG(name, letter, action, argument, text) write_long(name, letter, argument, text);
#define NOTE(left, text) write_line(left, OPTION_COLUMN, text);
#include "vm/core/options.def"
}

void print_help_x_options(void) {
  fputs("Options of the implementation (-X name or -X name=value):\n", stdout);
#define X_OPTION(field, kind, name, argument, variable, flag, text) \
  write_line("-X " name argument, X_COLUMN, text);
#include "vm/core/options.def"
}

/* ---- variables */

/* same_variable: are the names equal, up to the "=x" that tells what to write? */
static bool same_variable(const char *a, const char *b) {
  size_t n = strcspn(a, "=");
  return n == strcspn(b, "=") && !memcmp(a, b, n);
}

static bool has_own_line(const char *variable) {
#define VARIABLE(name, text) \
  if (same_variable(name, variable)) return true;
#include "vm/core/options.def"
  return false;
}

/* list_name: one more in a list of variables of options; *at is the length of its last line. */
static void list_name(const char *variable, int *at) {
  if (!variable || has_own_line(variable)) return;
  int n = (int)strcspn(variable, "=");
  bool first = *at == 0, wraps = *at + n + 2 > LIST_WIDTH;
  fputs(first ? "" : wraps ? ",\n" : ", ", stdout);
  printf("%.*s", n, variable);
  *at = first || wraps ? n : *at + n + 2;
}

/* write_variable: text NULL: the name stands before the next one, whose text is for both. */
static void write_variable(const char *name, const char *text, bool *joined) {
  if (!text) printf("%s, ", name);
  else if (*joined) printf("%s\n%*s%s\n", name, VARIABLE_COLUMN, "", text);
  else write_line(name, VARIABLE_COLUMN, text);
  *joined = !text;
}

void print_help_environment(void) {
  bool joined = false;
  fputs("Environment variables:\n", stdout);
#define VARIABLE(name, text) write_variable(name, text, &joined);
#include "vm/core/options.def"
  int at = 0;
#define X_OPTION(field, kind, name, argument, variable, flag, text) list_name(variable, &at);
#include "vm/core/options.def"
  printf("\n%*sas the -X options of like name\n", VARIABLE_COLUMN, "");
  at = 0;
#define LETTER(field, kind, letter, argument, variable, flag, text) list_name(variable, &at);
#include "vm/core/options.def"
  printf("\n%*ssee the options in --help\n", VARIABLE_COLUMN, "");
#define OWN_VARIABLE(name, text) write_variable(name, text, &joined);
#include "vm/core/options.def"
  fputs("-E and -I ignore all of these.\n", stdout);
}
