/* str_template.c -- str.format and str.format_map.
**
** Law: a template numbers its fields by itself or by hand, never both; specs nest once.
*/
#include "vm/objects/str_template.h"

#include "vm/base/unicode.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/str_ops.h"

static Answer fail(VM *vm, const char *message) {
  raise_value(vm, "%s", message);
  return ANSWER_FAILED;
}

/* ---- parsing a template */

static Answer read_spec(VM *vm, const Str *s, size_t *at, size_t end, TemplateField *field) {
  field->spec_start = *at;
  int depth = 0;
  while (*at < end) {
    uint32_t c = str_at(s, (*at)++);
    if (c == '{') {
      field->spec_has_fields = true;
      depth++;
    } else if (c == '}' && depth-- == 0) {
      field->spec_end = *at - 1;
      return ANSWER_YES;
    }
  }
  return fail(vm, "unmatched '{' in format spec");
}

static Answer read_field(VM *vm, const Str *s, size_t *at, size_t end, TemplateField *field) {
  field->has_field = true;
  field->name_start = *at;
  uint32_t c = 0;
  bool done = false;
  while (*at < end && !done) {
    c = str_at(s, (*at)++);
    if (c == '{') return fail(vm, "unexpected '{' in field name");
    if (c == '[')
      while (*at < end && str_at(s, *at) != ']') (*at)++;
    done = c == '}' || c == ':' || c == '!';
  }
  if (!done) return fail(vm, "expected '}' before end of string");
  field->name_end = *at - 1;
  field->spec_start = field->spec_end = *at;
  if (c == '}') return ANSWER_YES;
  if (c == '!') {
    if (*at >= end) return fail(vm, "end of string while looking for conversion specifier");
    field->conversion = str_at(s, (*at)++);
    if (*at < end) {
      c = str_at(s, (*at)++);
      if (c == '}') return ANSWER_YES;
      if (c != ':') return fail(vm, "expected ':' after conversion specifier");
    }
  }
  return read_spec(vm, s, at, end, field);
}

Answer template_next(VM *vm, const Str *s, size_t *at, size_t end, TemplateField *field) {
  if (*at >= end) return ANSWER_NO;
  *field = (TemplateField){.literal_start = *at};
  uint32_t c = 0;
  while (*at < end && (c = str_at(s, *at)) != '{' && c != '}') (*at)++;
  field->literal_end = *at;
  if (*at == end) return ANSWER_YES;
  (*at)++;
  bool last = *at == end, doubled = !last && str_at(s, *at) == c;
  if (c == '}' && !doubled) return fail(vm, "Single '}' encountered in format string");
  if (last) return fail(vm, "Single '{' encountered in format string");
  if (doubled) {
    field->literal_end = *at;
    (*at)++;
    return ANSWER_YES;
  }
  return read_field(vm, s, at, end, field);
}

/* ---- parsing a field name */

/* The number that the range spells, or -1. */
static bool read_index(VM *vm, const Str *s, size_t start, size_t end, int64_t *index) {
  int64_t n = 0;
  *index = -1;
  for (size_t i = start; i < end; i++) {
    int digit = unicode_decimal_value(str_at(s, i));
    if (digit < 0) return true;
    if (n > (INT64_MAX - digit) / 10)
      return raise_false(vm, TYPE_OF(ValueError), "Too many decimal digits in format string");
    n = n * 10 + digit;
  }
  if (end > start) *index = n;
  return true;
}

bool field_name_first(VM *vm, FieldName *name, size_t *start, size_t *end, int64_t *index) {
  *start = name->at;
  uint32_t c;
  while (name->at < name->end && (c = str_at(name->text, name->at)) != '.' && c != '[') name->at++;
  *end = name->at;
  return read_index(vm, name->text, *start, *end, index);
}

Answer field_name_next(VM *vm, FieldName *name, bool *is_attribute, size_t *start, size_t *end,
                       int64_t *index) {
  if (name->at >= name->end) return ANSWER_NO;
  uint32_t c = str_at(name->text, name->at++);
  if (c != '.' && c != '[')
    return fail(vm, "Only '.' or '[' may follow ']' in format field specifier");
  *is_attribute = c == '.';
  *start = name->at;
  *index = -1;
  if (c == '.') {
    while (name->at < name->end && (c = str_at(name->text, name->at)) != '.' && c != '[')
      name->at++;
    *end = name->at;
  } else {
    while (name->at < name->end && str_at(name->text, name->at) != ']') name->at++;
    if (name->at >= name->end) return fail(vm, "Missing ']' in format string");
    *end = name->at++;
    if (!read_index(vm, name->text, *start, *end, index)) return ANSWER_FAILED;
  }
  return *start == *end ? fail(vm, "Empty attribute in format string") : 1;
}

/* ---- formatting */

typedef enum Numbering { NUMBERING_UNKNOWN, NUMBERING_AUTO, NUMBERING_MANUAL } Numbering;

typedef struct Formatting {
  VM *vm;
  const Value *args; /* NULL with a mapping */
  int npos;
  Tuple *kwnames;
  Value mapping; /* of format_map, or UNBOUND */
  Numbering numbering;
  int64_t next;
} Formatting;

static bool number_field(Formatting *f, bool is_empty, int64_t *index) {
  Numbering now = is_empty ? NUMBERING_AUTO : NUMBERING_MANUAL;
  if (f->numbering == NUMBERING_UNKNOWN) f->numbering = now;
  if (f->numbering != now)
    return raise_false(
        f->vm, TYPE_OF(ValueError),
        now == NUMBERING_MANUAL
            ? "cannot switch from automatic field numbering to manual field specification"
            : "cannot switch from manual field specification to automatic field numbering");
  if (is_empty) *index = f->next++;
  return true;
}

static Value find_keyword(Formatting *f, Str *key) {
  VM *vm = f->vm;
  if (f->mapping != VALUE_UNBOUND) return get_item(vm, f->mapping, value_from(key));
  size_t n = f->kwnames ? tuple_length(f->kwnames) : 0;
  for (size_t i = 0; i < n; i++)
    if (str_equal(value_object(f->kwnames->items[i]), key)) return f->args[(size_t)f->npos + i];
  return raise_key(vm, value_from(key));
}

static Value find_first(Formatting *f, FieldName *name) {
  VM *vm = f->vm;
  size_t start, end;
  int64_t index;
  if (!field_name_first(vm, name, &start, &end, &index)) return VALUE_FAIL;
  bool is_empty = start == end;
  if ((is_empty || index >= 0) && !number_field(f, is_empty, &index)) return VALUE_FAIL;
  if (index < 0) {
    Str *key = str_substring(vm, (Str *)name->text, start, end);
    return key ? find_keyword(f, key) : VALUE_FAIL;
  }
  if (f->mapping != VALUE_UNBOUND)
    return raise_value(vm, "Format string contains positional fields");
  if (index >= f->npos)
    return raise_error(vm, TYPE_OF(IndexError),
                       "Replacement index %zd out of range for positional args tuple",
                       (size_t)index);
  return f->args[index];
}

static Value find_value(Formatting *f, const Str *text, size_t start, size_t end) {
  VM *vm = f->vm;
  FieldName name = {text, start, end};
  Value v = find_first(f, &name);
  bool is_attribute;
  int64_t index;
  int more = 1;
  while (!value_is_fail(v) &&
         (more = field_name_next(vm, &name, &is_attribute, &start, &end, &index)) == 1) {
    Str *part = str_substring(vm, (Str *)text, start, end);
    if (!part) return VALUE_FAIL;
    if (is_attribute) v = get_attribute(vm, v, str_intern(vm, part));
    else v = get_item(vm, v, index >= 0 ? value_int(vm, index) : value_from(part));
  }
  return more < 0 ? VALUE_FAIL : v;
}

static Value convert(VM *vm, Value v, uint32_t conversion) {
  switch (conversion) {
  case 0: return v;
  case 'r': return value_repr(vm, v);
  case 's': return value_str(vm, v);
  case 'a': return value_ascii(vm, v);
  default:
    if (conversion > 32 && conversion < 127)
      return raise_value(vm, "Unknown conversion specifier %c", (int)conversion);
    return raise_value(vm, "Unknown conversion specifier \\x%x", (unsigned)conversion);
  }
}

/* What the interpreter's f-strings do too: the common types without a call. */
static Value format_value(VM *vm, Value v, Str *spec) {
  if (value_is(v, str)) return format_str(vm, value_object(v), spec);
  if (value_is_int(v)) return format_int(vm, v, spec);
  if (value_is_float(v)) return format_float(vm, v, spec);
  return value_format(vm, v, spec);
}

static bool expand(Formatting *f, const Str *s, size_t start, size_t end, int depth,
                   StrBuilder *out) {
  VM *vm = f->vm;
  if (depth < 0) return raise_false(vm, TYPE_OF(ValueError), "Max string recursion exceeded");
  TemplateField field;
  int more;
  while ((more = template_next(vm, s, &start, end, &field)) == 1) {
    str_builder_range(out, s, field.literal_start, field.literal_end);
    if (!field.has_field) continue;
    Value v = find_value(f, s, field.name_start, field.name_end);
    if (value_is_fail(v) || value_is_fail(v = convert(vm, v, field.conversion))) return false;
    Str *spec = str_empty();
    if (field.spec_has_fields) {
      StrBuilder inner;
      str_builder_init(&inner, vm);
      if (!expand(f, s, field.spec_start, field.spec_end, depth - 1, &inner)) {
        str_builder_drop(&inner);
        return false;
      }
      spec = str_builder_finish(&inner);
    } else if (field.spec_end > field.spec_start) {
      spec = str_substring(vm, (Str *)s, field.spec_start, field.spec_end);
    }
    if (!spec) return false;
    Value text = format_value(vm, v, spec);
    if (value_is_fail(text)) return false;
    str_builder_str(out, value_object(text));
  }
  return more == 0;
}

static Value run(Formatting *f, Str *template) {
  StrBuilder out;
  str_builder_init(&out, f->vm);
  if (!expand(f, template, 0, template->length, 1, &out)) {
    str_builder_drop(&out);
    return VALUE_FAIL;
  }
  return value_of(str_builder_finish(&out));
}

Value str_format_call(VM *vm, Str *template, const Value *args, int npos, Tuple *kwnames) {
  Formatting f = {
      .vm = vm, .args = args, .npos = npos, .kwnames = kwnames, .mapping = VALUE_UNBOUND};
  return run(&f, template);
}

Value str_format_map(VM *vm, Str *template, Value mapping) {
  Formatting f = {.vm = vm, .mapping = mapping};
  return run(&f, template);
}
