/* readline.c -- the module readline, over libedit. */
#include "vm/base/libraries.h"
#if WITH_EDIT
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <editline/readline.h>
#pragma GCC diagnostic pop

#include "vm/base/memory.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/readline/edit.h"
#include "vm/runtime/path.h"

#define NATIVE_DEF "vm/modules/readline/readline.def"
#define NATIVE_PREFIX readline_
#include "vm/contracts/native_class.inc"

/* text_of: as libedit takes it; NULL: raised. */
static const char *text_of(VM *vm, Value v) {
  if (!value_is_str(v)) return raise_type(vm, "bad argument type for built-in operation"), NULL;
  const Bytes *bytes = path_encode(vm, v);
  if (!bytes && error_clear_if(vm, TYPE_OF(ValueError))) raise_value(vm, "embedded null character");
  return bytes ? (const char *)bytes->data : NULL;
}
/* name_of: of a file, *name NULL: libedit's own. */
static bool name_of(VM *vm, Value file, const char **name) {
  *name = NULL;
  if (file == VALUE_NONE) return true;
  const Bytes *bytes = path_encode(vm, file);
  if (!bytes) return false;
  *name = (const char *)bytes->data;
  return true;
}
static Value text_from(VM *vm, const char *text) { return path_decode(vm, text, strlen(text)); }

/* finish: a function of libedit has given 0, or the error. */
static Value finish(VM *vm, int error) {
  if (!error) return VALUE_NONE;
  return raise_errno(vm, error > 0 ? error : errno, VALUE_NONE);
}

/* ---- files */
static Value readline_parse_and_bind(VM *vm, Value self, const readline_parse_and_bind_args *a) {
  const char *text = text_of(vm, a->string);
  char *copy = text ? memory_copy_text(text) : NULL; /* it may be written to */
  if (!copy) return text ? raise_memory(vm) : VALUE_FAIL;
  rl_parse_and_bind(copy);
  free(copy);
  return VALUE_NONE;
}
static Value readline_read_init_file(VM *vm, Value self, const readline_read_init_file_args *a) {
  const char *name;
  if (!name_of(vm, a->filename, &name)) return VALUE_FAIL;
  errno = 0;
  return rl_read_init_file(name) ? finish(vm, errno ? errno : ENOENT) : VALUE_NONE;
}
static Value readline_read_history_file(VM *vm, Value self,
                                        const readline_read_history_file_args *a) {
  const char *name;
  if (!name_of(vm, a->filename, &name)) return VALUE_FAIL;
  return finish(vm, read_history(name));
}
static Value readline_write_history_file(VM *vm, Value self,
                                         const readline_write_history_file_args *a) {
  const char *name;
  if (!name_of(vm, a->filename, &name)) return VALUE_FAIL;
  int error = write_history(name);
  if (!error && edit_state.history_length >= 0)
    history_truncate_file(name, edit_state.history_length);
  return finish(vm, error);
}

/* copy_lines: the last so many lines of what is in `from` to the end of `to`. */
static bool copy_lines(int from, int to, int count) {
  size_t size = (size_t)lseek(from, 0, SEEK_END), start = size;
  char *text = memory_take(size + 1);
  if (!text) return false;
  bool whole = pread(from, text, size, 0) == (ssize_t)size;
  while (whole && start > 0 && count > 0) {
    start--;
    while (start > 0 && text[start - 1] != '\n') start--;
    count--;
  }
  whole = whole && write(to, text + start, size - start) == (ssize_t)(size - start);
  free(text);
  return whole;
}

/* append: libedit would put its mark into the middle of the file, so it writes elsewhere. The
** error, or 0. */
static int append(int count, const char *name) {
  char home[4096], there[40];
  if (!name) {
    snprintf(home, sizeof home, "%s/.history", getenv("HOME") ? getenv("HOME") : "");
    name = home;
  }
  int to = open(name, O_WRONLY | O_APPEND | O_CLOEXEC), error = errno;
  if (to < 0) return error;
  int from = memfd_create("history", MFD_CLOEXEC);
  snprintf(there, sizeof there, "/proc/self/fd/%d", from);
  int length = edit_history_length(), wanted = count > length ? length : count;
  bool done = from >= 0 && append_history(length, there) == 0 && copy_lines(from, to, wanted);
  error = errno ? errno : EINVAL;
  if (from >= 0) close(from);
  close(to);
  return done ? 0 : error;
}

static Value readline_append_history_file(VM *vm, Value self,
                                          const readline_append_history_file_args *a) {
  const char *name;
  if (!name_of(vm, a->filename, &name)) return VALUE_FAIL;
  int error = append(a->nelements, name);
  if (!error && edit_state.history_length >= 0)
    history_truncate_file(name, edit_state.history_length);
  return finish(vm, error);
}
static Value readline_set_history_length(VM *vm, Value self,
                                         const readline_set_history_length_args *a) {
  edit_state.history_length = a->length;
  return VALUE_NONE;
}
static Value readline_get_history_length(VM *vm, Value self,
                                         const readline_get_history_length_args *a) {
  return value_int_unchecked(edit_state.history_length);
}

/* ---- hooks and completion */
static Value set_callable(VM *vm, Value *slot, Value function, const char *name) {
  if (function != VALUE_NONE && !value_is_callable(function))
    return raise_type(vm, "set_%s(func): argument not callable", name);
  *slot = function;
  edit_use_hooks();
  return VALUE_NONE;
}
static Value readline_set_completion_display_matches_hook(
    VM *vm, Value self, const readline_set_completion_display_matches_hook_args *a) {
  return set_callable(vm, &edit_state.display_hook, a->function, "completion_display_matches_hook");
}
static Value readline_set_startup_hook(VM *vm, Value self,
                                       const readline_set_startup_hook_args *a) {
  return set_callable(vm, &edit_state.startup_hook, a->function, "startup_hook");
}
static Value readline_set_pre_input_hook(VM *vm, Value self,
                                         const readline_set_pre_input_hook_args *a) {
  return set_callable(vm, &edit_state.pre_input_hook, a->function, "pre_input_hook");
}
static Value readline_set_completer(VM *vm, Value self, const readline_set_completer_args *a) {
  return set_callable(vm, &edit_state.completer, a->function, "completer");
}
static Value readline_get_completer(VM *vm, Value self, const readline_get_completer_args *a) {
  return edit_state.completer;
}
static Value readline_get_completion_type(VM *vm, Value self,
                                          const readline_get_completion_type_args *a) {
  return value_int_unchecked(rl_completion_type);
}
static Value readline_get_begidx(VM *vm, Value self, const readline_get_begidx_args *a) {
  return value_int_unchecked(edit_state.begin);
}
static Value readline_get_endidx(VM *vm, Value self, const readline_get_endidx_args *a) {
  return value_int_unchecked(edit_state.end);
}
static Value readline_set_completer_delims(VM *vm, Value self,
                                           const readline_set_completer_delims_args *a) {
  const char *text = text_of(vm, a->string);
  char *copy = text ? memory_copy_text(text) : NULL;
  if (!copy) return text ? raise_memory(vm) : VALUE_FAIL;
  free(rl_completer_word_break_characters);
  rl_completer_word_break_characters = copy;
  return VALUE_NONE;
}
static Value readline_get_completer_delims(VM *vm, Value self,
                                           const readline_get_completer_delims_args *a) {
  return text_from(vm, rl_completer_word_break_characters);
}

/* ---- the history */
static Value check_place(VM *vm, int place) {
  if (place < 0) return raise_value(vm, "History index cannot be negative");
  if (place < edit_history_length()) return VALUE_NONE;
  return raise_value(vm, "No history item at position %d", place);
}
/* rebuild: the history with another line at this place, NULL: without it. libedit's functions for
** this count by numbers that nobody else knows. */
static Value rebuild(VM *vm, int place, const char *line) {
  int count = edit_history_length();
  char **lines = memory_take((size_t)count * sizeof *lines);
  if (!lines) return raise_memory(vm);
  int kept = 0;
  bool whole = true;
  for (int i = 0; i < count; i++) {
    const HIST_ENTRY *entry = history_get(i + edit_state.history_start);
    const char *text = i == place ? line : entry ? entry->line : "";
    if (!text) continue;
    lines[kept] = memory_copy_text(text);
    whole = whole && lines[kept];
    kept++;
  }
  if (whole) clear_history();
  for (int i = 0; i < kept; i++) {
    if (whole) add_history(lines[i]);
    free(lines[i]);
  }
  free(lines);
  return whole ? VALUE_NONE : raise_memory(vm);
}

static Value readline_remove_history_item(VM *vm, Value self,
                                          const readline_remove_history_item_args *a) {
  if (check_place(vm, a->pos) == VALUE_FAIL) return VALUE_FAIL;
  return rebuild(vm, a->pos, NULL);
}
static Value readline_replace_history_item(VM *vm, Value self,
                                           const readline_replace_history_item_args *a) {
  const char *line = text_of(vm, a->line);
  if (!line || check_place(vm, a->pos) == VALUE_FAIL) return VALUE_FAIL;
  return rebuild(vm, a->pos, line);
}
static Value readline_add_history(VM *vm, Value self, const readline_add_history_args *a) {
  const char *line = text_of(vm, a->string);
  if (!line) return VALUE_FAIL;
  add_history(line);
  return VALUE_NONE;
}
static Value readline_set_auto_history(VM *vm, Value self,
                                       const readline_set_auto_history_args *a) {
  edit_state.remembers = a->enabled;
  return VALUE_NONE;
}
static Value readline_get_history_item(VM *vm, Value self,
                                       const readline_get_history_item_args *a) {
  if (a->index < 1 || a->index > edit_history_length()) return VALUE_NONE;
  const HIST_ENTRY *entry = history_get(a->index - 1 + edit_state.history_start);
  return entry ? text_from(vm, entry->line) : VALUE_NONE;
}
static Value
readline_get_current_history_length(VM *vm, Value self,
                                    const readline_get_current_history_length_args *a) {
  return value_int_unchecked(edit_history_length());
}
static Value readline_clear_history(VM *vm, Value self, const readline_clear_history_args *a) {
  clear_history();
  return VALUE_NONE;
}

/* ---- the line */
static Value readline_get_line_buffer(VM *vm, Value self, const readline_get_line_buffer_args *a) {
  return text_from(vm, rl_line_buffer ? rl_line_buffer : "");
}
static Value readline_insert_text(VM *vm, Value self, const readline_insert_text_args *a) {
  const char *text = text_of(vm, a->string);
  if (!text) return VALUE_FAIL;
  rl_insert_text(text);
  return VALUE_NONE;
}
static Value readline_redisplay(VM *vm, Value self, const readline_redisplay_args *a) {
  rl_redisplay();
  return VALUE_NONE;
}

static bool init(VM *vm, Module *module) {
  if (!edit_start(vm)) return false;
  edit_state.imported = true;
  return module_add_int(vm, module, "_READLINE_VERSION", RL_READLINE_VERSION) &&
         module_add_int(vm, module, "_READLINE_RUNTIME_VERSION", rl_readline_version) &&
         module_add_str(vm, module, "_READLINE_LIBRARY_VERSION", rl_library_version);
}

const ModuleSpec readline_module = {
    .name = "readline",
    .doc = "Lines are edited once this module is imported, by libedit readline.",
    NATIVE_FUNCTIONS(readline_),
    .init = init,
};
#endif
