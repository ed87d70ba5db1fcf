/* edit.h -- a line read from the terminal, edited by libedit. */
#ifndef KRAIT_MODULES_EDIT_H
#define KRAIT_MODULES_EDIT_H

#include "vm/core/vm.h"

/* What the program has set by the module readline. */
struct EditState {
  Value completer, startup_hook, pre_input_hook, display_hook; /* callables, or VALUE_NONE */
  int begin, end;    /* of the word that is being completed, in characters */
  int history_start; /* number of the first line of the history, for history_get */
  int history_length;
  bool started;   /* libedit was set up */
  bool imported;  /* the module was: input() edits its lines */
  bool remembers; /* each line goes to the history */
};
extern struct EditState edit_state;

/* ---- for the prompt; all but edit_open after it has said true */
MUST_USE MAY_RUN bool edit_open(VM *vm); /* can lines be edited? */
void edit_read_history(const char *file);
void edit_write_history(const char *file);

MUST_USE MAY_RUN bool edit_start(VM *vm); /* sets libedit up; once. Raises: MemoryError */
/* edit_line: a line without its newline, malloc'd. NULL: end of input, or an exception is
** pending. */
MUST_USE MAY_RUN char *edit_line(VM *vm, const char *prompt);
/* edit_is_wanted: does input() edit its line: the module was imported, both ends are terminals? */
bool edit_is_wanted(void);
int edit_history_length(void);
/* edit_use_hooks: tells libedit which of the hooks are set. */
MAY_RUN void edit_use_hooks(void);

#endif
