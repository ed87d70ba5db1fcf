/* substitute.c -- Pattern.sub and Match.expand: pieces of text joined, replacement templates filled
** in. */
#include "vm/base/buffer.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/sre/sre.h"
#include "vm/objects/bytes.h"
#include "vm/objects/function.h"
#include "vm/objects/list.h"

/* ---- what is being built: a str or bytes */

typedef struct Output {
  VM *vm;
  bool bytes;
  StrBuilder text;
  Buffer raw;
  int64_t items; /* pieces so far, for messages */
} Output;

static void output_init(Output *o, VM *vm, bool bytes) {
  *o = (Output){.vm = vm, .bytes = bytes};
  if (bytes) buffer_init(&o->raw);
  else str_builder_init(&o->text, vm);
}

static void output_drop(Output *o) {
  if (o->bytes) buffer_deinit(&o->raw);
  else str_builder_drop(&o->text);
}

static Value output_finish(Output *o) {
  if (!o->bytes) { return value_of(str_builder_finish(&o->text)); }
  Bytes *bytes = bytes_from_buffer(o->vm, &o->raw);
  buffer_deinit(&o->raw);
  return value_of(bytes);
}

/* A piece of the text that is searched. */
static void output_slice(Output *o, const SreState *s, int64_t from, int64_t to) {
  o->items++;
  if (o->bytes) buffer_add(&o->raw, (const uint8_t *)s->text + from, (size_t)(to - from));
  else str_builder_range(&o->text, value_object(s->string), (size_t)from, (size_t)to);
}

static bool output_value(Output *o, Value v) {
  VM *vm = o->vm;
  if (!o->bytes) {
    if (!value_is_str(v))
      return raise_false(vm, TYPE_OF(TypeError),
                         "sequence item %lld: expected str instance, %.80T found", o->items, v);
    str_builder_str(&o->text, value_object(v));
  } else {
    BufferView view;
    if (!value_is_bytes_like(v))
      return raise_false(vm, TYPE_OF(TypeError),
                         "sequence item %lld: expected a bytes-like object, %.80T found", o->items,
                         v);
    if (!buffer_acquire(vm, v, &view, false)) return false;
    buffer_add(&o->raw, view.bytes, view.size);
    buffer_release(vm, &view);
  }
  o->items++;
  return true;
}

/* ---- templates: (list of (place, group), list of literals with None in those places) */

/* re._subx parses a replacement: a text without groups comes back as it is, else a function whose
** default argument is what we want: (groups, literals). */
static Value sre_template(VM *vm, SrePattern *pattern, Value template_) {
  if (pattern->template_source == template_) return pattern->template_parts;
  Value re = dict_get_str(vm, vm->modules, NAME("re"));
  Value parse = re == VALUE_UNBOUND ? raise_error(vm, TYPE_OF(ImportError), "re is not imported")
                                    : get_attribute(vm, re, NAME("_subx"));
  Value parts = value_is_fail(parse) ? parse : call2(vm, parse, value_from(pattern), template_);
  if (value_is_fail(parts)) return VALUE_FAIL;
  const Value *defaults, *halves, *list;
  size_t n;
  if (value_is(parts, function)) {
    const Function *filter = value_object(parts);
    if (!filter->defaults || !sequence_view(value_from(filter->defaults), &defaults, &n) || n != 1)
      return raise_type(vm, "invalid template");
    parts = defaults[0];
    if (!sequence_view(parts, &halves, &n) || n != 2 || !sequence_view(halves[0], &list, &n) ||
        !sequence_view(halves[1], &list, &n))
      return raise_type(vm, "invalid template");
  } else {
    List *none = list_new(vm, 0), *literal = list_new(vm, 1);
    if (!none || !literal || !list_append_value(vm, literal, parts)) return VALUE_FAIL;
    parts = PACK(value_from(none), value_from(literal));
  }
  pattern->template_source = template_, pattern->template_parts = parts;
  heap_barrier(vm, pattern, template_);
  heap_barrier(vm, pattern, parts);
  return parts;
}

typedef bool (*GroupAdder)(Output *o, const void *source, int64_t group);

/* Literals in order, groups in their places. */
static bool fill_template(Output *o, Value parts, GroupAdder add, const void *source,
                          uint32_t groups) {
  const Value *halves, *places, *literals, *pair;
  size_t n, nplaces, nliterals, k = 0;
  if (!sequence_view(parts, &halves, &n) || !sequence_view(halves[0], &places, &nplaces) ||
      !sequence_view(halves[1], &literals, &nliterals))
    return false;
  for (size_t i = 0; i < nliterals; i++) {
    if (k < nplaces && sequence_view(places[k], &pair, &n) && n == 2 && value_is_int(pair[0]) &&
        value_as_int(pair[0]) == (int64_t)i) {
      int64_t group = value_is_int(pair[1]) ? value_as_int(pair[1]) : -1;
      k++;
      if (group < 0 || group > groups)
        return raise_false(o->vm, TYPE_OF(IndexError), "no such group");
      if (!add(o, source, group)) return false;
    } else if (literals[i] != VALUE_NONE && !output_value(o, literals[i])) return false;
  }
  return true;
}

static bool add_state_group(Output *o, const void *source, int64_t group) {
  const SreState *s = source;
  if (group == 0) return output_slice(o, s, s->start, s->position), true;
  int64_t from = s->marks[2 * group - 2], to = s->marks[2 * group - 1];
  if (from >= 0 && to >= from) output_slice(o, s, from, to);
  return true;
}

static bool add_match_group(Output *o, const void *source, int64_t group) {
  const SreMatch *m = source;
  int64_t from = m->marks[2 * group], to = m->marks[2 * group + 1];
  if (from < 0) return true;
  Value part = sre_slice(o->vm, m->string, from, to);
  return !value_is_fail(part) && output_value(o, part);
}

Value sre_expand(VM *vm, SrePattern *pattern, SreMatch *match, Value template_) {
  Value parts = sre_template(vm, pattern, template_);
  if (value_is_fail(parts)) return VALUE_FAIL;
  Output o;
  output_init(&o, vm, !value_is_str(match->string));
  if (fill_template(&o, parts, add_match_group, match, pattern->groups)) {
    Value result = output_finish(&o);
    /* of the kind that the text is */
    bool of_array = value_has_flag(match->string, TYPE_BYTEARRAY_SUBCLASS);
    return of_array && !value_is_fail(result) ? call1(vm, value_from(TYPE_OF(bytearray)), result)
                                              : result;
  }
  output_drop(&o);
  return VALUE_FAIL;
}

/* ---- sub */

typedef enum Replacement { REPLACE_LITERAL, REPLACE_TEMPLATE, REPLACE_CALL } Replacement;

static bool has_backslash(VM *vm, Value v, bool *out) {
  if (value_is_str(v)) {
    const Str *s = value_object(v);
    *out = false;
    for (size_t i = 0; i < s->length && !*out; i++) *out = str_at(s, i) == '\\';
    return true;
  }
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return false;
  *out = view.size && memchr(view.bytes, '\\', view.size) != NULL;
  buffer_release(vm, &view);
  return true;
}

/* What kind of replacement it is; *value becomes the literal, the template's parts or the
** function. */
static bool prepare(VM *vm, SrePattern *pattern, Value *value, Replacement *kind) {
  *kind = REPLACE_CALL;
  bool special = true;
  if (value_is_str(*value) || value_is_bytes_like(*value)) {
    if (!has_backslash(vm, *value, &special)) return false;
  } else if (value_is_callable(*value)) return true;
  *kind = REPLACE_LITERAL;
  if (!special) return true;
  *value = sre_template(vm, pattern, *value);
  *kind = REPLACE_TEMPLATE;
  return !value_is_fail(*value);
}

static bool add_replacement(Output *o, SreState *s, SrePattern *pattern, Value value,
                            Replacement kind, int64_t pos, int64_t endpos) {
  switch (kind) {
  case REPLACE_LITERAL: return output_value(o, value);
  case REPLACE_TEMPLATE: return fill_template(o, value, add_state_group, s, pattern->groups);
  case REPLACE_CALL: break;
  }
  Value match = sre_match_new(o->vm, pattern, s, pos, endpos);
  Value item = value_is_fail(match) ? match : call1(o->vm, value, match);
  if (value_is_fail(item)) return false;
  return item == VALUE_NONE || output_value(o, item);
}

Value sre_substitute(VM *vm, SrePattern *pattern, Value replacement, Value string, int64_t count,
                     int64_t *made) {
  Replacement kind;
  if (!prepare(vm, pattern, &replacement, &kind)) return VALUE_FAIL;
  SreState s;
  if (!sre_state_init(vm, &s, pattern, string, 0, INT64_MAX)) return VALUE_FAIL;
  Output o;
  output_init(&o, vm, !value_is_str(string));
  int64_t last = 0, n = 0, endpos = s.end;
  int found = 0;
  bool good = true;
  while (good && (count == 0 || n < count) && (found = sre_search(&s)) > 0) {
    if (last < s.start) output_slice(&o, &s, last, s.start);
    good = add_replacement(&o, &s, pattern, replacement, kind, 0, endpos);
    n++;
    s.must_advance = s.position == s.start;
    last = s.start = s.position;
  }
  *made = n;
  Value result = VALUE_FAIL;
  if (good && found >= 0) {
    if (n == 0) result = sre_slice(vm, string, 0, endpos), output_drop(&o);
    else {
      if (last < endpos) output_slice(&o, &s, last, endpos);
      result = output_finish(&o);
    }
  } else output_drop(&o);
  sre_state_deinit(&s);
  return result;
}
