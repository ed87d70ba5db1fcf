/* builtins_print.c -- print and input. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vm/modules/builtins/builtins_internal.h"
#include "vm/modules/readline/edit.h"
#include "vm/objects/dict.h"
#include "vm/objects/module.h"
#include "vm/objects/tuple.h"
#include "vm/runtime/path.h"

static Value sys_stream(VM *vm, Str *name) { return dict_get_str(vm, module_dict(vm->sys), name); }

/* write_value: str(v) through the file's write method. */
static bool write_value(VM *vm, Value file, Value write_name, Value v) {
  Value text = value_str(vm, v);
  return text != VALUE_FAIL && call_method1(vm, file, value_object(write_name), text) != VALUE_FAIL;
}

static bool check_separator(VM *vm, const char *name, Value v) {
  return v == VALUE_NONE || value_is_str(v) ||
         raise_false(vm, TYPE_OF(TypeError), "%s must be None or a string, not %T", name, v);
}

/* Everything in one string and one write, when the file is the ordinary text stream: nobody can
** tell. */
static Value joined_text(VM *vm, Tuple *values, Value sep, Value end) {
  StrBuilder b;
  str_builder_init(&b, vm);
  for (size_t i = 0; i < tuple_length(values); i++) {
    if (i) {
      if (sep == VALUE_NONE) str_builder_ascii(&b, " ", 1);
      else str_builder_str(&b, value_object(sep));
    }
    Value text = value_str(vm, values->items[i]);
    if (text == VALUE_FAIL) {
      str_builder_drop(&b);
      return VALUE_FAIL;
    }
    str_builder_str(&b, value_object(text));
  }
  if (end == VALUE_NONE) str_builder_ascii(&b, "\n", 1);
  else str_builder_str(&b, value_object(end));
  return value_of(str_builder_finish(&b));
}

/* is_native_stream: an exact native text stream, whose write() cannot be observed by the
** program. */
static bool is_native_stream(Value file) {
  return value_is_pointer(file) && !type_has(value_type(file), TYPE_HEAP);
}

static Value write_one_by_one(VM *vm, Tuple *values, Value sep, Value end, Value file) {
  Value write = value_from(NAME("write")), space = value_from(NAME(" ")),
        newline = value_from(NAME("\n"));
  for (size_t i = 0; i < tuple_length(values); i++) {
    if (i && !write_value(vm, file, write, sep == VALUE_NONE ? space : sep)) return VALUE_FAIL;
    if (!write_value(vm, file, write, values->items[i])) return VALUE_FAIL;
  }
  return write_value(vm, file, write, end == VALUE_NONE ? newline : end) ? VALUE_NONE : VALUE_FAIL;
}

Value builtin_print(VM *vm, Tuple *values, Value sep, Value end, Value file, bool flush) {
  if (file == VALUE_NONE) {
    file = sys_stream(vm, NAME("stdout"));
    if (file == VALUE_UNBOUND) return raise_error(vm, TYPE_OF(RuntimeError), "lost sys.stdout");
    if (file == VALUE_NONE) return VALUE_NONE;
  }
  if (!check_separator(vm, "sep", sep) || !check_separator(vm, "end", end)) return VALUE_FAIL;
  if (is_native_stream(file)) {
    Value text = joined_text(vm, values, sep, end);
    if (text == VALUE_FAIL || call_method1(vm, file, NAME("write"), text) == VALUE_FAIL)
      return VALUE_FAIL;
  } else if (write_one_by_one(vm, values, sep, end, file) == VALUE_FAIL) {
    return VALUE_FAIL;
  }
  if (flush && call_method0(vm, file, NAME("flush")) == VALUE_FAIL) return VALUE_FAIL;
  return VALUE_NONE;
}

/* ---- input */

static bool flush_quietly(VM *vm, Value file) {
  if (call_method0(vm, file, NAME("flush")) == VALUE_FAIL) error_clear(vm);
  return true;
}

static Value strip_newline(VM *vm, Value line) {
  if (!value_is_str(line)) return raise_type(vm, "object.readline() returned non-string");
  Str *s = value_object(line);
  if (s->length == 0) return raise_error(vm, TYPE_OF(EOFError), "EOF when reading a line");
  if (str_at(s, s->length - 1) != '\n') return line;
  return value_of(str_substring(vm, s, 0, s->length - 1));
}

/* edited_input: a line from the terminal, once the program has imported readline. */
static Value edited_input(VM *vm, Value prompt) {
  Value text = prompt == VALUE_MISSING ? value_from(str_empty()) : value_str(vm, prompt);
  const char *shown = value_is_fail(text) ? NULL : str_utf8(vm, value_object(text), NULL);
  if (!shown) return VALUE_FAIL;
  flush_quietly(vm, sys_stream(vm, NAME("stdout")));
  char *line = edit_line(vm, shown);
  if (!line && error_pending(vm)) return VALUE_FAIL;
  if (!line) return raise_error(vm, TYPE_OF(EOFError), "EOF when reading a line");
  Value result = path_decode(vm, line, strlen(line));
  free(line);
  if (result != VALUE_FAIL && !sys_audit(vm, "builtins.input/result", result)) return VALUE_FAIL;
  return result;
}

Value builtin_input(VM *vm, Value prompt) {
  Value in = sys_stream(vm, NAME("stdin")), out = sys_stream(vm, NAME("stdout")),
        err = sys_stream(vm, NAME("stderr"));
  if (in == VALUE_UNBOUND || in == VALUE_NONE)
    return raise_error(vm, TYPE_OF(RuntimeError), "input(): lost sys.stdin");
  if (out == VALUE_UNBOUND || out == VALUE_NONE)
    return raise_error(vm, TYPE_OF(RuntimeError), "input(): lost sys.stdout");
  if (err == VALUE_UNBOUND || err == VALUE_NONE)
    return raise_error(vm, TYPE_OF(RuntimeError), "input(): lost sys.stderr");
  if (!sys_audit(vm, "builtins.input", prompt == VALUE_MISSING ? VALUE_NONE : prompt))
    return VALUE_FAIL;
  flush_quietly(vm, err);
  if (UNLIKELY(edit_is_wanted())) return edited_input(vm, prompt);
  if (prompt != VALUE_MISSING) {
    Value text = value_str(vm, prompt);
    if (text == VALUE_FAIL || call_method1(vm, out, NAME("write"), text) == VALUE_FAIL)
      return VALUE_FAIL;
  }
  flush_quietly(vm, out);
  Value line = call_method0(vm, in, NAME("readline"));
  if (line == VALUE_FAIL) return VALUE_FAIL;
  return strip_newline(vm, line);
}
