/* edit.c -- see edit.h. A line is read key by key, so that signals are heard between two keys. */
#include "vm/base/libraries.h"
#if WITH_EDIT
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* its header declares hooks without a prototype */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <editline/readline.h>
#pragma GCC diagnostic pop

#include "vm/base/memory.h"
#include "vm/contracts/call.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/modules/readline/edit.h"
#include "vm/objects/list.h"
#include "vm/runtime/path.h"

/* Its values are registered by edit_start. */
struct EditState edit_state = {.completer = VALUE_NONE,
                               .startup_hook = VALUE_NONE,
                               .pre_input_hook = VALUE_NONE,
                               .display_hook = VALUE_NONE,
                               .history_length = -1,
                               .remembers = true};

/* The line that is being read; holds no values. */
static struct {
  char *line; /* [owned] */
  bool done;
} reading;

/* ---- what libedit calls */
/* characters: how many are in the first n bytes of UTF-8. */
static int characters(const char *text, int n) {
  int count = 0;
  for (int i = 0; i < n && text[i]; i++) count += (text[i] & 0xC0) != 0x80;
  return count;
}

/* One match after the other, as the completer gives them; NULL: no more. */
static char *next_match(const char *text, int number) {
  VM *vm = the_vm;
  rl_attempted_completion_over = 1;
  if (edit_state.completer == VALUE_NONE) return NULL;
  Value pending = error_take(vm);
  Value word = path_decode(vm, text, strlen(text));
  Value match = word == VALUE_FAIL
                    ? word
                    : call2(vm, edit_state.completer, word, value_int_unchecked(number));
  char *found = NULL;
  if (match != VALUE_FAIL && match != VALUE_NONE && value_is_str(match)) {
    const Bytes *bytes = path_encode(vm, match);
    if (bytes) found = memory_copy_text((const char *)bytes->data);
  }
  error_restore(vm, pending);
  return found;
}

static char **complete(const char *text, int start, int end) {
  rl_completion_append_character = '\0';
  rl_completion_suppress_append = 0;
  edit_state.begin = characters(rl_line_buffer, start);
  edit_state.end = characters(rl_line_buffer, end);
  return rl_completion_matches(text, next_match);
}

static int call_hook(Value hook) {
  VM *vm = the_vm;
  if (hook == VALUE_NONE) return 0;
  Value pending = error_take(vm);
  Value result = call0(vm, hook);
  int64_t n = 0;
  if (result != VALUE_FAIL && result != VALUE_NONE && !value_is_int(result)) n = 0;
  else if (value_is_int(result)) n = value_as_int(result);
  error_restore(vm, pending);
  return (int)n;
}
static int startup(void) { return call_hook(edit_state.startup_hook); }
static int pre_input(void) { return call_hook(edit_state.pre_input_hook); }

static void display(char **matches, int count, int longest) {
  VM *vm = the_vm;
  Value pending = error_take(vm);
  List *list = list_new(vm, 8);
  for (int i = 1; list && i <= count; i++) {
    Value match = path_decode(vm, matches[i], strlen(matches[i]));
    if (match == VALUE_FAIL || !list_append_value(vm, list, match)) list = NULL;
  }
  Value word = list ? path_decode(vm, matches[0], strlen(matches[0])) : VALUE_FAIL;
  if (word != VALUE_FAIL && call3(vm, edit_state.display_hook, word, value_from(list),
                                  value_int_unchecked(longest)) == VALUE_FAIL)
    error_clear(vm);
  error_restore(vm, pending);
}

void edit_use_hooks(void) {
  rl_startup_hook = edit_state.startup_hook == VALUE_NONE ? NULL : startup;
  rl_pre_input_hook = edit_state.pre_input_hook == VALUE_NONE ? NULL : pre_input;
  rl_completion_display_matches_hook =
      edit_state.display_hook == VALUE_NONE ? NULL : (VFunction *)display;
}

/* ---- setting up */
int edit_history_length(void) { return history_get_history_state()->length; }

static void scan_state(Marker *marker, VM *vm, void *data) {
  mark_value(marker, edit_state.completer);
  mark_value(marker, edit_state.startup_hook);
  mark_value(marker, edit_state.pre_input_hook);
  mark_value(marker, edit_state.display_hook);
}

bool edit_start(VM *vm) {
  if (edit_state.started) return true;
  static const char delimiters[] = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?";
  rl_completer_word_break_characters = memory_copy_text(delimiters);
  if (!rl_completer_word_break_characters) return raise_memory(vm), false;
  edit_state.started = true;
  heap_add_root_scanner(vm, scan_state, NULL);
  rl_readline_name = "python";
  rl_catch_signals = 0; /* ours do, and end the line */
  const char *encoding = setlocale(LC_CTYPE, "");
  bool is_ascii = !encoding || strcmp(encoding, "C") == 0 || strcmp(encoding, "POSIX") == 0;
  if (is_ascii) setlocale(LC_CTYPE, "C.UTF-8");
  rl_initialize();
  using_history();
  rl_attempted_completion_function = complete;
  add_history("1");
  edit_state.history_start = history_get(1) ? 1 : 0;
  clear_history();
  return true;
}

bool edit_is_wanted(void) { return edit_state.imported && isatty(0) && isatty(1); }

/* ---- reading */
static void take_line(char *line) {
  reading.line = line;
  reading.done = true;
  rl_callback_handler_remove();
}

/* wait_for_key: false: a handler of a signal has raised. Signals are let in by ppoll alone, so that
** none arrives between the look at those that have come and the waiting. */
static bool wait_for_key(VM *vm) {
  struct pollfd key = {.fd = fileno(stdin), .events = POLLIN};
  sigset_t all, before;
  sigfillset(&all);
  for (;;) {
    if (!poll_signals(vm)) return false;
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int ready = signals_waiting(vm) ? 0 : BLOCKING(vm, ppoll(&key, 1, NULL, &before)),
        error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    /* one that has come with the key has taken it away: the terminal forgets what was typed */
    if (signals_waiting(vm)) continue;
    /* what is wrong with the descriptor the read will tell */
    if (ready > 0 || (ready < 0 && error != EINTR)) return true;
  }
}

static void remember(const char *line) {
  int length = edit_history_length();
  if (!edit_state.remembers || !*line) return;
  const HIST_ENTRY *last = length ? history_get(length - 1 + edit_state.history_start) : NULL;
  if (!last || strcmp(last->line, line) != 0) add_history(line);
}

char *edit_line(VM *vm, const char *prompt) {
  if (!edit_start(vm)) return NULL;
  fflush(stdout);
  reading.line = NULL;
  reading.done = false;
  if (rl_startup_hook) rl_startup_hook();
  rl_callback_handler_install(prompt, take_line);
  if (rl_pre_input_hook) rl_pre_input_hook();
  while (!reading.done) {
    if (!wait_for_key(vm)) {
      rl_callback_handler_remove();
      fputc('\n', stdout);
      return NULL;
    }
    rl_callback_read_char();
  }
  if (reading.line) remember(reading.line);
  return reading.line;
}

/* ---- for the prompt */
bool edit_open(VM *vm) {
  if (!isatty(0) || !isatty(1)) return false;
  bool started = edit_start(vm);
  if (!started) error_clear(vm);
  return started;
}
void edit_read_history(const char *file) { (void)read_history(file); }
void edit_write_history(const char *file) { (void)write_history(file); }
#else
#include "vm/modules/readline/edit.h"
bool edit_open(VM *vm) { return false; }
void edit_read_history(const char *file) {}
void edit_write_history(const char *file) {}
char *edit_line(VM *vm, const char *prompt) { return NULL; }
bool edit_is_wanted(void) { return false; }
#endif
