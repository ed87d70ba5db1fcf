/* match_object.c -- re.Match: one match, its groups and where they are. */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/sre/sre.h"
#include "vm/objects/items.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/sre/match.def"
#define NATIVE_PREFIX match_
#define NATIVE_SELF SreMatch *
#include "vm/contracts/native_class.inc"

Value sre_match_new(VM *vm, SrePattern *pattern, const SreState *s, int64_t pos, int64_t endpos) {
  uint32_t groups = pattern->groups + 1;
  SreMatch *m = heap_new(vm, SHAPE_OF(sre_match), sizeof *m + groups * 16);
  if (!m) return VALUE_FAIL;
  m->string = s->string;
  m->pattern = pattern;
  m->pos = pos, m->endpos = endpos;
  m->lastindex = s->lastindex;
  m->groups = groups;
  m->marks[0] = s->start, m->marks[1] = s->position;
  for (uint32_t k = 1; k < groups; k++) {
    int64_t from = s->marks[2 * k - 2], to = s->marks[2 * k - 1];
    bool there = from >= 0 && to >= from;
    m->marks[2 * k] = there ? from : -1, m->marks[2 * k + 1] = there ? to : -1;
  }
  return value_from(m);
}

/* ---- groups */

/* The number of the group with that index or name; -1: IndexError raised. */
static int64_t group_number(VM *vm, const SreMatch *self, Value group) {
  int64_t n = -1;
  if (LIKELY(value_is_int(group))) n = value_as_int(group);
  else if (value_is_any_int(group) || value_has_special(group, SPECIAL_index)) {
    if (!value_index64(vm, group, &n, true)) return -1;
  } else if (value_has_flag(self->pattern->groupindex, TYPE_DICT_SUBCLASS)) {
    Value found = dict_get(vm, value_object(self->pattern->groupindex), group);
    if (value_is_fail(found)) return -1;
    if (value_is_int(found)) n = value_as_int(found);
  }
  if (n >= 0 && n < self->groups) return n;
  (void)raise_error(vm, TYPE_OF(IndexError), "no such group");
  return -1;
}

static Value group_text(VM *vm, const SreMatch *self, int64_t n, Value fallback) {
  int64_t from = self->marks[2 * n];
  return from < 0 ? fallback : sre_slice(vm, self->string, from, self->marks[2 * n + 1]);
}

static Value group_of(VM *vm, const SreMatch *self, Value group) {
  int64_t n = group_number(vm, self, group);
  return n < 0 ? VALUE_FAIL : group_text(vm, self, n, VALUE_NONE);
}

static Value match_group(VM *vm, Value receiver, const Value *args, int npos, Tuple *kwnames) {
  const SreMatch *self = value_object(receiver);
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "Match.group() takes no keyword arguments");
  if (npos == 0) return group_text(vm, self, 0, VALUE_NONE);
  if (npos == 1) return group_of(vm, self, args[0]);
  Tuple *tuple = tuple_new(vm, (size_t)npos);
  for (int i = 0; tuple && i < npos; i++) {
    Value part = group_of(vm, self, args[i]);
    if (value_is_fail(part)) return VALUE_FAIL;
    tuple_set_item(vm, tuple, (size_t)i, part);
  }
  return value_of(tuple);
}

static Value match_op_getitem(VM *vm, SreMatch *self, const match_op_getitem_args *a) {
  return group_of(vm, self, a->key);
}

static Value match_groups(VM *vm, SreMatch *self, const match_groups_args *a) {
  Tuple *tuple = tuple_new(vm, self->groups - 1);
  for (uint32_t k = 1; tuple && k < self->groups; k++) {
    Value part = group_text(vm, self, k, a->fallback);
    if (value_is_fail(part)) return VALUE_FAIL;
    tuple_set_item(vm, tuple, k - 1, part);
  }
  return value_of(tuple);
}

static Value match_groupdict(VM *vm, SreMatch *self, const match_groupdict_args *a) {
  Dict *result = dict_new(vm);
  if (!result || !value_has_flag(self->pattern->groupindex, TYPE_DICT_SUBCLASS))
    return value_of(result);
  size_t position = 0;
  Value name, number;
  while (dict_next(value_object(self->pattern->groupindex), &position, &name, &number)) {
    int64_t n = group_number(vm, self, number);
    Value part = n < 0 ? VALUE_FAIL : group_text(vm, self, n, a->fallback);
    if (value_is_fail(part) || !dict_set(vm, result, name, part)) return VALUE_FAIL;
  }
  return value_from(result);
}

/* ---- places */

static int64_t place(VM *vm, const SreMatch *self, Value group) {
  return group == VALUE_MISSING ? 0 : group_number(vm, self, group);
}

static Value match_start(VM *vm, SreMatch *self, const match_start_args *a) {
  int64_t n = place(vm, self, a->group);
  return n < 0 ? VALUE_FAIL : value_int(vm, self->marks[2 * n]);
}
static Value match_end(VM *vm, SreMatch *self, const match_end_args *a) {
  int64_t n = place(vm, self, a->group);
  return n < 0 ? VALUE_FAIL : value_int(vm, self->marks[2 * n + 1]);
}
static Value span(VM *vm, const SreMatch *self, int64_t n) {
  return PACK(value_int(vm, self->marks[2 * n]), value_int(vm, self->marks[2 * n + 1]));
}
static Value match_span(VM *vm, SreMatch *self, const match_span_args *a) {
  int64_t n = place(vm, self, a->group);
  return n < 0 ? VALUE_FAIL : span(vm, self, n);
}
static Value match_get_regs(VM *vm, SreMatch *self) {
  Tuple *tuple = tuple_new(vm, self->groups);
  for (uint32_t k = 0; tuple && k < self->groups; k++)
    tuple_set_item(vm, tuple, k, span(vm, self, k));
  return value_of(tuple);
}

/* ---- the rest */

static Value match_expand(VM *vm, SreMatch *self, const match_expand_args *a) {
  return sre_expand(vm, self->pattern, self, a->template_);
}
static Value match_copy(VM *vm, SreMatch *self, const match_copy_args *a) {
  return value_from(self);
}
static Value match_deepcopy(VM *vm, SreMatch *self, const match_deepcopy_args *a) {
  return value_from(self);
}
static Value match_class_getitem(VM *vm, Value cls, const match_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}
static Value match_get_string(VM *vm, SreMatch *self) { return self->string; }
static Value match_get_re(VM *vm, SreMatch *self) { return value_from(self->pattern); }
static Value match_get_pos(VM *vm, SreMatch *self) { return value_int(vm, self->pos); }
static Value match_get_endpos(VM *vm, SreMatch *self) { return value_int(vm, self->endpos); }
static Value match_get_lastindex(VM *vm, SreMatch *self) {
  return self->lastindex < 0 ? VALUE_NONE : value_int(vm, self->lastindex);
}
static Value match_get_lastgroup(VM *vm, SreMatch *self) {
  const Tuple *names = self->pattern->indexgroup;
  return self->lastindex >= 0 && (size_t)self->lastindex < tuple_length(names)
             ? names->items[self->lastindex]
             : VALUE_NONE;
}

static Value match_op_repr(VM *vm, SreMatch *self, const match_op_repr_args *a) {
  Value text = group_text(vm, self, 0, VALUE_NONE);
  if (value_is_fail(text)) return VALUE_FAIL;
  Str *s = str_format(vm, "<re.Match object; span=(%lld, %lld), match=%R>",
                      (long long)self->marks[0], (long long)self->marks[1], text);
  return value_of(s);
}

static void match_trace(Marker *marker, Object *object) {
  const SreMatch *self = (const SreMatch *)object;
  mark_value(marker, self->string);
  mark_object(marker, self->pattern);
}

const ClassSpec sre_match_class = {
    NATIVE_CLASS(match_),
    .basic_size = sizeof(SreMatch),
    .trace = match_trace,
};
