/* iso_calendar.c -- datetime.IsoCalendarDate: the named tuple (year, week, weekday) that
** isocalendar() gives. */
#include "vm/modules/datetime/datetime.h"

#define NATIVE_DEF "vm/modules/datetime/iso_calendar.def"
#define NATIVE_PREFIX iso_
#define NATIVE_SELF Tuple *
#include "vm/contracts/native_class.inc"
Value iso_calendar_date(VM *vm, IsoDay day) {
  Tuple *t = heap_new(vm, SHAPE_OF(datetime_IsoCalendarDate), sizeof(Tuple) + 3 * sizeof(Value));
  t->length = value_int_unchecked(3);
  t->items[0] = value_int_unchecked(day.year), t->items[1] = value_int_unchecked(day.week),
  t->items[2] = value_int_unchecked(day.weekday);
  return value_from(t);
}

static Value iso_construct(VM *vm, Type *cls, const iso_construct_args *a) {
  return iso_calendar_date(vm, (IsoDay){(int)a->year, (int)a->week, (int)a->weekday});
}

static Value iso_op_repr(VM *vm, Tuple *self, const iso_op_repr_args *a) {
  Str *text = str_format(vm, "%N(year=%R, week=%R, weekday=%R)", object_type(self), self->items[0],
                         self->items[1], self->items[2]);
  return value_of(text);
}
static Value iso_reduce(VM *vm, Tuple *self, const iso_reduce_args *a) {
  Value items = value_of(tuple_from_values(vm, self->items, 3));
  Value arguments = PACK(items);
  return PACK(value_from(TYPE_OF(tuple)), arguments);
}
static Value iso_get_year(VM *vm, Tuple *self) { return self->items[0]; }
static Value iso_get_week(VM *vm, Tuple *self) { return self->items[1]; }
static Value iso_get_weekday(VM *vm, Tuple *self) { return self->items[2]; }

const ClassSpec datetime_IsoCalendarDate_class = {NATIVE_CLASS(iso_), .basic_size = sizeof(Tuple)};
