/* zone.c -- datetime.tzinfo, datetime.timezone, and asking any tzinfo for its offsets and names.
**
** Law: timezone(timedelta(0)) is the one object timezone.utc. timezone has no subclasses, so its
** methods are known and what is asked of an exact timezone is answered without a call.
*/
#include <stdio.h>

#include "vm/modules/datetime/datetime.h"
#include "vm/objects/object.h"

#define NATIVE_DEF "vm/modules/datetime/tzinfo.def"
#define NATIVE_PREFIX tzinfo_
#include "vm/contracts/native_class.inc"
typedef Delta *c_Delta;
MUST_USE static bool convert_Delta(VM *vm, Value v, c_Delta *out, const MethodSpec *spec, int i) {
  if (!IS_DELTA(v)) return convert_fail(vm, v, "datetime.timedelta", spec, i);
  *out = value_object(v);
  return true;
}
#define NATIVE_DEF "vm/modules/datetime/timezone.def"
#define NATIVE_PREFIX timezone_
#define NATIVE_SELF Zone *
#include "vm/contracts/native_class.inc"
struct ZoneState zone_state = {VALUE_NONE, VALUE_NONE};

static inline const Zone *fixed_zone(Value zone) {
  return value_is(zone, datetime_timezone) ? value_object(zone) : NULL;
}

static bool is_within_a_day(const Delta *d) { /* strictly, on both sides */
  int64_t days = delta_days(d);
  return days == 0 || (days == -1 && (delta_seconds(d) || delta_us(d)));
}

/* ---- asking */

static Value ask_offset(VM *vm, Value zone, Str *method, Value moment) {
  Value offset = call_method1(vm, zone, method, moment);
  if (value_is_fail(offset) || offset == VALUE_NONE) return offset;
  if (!IS_DELTA(offset))
    return raise_type(vm, "tzinfo.%U() must return None or timedelta, not '%T'", method, offset);
  if (is_within_a_day(value_object(offset))) return offset;
  return raise_value(
      vm,
      "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
}

Value zone_utcoffset(VM *vm, Value zone, Value moment) {
  if (zone == VALUE_NONE) return VALUE_NONE;
  const Zone *fixed = fixed_zone(zone);
  return fixed ? value_from(fixed->offset) : ask_offset(vm, zone, NAME("utcoffset"), moment);
}
Value zone_dst(VM *vm, Value zone, Value moment) {
  if (zone == VALUE_NONE || fixed_zone(zone)) return VALUE_NONE;
  return ask_offset(vm, zone, NAME("dst"), moment);
}

static Value fixed_name(VM *vm, const Zone *zone) {
  if (zone->name) return value_from(zone->name);
  if (value_from(zone) == zone_state.utc) return value_from(NAME("UTC"));
  int64_t seconds = delta_days(zone->offset) * SECONDS_A_DAY + delta_seconds(zone->offset),
          us = delta_us(zone->offset);
  char sign = '+';
  if (seconds < 0) {
    sign = '-', seconds = -seconds;
    if (us) seconds--, us = US_A_SECOND - us;
  }
  char text[40];
  int n = snprintf(text, sizeof text, "UTC%c%02d:%02d", sign, (int)(seconds / 3600),
                   (int)(seconds / 60 % 60));
  if (us || seconds % 60)
    n += snprintf(text + n, sizeof text - (size_t)n, ":%02d", (int)(seconds % 60));
  if (us) n += snprintf(text + n, sizeof text - (size_t)n, ".%06d", (int)us);
  return value_of(str_new_ascii(vm, text, (size_t)n));
}

Value zone_tzname(VM *vm, Value zone, Value moment) {
  if (zone == VALUE_NONE) return VALUE_NONE;
  const Zone *fixed = fixed_zone(zone);
  if (fixed) return fixed_name(vm, fixed);
  Value name = call_method1(vm, zone, NAME("tzname"), moment);
  if (value_is_fail(name) || name == VALUE_NONE || value_is_str(name)) return name;
  return raise_type(vm, "tzinfo.tzname() must return None or a string, not '%T'", name);
}

Value zone_fromutc(VM *vm, Value zone, Value moment) {
  const Zone *fixed = fixed_zone(zone);
  if (fixed && value_is(moment, datetime_datetime))
    return datetime_add(vm, value_object(moment), fixed->offset, 1);
  return call_method1(vm, zone, NAME("fromutc"), moment);
}

/* ---- tzinfo */

static Value tzinfo_blank(VM *vm, Type *cls) { return object_new(vm, cls); }

static COLD Value refuse_to_know(VM *vm, const char *method) {
  return raise_error(vm, TYPE_OF(NotImplementedError), "a tzinfo subclass must implement %s()",
                     method);
}
static Value tzinfo_tzname(VM *vm, Value self, const tzinfo_tzname_args *a) {
  return refuse_to_know(vm, "tzname");
}
static Value tzinfo_utcoffset(VM *vm, Value self, const tzinfo_utcoffset_args *a) {
  return refuse_to_know(vm, "utcoffset");
}
static Value tzinfo_dst(VM *vm, Value self, const tzinfo_dst_args *a) {
  return refuse_to_know(vm, "dst");
}

/* PEP 495's reference: the zone's standard offset first, then what summer time adds at the moment
** found. */
static Value tzinfo_fromutc(VM *vm, Value self, const tzinfo_fromutc_args *a) {
  if (!IS_DATETIME(a->dt)) return raise_type(vm, "fromutc: argument must be a datetime");
  DateTime *moment = value_object(a->dt);
  if (moment->zone != self) return raise_value(vm, "fromutc: dt.tzinfo is not self");
  Value offset = zone_utcoffset(vm, self, a->dt);
  if (value_is_fail(offset)) return offset;
  if (offset == VALUE_NONE) return raise_value(vm, "fromutc: non-None utcoffset() result required");
  Value summer = zone_dst(vm, self, a->dt);
  if (value_is_fail(summer)) return summer;
  if (summer == VALUE_NONE) return raise_value(vm, "fromutc: non-None dst() result required");
  Value standard = delta_sub(vm, value_object(offset), value_object(summer));
  if (value_is_fail(standard)) return standard;
  Value result = datetime_add(vm, moment, value_object(standard), 1);
  if (value_is_fail(result)) return result;
  summer =
      zone_dst(vm, IS_DATETIME(result) ? ((DateTime *)value_object(result))->zone : self, result);
  if (value_is_fail(summer)) return summer;
  if (summer == VALUE_NONE)
    return raise_value(vm, "fromutc: tz.dst() gave inconsistent results; cannot convert");
  const Delta *d = value_object(summer);
  if (!delta_days(d) && !delta_seconds(d) && !delta_us(d)) return result;
  return datetime_add(vm, value_object(result), d, 1);
}

static Value tzinfo_reduce(VM *vm, Value self, const tzinfo_reduce_args *a) {
  Value get = find_attribute(vm, self, NAME("__getinitargs__"));
  if (value_is_fail(get)) return get;
  Value arguments =
      get == VALUE_UNBOUND ? value_of(tuple_from_values(vm, NULL, 0)) : call0(vm, get);
  if (value_is_fail(arguments)) return arguments;
  Value state = call_method0(vm, self, NAME("__getstate__"));
  if (value_is_fail(state)) return state;
  return PACK(value_from(value_type(self)), arguments, state);
}

/* ---- timezone */

static Value make_zone(VM *vm, Delta *offset, Str *name) {
  Zone *zone = heap_new(vm, SHAPE_OF(datetime_timezone), sizeof *zone);
  zone->offset = offset, zone->name = name;
  return value_from(zone);
}

Value zone_new(VM *vm, Delta *offset, Str *name) {
  if (!name && !delta_days(offset) && !delta_seconds(offset) && !delta_us(offset))
    return zone_state.utc;
  if (is_within_a_day(offset)) return make_zone(vm, offset, name);
  return raise_value(vm,
                     "offset must be a timedelta strictly between -timedelta(hours=24) and "
                     "timedelta(hours=24), not %R.",
                     value_from(offset));
}

static Value timezone_construct(VM *vm, Type *cls, const timezone_construct_args *a) {
  return zone_new(vm, a->offset, a->name);
}

static bool check_moment(VM *vm, Value moment, const char *method) {
  if (moment == VALUE_NONE || IS_DATETIME(moment)) return true;
  return raise_false(vm, TYPE_OF(TypeError),
                     "%s(dt) argument must be a datetime instance or None, not %T", method, moment);
}
static Value timezone_utcoffset(VM *vm, Zone *self, const timezone_utcoffset_args *a) {
  return check_moment(vm, a->dt, "utcoffset") ? value_from(self->offset) : VALUE_FAIL;
}
static Value timezone_tzname(VM *vm, Zone *self, const timezone_tzname_args *a) {
  return check_moment(vm, a->dt, "tzname") ? fixed_name(vm, self) : VALUE_FAIL;
}
static Value timezone_dst(VM *vm, Zone *self, const timezone_dst_args *a) {
  return value_none_if(check_moment(vm, a->dt, "dst"));
}
static Value timezone_fromutc(VM *vm, Zone *self, const timezone_fromutc_args *a) {
  if (!IS_DATETIME(a->dt)) return raise_type(vm, "fromutc: argument must be a datetime");
  DateTime *moment = value_object(a->dt);
  if (moment->zone != value_from(self)) return raise_value(vm, "fromutc: dt.tzinfo is not self");
  return datetime_add(vm, moment, self->offset, 1);
}

static Value compare_zones(const Zone *self, Value other, bool equal) {
  if (!value_is(other, datetime_timezone)) return VALUE_NOT_IMPLEMENTED;
  return value_bool((delta_compare(self->offset, ((Zone *)value_object(other))->offset) == 0) ==
                    equal);
}
static Value timezone_op_eq(VM *vm, Zone *self, const timezone_op_eq_args *a) {
  return compare_zones(self, a->value, true);
}
static Value timezone_op_ne(VM *vm, Zone *self, const timezone_op_ne_args *a) {
  return compare_zones(self, a->value, false);
}
static Value timezone_op_lt(VM *vm, Zone *self, const timezone_op_lt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value timezone_op_le(VM *vm, Zone *self, const timezone_op_le_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value timezone_op_gt(VM *vm, Zone *self, const timezone_op_gt_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value timezone_op_ge(VM *vm, Zone *self, const timezone_op_ge_args *a) {
  return VALUE_NOT_IMPLEMENTED;
}
static Value timezone_op_hash(VM *vm, Zone *self, const timezone_op_hash_args *a) {
  return value_int(vm, (int64_t)delta_hash(vm, self->offset));
}

static Value timezone_op_repr(VM *vm, Zone *self, const timezone_op_repr_args *a) {
  if (value_from(self) == zone_state.utc) return value_from(NAME("datetime.timezone.utc"));
  Value offset = value_from(self->offset);
  Str *text = self->name
                  ? str_format(vm, "%N(%R, %R)", object_type(self), offset, value_from(self->name))
                  : str_format(vm, "%N(%R)", object_type(self), offset);
  return value_of(text);
}
static Value timezone_op_str(VM *vm, Zone *self, const timezone_op_str_args *a) {
  return fixed_name(vm, self);
}
static Value timezone_getinitargs(VM *vm, Zone *self, const timezone_getinitargs_args *a) {
  return value_from(self->name ? TUPLE(value_from(self->offset), value_from(self->name))
                               : TUPLE(value_from(self->offset)));
}

static void timezone_trace(Marker *marker, Object *object) {
  const Zone *zone = (const Zone *)object;
  mark_object(marker, zone->offset);
  mark_object(marker, zone->name);
}

/* ---- constants of the classes, made when the module is */

bool zone_init(VM *vm, Module *module) {
  if (zone_state.utc == VALUE_NONE) {
    heap_add_root(vm, &zone_state.utc);
    heap_add_root(vm, &zone_state.epoch);
  }
  Value zero = delta_new(vm, 0, 0, 0), day = delta_new(vm, 0, 23 * 3600 + 59 * 60, 0),
        back = delta_new(vm, -1, 60, 0);
  zone_state.utc = make_zone(vm, value_object(zero), NULL);
  zone_state.epoch =
      datetime_new(vm, TYPE_OF(datetime_datetime), (Ymd){1970, 1, 1}, (Clock){0}, zone_state.utc);
  Type *type = TYPE_OF(datetime_timezone);
  return type_add(vm, type, "utc", zone_state.utc) &&
         type_add(vm, type, "min", make_zone(vm, value_object(back), NULL)) &&
         type_add(vm, type, "max", make_zone(vm, value_object(day), NULL)) &&
         module_add(vm, module, "UTC", zone_state.utc);
}

const ClassSpec datetime_tzinfo_class = {NATIVE_CLASS(tzinfo_), .basic_size = sizeof(Object)};
const ClassSpec datetime_timezone_class = {
    NATIVE_CLASS(timezone_),
    .basic_size = sizeof(Zone),
    .trace = timezone_trace,
};
