/* time_of_day.c -- datetime.time. */
#include "vm/modules/datetime/datetime.h"

#define NATIVE_DEF "vm/modules/datetime/time.def"
#define NATIVE_PREFIX time_
#define NATIVE_SELF Time *
#include "vm/contracts/native_class.inc"
/* ---- making */

bool fold_check(VM *vm, int64_t fold) {
  return LIKELY((uint64_t)fold <= 1) ||
         raise_false(vm, TYPE_OF(ValueError), "fold must be either 0 or 1");
}

bool clock_check(VM *vm, const int64_t p[5]) {
  const char *wrong = NULL;
  if ((uint64_t)p[0] > 23) wrong = "hour must be in 0..23";
  else if ((uint64_t)p[1] > 59) wrong = "minute must be in 0..59";
  else if ((uint64_t)p[2] > 59) wrong = "second must be in 0..59";
  else if ((uint64_t)p[3] > 999999) wrong = "microsecond must be in 0..999999";
  else return fold_check(vm, p[4]);
  return raise_false(vm, TYPE_OF(ValueError), "%s", wrong);
}

bool zone_check(VM *vm, Value zone) {
  if (LIKELY(zone == VALUE_NONE) || IS_TZINFO(zone)) return true;
  return raise_false(vm, TYPE_OF(TypeError),
                     "tzinfo argument must be None or of a tzinfo subclass, not type '%T'", zone);
}

Value time_new(VM *vm, Type *cls, Clock clock, Value zone) {
  Time *t = FIELD_CELL(vm, cls, datetime_time, sizeof *t, zone == VALUE_NONE);
  if (UNLIKELY(!t)) return VALUE_FAIL;
  t->clock = clock, t->zone = zone;
  heap_barrier(vm, t, zone);
  return value_from(t);
}

static Value new_checked(VM *vm, Type *cls, const int64_t parts[5], Value zone) {
  return clock_check(vm, parts) && zone_check(vm, zone) ? time_new(vm, cls, clock_of(parts), zone)
                                                        : VALUE_FAIL;
}

static Value time_parts_construct(VM *vm, Type *cls, const time_parts_construct_args *a) {
  const int64_t parts[] = {a->hour, a->minute, a->second, a->microsecond, a->fold};
  return new_checked(vm, cls, parts, a->tzinfo);
}

static Value from_state(VM *vm, Type *cls, Value state, Value zone) { /* UNBOUND: no state */
  uint8_t buffer[6];
  const uint8_t *s = pickled_state(vm, state, 6, "time", buffer);
  if (!s) return error_pending(vm) ? VALUE_FAIL : VALUE_UNBOUND;
  if ((s[0] & 0x7F) >= 24) return VALUE_UNBOUND;
  if (zone != VALUE_NONE && !IS_TZINFO(zone)) return raise_type(vm, "bad tzinfo state arg");
  return time_new(
      vm, cls,
      (Clock){s[0] & 0x7F, s[1], s[2], s[0] >> 7, (uint32_t)(s[3] << 16 | s[4] << 8 | s[5])}, zone);
}

static Value time_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (npos >= 1 && npos <= 2 && !value_is_int(args[0])) {
    Value made = from_state(vm, cls, args[0], npos == 2 ? args[1] : VALUE_NONE);
    if (made != VALUE_UNBOUND) return made;
  }
  return time_parts_construct_call(vm, value_from(cls), args, npos, kwnames);
}

static Value time_fromisoformat(VM *vm, Value cls, const time_fromisoformat_args *a) {
  return parse_iso_time(vm, value_object(cls), a->time_string);
}

static Value time_replace(VM *vm, Time *self, const time_replace_args *a) {
  const Value given[] = {a->hour, a->minute, a->second, a->microsecond, a->fold};
  int64_t parts[] = {self->clock.hour, self->clock.minute, self->clock.second,
                     self->clock.microsecond, self->clock.fold};
  for (int i = 0; i < 5; i++)
    if (given[i] != VALUE_MISSING && !convert_Part(vm, given[i], &parts[i], NULL, 0))
      return VALUE_FAIL;
  if (!fold_check(vm, parts[4])) return VALUE_FAIL; /* before the others, unlike the constructor */
  return new_checked(vm, object_type(self), parts,
                     a->tzinfo == VALUE_MISSING ? self->zone : a->tzinfo);
}

/* ---- comparing: aware times by what they are in UTC, whole seconds of their offsets counted */

static Value offset_of(VM *vm, const Time *t) { return zone_utcoffset(vm, t->zone, VALUE_NONE); }

/* compare_times: -1, 0, 1 or one of these. */
enum { ORDER_FAILED = -2, ORDER_NONE = 2 /* one is naive */ };
static int compare_times(VM *vm, const Time *a, const Time *b) {
  int by_clock = order_of((int64_t)clock_key(&a->clock), (int64_t)clock_key(&b->clock));
  if (a->zone == b->zone) return by_clock;
  Value x = offset_of(vm, a);
  if (value_is_fail(x)) return ORDER_FAILED;
  Value y = offset_of(vm, b);
  if (value_is_fail(y)) return ORDER_FAILED;
  if (x == y) return by_clock;
  if (x == VALUE_NONE || y == VALUE_NONE) return ORDER_NONE;
  const Delta *from_a = value_object(x), *from_b = value_object(y);
  if (delta_compare(from_a, from_b) == 0) return by_clock;
  int64_t ahead_a =
      clock_seconds(&a->clock) - delta_days(from_a) * SECONDS_A_DAY - delta_seconds(from_a);
  int64_t ahead_b =
      clock_seconds(&b->clock) - delta_days(from_b) * SECONDS_A_DAY - delta_seconds(from_b);
  return ahead_a != ahead_b ? order_of(ahead_a, ahead_b)
                            : order_of(a->clock.microsecond, b->clock.microsecond);
}

static Value compare_with(VM *vm, CompareOp op, const Time *self, Value other) {
  if (!IS_TIME(other)) return VALUE_NOT_IMPLEMENTED;
  int order = compare_times(vm, self, value_object(other));
  if (order == ORDER_FAILED) return VALUE_FAIL;
  if (order != ORDER_NONE) return value_bool(order_holds(op, order));
  if (op == COMPARE_EQ || op == COMPARE_NE) return value_bool(op == COMPARE_NE);
  return raise_type(vm, "can't compare offset-naive and offset-aware times");
}
#define COMPARISON(name, op)                                    \
  static Value name(VM *vm, Time *self, const name##_args *a) { \
    return compare_with(vm, op, self, a->value);                \
  }
COMPARISON(time_op_lt, COMPARE_LT)
COMPARISON(time_op_le, COMPARE_LE)
COMPARISON(time_op_eq, COMPARE_EQ)
COMPARISON(time_op_ne, COMPARE_NE)
COMPARISON(time_op_gt, COMPARE_GT)
COMPARISON(time_op_ge, COMPARE_GE)

/* fold takes no part; equal aware times of different zones hash alike. */
static Value time_op_hash(VM *vm, Time *self, const time_op_hash_args *a) {
  Value plain = value_from(self);
  if (self->clock.fold) {
    Clock clock = self->clock;
    clock.fold = 0;
    plain = time_new(vm, TYPE_OF(datetime_time), clock, self->zone);
  }
  Value offset = offset_of(vm, value_object(plain));
  if (value_is_fail(offset)) return offset;
  if (offset == VALUE_NONE) return words_hash(vm, clock_key(&self->clock), 1);
  const Delta *d = value_object(offset);
  int64_t seconds = clock_seconds(&self->clock) - delta_days(d) * SECONDS_A_DAY - delta_seconds(d);
  return words_hash(vm, (uint64_t)(seconds * US_A_SECOND + self->clock.microsecond - delta_us(d)),
                    2);
}

/* ---- parts */

static Value time_get_hour(VM *vm, Time *self) { return value_int_unchecked(self->clock.hour); }
static Value time_get_minute(VM *vm, Time *self) { return value_int_unchecked(self->clock.minute); }
static Value time_get_second(VM *vm, Time *self) { return value_int_unchecked(self->clock.second); }
static Value time_get_microsecond(VM *vm, Time *self) {
  return value_int_unchecked(self->clock.microsecond);
}
static Value time_get_fold(VM *vm, Time *self) { return value_int_unchecked(self->clock.fold); }
static Value time_get_tzinfo(VM *vm, Time *self) { return self->zone; }
static Value time_utcoffset(VM *vm, Time *self, const time_utcoffset_args *a) {
  return offset_of(vm, self);
}
static Value time_tzname(VM *vm, Time *self, const time_tzname_args *a) {
  return zone_tzname(vm, self->zone, VALUE_NONE);
}
static Value time_dst(VM *vm, Time *self, const time_dst_args *a) {
  return zone_dst(vm, self->zone, VALUE_NONE);
}

/* ---- text */

static Value time_op_repr(VM *vm, Time *self, const time_op_repr_args *a) {
  const Clock *c = &self->clock;
  StrBuilder text;
  str_builder_init(&text, vm);
  Str *part = str_format(vm, "%N(%d, %d", object_type(self), c->hour, c->minute);
  str_builder_str(&text, part);
  if (c->second || c->microsecond) str_builder_str(&text, str_format(vm, ", %d", c->second));
  if (c->microsecond) str_builder_str(&text, str_format(vm, ", %d", (int)c->microsecond));
  if (self->zone != VALUE_NONE) {
    part = str_format(vm, ", tzinfo=%R", self->zone);
    if (!part) return str_builder_drop(&text), VALUE_FAIL;
    str_builder_str(&text, part);
  }
  str_builder_cstr(&text, c->fold ? ", fold=1)" : ")");
  part = str_builder_finish(&text);
  return value_of(part);
}

static Value time_isoformat(VM *vm, Time *self, const time_isoformat_args *a) {
  char text[ISO_TEXT_MAX];
  char *end = write_clock(vm, text, &self->clock, a->timespec);
  if (end) end = write_offset(vm, end, ":", self->zone, VALUE_NONE);
  return end ? value_of(str_new_ascii(vm, text, (size_t)(end - text))) : VALUE_FAIL;
}
static Value time_op_str(VM *vm, Time *self, const time_op_str_args *a) {
  return call_method0(vm, value_from(self), NAME("isoformat"));
}
static Value time_strftime(VM *vm, Time *self, const time_strftime_args *a) {
  return format_time(vm, value_from(self), a->format);
}
static Value time_formatted(VM *vm, Time *self, const time_formatted_args *a) {
  return format_value_as(vm, value_from(self), a->format);
}

/* ---- pickling: fold hides in the hour's high bit, from protocol 4 on */

static Value reduced(VM *vm, const Time *self, int protocol) {
  const Clock *c = &self->clock;
  uint32_t us = c->microsecond;
  const uint8_t state[] = {(uint8_t)(c->hour | (protocol > 3 && c->fold ? 0x80 : 0)),
                           c->minute,
                           c->second,
                           (uint8_t)(us >> 16),
                           (uint8_t)(us >> 8),
                           (uint8_t)us};
  return reduced_state(vm, self, state, sizeof state, self->zone);
}
static Value time_reduce(VM *vm, Time *self, const time_reduce_args *a) {
  return reduced(vm, self, 2);
}
static Value time_reduce_ex(VM *vm, Time *self, const time_reduce_ex_args *a) {
  return reduced(vm, self, a->protocol);
}

static void time_trace(Marker *marker, Object *self) { mark_value(marker, ((Time *)self)->zone); }

const ClassSpec datetime_time_class = {
    NATIVE_CLASS(time_),
    .basic_size = sizeof(Time),
    .trace = time_trace,
};
