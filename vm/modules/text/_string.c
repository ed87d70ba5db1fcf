/* _string.c -- the module _string: the parser of format strings as string.Formatter uses it. Both
** functions parse all at once and return iterators over tuples. */
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/list.h"
#include "vm/objects/str_template.h"

#define NATIVE_DEF "vm/modules/text/_string.def"
#define NATIVE_PREFIX string_
#include "vm/contracts/native_class.inc"

static Value part(VM *vm, Str *s, size_t start, size_t end) {
  return value_of(str_substring(vm, s, start, end));
}

static Value string_formatter_parser(VM *vm, Value self, const string_formatter_parser_args *a) {
  if (!value_is_str(a->s)) return raise_type(vm, "expected str, got %T", a->s);
  Str *s = value_object(a->s);
  List *steps = list_new(vm, 0);
  TemplateField field;
  size_t at = 0;
  int more;
  while ((more = template_next(vm, s, &at, s->length, &field)) == 1) {
    Value literal = part(vm, s, field.literal_start, field.literal_end), name = VALUE_NONE,
          spec = VALUE_NONE, conversion = VALUE_NONE;
    if (field.has_field) {
      name = part(vm, s, field.name_start, field.name_end);
      spec = part(vm, s, field.spec_start, field.spec_end);
      if (field.conversion) conversion = value_from(str_from_char(vm, field.conversion));
    }
    if (!list_append_value(vm, steps, PACK(literal, name, spec, conversion))) return VALUE_FAIL;
  }
  return more < 0 ? VALUE_FAIL : get_iterator(vm, value_from(steps));
}

static Value string_formatter_field_name_split(VM *vm, Value self,
                                               const string_formatter_field_name_split_args *a) {
  if (!value_is_str(a->s)) return raise_type(vm, "expected str, got %T", a->s);
  Str *s = value_object(a->s);
  FieldName name = {s, 0, s->length};
  size_t start, end;
  int64_t index;
  bool is_attribute;
  if (!field_name_first(vm, &name, &start, &end, &index)) return VALUE_FAIL;
  Value first = index >= 0 ? value_int(vm, index) : part(vm, s, start, end);
  List *steps = list_new(vm, 0);
  int more;
  while ((more = field_name_next(vm, &name, &is_attribute, &start, &end, &index)) == 1) {
    Value item = index >= 0 ? value_int(vm, index) : part(vm, s, start, end);
    if (!list_append_value(vm, steps, PACK(value_bool(is_attribute), item))) return VALUE_FAIL;
  }
  if (more < 0) return VALUE_FAIL;
  Value iterator = get_iterator(vm, value_from(steps));
  return PACK(first, iterator);
}

const ModuleSpec _string_module = {
    .name = "_string", .doc = "The parser behind str.format().", NATIVE_FUNCTIONS(string_)};
