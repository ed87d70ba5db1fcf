/* window.c -- _curses.window. */
#include "vm/base/libraries.h"
#if WITH_CURSES
#include "vm/base/memory.h"
#include "vm/modules/curses/curses.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>

#define NATIVE_DEF "vm/modules/curses/window.def"
#define NATIVE_PREFIX window_
#define NATIVE_SELF Window *
#include "vm/contracts/native_class.inc"

enum { LINE_MAX_BYTES = 1023 }; /* of what getstr and instr give */

/* ---- making and ending */
Value curses_window(VM *vm, WINDOW *window, const char *encoding) {
  if (!window) return raise_curses_null(vm);
  if (!encoding) encoding = nl_langinfo(CODESET);
  char *copy = memory_copy_text(encoding && *encoding ? encoding : "utf-8");
  if (!copy) return raise_memory(vm);
  Window *self = heap_new_zeroed(vm, SHAPE_OF(curses_window), sizeof *self);
  self->window = window;
  self->encoding = copy;
  heap_track_destroy(vm, &self->h);
  return value_from(self);
}
static void destroy_window(VM *vm, Object *object) {
  Window *self = (Window *)object;
  if (self->window && self->window != stdscr) {
    curses_end_panels(self->window);
    delwin(self->window);
  }
  free(self->encoding);
}

static Value window_get_encoding(VM *vm, Window *self) {
  return value_of(str_new_cstr(vm, self->encoding));
}
static bool window_set_encoding(VM *vm, Window *self, Value value) {
  if (value == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "encoding may not be deleted");
  if (!value_is_str(value))
    return raise_false(vm, TYPE_OF(TypeError), "setting encoding to a non-string");
  const Bytes *text = system_text_of(vm, value_object(value));
  char *copy = text ? memory_copy_text((const char *)text->data) : NULL;
  if (!copy) return text ? (raise_memory(vm), false) : false;
  free(self->encoding);
  self->encoding = copy;
  return true;
}

/* ---- arguments in groups */
/* python_name: "move" of a body called window_move */
static const char *python_name(const char *body) { return body + sizeof "window"; }
static bool no_keywords(VM *vm, const char *name, const Tuple *kwnames) {
  return !kwnames ||
         raise_false(vm, TYPE_OF(TypeError), "window.%s() takes no keyword arguments", name);
}
static bool refuse_count(VM *vm, const char *name, int least, int most) {
  return raise_false(vm, TYPE_OF(TypeError), "_curses.window.%s requires %d to %d arguments", name,
                     least, most);
}

/* What is left of a call's arguments after the place, which may stand before them. */
typedef struct Placed {
  const Value *args;
  int count;
  bool has_place;
  int y, x;
} Placed;

/* take_place: [y, x,] and then `least` to `most` others. */
static bool take_place(VM *vm, const char *name, const Value *args, int npos, Tuple *kwnames,
                       int least, int most, Placed *out) {
  if (!no_keywords(vm, name, kwnames)) return false;
  *out = (Placed){.args = args, .count = npos, .has_place = npos > most};
  if (out->has_place) out->args += 2, out->count -= 2;
  if (out->count < least || out->count > most) return refuse_count(vm, name, least, most + 2);
  if (!out->has_place) return true;
  return curses_int(vm, args[0], &out->y) && curses_int(vm, args[1], &out->x);
}
#define PLACED(least, most)                                                              \
  Window *self = value_object(receiver);                                                 \
  Placed in;                                                                             \
  if (!take_place(vm, python_name(__func__), args, npos, kwnames, (least), (most), &in)) \
  return VALUE_FAIL
/* attribute_of: the last of them, when it is there. */
static bool attribute_of(VM *vm, const Placed *in, int index, attr_t *out) {
  int64_t n = 0;
  if (in->count > index && !curses_long(vm, in->args[index], &n)) return false;
  *out = (attr_t)n;
  return true;
}
static bool ints_of(VM *vm, const Value *args, int count, int *out) {
  for (int i = 0; i < count; i++)
    if (!curses_int(vm, args[i], &out[i])) return false;
  return true;
}

#define RAW_METHOD(name) \
  static Value name(VM *vm, Value receiver, const Value *args, int npos, Tuple *kwnames)

/* ---- methods that are one function of the library */
static bool check_none(VM *vm, const char *name, int npos, const Tuple *kwnames) {
  if (!no_keywords(vm, name, kwnames)) return false;
  return !npos || raise_false(vm, TYPE_OF(TypeError), "window.%s() takes no arguments (%d given)",
                              name, npos);
}
/* check_ints: that many, else TypeError with the text */
static bool check_ints(VM *vm, const char *name, const char *text, const Value *args, int npos,
                       const Tuple *kwnames, int count, int *out) {
  if (!no_keywords(vm, name, kwnames)) return false;
  if (npos != count) return raise_false(vm, TYPE_OF(TypeError), "%s", text);
  return ints_of(vm, args, count, out);
}
#define PLAIN(name, result)                                                           \
  RAW_METHOD(name) {                                                                  \
    WINDOW *window = ((Window *)value_object(receiver))->window;                      \
    return check_none(vm, python_name(#name), npos, kwnames) ? (result) : VALUE_FAIL; \
  }
#define CALL_PLAIN(name, function) PLAIN(name, curses_result(vm, function(window), #function))
#define CALL_VOID(name, function) PLAIN(name, (function(window), VALUE_NONE))
#define CALL_PAIR(name, function)                               \
  PLAIN(name, ({                                                \
          int y, x;                                             \
          function(window, y, x);                               \
          PACK(value_int_unchecked(y), value_int_unchecked(x)); \
        }))
#define WITH_INTS(name, count, text, result)                                                 \
  RAW_METHOD(name) {                                                                         \
    WINDOW *window = ((Window *)value_object(receiver))->window;                             \
    int n[count];                                                                            \
    bool fine = check_ints(vm, python_name(#name), (text), args, npos, kwnames, (count), n); \
    return fine ? (result) : VALUE_FAIL;                                                     \
  }
#define CALL_FLAG(name, function) \
  WITH_INTS(name, 1, "True(1) or False(0)", curses_result(vm, function(window, n[0]), #function))
#define CALL_FLAG_VOID(name, function) \
  WITH_INTS(name, 1, "True(1) or False(0)", (function(window, n[0]), VALUE_NONE))
#define CALL_TWO(name, text, function) \
  WITH_INTS(name, 2, text, curses_result(vm, function(window, n[0], n[1]), #function))

CALL_PLAIN(window_clear, wclear)
CALL_PLAIN(window_clrtobot, wclrtobot)
CALL_PLAIN(window_clrtoeol, wclrtoeol)
CALL_PLAIN(window_deleteln, wdeleteln)
CALL_PLAIN(window_erase, werase)
CALL_PLAIN(window_insertln, winsertln)
CALL_PLAIN(window_redrawwin, redrawwin)
CALL_PLAIN(window_standend, wstandend)
CALL_PLAIN(window_standout, wstandout)
CALL_PLAIN(window_touchwin, touchwin)
CALL_PLAIN(window_untouchwin, untouchwin)
CALL_VOID(window_cursyncup, wcursyncup)
CALL_VOID(window_syncdown, wsyncdown)
CALL_VOID(window_syncup, wsyncup)
CALL_PAIR(window_getbegyx, getbegyx)
CALL_PAIR(window_getmaxyx, getmaxyx)
CALL_PAIR(window_getparyx, getparyx)
CALL_PAIR(window_getyx, getyx)
PLAIN(window_is_wintouched, value_bool(is_wintouched(window)))
CALL_FLAG(window_clearok, clearok)
CALL_FLAG(window_idlok, idlok)
CALL_FLAG(window_keypad, keypad)
CALL_FLAG(window_leaveok, leaveok)
CALL_FLAG(window_nodelay, nodelay)
CALL_FLAG(window_notimeout, notimeout)
CALL_FLAG(window_scrollok, scrollok)
CALL_FLAG(window_syncok, syncok)
CALL_FLAG_VOID(window_idcok, idcok)
CALL_FLAG_VOID(window_immedok, immedok)
WITH_INTS(window_insdelln, 1, "nlines", curses_result(vm, winsdelln(window, n[0]), "winsdelln"))
WITH_INTS(window_timeout, 1, "delay", (wtimeout(window, n[0]), VALUE_NONE))
CALL_TWO(window_move, "y,x", wmove)
CALL_TWO(window_mvderwin, "y,x", mvderwin)
CALL_TWO(window_mvwin, "y,x", mvwin)
CALL_TWO(window_resize, "lines,columns", wresize)

static Value window_attroff(VM *vm, Window *self, const window_attroff_args *a) {
  return curses_result(vm, wattroff(self->window, (int)a->attr), "attroff");
}
static Value window_attron(VM *vm, Window *self, const window_attron_args *a) {
  return curses_result(vm, wattron(self->window, (int)a->attr), "attron");
}
static Value window_attrset(VM *vm, Window *self, const window_attrset_args *a) {
  return curses_result(vm, wattrset(self->window, (int)a->attr), "attrset");
}
static Value window_enclose(VM *vm, Window *self, const window_enclose_args *a) {
  return value_bool(wenclose(self->window, a->y, a->x));
}
static Value window_getbkgd(VM *vm, Window *self, const window_getbkgd_args *a) {
  return value_int(vm, (int64_t)getbkgd(self->window));
}
static Value window_redrawln(VM *vm, Window *self, const window_redrawln_args *a) {
  return curses_result(vm, wredrawln(self->window, a->beg, a->num), "redrawln");
}
static Value window_setscrreg(VM *vm, Window *self, const window_setscrreg_args *a) {
  return curses_result(vm, wsetscrreg(self->window, a->top, a->bottom), "wsetscrreg");
}
static Value window_is_linetouched(VM *vm, Window *self, const window_is_linetouched_args *a) {
  if (a->line < 0 || a->line >= getmaxy(self->window))
    return raise_type(vm, "is_linetouched: line number outside of boundaries");
  return value_bool(is_linetouched(self->window, a->line));
}

/* ---- writing characters */
RAW_METHOD(window_addch) {
  PLACED(1, 2);
  bool is_wide;
  wchar_t text[2] = {0};
  chtype byte = 0;
  attr_t attributes;
  if (!curses_character(vm, in.args[0], &is_wide, text, &byte) ||
      !attribute_of(vm, &in, 1, &attributes))
    return VALUE_FAIL;
  WINDOW *window = self->window;
  if (!is_wide) {
    byte |= attributes;
    int result = in.has_place ? mvwaddch(window, in.y, in.x, byte) : waddch(window, byte);
    return curses_result(vm, result, "addch");
  }
  cchar_t cell;
  setcchar(&cell, text, attributes, (short)PAIR_NUMBER(attributes), NULL);
  int result = in.has_place ? mvwadd_wch(window, in.y, in.x, &cell) : wadd_wch(window, &cell);
  return curses_result(vm, result, "add_wch");
}
RAW_METHOD(window_insch) {
  PLACED(1, 2);
  chtype byte;
  attr_t attributes;
  if (!curses_byte(vm, self, in.args[0], &byte) || !attribute_of(vm, &in, 1, &attributes))
    return VALUE_FAIL;
  byte |= attributes;
  int result = in.has_place ? mvwinsch(self->window, in.y, in.x, byte) : winsch(self->window, byte);
  return curses_result(vm, result, "insch");
}
static Value window_echochar(VM *vm, Window *self, const window_echochar_args *a) {
  chtype byte;
  if (!curses_byte(vm, self, a->ch, &byte)) return VALUE_FAIL;
  byte |= (attr_t)a->attr;
  WINDOW *window = self->window;
  int result = BLOCKING(vm, is_pad(window) ? pechochar(window, byte) : wechochar(window, byte));
  return curses_result(vm, result, "echochar");
}
static Value window_bkgd(VM *vm, Window *self, const window_bkgd_args *a) {
  chtype byte;
  if (!curses_byte(vm, self, a->ch, &byte)) return VALUE_FAIL;
  return curses_result(vm, wbkgd(self->window, byte | (attr_t)a->attr), "bkgd");
}
static Value window_bkgdset(VM *vm, Window *self, const window_bkgdset_args *a) {
  chtype byte;
  if (!curses_byte(vm, self, a->ch, &byte)) return VALUE_FAIL;
  wbkgdset(self->window, byte | (attr_t)a->attr);
  return VALUE_NONE;
}

/* ---- borders and lines */
static Value window_border(VM *vm, Window *self, const window_border_args *a) {
  const Value given[] = {a->ls, a->rs, a->ts, a->bs, a->tl, a->tr, a->bl, a->br};
  chtype c[ARRAY_COUNT(given)] = {0};
  for (size_t i = 0; i < ARRAY_COUNT(given); i++)
    if (given[i] != VALUE_MISSING && !curses_byte(vm, self, given[i], &c[i])) return VALUE_FAIL;
  wborder(self->window, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
  return VALUE_NONE;
}
RAW_METHOD(window_box) {
  Window *self = value_object(receiver);
  chtype sides[2] = {0, 0};
  if (!no_keywords(vm, "box", kwnames)) return VALUE_FAIL;
  if (npos != 0 && npos != 2) return refuse_count(vm, "box", 0, 2), VALUE_FAIL;
  for (int i = 0; i < npos; i++)
    if (!curses_byte(vm, self, args[i], &sides[i])) return VALUE_FAIL;
  box(self->window, sides[0], sides[1]);
  return VALUE_NONE;
}
static Value draw_line(VM *vm, Window *self, const Placed *in, const char *name,
                       int (*draw)(WINDOW *, chtype, int)) {
  chtype byte;
  int n;
  attr_t attributes;
  if (!curses_byte(vm, self, in->args[0], &byte) || !curses_int(vm, in->args[1], &n) ||
      !attribute_of(vm, in, 2, &attributes))
    return VALUE_FAIL;
  if (in->has_place && wmove(self->window, in->y, in->x) == ERR)
    return raise_curses_failed(vm, "wmove");
  return curses_result(vm, draw(self->window, byte | attributes, n), name);
}
RAW_METHOD(window_hline) {
  PLACED(2, 3);
  return draw_line(vm, self, &in, "hline", whline);
}
RAW_METHOD(window_vline) {
  PLACED(2, 3);
  return draw_line(vm, self, &in, "vline", wvline);
}

/* ---- writing strings */
typedef int (*WideWriter)(WINDOW *, const wchar_t *, int);
typedef int (*Writer)(WINDOW *, const char *, int);

/* write_string: str, [n,] [attr]; its functions take -1 for all of it. */
static Value write_string(VM *vm, Window *self, const Placed *in, bool has_count,
                          WideWriter write_wide, const char *wide_name, Writer write,
                          const char *name) {
  CursesString string;
  attr_t attributes;
  int n = -1, last = has_count ? 2 : 1;
  if (has_count && !curses_int(vm, in->args[1], &n)) return VALUE_FAIL;
  if (!attribute_of(vm, in, last, &attributes)) return VALUE_FAIL;
  if (!curses_string(vm, in->args[0], &string)) return VALUE_FAIL;
  WINDOW *window = self->window;
  attr_t before = (attr_t)getattrs(window);
  bool has_attributes = in->count > last;
  if (has_attributes) wattrset(window, (int)attributes);
  bool fine = !in->has_place || wmove(window, in->y, in->x) != ERR;
  int result = !fine         ? ERR
               : string.wide ? write_wide(window, string.wide, n)
                             : write(window, string.bytes, n);
  if (has_attributes) wattrset(window, (int)before);
  bool is_wide = string.wide != NULL;
  curses_string_drop(&string);
  return curses_result(vm, result, is_wide ? wide_name : name);
}
RAW_METHOD(window_addstr) {
  PLACED(1, 2);
  return write_string(vm, self, &in, false, waddnwstr, "addwstr", waddnstr, "addstr");
}
RAW_METHOD(window_addnstr) {
  PLACED(2, 3);
  return write_string(vm, self, &in, true, waddnwstr, "addnwstr", waddnstr, "addnstr");
}
RAW_METHOD(window_insstr) {
  PLACED(1, 2);
  return write_string(vm, self, &in, false, wins_nwstr, "inswstr", winsnstr, "insstr");
}
RAW_METHOD(window_insnstr) {
  PLACED(2, 3);
  return write_string(vm, self, &in, true, wins_nwstr, "insn_wstr", winsnstr, "insnstr");
}

/* ---- what is there */
RAW_METHOD(window_delch) {
  PLACED(0, 0);
  int result = in.has_place ? mvwdelch(self->window, in.y, in.x) : wdelch(self->window);
  return curses_result(vm, result, in.has_place ? "mvwdelch" : "wdelch");
}
RAW_METHOD(window_inch) {
  PLACED(0, 0);
  chtype found = in.has_place ? mvwinch(self->window, in.y, in.x) : winch(self->window);
  return value_int(vm, (int64_t)found);
}

/* place_and_count: of getstr and instr: nothing, n, y x, or y x n. */
static bool place_and_count(VM *vm, const char *name, const char *counts, const Value *args,
                            int npos, const Tuple *kwnames, Placed *in, int *n) {
  int given[3];
  if (!no_keywords(vm, name, kwnames)) return false;
  if (npos > 3)
    return raise_false(vm, TYPE_OF(TypeError), "%s requires %s arguments", name, counts);
  if (!ints_of(vm, args, npos, given)) return false;
  *in = (Placed){.has_place = npos >= 2};
  if (in->has_place) in->y = given[0], in->x = given[1];
  *n = npos % 2 ? given[npos - 1] : LINE_MAX_BYTES;
  if (*n < 0) return raise_false(vm, TYPE_OF(ValueError), "'n' must be nonnegative");
  if (*n > LINE_MAX_BYTES) *n = LINE_MAX_BYTES;
  return true;
}
RAW_METHOD(window_getstr) {
  WINDOW *window = ((Window *)value_object(receiver))->window;
  char line[LINE_MAX_BYTES + 1] = "";
  Placed in;
  int n;
  if (!place_and_count(vm, "getstr", "0 to 3", args, npos, kwnames, &in, &n)) return VALUE_FAIL;
  int result = BLOCKING(vm, in.has_place ? mvwgetnstr(window, in.y, in.x, line, n)
                                         : wgetnstr(window, line, n));
  if (result == ERR && !poll_signals(vm)) return VALUE_FAIL;
  return value_of(bytes_new(vm, line, result == ERR ? 0 : strlen(line)));
}
RAW_METHOD(window_instr) {
  WINDOW *window = ((Window *)value_object(receiver))->window;
  char line[LINE_MAX_BYTES + 1] = "";
  Placed in;
  int n;
  if (!place_and_count(vm, "instr", "0 or 3", args, npos, kwnames, &in, &n)) return VALUE_FAIL;
  int result = in.has_place ? mvwinnstr(window, in.y, in.x, line, n) : winnstr(window, line, n);
  return value_of(bytes_new(vm, line, result == ERR ? 0 : strlen(line)));
}

/* chgat: [y, x,] [n,] attr */
RAW_METHOD(window_chgat) {
  WINDOW *window = ((Window *)value_object(receiver))->window;
  int given[3], y, x, n = -1;
  int64_t attributes;
  if (!no_keywords(vm, "chgat", kwnames)) return VALUE_FAIL;
  if (npos < 1 || npos > 4) return raise_type(vm, "chgat requires 1 to 4 arguments");
  if (!ints_of(vm, args, npos - 1, given) || !curses_long(vm, args[npos - 1], &attributes))
    return VALUE_FAIL;
  if (npos % 2 == 0) n = given[npos - 2];
  if (npos >= 3) y = given[0], x = given[1];
  else getyx(window, y, x);
  short pair = (short)PAIR_NUMBER((int)attributes);
  attr_t style = (attr_t)attributes & ~(attr_t)A_COLOR;
  int result = npos >= 3 ? mvwchgat(window, y, x, n, style, pair, NULL)
                         : wchgat(window, n, style, pair, NULL);
  touchline(window, y, 1);
  return curses_result(vm, result, "chgat");
}
RAW_METHOD(window_touchline) {
  WINDOW *window = ((Window *)value_object(receiver))->window;
  int given[3] = {0, 0, 1};
  if (!no_keywords(vm, "touchline", kwnames)) return VALUE_FAIL;
  if (npos < 2 || npos > 3) return refuse_count(vm, "touchline", 2, 3), VALUE_FAIL;
  if (!ints_of(vm, args, npos, given)) return VALUE_FAIL;
  return curses_result(vm, wtouchln(window, given[0], given[1], given[2] != 0), "touchline");
}
RAW_METHOD(window_scroll) {
  WINDOW *window = ((Window *)value_object(receiver))->window;
  int n = 1;
  if (!no_keywords(vm, "scroll", kwnames)) return VALUE_FAIL;
  if (npos > 1) return refuse_count(vm, "scroll", 0, 1), VALUE_FAIL;
  if (!ints_of(vm, args, npos, &n)) return VALUE_FAIL;
  return curses_result(vm, npos ? wscrl(window, n) : scroll(window), "scroll");
}

/* ---- keys */
RAW_METHOD(window_getch) {
  PLACED(0, 0);
  WINDOW *window = self->window;
  int key = BLOCKING(vm, in.has_place ? mvwgetch(window, in.y, in.x) : wgetch(window));
  /* a signal has come instead, or nothing waits */
  if (key == ERR && !poll_signals(vm)) return VALUE_FAIL;
  return value_int_unchecked(key);
}
/* no_key: a signal has come instead, whose handler may raise. */
static Value no_key(VM *vm) { return poll_signals(vm) ? raise_curses(vm, "no input") : VALUE_FAIL; }
RAW_METHOD(window_getkey) {
  PLACED(0, 0);
  WINDOW *window = self->window;
  int key = BLOCKING(vm, in.has_place ? mvwgetch(window, in.y, in.x) : wgetch(window));
  if (key == ERR) return no_key(vm);
  if (key <= 255) return value_from(str_from_char(vm, (uint32_t)key));
  const char *name = keyname(key);
  return value_of(str_new_cstr(vm, name ? name : ""));
}
RAW_METHOD(window_get_wch) {
  PLACED(0, 0);
  WINDOW *window = self->window;
  wint_t key = 0;
  int kind =
      BLOCKING(vm, in.has_place ? mvwget_wch(window, in.y, in.x, &key) : wget_wch(window, &key));
  if (kind == ERR) return no_key(vm);
  if (kind == KEY_CODE_YES) return value_int_unchecked((int64_t)key);
  return value_from(str_from_char(vm, (uint32_t)key));
}

/* ---- showing */
/* six_ints: none, or six. */
static bool six_ints(VM *vm, const char *name, const Value *args, int npos, const Tuple *kwnames,
                     int *out) {
  if (!no_keywords(vm, name, kwnames)) return false;
  if (npos != 0 && npos != 6) return refuse_count(vm, name, 0, 6);
  return ints_of(vm, args, npos, out);
}
RAW_METHOD(window_refresh) {
  WINDOW *window = ((Window *)value_object(receiver))->window;
  int at[6];
  if (!six_ints(vm, "refresh", args, npos, kwnames, at)) return VALUE_FAIL;
  bool pad = is_pad(window);
  if (pad && !npos) return raise_curses(vm, "refresh() for a pad requires 6 arguments");
  if (!pad && npos) return raise_type(vm, "refresh() takes no arguments (6 given)");
  int result = BLOCKING(vm, pad ? prefresh(window, at[0], at[1], at[2], at[3], at[4], at[5])
                                : wrefresh(window));
  return curses_result(vm, result, "prefresh");
}
RAW_METHOD(window_noutrefresh) {
  WINDOW *window = ((Window *)value_object(receiver))->window;
  int at[6];
  if (!six_ints(vm, "noutrefresh", args, npos, kwnames, at)) return VALUE_FAIL;
  bool pad = is_pad(window);
  if (pad && !npos) return raise_curses(vm, "noutrefresh() called for a pad requires 6 arguments");
  if (!pad && npos) return raise_type(vm, "noutrefresh() takes no arguments (6 given)");
  int result = BLOCKING(vm, pad ? pnoutrefresh(window, at[0], at[1], at[2], at[3], at[4], at[5])
                                : wnoutrefresh(window));
  return curses_result(vm, result, pad ? "pnoutrefresh" : "wnoutrefresh");
}

/* ---- other windows */
static Value copy_window(VM *vm, Value receiver, const char *name, const Value *args, int npos,
                         const Tuple *kwnames, bool over) {
  WINDOW *from = ((Window *)value_object(receiver))->window;
  int at[6];
  if (!no_keywords(vm, name, kwnames)) return VALUE_FAIL;
  if (npos != 1 && npos != 7) return refuse_count(vm, name, 1, 7), VALUE_FAIL;
  if (!value_is(args[0], curses_window))
    return args[0] == VALUE_NONE
               ? raise_type(vm, "%s() argument 1 must be _curses.window, not None", name)
               : raise_type(vm, "%s() argument 1 must be _curses.window, not %T", name, args[0]);
  if (!ints_of(vm, args + 1, npos - 1, at)) return VALUE_FAIL;
  WINDOW *to = ((Window *)value_object(args[0]))->window;
  if (npos == 1) return curses_result(vm, over ? overwrite(from, to) : overlay(from, to), name);
  int result = copywin(from, to, at[0], at[1], at[2], at[3], at[4], at[5], !over);
  return curses_result(vm, result, "copywin");
}
RAW_METHOD(window_overlay) {
  return copy_window(vm, receiver, "overlay", args, npos, kwnames, false);
}
RAW_METHOD(window_overwrite) {
  return copy_window(vm, receiver, "overwrite", args, npos, kwnames, true);
}

/* part_of: [nlines, ncols,] begin_y, begin_x */
static Value part_of(VM *vm, Value receiver, const char *name, const Value *args, int npos,
                     const Tuple *kwnames, WINDOW *(*make)(WINDOW *, int, int, int, int)) {
  const Window *self = value_object(receiver);
  int given[4] = {0};
  if (!no_keywords(vm, name, kwnames)) return VALUE_FAIL;
  if (npos != 2 && npos != 4) return refuse_count(vm, name, 2, 4), VALUE_FAIL;
  if (!ints_of(vm, args, npos, given + 4 - npos)) return VALUE_FAIL;
  WINDOW *part = make(self->window, given[0], given[1], given[2], given[3]);
  return curses_window(vm, part, self->encoding);
}
static WINDOW *make_part(WINDOW *window, int lines, int columns, int y, int x) {
  return is_pad(window) ? subpad(window, lines, columns, y, x)
                        : subwin(window, lines, columns, y, x);
}
RAW_METHOD(window_derwin) { return part_of(vm, receiver, "derwin", args, npos, kwnames, derwin); }
RAW_METHOD(window_subwin) {
  return part_of(vm, receiver, "subwin", args, npos, kwnames, make_part);
}
RAW_METHOD(window_subpad) {
  return part_of(vm, receiver, "subwin", args, npos, kwnames, make_part);
}

/* write_file: what the library has written, by the file's method; what that has given last. */
static Value write_file(VM *vm, FILE *from, Value file) {
  uint8_t part[BUFSIZ];
  Value result = VALUE_NONE;
  rewind(from);
  for (;;) {
    size_t n = fread(part, 1, sizeof part, from);
    if (n == 0) return result;
    Value bytes = value_of(bytes_new(vm, part, n));
    if (value_is_fail(bytes)) return bytes;
    result = call_method1(vm, file, NAME("write"), bytes);
    if (value_is_fail(result)) return result;
  }
}
static Value window_putwin(VM *vm, Window *self, const window_putwin_args *a) {
  FILE *file = tmpfile();
  if (!file) return raise_errno(vm, errno, VALUE_NONE);
  Value v = curses_result(vm, putwin(self->window, file), "putwin");
  if (!value_is_fail(v)) v = write_file(vm, file, a->file);
  fclose(file);
  return v;
}

const ClassSpec curses_window_class = {
    NATIVE_CLASS(window_),
    .basic_size = sizeof(Window),
    .destroy = destroy_window,
};
#endif
