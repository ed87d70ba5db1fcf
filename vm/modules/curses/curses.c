/* curses.c -- the module _curses: its functions. */
#include "vm/base/libraries.h"
#if WITH_CURSES
#include "vm/base/memory.h"
#include "vm/contracts/import.h"
#include "vm/contracts/sys.h"
#include "vm/modules/curses/convert.h"
#include "vm/modules/posix/posix.h"
#include "vm/objects/dict.h"

#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>

/* the header that declares it defines a thousand names of capabilities as macros */
extern int setupterm(const char *term, int fd, int *error);

#define NATIVE_DEF "vm/modules/curses/curses.def"
#define NATIVE_PREFIX curses_
#include "vm/contracts/native_class.inc"

/* Registered by the first import. */
struct CursesState curses_state = {.error = VALUE_NONE, .version = VALUE_NONE};

static Value bytes_from(VM *vm, const char *text) {
  return value_of(bytes_new(vm, text ? text : "", text ? strlen(text) : 0));
}

/* ---- functions that are one of the library: once there is a screen */
#define PLAIN(name, result)                                     \
  static Value name(VM *vm, Value self, const name##_args *a) { \
    return curses_check_screen(vm) ? (result) : VALUE_FAIL;     \
  }
#define CALL_PLAIN(name, function) PLAIN(name, curses_result(vm, function(), #function))
#define CALL_VOID(name, function) PLAIN(name, (function(), VALUE_NONE))
#define CALL_TEST(name, function) PLAIN(name, value_bool(function()))
#define CALL_FLAG(name, on, off) \
  PLAIN(name, a->flag ? curses_result(vm, on(), #on) : curses_result(vm, off(), #off))

CALL_PLAIN(curses_beep, beep)
CALL_PLAIN(curses_def_prog_mode, def_prog_mode)
CALL_PLAIN(curses_def_shell_mode, def_shell_mode)
CALL_PLAIN(curses_endwin, endwin)
CALL_PLAIN(curses_flash, flash)
CALL_PLAIN(curses_nocbreak, nocbreak)
CALL_PLAIN(curses_noecho, noecho)
CALL_PLAIN(curses_nonl, nonl)
CALL_PLAIN(curses_noraw, noraw)
CALL_PLAIN(curses_reset_prog_mode, reset_prog_mode)
CALL_PLAIN(curses_reset_shell_mode, reset_shell_mode)
CALL_PLAIN(curses_resetty, resetty)
CALL_PLAIN(curses_savetty, savetty)
CALL_VOID(curses_flushinp, flushinp)
CALL_VOID(curses_noqiflush, noqiflush)
CALL_TEST(curses_can_change_color, can_change_color)
CALL_TEST(curses_has_colors, has_colors)
CALL_TEST(curses_has_ic, has_ic)
CALL_TEST(curses_has_il, has_il)
CALL_TEST(curses_isendwin, isendwin)
CALL_FLAG(curses_cbreak, cbreak, nocbreak)
CALL_FLAG(curses_echo, echo, noecho)
CALL_FLAG(curses_nl, nl, nonl)
CALL_FLAG(curses_raw, raw, noraw)
PLAIN(curses_qiflush, (a->flag ? qiflush() : noqiflush(), VALUE_NONE))
PLAIN(curses_baudrate, value_int_unchecked(baudrate()))
PLAIN(curses_termattrs, value_int(vm, (int64_t)termattrs()))
PLAIN(curses_longname, bytes_from(vm, longname()))
PLAIN(curses_termname, bytes_from(vm, termname()))
PLAIN(curses_delay_output, curses_result(vm, BLOCKING(vm, delay_output(a->ms)), "delay_output"))
PLAIN(curses_doupdate, curses_result(vm, BLOCKING(vm, doupdate()), "doupdate"))
PLAIN(curses_halfdelay, curses_result(vm, halfdelay(a->tenths), "halfdelay"))
PLAIN(curses_has_key, value_bool(has_key(a->key)))
PLAIN(curses_intrflush, curses_result(vm, intrflush(NULL, a->flag), "intrflush"))
PLAIN(curses_is_term_resized, value_bool(is_term_resized(a->nlines, a->ncols)))
PLAIN(curses_meta, curses_result(vm, meta(stdscr, a->yes), "meta"))
PLAIN(curses_mouseinterval, curses_result(vm, mouseinterval(a->interval), "mouseinterval"))
PLAIN(curses_napms, value_int_unchecked(BLOCKING(vm, napms(a->ms))))
PLAIN(curses_newpad, curses_window(vm, newpad(a->nlines, a->ncols), NULL))
PLAIN(curses_typeahead, curses_result(vm, typeahead(a->fd), "typeahead"))
PLAIN(
    curses_ungetmouse,
    curses_result(vm,
                  ungetmouse(&(MEVENT){
                      .id = a->id, .x = a->x, .y = a->y, .z = a->z, .bstate = (mmask_t)a->bstate}),
                  "ungetmouse"))

static Value curses_curs_set(VM *vm, Value self, const curses_curs_set_args *a) {
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  int before = curs_set(a->visibility);
  return before == ERR ? raise_curses_failed(vm, "curs_set") : value_int_unchecked(before);
}
static Value curses_erasechar(VM *vm, Value self, const curses_erasechar_args *a) {
  char key;
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  key = erasechar();
  return value_of(bytes_new(vm, &key, 1));
}
static Value curses_killchar(VM *vm, Value self, const curses_killchar_args *a) {
  char key = killchar();
  return value_of(bytes_new(vm, &key, 1));
}
static Value curses_filter(VM *vm, Value self, const curses_filter_args *a) {
  filter();
  return VALUE_NONE;
}
static Value curses_use_env(VM *vm, Value self, const curses_use_env_args *a) {
  use_env(a->flag);
  return VALUE_NONE;
}
static Value curses_getsyx(VM *vm, Value self, const curses_getsyx_args *a) {
  int y = 0, x = 0;
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  getsyx(y, x);
  return PACK(value_int_unchecked(y), value_int_unchecked(x));
}
static Value curses_setsyx(VM *vm, Value self, const curses_setsyx_args *a) {
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  setsyx(a->y, a->x);
  return VALUE_NONE;
}

/* ---- settings that need no screen */
static Value curses_get_escdelay(VM *vm, Value self, const curses_get_escdelay_args *a) {
  return value_int_unchecked(ESCDELAY);
}
static Value curses_get_tabsize(VM *vm, Value self, const curses_get_tabsize_args *a) {
  return value_int_unchecked(TABSIZE);
}
static Value curses_set_escdelay(VM *vm, Value self, const curses_set_escdelay_args *a) {
  if (a->ms <= 0) return raise_value(vm, "ms must be > 0");
  return curses_result(vm, set_escdelay(a->ms), "set_escdelay");
}
static Value curses_set_tabsize(VM *vm, Value self, const curses_set_tabsize_args *a) {
  if (a->size <= 0) return raise_value(vm, "size must be > 0");
  return curses_result(vm, set_tabsize(a->size), "set_tabsize");
}

/* ---- keys and the mouse */
static Value curses_keyname(VM *vm, Value self, const curses_keyname_args *a) {
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  return a->key < 0 ? raise_value(vm, "invalid key number") : bytes_from(vm, keyname(a->key));
}
static Value curses_unctrl(VM *vm, Value self, const curses_unctrl_args *a) {
  chtype byte;
  if (!curses_check_screen(vm) || !curses_byte(vm, NULL, a->ch, &byte)) return VALUE_FAIL;
  return bytes_from(vm, unctrl(byte));
}
static Value curses_ungetch(VM *vm, Value self, const curses_ungetch_args *a) {
  chtype byte;
  if (!curses_check_screen(vm) || !curses_byte(vm, NULL, a->ch, &byte)) return VALUE_FAIL;
  return curses_result(vm, ungetch((int)byte), "ungetch");
}
static Value curses_unget_wch(VM *vm, Value self, const curses_unget_wch_args *a) {
  int64_t n;
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  if (value_is_str(a->ch)) {
    const Str *text = value_object(a->ch);
    if (text->length != 1)
      return raise_type(vm, "expect str of length 1 or int, got a str of length %zu",
                        (size_t)text->length);
    n = str_at(text, 0);
  } else if (value_type(a->ch) != TYPE_OF(int)) {
    return raise_type(vm, "expect str of length 1 or int, got %T", a->ch);
  } else if (!int_to_int64(a->ch, &n)) {
    return raise_error(vm, TYPE_OF(OverflowError), "int doesn't fit in long");
  }
  if (n != (wchar_t)n)
    return raise_error(vm, TYPE_OF(OverflowError), "character doesn't fit in wchar_t");
  return curses_result(vm, unget_wch((wchar_t)n), "unget_wch");
}
static Value curses_getmouse(VM *vm, Value self, const curses_getmouse_args *a) {
  MEVENT event;
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  if (getmouse(&event) == ERR) return raise_curses_failed(vm, "getmouse");
  return PACK(value_int_unchecked(event.id), value_int_unchecked(event.x),
              value_int_unchecked(event.y), value_int_unchecked(event.z),
              value_int(vm, (int64_t)event.bstate));
}
static Value curses_mousemask(VM *vm, Value self, const curses_mousemask_args *a) {
  mmask_t before;
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  mmask_t available = mousemask((mmask_t)a->newmask, &before);
  return PACK(value_int(vm, (int64_t)available), value_int(vm, (int64_t)before));
}

/* ---- colors */
static Value curses_has_extended_color_support(VM *vm, Value self,
                                               const curses_has_extended_color_support_args *a) {
  return VALUE_TRUE;
}
static Value curses_start_color(VM *vm, Value self, const curses_start_color_args *a) {
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  if (start_color() == ERR) return raise_curses_failed(vm, "start_color");
  curses_state.has_colors = true;
  Module *module = curses_state.module;
  return value_none_if(module_add_int(vm, module, "COLORS", COLORS) &&
                       module_add_int(vm, module, "COLOR_PAIRS", COLOR_PAIRS));
}
#define COLORED(name, result)                                   \
  static Value name(VM *vm, Value self, const name##_args *a) { \
    return curses_check_colors(vm) ? (result) : VALUE_FAIL;     \
  }
COLORED(curses_color_pair, value_int_unchecked(COLOR_PAIR(a->pair_number)))
COLORED(curses_pair_number, value_int_unchecked(PAIR_NUMBER(a->attr)))
COLORED(curses_use_default_colors, curses_result(vm, use_default_colors(), "use_default_colors"))
COLORED(curses_init_color, curses_result(vm, init_extended_color(a->color_number, a->r, a->g, a->b),
                                         "init_extended_color"))

static Value curses_init_pair(VM *vm, Value self, const curses_init_pair_args *a) {
  if (!curses_check_colors(vm)) return VALUE_FAIL;
  int result = init_extended_pair(a->pair_number, a->fg, a->bg);
  if (result != ERR) return VALUE_NONE;
  if (a->pair_number >= COLOR_PAIRS)
    return raise_value(vm, "Color pair is greater than COLOR_PAIRS-1 (%d).", COLOR_PAIRS - 1);
  return raise_curses_failed(vm, "init_extended_pair");
}
static Value curses_color_content(VM *vm, Value self, const curses_color_content_args *a) {
  int r, g, b;
  if (!curses_check_colors(vm)) return VALUE_FAIL;
  if (extended_color_content(a->color_number, &r, &g, &b) == ERR)
    return raise_curses_failed(vm, "extended_color_content");
  return PACK(value_int_unchecked(r), value_int_unchecked(g), value_int_unchecked(b));
}
static Value curses_pair_content(VM *vm, Value self, const curses_pair_content_args *a) {
  int text, behind;
  if (!curses_check_colors(vm)) return VALUE_FAIL;
  if (extended_pair_content(a->pair_number, &text, &behind) != ERR)
    return PACK(value_int_unchecked(text), value_int_unchecked(behind));
  if (a->pair_number >= COLOR_PAIRS)
    return raise_value(vm, "Color pair is greater than COLOR_PAIRS-1 (%d).", COLOR_PAIRS - 1);
  return raise_curses_failed(vm, "extended_pair_content");
}

/* ---- the screen */
static bool add_size(VM *vm, Module *module) {
  return module_add_int(vm, module, "LINES", LINES) && module_add_int(vm, module, "COLS", COLS);
}
/* update_size: in this module and in the library's `curses`, which has copied the names. */
static bool update_size(VM *vm) {
  Value library = import_module(vm, NAME("curses"));
  if (value_is_fail(library) || !add_size(vm, curses_state.module)) return false;
  return set_attribute(vm, library, NAME("LINES"), value_int_unchecked(LINES)) &&
         set_attribute(vm, library, NAME("COLS"), value_int_unchecked(COLS));
}
static Value curses_update_lines_cols(VM *vm, Value self, const curses_update_lines_cols_args *a) {
  return value_none_if(update_size(vm));
}
static Value curses_resizeterm(VM *vm, Value self, const curses_resizeterm_args *a) {
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  Value v = curses_result(vm, resizeterm(a->nlines, a->ncols), "resizeterm");
  return value_is_fail(v) ? v : value_none_if(update_size(vm));
}
static Value curses_resize_term(VM *vm, Value self, const curses_resize_term_args *a) {
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  Value v = curses_result(vm, resize_term(a->nlines, a->ncols), "resize_term");
  return value_is_fail(v) ? v : value_none_if(update_size(vm));
}

static bool add_line_characters(VM *vm, Module *module) {
  const NamedInt characters[] = {
#define A(name) {#name, (int64_t)name},
#include "vm/modules/curses/acs.def"
#undef A
  };
  return module_add_ints(vm, module, characters, ARRAY_COUNT(characters));
}

static Value curses_initscr(VM *vm, Value self, const curses_initscr_args *a) {
  if (curses_state.has_screen) {
    wrefresh(stdscr);
    return curses_window(vm, stdscr, NULL);
  }
  WINDOW *screen = initscr();
  if (!screen) return raise_curses_null(vm);
  curses_state.has_screen = curses_state.has_terminal = true;
  Module *module = curses_state.module;
  if (!add_line_characters(vm, module) || !add_size(vm, module)) return VALUE_FAIL;
  Value window = curses_window(vm, screen, NULL);
  if (value_is_fail(window)) return window;
  curses_state.encoding = memory_copy_text(((Window *)value_object(window))->encoding);
  return curses_state.encoding ? window : raise_memory(vm);
}

static Value curses_newwin(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  int given[4] = {0};
  if (kwnames) return raise_type(vm, "newwin() takes no keyword arguments");
  if (npos != 2 && npos != 4) return raise_type(vm, "_curses.newwin requires 2 to 4 arguments");
  for (int i = 0; i < npos; i++)
    if (!curses_int(vm, args[i], &given[i])) return VALUE_FAIL;
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  return curses_window(vm, newwin(given[0], given[1], given[2], given[3]), NULL);
}

static Value curses_getwin(VM *vm, Value self, const curses_getwin_args *a) {
  if (!curses_check_screen(vm)) return VALUE_FAIL;
  Value data = call_method0(vm, a->file, NAME("read"));
  if (value_is_fail(data)) return data;
  if (!value_has_flag(data, TYPE_BYTES_SUBCLASS))
    return raise_type(vm, "f.read() returned %.100T instead of bytes", data);
  const Bytes *bytes = value_object(data);
  FILE *file = tmpfile();
  if (!file) return raise_errno(vm, errno, VALUE_NONE);
  bool written = fwrite(bytes->data, 1, bytes->length, file) == bytes->length;
  int error = errno;
  rewind(file);
  WINDOW *window = written ? getwin(file) : NULL;
  fclose(file);
  return written ? curses_window(vm, window, NULL) : raise_errno(vm, error, VALUE_NONE);
}

/* ---- terminals and their capabilities */
static bool output_descriptor(VM *vm, int *fd) {
  Value out = sys_get(vm, "stdout");
  if (value_is_fail(out)) return false;
  if (out == VALUE_UNBOUND || out == VALUE_NONE) return raise_curses(vm, "lost sys.stdout"), false;
  return fd_of(vm, out, fd);
}
static Value curses_setupterm(VM *vm, Value self, const curses_setupterm_args *a) {
  int fd = a->fd, error = 0;
  if (fd == -1 && !output_descriptor(vm, &fd)) return VALUE_FAIL;
  const char *term = a->term ? (const char *)a->term->data : NULL;
  if (!curses_state.has_terminal && setupterm(term, fd, &error) == ERR)
    return raise_curses(vm, error == 0    ? "setupterm: could not find terminal"
                            : error == -1 ? "setupterm: could not find terminfo database"
                                          : "setupterm: unknown error");
  curses_state.has_terminal = true;
  return VALUE_NONE;
}
static bool check_terminal(VM *vm) {
  return curses_state.has_terminal ||
         (raise_curses(vm, "must call (at least) setupterm() first"), false);
}
static Value curses_tigetflag(VM *vm, Value self, const curses_tigetflag_args *a) {
  if (!check_terminal(vm)) return VALUE_FAIL;
  return value_int_unchecked(tigetflag((const char *)a->capname->data));
}
static Value curses_tigetnum(VM *vm, Value self, const curses_tigetnum_args *a) {
  if (!check_terminal(vm)) return VALUE_FAIL;
  return value_int_unchecked(tigetnum((const char *)a->capname->data));
}
static Value curses_tigetstr(VM *vm, Value self, const curses_tigetstr_args *a) {
  if (!check_terminal(vm)) return VALUE_FAIL;
  const char *text = tigetstr((const char *)a->capname->data);
  return text && text != (const char *)-1 ? bytes_from(vm, text) : VALUE_NONE;
}
static Value curses_tparm(VM *vm, Value self, const curses_tparm_args *a) {
  if (!check_terminal(vm)) return VALUE_FAIL;
  const char *text = tparm((const char *)a->str->data, a->i1, a->i2, a->i3, a->i4, a->i5, a->i6,
                           a->i7, a->i8, a->i9);
  return text ? bytes_from(vm, text) : raise_curses(vm, "tparm() returned NULL");
}
static Value curses_putp(VM *vm, Value self, const curses_putp_args *a) {
  return curses_result(vm, putp((const char *)a->string->data), "putp");
}

/* ---- the module */
static const NamedInt constants[] = {
#define C(name) {#name, (int64_t)name},
#include "vm/modules/curses/constants.def"
#undef C
};

static bool add_function_keys(VM *vm, Module *module) {
  for (int i = 0; i < 64; i++) {
    char name[16];
    snprintf(name, sizeof name, "KEY_F%d", i);
    if (!module_add_int(vm, module, name, KEY_F(i))) return false;
  }
  return true;
}

/* make_version: the class, and its only instance. */
static Value make_version(VM *vm) {
  static const char *const fields[] = {"major", "minor", "patch", NULL};
  static const StructSequenceSpec spec = {.name = "curses.ncurses_version",
                                          .doc = "The version of the library ncurses.",
                                          .fields = fields,
                                          .visible = 3};
  if (curses_state.version == VALUE_NONE) {
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return VALUE_FAIL;
    curses_state.version = value_from(type);
    heap_add_root(vm, &curses_state.version);
  }
  const Value numbers[] = {value_int_unchecked(NCURSES_VERSION_MAJOR),
                           value_int_unchecked(NCURSES_VERSION_MINOR),
                           value_int_unchecked(NCURSES_VERSION_PATCH)};
  return struct_sequence_new(vm, value_object(curses_state.version), numbers);
}

static void scan_module(Marker *marker, VM *vm, void *data) {
  mark_object(marker, curses_state.module);
}

static bool init(VM *vm, Module *module) {
  bool is_first = curses_state.error == VALUE_NONE;
  if (!module_keep_error(vm, module, "_curses", TYPE_OF(Exception), &curses_state.error))
    return false;
  if (is_first) heap_add_root_scanner(vm, scan_module, NULL);
  curses_state.module = module;
  Value number = bytes_from(vm, "2.2"), version = make_version(vm);
  if (value_is_fail(number) || value_is_fail(version)) return false;
  return module_add(vm, module, "version", number) &&
         module_add(vm, module, "__version__", number) &&
         module_add(vm, module, "ncurses_version", version) &&
         module_add_type(vm, module, TYPE_OF(curses_window)) &&
         module_add_ints(vm, module, constants, ARRAY_COUNT(constants)) &&
         add_function_keys(vm, module);
}

const ModuleSpec _curses_module = {
    .name = "_curses",
    NATIVE_FUNCTIONS(curses_),
    .init = init,
};
#endif
