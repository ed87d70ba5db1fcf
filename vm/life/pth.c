/* pth.c -- path configuration files: lines that are folders are added here; a file with a line to
** run is left to the library's site.addpackage, in whose frame such lines expect to stand. */
#include "vm/life/pth.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "vm/base/buffer.h"
#include "vm/base/memory.h"
#include "vm/base/utf8.h"
#include "vm/contracts/import.h"
#include "vm/contracts/protocol.h"
#include "vm/imports/path.h"
#include "vm/objects/set.h"
#include "vm/objects/str.h"

enum { FILES_MAX = 1000, SIZE_MAX_READ = 1 << 20 };

/* ---- one file */

static bool is_statement(const char *line) {
  return !strncmp(line, "import ", 7) || !strncmp(line, "import\t", 7);
}

/* Only folders, in a text that needs no decoder? */
static bool is_plain(const char *text, size_t size) {
  if (memchr(text, 0, size) || strchr(text, '\r') || !utf8_is_valid((const uint8_t *)text, size))
    return false;
  for (const char *line = text; line; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (is_statement(line)) return false;
  }
  return true;
}

static bool add_lines(VM *vm, const char *folder, char *text) {
  for (char *line = text, *next; line; line = next) {
    next = strchr(line, '\n');
    if (next) *next++ = 0;
    if (*line == '#' || !line[strspn(line, " \t\f\v")]) continue;
    size_t n = strlen(line);
    while (n && strchr(" \t\f\v", line[n - 1])) line[--n] = 0;
    char joined[2 * PATH_MAX], absolute[PATH_MAX];
    struct stat st;
    int length = *line == '/' ? snprintf(joined, sizeof joined, "%s", line)
                              : snprintf(joined, sizeof joined, "%s/%s", folder, line);
    if (length >= (int)sizeof joined || !path_absolute(joined, absolute)) continue;
    if (stat(absolute, &st) == 0 && !site_add_path(vm, absolute)) return false;
  }
  return true;
}

static bool add_by_library(VM *vm, const char *folder, const char *name, Value known) {
  Value site = import_module(vm, NAME("site"));
  Str *folder_text = str_from_filename(vm, folder), *name_text = str_from_filename(vm, name);
  Value add = site == VALUE_FAIL ? VALUE_FAIL : get_attribute(vm, site, NAME("addpackage"));
  if (add == VALUE_FAIL || !folder_text || !name_text) return false;
  return call3(vm, add, value_from(folder_text), value_from(name_text), known) != VALUE_FAIL;
}

/* ---- the file that setuptools installs everywhere
**
** Its line puts a finder on sys.meta_path that has an answer for distutils, pip and some of
** CPython's tests. Running it at the start would cost three times the start. It waits until
** somebody looks at sys.meta_path or imports such a name. */

/* Both are [owned]; NULL: nothing waits. */
static struct { char *folder, *name; } waiting;

static bool is_setuptools(const char *text) {
  const char *line = "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, ";
  const char *rest = " == 'local'; enabled and __import__('_distutils_hack').add_shim();";
  size_t n = strlen(line);
  if (strncmp(text, line, n)) return false;
  text += n; /* 'local') or 'stdlib') */
  text += strcspn(text, ")");
  if (*text != ')' || strncmp(text + 1, rest, strlen(rest))) return false;
  text += 1 + strlen(rest);
  return !text[strspn(text, " \n")];
}

/* name: of a module that is imported; NULL: sys.meta_path is looked at. */
static bool run_waiting(VM *vm, const char *name) {
  if (name && strcmp(name, "distutils") && strcmp(name, "pip") && strncmp(name, "test.test_", 10))
    return true;
  import_waiting_hook = NULL;
  Set *known = set_new(vm);
  bool fine = add_by_library(vm, waiting.folder, waiting.name, value_from(known));
  free(waiting.folder);
  free(waiting.name);
  waiting.folder = waiting.name = NULL;
  return fine;
}

static bool wait(const char *folder, const char *name) {
  if (waiting.folder) return false;
  waiting.folder = memory_copy(folder, strlen(folder));
  waiting.name = memory_copy(name, strlen(name));
  if (!waiting.folder || !waiting.name) {
    free(waiting.folder);
    free(waiting.name);
    return waiting.folder = waiting.name = NULL, false;
  }
  import_waiting_hook = run_waiting;
  return true;
}

static bool obey(VM *vm, const char *folder, const char *name, Value known) {
  char path[2 * PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "re");
  if (!file) return true; /* as the library: what cannot be read is passed over */
  Buffer text;
  buffer_init(&text);
  char piece[4096];
  for (size_t n; text.size < SIZE_MAX_READ && (n = fread(piece, 1, sizeof piece, file)) > 0;)
    buffer_add(&text, piece, n);
  bool is_whole = feof(file) && !text.failed;
  fclose(file);
  bool fine;
  size_t size = text.size;
  buffer_add_byte(&text, 0);
  if (is_whole && !text.failed && is_plain((char *)text.bytes, size))
    fine = add_lines(vm, folder, (char *)text.bytes);
  else if (is_whole && !text.failed && is_setuptools((char *)text.bytes) && wait(folder, name))
    fine = true;
  else fine = add_by_library(vm, folder, name, known);
  buffer_deinit(&text);
  return fine;
}

/* ---- the folder */

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t list_names(DIR *folder, char **names) {
  size_t count = 0;
  for (const struct dirent *entry; count < FILES_MAX && (entry = readdir(folder));) {
    size_t n = strlen(entry->d_name);
    if (n < 4 || strcmp(entry->d_name + n - 4, ".pth")) continue;
    char *copy = memory_copy(entry->d_name, n);
    if (copy) names[count++] = copy;
  }
  qsort(names, count, sizeof *names, by_name);
  return count;
}

bool pth_files(VM *vm, const char *folder, Value known) {
  DIR *stream = opendir(folder);
  if (!stream) return true;
  char *names[FILES_MAX];
  size_t count = list_names(stream, names);
  closedir(stream);
  bool fine = true;
  for (size_t i = 0; i < count; i++) {
    fine = fine && obey(vm, folder, names[i], known);
    free(names[i]);
  }
  return fine;
}
