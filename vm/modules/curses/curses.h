/* curses.h -- what the files of _curses and _curses_panel share. */
#ifndef KRAIT_CURSES_H
#define KRAIT_CURSES_H

#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/system/system_text.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/module.h"
#include "vm/objects/tuple.h"

#define NCURSES_NOMACROS 1 /* functions, not macros with the names of our methods */
#define NCURSES_WIDECHAR 1
#include <curses.h>

/* Law: encoding is not NULL. */
typedef struct Window {
  Object h;
  WINDOW *window; /* [owned], but for stdscr */
  char *encoding; /* [owned] of characters that are to become bytes */
} Window;

/* Its values are registered by the import of _curses. */
extern struct CursesState {
  Value error;   /* the class _curses.error */
  Value version; /* the class of ncurses_version */
  /* [gc] _curses, which learns names when a screen is there */
  Module *module;
  char *encoding;                            /* [owned] of the first screen; NULL: none yet */
  bool has_terminal, has_screen, has_colors; /* setupterm, initscr, start_color were called */
} curses_state;

/* ---- errors (text.c) */
#define raise_curses(vm, ...) \
  raise_error((vm), (Type *)value_object(curses_state.error), __VA_ARGS__)
/* curses_result: None, or what says that the function has failed */
COLD Value raise_curses_failed(VM *vm, const char *function);
MUST_USE static inline Value curses_result(VM *vm, int result, const char *function) {
  return result == ERR ? raise_curses_failed(vm, function) : VALUE_NONE;
}
COLD Value raise_curses_null(VM *vm);
/* has initscr() been called? Raises: curses.error */
MUST_USE bool curses_check_screen(VM *vm);
MUST_USE bool curses_check_colors(VM *vm);

/* ---- text (text.c) */
/* curses_byte: a character in one byte, by the encoding of `window` (NULL: the screen's), or an int
** with attributes. */
MUST_USE MAY_RUN bool curses_byte(VM *vm, const Window *window, Value v, chtype *out);
/* curses_character: the same, but a str's character stays whole: *wide is true and it is in
** *character. */
MUST_USE bool curses_character(VM *vm, Value v, bool *wide, wchar_t *character, chtype *byte);
/* A string for the library; curses_string_drop frees it. */
typedef struct CursesString {
  wchar_t *wide;     /* [owned] of a str, or NULL */
  const char *bytes; /* [borrowed: the bytes object] */
} CursesString;
MUST_USE bool curses_string(VM *vm, Value v, CursesString *out);
void curses_string_drop(CursesString *string);
/* curses_int, curses_long: an argument that older functions take: their words for one that is too
** large. */
MUST_USE MAY_RUN bool curses_int(VM *vm, Value v, int *out);
MUST_USE MAY_RUN bool curses_long(VM *vm, Value v, int64_t *out);

/* ---- windows (window.c) */
/* curses_window: takes the library's window; NULL: it could not make one. encoding NULL: the
** locale's. */
MUST_USE Value curses_window(VM *vm, WINDOW *window, const char *encoding);

/* curses_end_panels: of a window that ends (panel.c). */
void curses_end_panels(const WINDOW *window);

typedef int64_t c_CLong;
#define DEFAULT_CLong(x) (x)
#define convert_CLong(vm, v, out, spec, i) curses_long(vm, v, out)
/* CWindow: a window */
typedef Window *c_CWindow;
MUST_USE static inline bool convert_CWindow(VM *vm, Value v, c_CWindow *out, const MethodSpec *spec,
                                            int i) {
  if (!value_is(v, curses_window)) return convert_fail(vm, v, "_curses.window", spec, i);
  *out = value_object(v);
  return true;
}

#endif
