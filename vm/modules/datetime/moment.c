/* moment.c -- what datetimes are to C: making, adding, subtracting, comparing, hashing. The class
** is in datetime.c.
**
** Two moments of one tzinfo object are compared and subtracted by what their clocks show; others by
** UTC. */
#include "vm/modules/datetime/datetime.h"

/* ---- making */

Value datetime_new(VM *vm, Type *cls, Ymd day, Clock clock, Value zone) {
  DateTime *d = FIELD_CELL(vm, cls, datetime_datetime, sizeof *d, zone == VALUE_NONE);
  if (UNLIKELY(!d)) return VALUE_FAIL;
  d->year = (uint16_t)day.year, d->month = (uint8_t)day.month, d->day = (uint8_t)day.day,
  d->reserved = 0;
  d->clock = clock, d->zone = zone;
  heap_barrier(vm, d, zone);
  return value_from(d);
}

Value datetime_make(VM *vm, Type *cls, Ymd day, Clock clock, Value zone) {
  if (LIKELY(cls == TYPE_OF(datetime_datetime))) return datetime_new(vm, cls, day, clock, zone);
  const Value args[] = {value_int_unchecked(day.year),          value_int_unchecked(day.month),
                        value_int_unchecked(day.day),           value_int_unchecked(clock.hour),
                        value_int_unchecked(clock.minute),      value_int_unchecked(clock.second),
                        value_int_unchecked(clock.microsecond), zone};
  Value made = call_values(vm, value_from(cls), args, ARRAY_COUNT(args), NULL);
  /* nobody has seen it yet */
  if (!value_is_fail(made) && IS_DATETIME(made))
    ((DateTime *)value_object(made))->clock.fold = clock.fold;
  return made;
}

/* ---- arithmetic */

/* The clock that stands `seconds` and `us` after the start of a day; *days gets whole days. */
static Clock clock_from(int64_t seconds, int64_t us, int64_t *days) {
  if (UNLIKELY((uint64_t)us >= US_A_SECOND)) {
    int64_t whole = us / US_A_SECOND - (us % US_A_SECOND < 0);
    seconds += whole, us -= whole * US_A_SECOND;
  }
  int64_t whole = 0;
  if (UNLIKELY((uint64_t)seconds >= SECONDS_A_DAY)) {
    whole = seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0);
    seconds -= whole * SECONDS_A_DAY;
  }
  *days = whole;
  uint32_t second = (uint32_t)seconds;
  return (Clock){(uint8_t)(second / 3600), (uint8_t)(second / 60 % 60), (uint8_t)(second % 60), 0,
                 (uint32_t)us};
}

Value datetime_add(VM *vm, const DateTime *moment, const Delta *delta, int sign) {
  int64_t days;
  Clock clock = clock_from(clock_seconds(&moment->clock) + sign * delta_seconds(delta),
                           (int64_t)moment->clock.microsecond + sign * delta_us(delta), &days);
  Ymd day;
  if (!date_shift(vm, date_ymd(moment), days + sign * delta_days(delta), &day)) return VALUE_FAIL;
  return datetime_make(vm, object_type(moment), day, clock, moment->zone);
}

/* By the clocks alone. */
static Value plain_difference(VM *vm, const DateTime *a, const DateTime *b) {
  return delta_new(vm, date_ordinal(a) - date_ordinal(b),
                   clock_seconds(&a->clock) - clock_seconds(&b->clock),
                   (int64_t)a->clock.microsecond - (int64_t)b->clock.microsecond);
}

Value datetime_difference(VM *vm, DateTime *a, DateTime *b) {
  if (a->zone == b->zone) return plain_difference(vm, a, b);
  Value x = zone_utcoffset(vm, a->zone, value_from(a));
  if (value_is_fail(x)) return x;
  Value y = zone_utcoffset(vm, b->zone, value_from(b));
  if (value_is_fail(y)) return y;
  if ((x == VALUE_NONE) != (y == VALUE_NONE))
    return raise_type(vm, "can't subtract offset-naive and offset-aware datetimes");
  Value difference = plain_difference(vm, a, b);
  if (value_is_fail(difference) || x == y || delta_compare(value_object(x), value_object(y)) == 0)
    return difference;
  Value between = delta_sub(vm, value_object(x), value_object(y));
  return value_is_fail(between) ? between
                                : delta_sub(vm, value_object(difference), value_object(between));
}

/* ---- comparing */

static int compare_readings(const DateTime *a, const DateTime *b) {
  int days = order_of(date_key((const Date *)a), date_key((const Date *)b));
  return days ? days : order_of((int64_t)clock_key(&a->clock), (int64_t)clock_key(&b->clock));
}

/* Has the moment another offset with its fold turned over? */
static Answer is_problematic(VM *vm, DateTime *moment, Value offset) {
  Clock turned = moment->clock;
  turned.fold = !turned.fold;
  Value other =
      datetime_new(vm, TYPE_OF(datetime_datetime), date_ymd(moment), turned, moment->zone);
  Value other_offset = zone_utcoffset(vm, moment->zone, other);
  if (value_is_fail(other_offset)) return ANSWER_FAILED;
  if (other_offset == offset) return ANSWER_NO;
  if (other_offset == VALUE_NONE || offset == VALUE_NONE) return ANSWER_YES;
  return delta_compare(value_object(other_offset), value_object(offset)) != 0;
}

/* PEP 495: in different zones a time within a gap or fold equals nothing. */
static Answer are_equal_across_zones(VM *vm, DateTime *a, DateTime *b, Value x, Value y) {
  Answer problem = is_problematic(vm, a, x);
  if (problem == ANSWER_NO) problem = is_problematic(vm, b, y);
  return problem == ANSWER_FAILED ? ANSWER_FAILED : !problem;
}

static Value compare_aware(VM *vm, CompareOp op, DateTime *a, DateTime *b) {
  bool equality = op == COMPARE_EQ || op == COMPARE_NE;
  Value x = zone_utcoffset(vm, a->zone, value_from(a));
  if (value_is_fail(x)) return x;
  Value y = zone_utcoffset(vm, b->zone, value_from(b));
  if (value_is_fail(y)) return y;
  int order;
  if (x == y || (x != VALUE_NONE && y != VALUE_NONE &&
                 delta_compare(value_object(x), value_object(y)) == 0)) {
    order = compare_readings(a, b);
  } else if (x != VALUE_NONE && y != VALUE_NONE) {
    Value difference = datetime_difference(vm, a, b);
    if (value_is_fail(difference)) return difference;
    const Delta *d = value_object(difference);
    order = delta_days(d) ? order_of(delta_days(d), 0) : delta_seconds(d) || delta_us(d);
  } else {
    if (equality) return value_bool(op == COMPARE_NE);
    return raise_type(vm, "can't compare offset-naive and offset-aware datetimes");
  }
  if (equality && order == 0) {
    Answer equal = are_equal_across_zones(vm, a, b, x, y);
    if (equal == ANSWER_FAILED) return VALUE_FAIL;
    order = !equal;
  }
  return value_bool(order_holds(op, order));
}

Value datetime_compare(VM *vm, CompareOp op, DateTime *self, Value other) {
  if (LIKELY(value_is(other, datetime_datetime)) || IS_DATETIME(other)) {
    DateTime *moment = value_object(other);
    return LIKELY(self->zone == moment->zone)
               ? value_bool(order_holds(op, compare_readings(self, moment)))
               : compare_aware(vm, op, self, moment);
  }
  if (!IS_DATE(other)) return VALUE_NOT_IMPLEMENTED;
  /* date would compare its part alone */
  if (op == COMPARE_EQ || op == COMPARE_NE) return value_bool(op == COMPARE_NE);
  return raise_type(vm, "can't compare %N to %T", object_type(self), other);
}

/* Equal moments hash alike in all zones; fold takes no part. */
Value datetime_hash(VM *vm, DateTime *self) {
  Value plain = value_from(self);
  Clock clock = self->clock;
  clock.fold = 0;
  if (self->clock.fold)
    plain = datetime_new(vm, TYPE_OF(datetime_datetime), date_ymd(self), clock, self->zone);
  Value offset = zone_utcoffset(vm, self->zone, plain);
  if (value_is_fail(offset)) return offset;
  if (offset == VALUE_NONE) return words_hash(vm, date_key((const Date *)self), clock_key(&clock));
  const Delta *d = value_object(offset);
  int64_t seconds = datetime_seconds(self) - delta_days(d) * SECONDS_A_DAY - delta_seconds(d);
  return words_hash(vm, (uint64_t)(seconds * US_A_SECOND + clock.microsecond - delta_us(d)), 0);
}

bool datetime_is_dst(VM *vm, DateTime *self, int *out) {
  *out = -1;
  Value summer = zone_dst(vm, self->zone, value_from(self));
  if (value_is_fail(summer)) return false;
  if (summer == VALUE_NONE) return true;
  const Delta *d = value_object(summer);
  *out = delta_days(d) || delta_seconds(d) || delta_us(d);
  return true;
}
