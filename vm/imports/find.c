/* find.c -- the native finder: what importlib's PathFinder and FileFinder would find for
** folders. */
#include "vm/imports/find.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/imports/path.h"
#include "vm/objects/bytes.h"
#include "vm/runtime/path.h"

static bool is_file(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}
/* is_folder: *behind_file: the path goes on behind what is no folder. */
static bool is_folder(const char *path, bool *behind_file) {
  struct stat st;
  bool exists = stat(path, &st) == 0;
  *behind_file = !exists && errno == ENOTDIR;
  return exists && S_ISDIR(st.st_mode);
}

/* try_folder: MODULE or PACKAGE with found->path set; NAMESPACE for a folder without __init__.py;
** NOTHING. *in_archive: it is no folder but a file, or lies in one: an archive, which the library's
** finders know to read. */
static FoundKind try_folder(const char *folder, const char *tail, Found *found, bool *in_archive) {
  *in_archive = false;
  size_t size = sizeof found->path;
  const char *slash = *folder && folder[strlen(folder) - 1] == '/' ? "" : "/";
  int n = snprintf(found->path, size, "%s%s%s/__init__.py", folder, slash, tail);
  if (n < 0 || (size_t)n >= size) return FOUND_NOTHING;
  char *end = found->path + n - 12; /* "/__init__.py" */
  *end = 0;
  bool folder_exists = is_folder(found->path, in_archive);
  *end = '/';
  if (folder_exists && is_file(found->path)) return FOUND_PACKAGE;
  memcpy(end, ".py", 4);
  if (is_file(found->path)) return FOUND_MODULE;
  *end = 0;
  return folder_exists ? FOUND_NAMESPACE : FOUND_NOTHING;
}

/* file_text: a text as the system has it in names of files; NULL: it can be in none. */
static const char *file_text(VM *vm, Str *text) {
  if (LIKELY(str_is_ascii(text))) return str_utf8(vm, text, NULL);
  Bytes *bytes = path_encode(vm, value_from(text));
  if (!bytes) error_clear(vm);
  return bytes ? (const char *)bytes->data : NULL;
}

/* entry_text: a path entry as bytes; relative ones, "" among them, from the current folder. */
static const char *entry_text(VM *vm, Value entry, char *buffer, size_t size) {
  const char *text = file_text(vm, value_object(entry));
  if (!text || *text == '/') return text;
  if (!getcwd(buffer, size)) return text;
  size_t n = strlen(buffer);
  if (*text && strcmp(text, ".") != 0) snprintf(buffer + n, size - n, "/%s", text);
  return buffer;
}

/* has_bytecode: is there a .pyc without its source? Rare: only asked when nothing else was
** found. */
static bool has_bytecode(VM *vm, Tuple *entries, const char *name) {
  for (size_t i = 0; i < tuple_length(entries); i++) {
    char cwd[4096], path[8300];
    const char *folder =
        value_is_str(entries->items[i]) ? entry_text(vm, entries->items[i], cwd, sizeof cwd) : NULL;
    if (!folder) continue;
    snprintf(path, sizeof path, "%s/%s.pyc", folder, name);
    if (is_file(path)) return true;
    snprintf(path, sizeof path, "%s/%s/__init__.pyc", folder, name);
    if (is_file(path)) return true;
  }
  return false;
}

FoundKind find_in(VM *vm, Value folders, Str *tail, bool folders_only, Found *found) {
  found->kind = FOUND_NOTHING;
  found->portions = NULL;
  const char *name = file_text(vm, tail);
  Tuple *entries = tuple_from_iterable(vm, folders);
  if (!entries) return found->kind = FOUND_ERROR;
  if (!name) return found->kind = FOUND_NOTHING;
  /* a NUL in it */
  if (strlen(name) != tail->length && str_is_ascii(tail)) return found->kind = FOUND_NOTHING;
  for (size_t i = 0; i < tuple_length(entries); i++) {
    char cwd[4096];
    if (!value_is_str(entries->items[i])) continue;
    const char *folder = entry_text(vm, entries->items[i], cwd, sizeof cwd);
    if (!folder) continue;
    bool in_archive;
    FoundKind kind = try_folder(folder, name, found, &in_archive);
    if (kind == FOUND_MODULE || kind == FOUND_PACKAGE) return found->kind = kind;
    if (kind == FOUND_NAMESPACE) {
      if (!found->portions) found->portions = list_new(vm, 1);
      Str *portion = str_from_filename(vm, found->path);
      if (!portion || !list_append_value(vm, found->portions, value_from(portion)))
        return found->kind = FOUND_ERROR;
    } else if (in_archive && !folders_only) {
      return found->kind = FOUND_UNSURE;
    }
  }
  if (found->portions) return found->kind = FOUND_NAMESPACE;
  return found->kind = has_bytecode(vm, entries, name) ? FOUND_UNSURE : FOUND_NOTHING;
}
