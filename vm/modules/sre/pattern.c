/* pattern.c -- re.Pattern: searching, splitting, its properties. Replacing is in substitute.c. */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/sre/sre.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"

#include <stdio.h>

#define NATIVE_DEF "vm/modules/sre/pattern.def"
#define NATIVE_PREFIX pattern_
#define NATIVE_SELF SrePattern *
#include "vm/contracts/native_class.inc"

/* ---- one match */

typedef enum Way { WAY_MATCH, WAY_FULL, WAY_SEARCH } Way;

static Value find_one(VM *vm, SrePattern *self, Value string, int64_t pos, int64_t endpos,
                      Way way) {
  SreState s;
  if (!sre_state_init(vm, &s, self, string, pos, endpos)) return VALUE_FAIL;
  s.full = way == WAY_FULL;
  pos = s.start, endpos = s.end;
  int found = way == WAY_SEARCH ? sre_search(&s) : sre_match_at(&s);
  Value result = found < 0 ? VALUE_FAIL
                 : found   ? sre_match_new(vm, self, &s, pos, endpos)
                           : VALUE_NONE;
  sre_state_deinit(&s);
  return result;
}

static Value pattern_match(VM *vm, SrePattern *self, const pattern_match_args *a) {
  return find_one(vm, self, a->string, a->pos, a->endpos, WAY_MATCH);
}
static Value pattern_fullmatch(VM *vm, SrePattern *self, const pattern_fullmatch_args *a) {
  return find_one(vm, self, a->string, a->pos, a->endpos, WAY_FULL);
}
static Value pattern_search(VM *vm, SrePattern *self, const pattern_search_args *a) {
  return find_one(vm, self, a->string, a->pos, a->endpos, WAY_SEARCH);
}

/* ---- all matches */

static Value mark_slice(VM *vm, const SreState *s, uint32_t group, Value absent) {
  int64_t from = s->marks[2 * group - 2], to = s->marks[2 * group - 1];
  return from < 0 || to < from ? absent : sre_slice(vm, s->string, from, to);
}

/* What findall gives for a match: the whole, the one group, or a tuple of all groups. */
static Value match_item(VM *vm, const SreState *s, uint32_t groups, Value empty) {
  if (groups == 0) return sre_slice(vm, s->string, s->start, s->position);
  if (groups == 1) return mark_slice(vm, s, 1, empty);
  Tuple *tuple = tuple_new(vm, groups);
  for (uint32_t k = 0; tuple && k < groups; k++) {
    Value part = mark_slice(vm, s, k + 1, empty);
    if (value_is_fail(part)) return VALUE_FAIL;
    tuple_set_item(vm, tuple, k, part);
  }
  return value_of(tuple);
}

/* Behind a match: the next one starts where it ended, and is not empty if it was. */
static void go_on(SreState *s) {
  s->must_advance = s->position == s->start;
  s->start = s->position;
}

static Value pattern_findall(VM *vm, SrePattern *self, const pattern_findall_args *a) {
  SreState s;
  if (!sre_state_init(vm, &s, self, a->string, a->pos, a->endpos)) return VALUE_FAIL;
  List *list = list_new(vm, 0);
  Value empty = list ? sre_slice(vm, a->string, 0, 0) : VALUE_FAIL;
  int found = 0;
  while (!value_is_fail(empty) && s.start <= s.end && (found = sre_search(&s)) > 0) {
    Value item = match_item(vm, &s, self->groups, empty);
    if (value_is_fail(item) || !list_append_value(vm, list, item)) {
      empty = VALUE_FAIL;
      break;
    }
    go_on(&s);
  }
  sre_state_deinit(&s);
  return value_is_fail(empty) || found < 0 ? VALUE_FAIL : value_from(list);
}

static Value pattern_split(VM *vm, SrePattern *self, const pattern_split_args *a) {
  SreState s;
  if (!sre_state_init(vm, &s, self, a->string, 0, INT64_MAX)) return VALUE_FAIL;
  List *list = list_new(vm, 0);
  int64_t last = 0;
  int found = 0;
  bool good = list != NULL;
  for (int64_t n = 0; good && (a->maxsplit == 0 || n < a->maxsplit) && (found = sre_search(&s)) > 0;
       n++) {
    Value piece = sre_slice(vm, a->string, last, s.start);
    good = !value_is_fail(piece) && list_append_value(vm, list, piece);
    for (uint32_t k = 1; good && k <= self->groups; k++) {
      piece = mark_slice(vm, &s, k, VALUE_NONE);
      good = !value_is_fail(piece) && list_append_value(vm, list, piece);
    }
    last = s.position;
    go_on(&s);
  }
  if (good && found >= 0) {
    Value piece = sre_slice(vm, a->string, last, s.end);
    good = !value_is_fail(piece) && list_append_value(vm, list, piece);
  }
  sre_state_deinit(&s);
  return good && found >= 0 ? value_from(list) : VALUE_FAIL;
}

/* ---- scanners: finditer and scanner() */

/* Law: the text is pinned until the scanner is at the end or gone. */
typedef struct SreScanner {
  Object h;
  SrePattern *pattern; /* [gc] */
  Value string;
  int64_t pos, start, endpos; /* start: where to go on; -1: at the end */
  bool must_advance;
  Pin pin;
} SreScanner;

static void scanner_destroy(VM *vm, Object *object) {
  pin_release(vm, &((SreScanner *)object)->pin);
}

static void scanner_trace(Marker *marker, Object *object) {
  const SreScanner *scanner = (const SreScanner *)object;
  mark_object(marker, scanner->pattern);
  mark_value(marker, scanner->string);
}

static Value scanner_new(VM *vm, uint32_t shape, SrePattern *pattern, Value string, int64_t pos,
                         int64_t endpos) {
  SreState s;
  if (!sre_state_init(vm, &s, pattern, string, pos, endpos)) return VALUE_FAIL;
  SreScanner *scanner = heap_new_zeroed(vm, shape, sizeof *scanner);
  scanner->pattern = pattern;
  scanner->string = string;
  scanner->pos = scanner->start = s.start;
  scanner->endpos = s.end;
  scanner->pin.owner = VALUE_UNBOUND;
  bool pinned = value_is_str(string) || pin_of(vm, string, &scanner->pin);
  sre_state_deinit(&s);
  if (!pinned) return VALUE_FAIL;
  if (scanner->pin.owner != VALUE_UNBOUND) heap_track_destroy(vm, &scanner->h);
  return value_from(scanner);
}

/* The next match, or VALUE_STOP. */
static Value scanner_step(VM *vm, SreScanner *scanner, bool search) {
  if (scanner->start < 0) return VALUE_STOP;
  SreState s;
  if (!sre_state_init(vm, &s, scanner->pattern, scanner->string, scanner->start, scanner->endpos))
    return VALUE_FAIL;
  s.must_advance = scanner->must_advance;
  int found = search ? sre_search(&s) : sre_match_at(&s);
  Value result = found < 0 ? VALUE_FAIL
                 : found   ? sre_match_new(vm, scanner->pattern, &s, scanner->pos, scanner->endpos)
                           : VALUE_STOP;
  if (found > 0) go_on(&s), scanner->start = s.start, scanner->must_advance = s.must_advance;
  else scanner->start = -1, pin_release(vm, &scanner->pin);
  sre_state_deinit(&s);
  return result;
}

static Value found_step(VM *vm, Value self) { return scanner_step(vm, value_object(self), true); }

static Value pattern_finditer(VM *vm, SrePattern *self, const pattern_finditer_args *a) {
  return scanner_new(vm, SHAPE_OF(sre_iterator), self, a->string, a->pos, a->endpos);
}
static Value pattern_scanner(VM *vm, SrePattern *self, const pattern_scanner_args *a) {
  return scanner_new(vm, SHAPE_OF(sre_scanner), self, a->string, a->pos, a->endpos);
}

#define NATIVE_DEF "vm/modules/sre/scanner.def"
#define NATIVE_PREFIX scanner_
#define NATIVE_SELF SreScanner *
#include "vm/contracts/native_class.inc"

static Value none_at_end(Value v) { return v == VALUE_STOP ? VALUE_NONE : v; }
static Value scanner_match(VM *vm, SreScanner *self, const scanner_match_args *a) {
  return none_at_end(scanner_step(vm, self, false));
}
static Value scanner_search(VM *vm, SreScanner *self, const scanner_search_args *a) {
  return none_at_end(scanner_step(vm, self, true));
}
static Value scanner_get_pattern(VM *vm, SreScanner *self) { return value_from(self->pattern); }

const ClassSpec sre_scanner_class = {
    NATIVE_CLASS(scanner_),
    .basic_size = sizeof(SreScanner),
    .trace = scanner_trace,
    .destroy = scanner_destroy,
};
const ClassSpec sre_iterator_class = {
    NATIVE_NAMES(scanner_iterator_),
    .basic_size = sizeof(SreScanner),
    .trace = scanner_trace,
    .destroy = scanner_destroy,
    .next = found_step,
};

static Value pattern_sub(VM *vm, SrePattern *self, const pattern_sub_args *a) {
  int64_t made;
  return sre_substitute(vm, self, a->repl, a->string, a->count, &made);
}
static Value pattern_subn(VM *vm, SrePattern *self, const pattern_subn_args *a) {
  int64_t made;
  Value text = sre_substitute(vm, self, a->repl, a->string, a->count, &made);
  return PACK(text, value_int(vm, made));
}

/* ---- properties */

static Value pattern_copy(VM *vm, SrePattern *self, const pattern_copy_args *a) {
  return value_from(self);
}
static Value pattern_deepcopy(VM *vm, SrePattern *self, const pattern_deepcopy_args *a) {
  return value_from(self);
}
static Value pattern_class_getitem(VM *vm, Value cls, const pattern_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}
static Value pattern_get_pattern(VM *vm, SrePattern *self) { return self->pattern; }
static Value pattern_get_flags(VM *vm, SrePattern *self) { return value_int(vm, self->flags); }
static Value pattern_get_groups(VM *vm, SrePattern *self) { return value_int(vm, self->groups); }
static Value pattern_get_groupindex(VM *vm, SrePattern *self) {
  if (value_is(self->groupindex, dict) && !dict_length(value_object(self->groupindex)))
    return value_of(dict_new(vm));
  return call1(vm, value_from(TYPE_OF(mappingproxy)), self->groupindex);
}

static Value pattern_op_repr(VM *vm, SrePattern *self, const pattern_op_repr_args *a) {
  static const struct {
    const char *name;
    int flag;
  } names[] = {
      {"re.TEMPLATE", SRE_FLAG_TEMPLATE}, {"re.IGNORECASE", SRE_FLAG_IGNORECASE},
      {"re.LOCALE", SRE_FLAG_LOCALE},     {"re.MULTILINE", SRE_FLAG_MULTILINE},
      {"re.DOTALL", SRE_FLAG_DOTALL},     {"re.UNICODE", SRE_FLAG_UNICODE},
      {"re.VERBOSE", SRE_FLAG_VERBOSE},   {"re.DEBUG", SRE_FLAG_DEBUG},
      {"re.ASCII", SRE_FLAG_ASCII},
  };
  Value text = value_repr(vm, self->pattern);
  if (value_is_fail(text)) return VALUE_FAIL;
  int64_t flags = self->flags;
  if (value_is_str(self->pattern) &&
      (flags & (SRE_FLAG_LOCALE | SRE_FLAG_UNICODE | SRE_FLAG_ASCII)) == SRE_FLAG_UNICODE)
    flags &= ~SRE_FLAG_UNICODE;
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_cstr(&b, "re.compile(");
  const Str *repr = value_object(text);
  str_builder_range(&b, repr, 0, repr->length < 200 ? repr->length : 200);
  const char *separator = ", ";
  for (size_t k = 0; k < ARRAY_COUNT(names); k++)
    if (flags & names[k].flag) {
      str_builder_cstr(&b, separator);
      str_builder_cstr(&b, names[k].name);
      separator = "|";
      flags &= ~names[k].flag;
    }
  if (flags) {
    char rest[32];
    snprintf(rest, sizeof rest, "%s0x%lx", separator, (unsigned long)flags);
    str_builder_cstr(&b, rest);
  }
  str_builder_char(&b, ')');
  return value_of(str_builder_finish(&b));
}

static bool same_code(const SreProgram *a, const SreProgram *b) {
  return a->source_size == b->source_size && memcmp(a->source, b->source, a->source_size * 4) == 0;
}

static Answer are_equal(VM *vm, const SrePattern *self, const SrePattern *that) {
  if (self == that) return ANSWER_YES;
  if (self->flags != that->flags || self->is_bytes != that->is_bytes ||
      !same_code(self->program, that->program))
    return ANSWER_NO;
  return values_equal(vm, self->pattern, that->pattern);
}
static Value pattern_op_eq(VM *vm, SrePattern *self, const pattern_op_eq_args *a) {
  if (!value_is(a->value, sre_pattern)) return VALUE_NOT_IMPLEMENTED;
  Answer equal = are_equal(vm, self, value_object(a->value));
  return equal == ANSWER_FAILED ? VALUE_FAIL : value_bool(equal);
}
static Value pattern_op_ne(VM *vm, SrePattern *self, const pattern_op_ne_args *a) {
  if (!value_is(a->value, sre_pattern)) return VALUE_NOT_IMPLEMENTED;
  Answer equal = are_equal(vm, self, value_object(a->value));
  return equal == ANSWER_FAILED ? VALUE_FAIL : value_bool(!equal);
}

static Value pattern_op_hash(VM *vm, SrePattern *self, const pattern_op_hash_args *a) {
  uint64_t h;
  if (!value_hash(vm, self->pattern, &h)) return VALUE_FAIL;
  h ^= (uint64_t)self->flags * 1000003 ^ self->program->source_size << 20 ^
       (uint64_t)self->groups << 40;
  return value_int(vm, (int64_t)h >> 3);
}

static void pattern_trace(Marker *marker, Object *object) {
  const SrePattern *self = (const SrePattern *)object;
  mark_value(marker, self->pattern);
  mark_value(marker, self->groupindex);
  mark_object(marker, self->indexgroup);
  mark_value(marker, self->template_source);
  mark_value(marker, self->template_parts);
}

static void pattern_destroy(VM *vm, Object *object) {
  sre_program_destroy(((SrePattern *)object)->program);
}

const ClassSpec sre_pattern_class = {
    NATIVE_CLASS(pattern_),
    .basic_size = sizeof(SrePattern),
    .trace = pattern_trace,
    .destroy = pattern_destroy,
};
