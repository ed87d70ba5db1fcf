/* date.c -- datetime.date, and the class of what isocalendar() gives. */
#include "vm/modules/datetime/datetime.h"
#include "vm/modules/system/time.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/datetime/date.def"
#define NATIVE_PREFIX date_
#define NATIVE_SELF Date *
#include "vm/contracts/native_class.inc"
/* ---- making */

bool part_slow(VM *vm, Value v, int64_t *out) {
  Value index;
  if (!value_index(vm, v, &index)) return false;
  if (!int_to_int64(index, out))
    return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
  if (*out > INT32_MAX)
    return raise_false(vm, TYPE_OF(OverflowError), "signed integer is greater than maximum");
  if (*out < INT32_MIN)
    return raise_false(vm, TYPE_OF(OverflowError), "signed integer is less than minimum");
  return true;
}

static COLD bool raise_date(VM *vm, int64_t year, int64_t month) {
  if (year < YEAR_MIN || year > YEAR_MAX)
    return raise_false(vm, TYPE_OF(ValueError), "year %d is out of range", (int)year);
  if (month < 1 || month > 12)
    return raise_false(vm, TYPE_OF(ValueError), "month must be in 1..12");
  return raise_false(vm, TYPE_OF(ValueError), "day is out of range for month");
}

bool date_check(VM *vm, int64_t year, int64_t month, int64_t day) {
  if (LIKELY(year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 && day >= 1 &&
             (day <= 28 || day <= days_in_month((int)year, (int)month))))
    return true;
  return raise_date(vm, year, month);
}

static Value new_of(VM *vm, Type *cls, int year, int month, int day) {
  Date *d = FIELD_CELL(vm, cls, datetime_date, sizeof *d, true);
  if (UNLIKELY(!d)) return VALUE_FAIL;
  d->year = (uint16_t)year, d->month = (uint8_t)month, d->day = (uint8_t)day, d->reserved = 0;
  return value_from(d);
}
static inline Value new_checked(VM *vm, Type *cls, int64_t year, int64_t month, int64_t day) {
  return date_check(vm, year, month, day) ? new_of(vm, cls, (int)year, (int)month, (int)day)
                                          : VALUE_FAIL;
}

Value date_new(VM *vm, int year, int month, int day) {
  return new_of(vm, TYPE_OF(datetime_date), year, month, day);
}

Value date_make(VM *vm, Type *cls, Ymd d) {
  if (LIKELY(cls == TYPE_OF(datetime_date))) return new_checked(vm, cls, d.year, d.month, d.day);
  return call3(vm, value_from(cls), value_int_unchecked(d.year), value_int_unchecked(d.month),
               value_int_unchecked(d.day));
}

const uint8_t *pickled_state(VM *vm, Value v, size_t size, const char *what, uint8_t *buffer) {
  if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) {
    const Bytes *bytes = value_object(v);
    return bytes->length == size ? bytes->data : NULL;
  }
  if (!value_is_str(v) || ((Str *)value_object(v))->length != size) return NULL;
  const Str *text = value_object(v);
  /* what shows that it is no ordinary text */
  uint32_t month = str_at(text, what[0] == 't' ? 0 : 2);
  if (what[0] == 't' ? (month & 0x7F) >= 24 : (month & 0x7F) - 1 >= 12) return NULL;
  for (size_t i = 0; i < size; i++) {
    uint32_t c = str_at(text, i);
    if (c > 0xFF)
      return raise_value(vm,
                         "Failed to encode latin1 string when unpickling a %s object. "
                         "pickle.load(data, encoding='latin1') is assumed.",
                         what),
             NULL;
    buffer[i] = (uint8_t)c;
  }
  return buffer;
}

static Value from_state(VM *vm, Type *cls, Value state) { /* UNBOUND: no state */
  uint8_t buffer[4];
  const uint8_t *s = pickled_state(vm, state, 4, "date", buffer);
  if (!s) return error_pending(vm) ? VALUE_FAIL : VALUE_UNBOUND;
  if (s[2] < 1 || s[2] > 12) return VALUE_UNBOUND;
  return new_of(vm, cls, s[0] << 8 | s[1], s[2], s[3]);
}

bool parts_check(VM *vm, const Value *args, int npos) {
  int64_t part;
  for (int i = 0; i < npos && i < 3; i++)
    if (!convert_Part(vm, args[i], &part, NULL, i)) return false;
  return true;
}

static Value date_parts_construct(VM *vm, Type *cls, const date_parts_construct_args *a) {
  return new_checked(vm, cls, a->year, a->month, a->day);
}

static Value date_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (LIKELY(npos == 3 && !kwnames && value_are_ints(args[0], args[1]) && value_is_int(args[2]))) {
    int64_t year = value_as_int(args[0]), month = value_as_int(args[1]),
            day = value_as_int(args[2]);
    if (LIKELY((uint64_t)year <= YEAR_MAX && (uint64_t)month <= 12 && (uint64_t)day <= 31))
      return new_checked(vm, cls, year, month, day);
  }
  if (npos == 1 && (!kwnames || !tuple_length(kwnames))) {
    Value made = from_state(vm, cls, args[0]);
    if (made != VALUE_UNBOUND) return made;
  }
  if (npos < 3 && !parts_check(vm, args, npos)) return VALUE_FAIL;
  return date_parts_construct_call(vm, value_from(cls), args, npos, kwnames);
}

static Value date_today(VM *vm, Value cls, const date_today_args *a) {
  int64_t seconds, us;
  clock_now(&seconds, &us);
  if (cls == value_from(TYPE_OF(datetime_date))) {
    Ymd day;
    return local_day(vm, seconds, &day) ? date_make(vm, TYPE_OF(datetime_date), day) : VALUE_FAIL;
  }
  return call_method1(vm, cls, NAME("fromtimestamp"),
                      value_float(vm, (double)seconds + (double)us * 1e-6));
}

static Value date_fromtimestamp(VM *vm, Value cls, const date_fromtimestamp_args *a) {
  int64_t seconds;
  Ymd day;
  if (!timestamp_floor(vm, a->timestamp, &seconds) || !local_day(vm, seconds, &day))
    return VALUE_FAIL;
  return date_make(vm, value_object(cls), day);
}

static Value date_fromordinal(VM *vm, Value cls, const date_fromordinal_args *a) {
  if (a->ordinal < 1) return raise_value(vm, "ordinal must be >= 1");
  return date_make(vm, value_object(cls), ordinal_to_ymd((int)a->ordinal));
}

static Value date_fromisoformat(VM *vm, Value cls, const date_fromisoformat_args *a) {
  return parse_iso_date(vm, value_object(cls), a->date_string);
}

static Value date_fromisocalendar(VM *vm, Value cls, const date_fromisocalendar_args *a) {
  const Value given[] = {a->year, a->week, a->day};
  int64_t n[3];
  for (int i = 0; i < 3; i++) {
    if (part_slow(vm, given[i], &n[i])) continue;
    if (error_clear_if(vm, TYPE_OF(OverflowError)))
      return raise_value(vm, "ISO calendar component out of range");
    return VALUE_FAIL;
  }
  Ymd day;
  switch (iso_day_to_ymd((int)n[0], (int)n[1], (int)n[2], &day)) {
  case ISO_YEAR: return raise_value(vm, "Year is out of range: %d", (int)n[0]);
  case ISO_WEEK: return raise_value(vm, "Invalid week: %d", (int)n[1]);
  case ISO_DAY: return raise_value(vm, "Invalid day: %d (range is [1, 7])", (int)n[2]);
  default: return date_make(vm, value_object(cls), day);
  }
}

static Value date_replace(VM *vm, Date *self, const date_replace_args *a) {
  const Value given[] = {a->year, a->month, a->day};
  int64_t parts[] = {self->year, self->month, self->day};
  for (int i = 0; i < 3; i++)
    if (given[i] != VALUE_MISSING && !convert_Part(vm, given[i], &parts[i], NULL, 0))
      return VALUE_FAIL;
  return new_checked(vm, object_type(self), parts[0], parts[1], parts[2]);
}

/* ---- comparing */

#define COMPARISON(name, op)                                                          \
  static Value name(VM *vm, Date *self, const name##_args *a) {                       \
    if (UNLIKELY(!value_is(a->value, datetime_date) && !IS_DATE(a->value)))           \
      return VALUE_NOT_IMPLEMENTED;                                                   \
    return value_bool(                                                                \
        order_holds(op, order_of(date_key(self), date_key(value_object(a->value))))); \
  }
COMPARISON(date_op_lt, COMPARE_LT)
COMPARISON(date_op_le, COMPARE_LE)
COMPARISON(date_op_eq, COMPARE_EQ)
COMPARISON(date_op_ne, COMPARE_NE)
COMPARISON(date_op_gt, COMPARE_GT)
COMPARISON(date_op_ge, COMPARE_GE)

static Value date_op_hash(VM *vm, Date *self, const date_op_hash_args *a) {
  return words_hash(vm, date_key(self), 0);
}

/* ---- arithmetic: never on datetimes, which have their own */

bool date_shift(VM *vm, Ymd from, int64_t days, Ymd *out) {
  int64_t day = from.day + days;
  if (day >= 1 && day <= 28) return *out = (Ymd){from.year, from.month, (int)day}, true;
  int64_t ordinal = ymd_to_ordinal(from.year, from.month, from.day) + days;
  if (ordinal < 1 || ordinal > ORDINAL_MAX)
    return raise_false(vm, TYPE_OF(OverflowError), "date value out of range");
  *out = ordinal_to_ymd((int)ordinal);
  return true;
}

static inline bool is_plain_date(Value v) {
  return value_is(v, datetime_date) || (IS_DATE(v) && !IS_DATETIME(v));
}

static Value shifted(VM *vm, const Date *self, int64_t days) {
  Ymd day;
  if (!date_shift(vm, date_ymd(self), days, &day)) return VALUE_FAIL;
  return LIKELY(self->h.shape == SHAPE_OF(datetime_date))
             ? date_new(vm, day.year, day.month, day.day)
             : date_make(vm, object_type(self), day);
}
static Value add(VM *vm, Date *self, Value other) {
  if (!IS_DELTA(other) || !is_plain_date(value_from(self))) return VALUE_NOT_IMPLEMENTED;
  return shifted(vm, self, delta_days(value_object(other)));
}
static Value date_op_add(VM *vm, Date *self, const date_op_add_args *a) {
  return add(vm, self, a->value);
}
static Value date_op_radd(VM *vm, Date *self, const date_op_radd_args *a) {
  return add(vm, self, a->value);
}

static Value date_op_sub(VM *vm, Date *self, const date_op_sub_args *a) {
  if (!is_plain_date(value_from(self))) return VALUE_NOT_IMPLEMENTED;
  if (is_plain_date(a->value))
    return delta_new(vm, date_ordinal(self) - date_ordinal(value_object(a->value)), 0, 0);
  return IS_DELTA(a->value) ? shifted(vm, self, -delta_days(value_object(a->value)))
                            : VALUE_NOT_IMPLEMENTED;
}
static Value date_op_rsub(VM *vm, Date *self, const date_op_rsub_args *a) {
  if (!is_plain_date(value_from(self)) || !is_plain_date(a->value)) return VALUE_NOT_IMPLEMENTED;
  return delta_new(vm, date_ordinal(value_object(a->value)) - date_ordinal(self), 0, 0);
}

/* ---- parts */

static Value date_get_year(VM *vm, Date *self) { return value_int_unchecked(self->year); }
static Value date_get_month(VM *vm, Date *self) { return value_int_unchecked(self->month); }
static Value date_get_day(VM *vm, Date *self) { return value_int_unchecked(self->day); }
static Value date_toordinal(VM *vm, Date *self, const date_toordinal_args *a) {
  return value_int_unchecked(date_ordinal(self));
}
static Value date_weekday(VM *vm, Date *self, const date_weekday_args *a) {
  return value_int_unchecked((date_ordinal(self) + 6) % 7);
}
static Value date_isoweekday(VM *vm, Date *self, const date_isoweekday_args *a) {
  return value_int_unchecked((date_ordinal(self) + 6) % 7 + 1);
}
static Value date_isocalendar(VM *vm, Date *self, const date_isocalendar_args *a) {
  return iso_calendar_date(vm, iso_day_of(self->year, self->month, self->day));
}
static Value date_timetuple(VM *vm, Date *self, const date_timetuple_args *a) {
  struct tm t;
  time_tuple_fill(&t, date_ymd(self).year, self->month, self->day, 0, 0, 0,
                  (date_ordinal(self) + 6) % 7,
                  days_before_month(self->year, self->month) + self->day, -1);
  return time_tuple_new(vm, &t);
}

/* ---- text */

static Value date_op_repr(VM *vm, Date *self, const date_op_repr_args *a) {
  return value_of(
      str_format(vm, "%N(%d, %d, %d)", object_type(self), self->year, self->month, self->day));
}
static Value date_isoformat(VM *vm, Date *self, const date_isoformat_args *a) {
  char text[ISO_TEXT_MAX];
  return value_of(str_new_ascii(vm, text, (size_t)(write_date(text, self) - text)));
}
static Value date_op_str(VM *vm, Date *self, const date_op_str_args *a) {
  if (self->h.shape == SHAPE_OF(datetime_date)) return date_isoformat(vm, self, NULL);
  return call_method0(vm, value_from(self), NAME("isoformat"));
}
static Value date_ctime(VM *vm, Date *self, const date_ctime_args *a) {
  return value_of(format_ctime(vm, self, &(Clock){0}));
}
static Value date_strftime(VM *vm, Date *self, const date_strftime_args *a) {
  return format_time(vm, value_from(self), a->format);
}
static Value date_formatted(VM *vm, Date *self, const date_formatted_args *a) {
  return format_value_as(vm, value_from(self), a->format);
}

static Value date_reduce(VM *vm, Date *self, const date_reduce_args *a) {
  const uint8_t state[] = {(uint8_t)(self->year >> 8), (uint8_t)self->year, self->month, self->day};
  Value bytes = value_of(bytes_new(vm, state, sizeof state));
  Value arguments = PACK(bytes);
  return PACK(value_from(object_type(self)), arguments);
}

const ClassSpec datetime_date_class = {NATIVE_CLASS(date_), .basic_size = sizeof(Date)};
