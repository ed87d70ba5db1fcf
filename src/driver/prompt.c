/* prompt.c -- the interactive prompt: reads statements, runs them in __main__, shows what
** expressions give.
**
** Lines are edited when both ends are a terminal (modules/readline). History is kept in
** ~/.krait_history. */
#include "vm/base/libraries.h"
#include "vm/base/memory.h"
#include "src/driver/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "src/driver/command_line.h"
#include "src/driver/loader.h"
#include "vm/base/utf8.h"
#include "vm/imports/path.h"
#include "vm/interp/frame.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
#include "vm/modules/readline/edit.h"
#include "vm/objects/module.h"

/* ---- lines */
typedef struct Editor {
  bool edits; /* false: plain reading */
  char history[4096];
} Editor;

static void editor_open(VM *vm, Editor *editor) {
  *editor = (Editor){0};
  const char *home = getenv("HOME");
  editor->edits = edit_open(vm);
  if (home && *home) snprintf(editor->history, sizeof editor->history, "%s/.krait_history", home);
  if (editor->edits && *editor->history) edit_read_history(editor->history);
}

static void editor_close(const Editor *editor) {
  if (editor->edits && *editor->history) edit_write_history(editor->history);
}

/* A line with its newline, malloc'd; NULL at the end of input, or an exception is pending. */
static char *read_line(VM *vm, const Editor *editor, const char *prompt) {
  fflush(stdout);
  if (editor->edits) {
    char *line = edit_line(vm, prompt);
    if (!line) return NULL;
    size_t n = strlen(line);
    char *full = memory_resize(line, n + 2);
    if (!full) return free(line), NULL;
    memcpy(full + n, "\n", 2);
    return full;
  }
  fputs(prompt, stderr);
  fflush(stderr);
  char *line = NULL;
  size_t capacity = 0;
  ssize_t n = getline(&line, &capacity, stdin);
  if (n < 0) return free(line), NULL;
  if (line[n - 1] == '\n') return line;
  char *full = memory_resize(line, (size_t)n + 2);
  if (full) memcpy(full + n, "\n", 2);
  return full;
}

/* ---- sys.ps1 and sys.ps2: any object whose str is shown */
static const char *prompt_text(VM *vm, const char *name, const char *standard) {
  Value v = dict_get_str(vm, module_dict(vm->sys), str_intern_cstr(vm, name));
  if (v == VALUE_UNBOUND) return standard;
  Value text = v == VALUE_FAIL ? v : value_str(vm, v);
  size_t size;
  const char *utf8 = text != VALUE_FAIL ? str_utf8(vm, value_object(text), &size) : NULL;
  if (!utf8) error_clear(vm);
  return utf8 ? utf8 : "";
}

static void set_default_prompt(VM *vm, const char *name, const char *standard) {
  Dict *sys = module_dict(vm->sys);
  Str *key = str_intern_cstr(vm, name);
  if (dict_get_str(vm, sys, key) != VALUE_UNBOUND) return;
  Str *text = str_new_cstr(vm, standard);
  if (!text || !dict_set(vm, sys, value_from(key), value_from(text))) error_clear(vm);
}

/* ---- blocks */
/* check_line: what is typed has to be UTF-8: the compiler takes that for granted. */
static bool check_line(VM *vm, const char *line) {
  Utf8Error error;
  utf8_scan((const uint8_t *)line, strlen(line), &error);
  if (!error.reason) return true;
  char byte[8];
  snprintf(byte, sizeof byte, "0x%02x", (uint8_t)line[error.start]);
  return raise_false(vm, TYPE_OF(SyntaxError),
                     "(unicode error) 'utf-8' codec can't decode byte %s in position %zu: %s", byte,
                     error.start, error.reason);
}

/* Reads one statement; NULL with *end set at the end of input, NULL alone when there is nothing to
** run. */
static Code *read_block(VM *vm, Editor *editor, Str *filename, int future, bool *end) {
  Buffer text = {0};
  Code *code = NULL;
  *end = false;
  if (!SYS_AUDIT(vm, "compile", VALUE_NONE, value_from(filename))) return NULL;
  for (bool more = false;;) {
    char *line =
        read_line(vm, editor, prompt_text(vm, more ? "ps2" : "ps1", more ? "... " : ">>> "));
    if (!line && error_pending(vm)) break;
    if (!line && !more) {
      *end = true;
      break;
    }
    if (line && !check_line(vm, line)) {
      free(line);
      break;
    }
    if (line) buffer_add_text(&text, line);
    bool blank = line && line[strspn(line, " \t\r\n\f")] == 0;
    free(line);
    if (!more && blank) break;
    LoadRequest request = {.filename = filename,
                           .mode = LOAD_SINGLE,
                           .optimize = -1,
                           .feature_version = -1,
                           .flags = LOAD_SOURCE_IS_UTF8 | future};
    code = loader_compile_block(vm, (const char *)text.bytes, text.size, &request, &more);
    if (!more) break;
    if (!line) { /* the input ended inside a statement */
      raise_error(vm, TYPE_OF(SyntaxError), "unexpected EOF while parsing");
      break;
    }
  }
  buffer_deinit(&text);
  return code;
}

/* Shows a pending exception; true when it was SystemExit, with its status. */
static bool show_exception(VM *vm, int *status) {
  bool leaves = error_is(vm, TYPE_OF(SystemExit));
  *status = vm_show(vm);
  if (error_pending(vm)) error_clear(vm);
  return leaves;
}

/* flush_output: after each statement; what fails is the next print's affair. */
static void flush_output(VM *vm) {
  static const char *const names[] = {"stderr", "stdout"};
  for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
    Value stream = sys_get(vm, names[i]);
    if (stream == VALUE_UNBOUND || stream == VALUE_NONE) continue;
    if (call_method0(vm, stream, NAME("flush")) == VALUE_FAIL) error_clear(vm);
  }
}

static bool run_in_main(VM *vm, Code *code, Dict *globals) {
  return sys_audit(vm, "exec", value_from(code)) &&
         run_code(vm, code, globals, value_from(globals), NULL) != VALUE_FAIL;
}

/* run_startup: false: the program ends, with this status. */
static bool run_startup(VM *vm, Dict *globals, int *status) {
  const char *path = options_variable(vm->options, "PYTHONSTARTUP");
  if (!path || !*path) return true;
  Str *filename = str_from_filename(vm, path);
  Code *code = NULL;
  if (filename && sys_audit(vm, "cpython.run_startup", value_from(filename))) {
    if (access(path, R_OK) != 0) fputs("Could not open PYTHONSTARTUP\n", stderr);
    if (SYS_AUDIT(vm, "compile", VALUE_NONE, value_from(filename)))
      code = source_loader->load_file(vm, path, filename);
  }
  return (code && run_in_main(vm, code, globals)) || !show_exception(vm, status);
}

/* run_hook: sys.__interactivehook__, before the first prompt; false: as above. */
static bool run_hook(VM *vm, int *status) {
  Value hook = sys_get(vm, "__interactivehook__");
  if (hook == VALUE_UNBOUND) return true;
  if (sys_audit(vm, "cpython.run_interactivehook", hook) && call0(vm, hook) != VALUE_FAIL)
    return true;
  Value pending = error_take(vm);
  flush_output(vm);
  error_restore(vm, pending);
  fputs("Failed calling sys.__interactivehook__\n", stderr);
  return !show_exception(vm, status);
}

int prompt_run(VM *vm, bool greet) {
  Editor editor;
  editor_open(vm, &editor);
  Module *main_module = vm_main_module(vm);
  if (!main_module) return vm_report(vm);
  Dict *globals = module_dict(main_module);
  Str *filename = NAME("<stdin>");
  int status = 0, future = 0;
  if (greet && !vm->options->quiet) {
    print_version_to(stderr);
    fputs("Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n",
          stderr);
  }
  bool leaves = greet && !run_startup(vm, globals, &status);
  leaves = leaves || !run_hook(vm, &status);
  flush_output(vm);
  if (greet && !leaves && !sys_audit(vm, "cpython.run_stdin", VALUE_UNBOUND))
    leaves = show_exception(vm, &status);
  set_default_prompt(vm, "ps1", ">>> ");
  set_default_prompt(vm, "ps2", "... ");
  while (!leaves) {
    bool end;
    Code *code = read_block(vm, &editor, filename, future, &end);
    if (end) {
      fputc('\n', stderr);
      status = 0;
      break;
    }
    if (code) {
      future |= (int)(code->co_flags & 0x1fe0000);
      if (!run_in_main(vm, code, globals)) code = NULL;
    }
    /* not pending: a blank line */
    if (!code && error_pending(vm)) leaves = show_exception(vm, &status);
    flush_output(vm); /* whoever reads a pipe waits for the answer before he writes on */
  }
  editor_close(&editor);
  return status;
}
