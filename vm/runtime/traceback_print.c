/* traceback_print.c -- uncaught exceptions as text: frames with carets, causes, notes, suggestions,
** syntax errors.
**
** Everything goes into one buffer and then to sys.stderr in one write. Exception groups are left to
** the library's module traceback, which shows them the same way.
*/
#include "vm/runtime/traceback_print.h"
#include "vm/contracts/native.h"
#include "vm/core/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vm/contracts/frames.h"
#include "vm/contracts/import.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/sys.h"
#include "vm/objects/code.h"
#include "vm/objects/exception.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/runtime/source_line.h"
#include "vm/runtime/suggest.h"

enum { REPEATS_SHOWN = 3 };

static void add_str(VM *vm, Buffer *out, Str *s) {
  size_t n;
  const char *text = s ? str_utf8(vm, s, &n) : NULL;
  if (text) buffer_add(out, text, n);
  error_clear(vm);
}

/* add_text: str(v), or a placeholder when that fails. */
static bool add_text(VM *vm, Buffer *out, Value v) {
  Value text = value_str(vm, v);
  if (text == VALUE_FAIL) return error_clear(vm), false;
  add_str(vm, out, value_object(text));
  return true;
}

/* ---- frames */

typedef struct Place {
  Str *filename, *name;
  Code *code;
  Position position;
  int line;
} Place;

static Place place_of(const Traceback *tb) {
  Frame *frame = (Frame *)tb->frame;
  Code *code = frame_runs(frame)->code;
  Place place = {code->filename, code->name, code, {-1, -1, -1, -1}, tb->line};
  if (tb->lasti >= 0) {
    place.position = function_position(&code->fn, (uint32_t)tb->lasti / 2);
    if (place.line == 0)
      place.line =
          place.position.line >= 0 ? place.position.line : traceback_line(the_vm, (Traceback *)tb);
  }
  return place;
}

static void show_source(VM *vm, Buffer *out, const Place *place) {
  Buffer line;
  buffer_init(&line);
  if (source_line_read(vm, place->filename, place->line, &line)) {
    const char *text = buffer_text(&line);
    const char *shown = text + strspn(text, " \t\f");
    size_t n = strlen(shown);
    while (n > 0 && strchr(" \t\f\r", shown[n - 1])) n--;
    if (n) {
      buffer_add_text(out, "    ");
      buffer_add(out, shown, n);
      buffer_add_byte(out, '\n');
      const Position *p = &place->position;
      if (p->line == place->line && p->column >= 0 && !vm->options->no_debug_ranges)
        source_underline(out, text, p->column, p->end_line == p->line ? p->end_column : -1, 4);
    }
  }
  buffer_deinit(&line);
}

/* is_bracketed: "<string>" and its like, which are no files. */
static bool is_bracketed(const Str *name) {
  return name->length && str_at(name, 0) == '<' && str_at(name, name->length - 1) == '>';
}

static void show_place(VM *vm, Buffer *out, const Place *place) {
  buffer_add_text(out, "  File \"");
  add_str(vm, out, place->filename);
  buffer_printf(out, "\", line %d, in ", place->line);
  add_str(vm, out, place->name);
  buffer_add_byte(out, '\n');
  if (!is_bracketed(place->filename)) show_source(vm, out, place);
}

static void show_repeats(Buffer *out, int count) {
  if (count <= REPEATS_SHOWN) return;
  int more = count - REPEATS_SHOWN;
  buffer_printf(out,
                more > 1 ? "  [Previous line repeated %d more times]\n"
                         : "  [Previous line repeated %d more time]\n",
                more);
}

static int traceback_limit(VM *vm) {
  Value limit = vm->sys ? sys_get(vm, "tracebacklimit") : VALUE_UNBOUND;
  if (value_is(limit, int)) return int_sign(limit) < 0 ? 0 : INT32_MAX;
  if (!value_is_int(limit)) return 1000;
  int64_t n = value_as_int(limit);
  return n < 0 ? 0 : n > INT32_MAX ? INT32_MAX : (int)n;
}

static void show_traceback(VM *vm, Buffer *out, Value traceback) {
  if (!value_is(traceback, traceback)) return;
  int limit = traceback_limit(vm), depth = 0, count = 0;
  if (limit <= 0) return;
  buffer_add_text(out, "Traceback (most recent call last):\n");
  Traceback *tb = value_object(traceback);
  for (Traceback *t = tb; t; t = (Traceback *)t->next) depth++;
  for (; tb && depth > limit; depth--) tb = (Traceback *)tb->next;
  Place last = {0};
  for (; tb; tb = (Traceback *)tb->next) {
    Place place = place_of(tb);
    bool same = last.filename && str_equal(last.filename, place.filename) &&
                last.line == place.line && str_equal(last.name, place.name);
    if (!same) {
      show_repeats(out, count);
      last = place;
      count = 0;
    }
    if (++count <= REPEATS_SHOWN) show_place(vm, out, &place);
  }
  show_repeats(out, count);
}

/* ---- syntax errors */

static int64_t number(Value v, int64_t otherwise) {
  return value_is_int(v) ? value_as_int(v) : otherwise;
}

/* The line and its carets. Offsets count from 1; a range past the end is clipped to one behind the
** text's bytes, and only SyntaxError itself, not its subclasses, shows a range at all. */
static void show_syntax_text(VM *vm, Buffer *out, SyntaxErrorObject *e) {
  if (!value_is_str(e->text)) return;
  size_t size;
  const char *text = str_utf8(vm, value_object(e->text), &size);
  if (!text) return error_clear(vm);
  int64_t offset = number(e->offset, 0), end = number(e->end_offset, -1), carets = 1;
  if (number(e->end_lineno, 0) > number(e->lineno, 0)) end = (int64_t)size;
  if (end > (int64_t)size + 1) end = (int64_t)size + 1;
  if (value_type(value_from(e)) == TYPE_OF(SyntaxError) && end > 0 && end > offset)
    carets = end - offset;
  offset--;
  for (; *text == ' ' || *text == '\t' || *text == '\f'; text++, offset--) {}
  int64_t length = (int64_t)strlen(text);
  if (length > 0 && text[length - 1] == '\n') length--;
  if (offset > length) offset = length;
  for (const char *line; (line = strchr(text, '\n')) && line - text < offset;) {
    offset -= line + 1 - text;
    length -= line + 1 - text;
    text = line + 1;
  }
  buffer_add_text(out, "    ");
  buffer_add(out, text, (size_t)length);
  buffer_add_byte(out, '\n');
  if (offset < 0) return;
  buffer_add_text(out, "    ");
  while (offset-- > 0) buffer_add_byte(out, ' ');
  while (carets-- > 0) buffer_add_byte(out, '^');
  buffer_add_byte(out, '\n');
}

static void show_syntax_error(VM *vm, Buffer *out, SyntaxErrorObject *e) {
  if (e->lineno == VALUE_UNBOUND || e->lineno == VALUE_NONE) return;
  buffer_add_text(out, "  File \"");
  if (e->filename != VALUE_UNBOUND && e->filename != VALUE_NONE) add_text(vm, out, e->filename);
  else buffer_add_text(out, "<string>");
  buffer_printf(out, "\", line %lld\n", (long long)number(e->lineno, 0));
  show_syntax_text(vm, out, e);
}

/* ---- the exception's own lines */

static void show_notes(VM *vm, Buffer *out, Value exception) {
  Value notes = find_attribute(vm, exception, NAME("__notes__"));
  if (notes == VALUE_FAIL) error_clear(vm);
  if (notes == VALUE_FAIL || notes == VALUE_UNBOUND) return;
  bool is_sequence =
      value_has_special(notes, SPECIAL_getitem) && !value_has_flag(notes, TYPE_DICT_SUBCLASS);
  if (!is_sequence) {
    Value repr = value_repr(vm, notes);
    if (repr != VALUE_FAIL) add_str(vm, out, value_object(repr)); /* no line end: as CPython */
    else error_clear(vm), buffer_add_text(out, "<__notes__ repr() failed>");
    return;
  }
  int64_t count = value_length(vm, notes);
  for (int64_t i = 0; i < count; i++) {
    Value note = get_item(vm, notes, value_int_unchecked(i));
    if (note == VALUE_FAIL) break;
    if (!add_text(vm, out, note)) buffer_add_text(out, "<note str() failed>");
    buffer_add_byte(out, '\n');
  }
  error_clear(vm);
}

static void show_class(VM *vm, Buffer *out, Type *type) {
  Value module = dict_get_str(vm, type->attrs, NAME("__module__"));
  if (module == VALUE_UNBOUND) module = type_lookup(vm, type, NAME("__module__"));
  if (type_has(type, TYPE_HEAP)) {
    if (!value_is_str(module)) buffer_add_text(out, "<unknown>.");
    else if (!str_equal_cstr(value_object(module), "builtins") &&
             !str_equal_cstr(value_object(module), "__main__")) {
      add_str(vm, out, value_object(module));
      buffer_add_byte(out, '.');
    }
  } else if (value_is_str(module) && !str_equal_cstr(value_object(module), "builtins")) {
    add_str(vm, out, value_object(module));
    buffer_add_byte(out, '.');
  }
  add_str(vm, out, type->qualname);
}

static void show_message(VM *vm, Buffer *out, Value exception) {
  Type *type = value_type(exception);
  bool syntax = type_is_subtype(type, TYPE_OF(SyntaxError));
  SyntaxErrorObject *e = value_object(exception);
  bool with_file = syntax && e->print_file_and_line != VALUE_NONE;
  if (syntax) show_syntax_error(vm, out, e);
  show_class(vm, out, type);
  Value text = with_file && e->lineno != VALUE_UNBOUND && e->lineno != VALUE_NONE
                   ? value_str(vm, e->msg == VALUE_UNBOUND ? VALUE_NONE : e->msg)
                   : value_str(vm, exception);
  if (text == VALUE_FAIL) {
    error_clear(vm);
    buffer_add_text(out, ": <exception str() failed>");
  } else if (((Str *)value_object(text))->length) {
    buffer_add_text(out, ": ");
    add_str(vm, out, value_object(text));
  }
  Str *meant = suggest_name(vm, exception);
  if (meant) {
    buffer_add_text(out, ". Did you mean: ");
    Value repr = value_repr(vm, value_from(meant));
    if (repr != VALUE_FAIL) add_str(vm, out, value_object(repr));
    buffer_add_byte(out, '?');
  }
  buffer_add_byte(out, '\n');
  show_notes(vm, out, exception);
}

/* ---- chains */

static bool contains_group(VM *vm, Value exception) {
  for (int i = 0; i < 1000 && value_has_flag(exception, TYPE_EXCEPTION_SUBCLASS); i++) {
    if (type_is_subtype(value_type(exception), TYPE_OF(BaseExceptionGroup))) return true;
    Exception *e = value_object(exception);
    exception = e->cause != VALUE_NONE ? e->cause : e->context;
  }
  return false;
}

static bool was_shown(List *shown, Value exception) {
  for (size_t i = 0; i < list_length(shown); i++)
    if (list_items(shown)[i] == exception) return true;
  return false;
}

static void show_chain(VM *vm, Buffer *out, Value exception) {
  List *chain = list_new(vm, 1);
  const char *links[512];
  Value at = exception;
  while (list_append_value(vm, chain, at) && list_length(chain) < ARRAY_COUNT(links)) {
    Exception *e = value_object(at);
    size_t i = list_length(chain) - 1;
    if (e->cause != VALUE_NONE && !was_shown(chain, e->cause)) {
      links[i] = "\nThe above exception was the direct cause of the following exception:\n\n";
      at = e->cause;
    } else if (e->cause == VALUE_NONE && e->context != VALUE_NONE && !e->suppress_context &&
               !was_shown(chain, e->context)) {
      links[i] = "\nDuring handling of the above exception, another exception occurred:\n\n";
      at = e->context;
    } else {
      break;
    }
  }
  for (size_t i = list_length(chain); i-- > 0;) {
    Value e = list_items(chain)[i];
    show_traceback(vm, out, ((Exception *)value_object(e))->traceback);
    show_message(vm, out, e);
    if (i > 0) buffer_add_text(out, links[i - 1]);
  }
}

/* show_with_library: through the module traceback. false: that did not work. */
static bool show_with_library(VM *vm, Value exception) {
  Value module = import_module(vm, NAME("traceback"));
  if (module != VALUE_FAIL &&
      call_method1(vm, module, NAME("print_exception"), exception) != VALUE_FAIL)
    return true;
  error_clear(vm);
  return false;
}

/* The chain as text. Without memory for that: the class alone. */
static void fill_chain(VM *vm, Buffer *out, Value exception) {
  for (int attempt = 0; attempt < 2; attempt++) {
    buffer_init(out);
    show_chain(vm, out, exception);
    if (LIKELY(!out->failed)) return;
    buffer_deinit(out);
  }
  const char *name =
      value_type(exception)->spec ? value_type(exception)->spec->name : "MemoryError";
  fprintf(stderr, "%s (no memory for its traceback)\n", name);
  buffer_init(out);
}

static void write_plain(const Buffer *out) {
  for (size_t at = 0; at < out->size;) {
    ssize_t n = write(2, out->bytes + at, out->size - at);
    if (n <= 0) return;
    at += (size_t)n;
  }
}

static void write_out(VM *vm, Buffer *out) {
  Value err = vm->sys ? sys_get(vm, "stderr") : VALUE_UNBOUND;
  if (err == VALUE_NONE) return;
  Str *text = err == VALUE_UNBOUND ? NULL : str_new_utf8(vm, buffer_text(out), out->size);
  if (text && call_method1(vm, err, NAME("write"), value_from(text)) != VALUE_FAIL) {
    if (call_method0(vm, err, NAME("flush")) == VALUE_FAIL) error_clear(vm);
    return;
  }
  error_clear(vm);
  write_plain(out);
}

void traceback_display(VM *vm, Value exception) {
  Value pending = error_take(vm);
  sys_flush_streams(vm);
  if (!value_has_flag(exception, TYPE_EXCEPTION_SUBCLASS)) {
    Buffer out;
    buffer_init(&out);
    buffer_printf(&out, "TypeError: print_exception(): Exception expected for value, %s found\n",
                  str_utf8(vm, value_type(exception)->name, NULL));
    write_out(vm, &out);
    buffer_deinit(&out);
  } else if (!contains_group(vm, exception) || !show_with_library(vm, exception)) {
    Buffer out;
    fill_chain(vm, &out, exception);
    write_out(vm, &out);
    buffer_deinit(&out);
  }
  error_clear(vm);
  error_restore(vm, pending);
}

void traceback_print_plain(VM *vm, Value exception) {
  Buffer out;
  fill_chain(vm, &out, exception);
  write_plain(&out);
  buffer_deinit(&out);
  error_clear(vm);
}

bool unraisable_display(VM *vm, Value arguments) {
  const Value *items;
  size_t n;
  if (!sequence_view(arguments, &items, &n) || n < 5)
    return raise_false(vm, TYPE_OF(TypeError),
                       "sys.unraisablehook argument type must be UnraisableHookArgs");
  Value exception = items[1], traceback = items[2], message = items[3], object = items[4];
  Buffer out;
  buffer_init(&out);
  if (object != VALUE_NONE) {
    if (message != VALUE_NONE) add_text(vm, &out, message), buffer_add_text(&out, ": ");
    else buffer_add_text(&out, "Exception ignored in: ");
    Value repr = value_repr(vm, object);
    if (repr == VALUE_FAIL) error_clear(vm), buffer_add_text(&out, "<object repr() failed>");
    else add_str(vm, &out, value_object(repr));
    buffer_add_byte(&out, '\n');
  } else if (message != VALUE_NONE) {
    add_text(vm, &out, message);
    buffer_add_text(&out, ":\n");
  }
  show_traceback(vm, &out, traceback);
  if (value_has_flag(exception, TYPE_EXCEPTION_SUBCLASS)) show_message(vm, &out, exception);
  write_out(vm, &out);
  buffer_deinit(&out);
  return true;
}
