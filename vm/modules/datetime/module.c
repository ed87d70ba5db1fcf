/* module.c -- the module _datetime: its classes and their constants. */
#include "vm/modules/datetime/datetime.h"

static const MethodSpec no_functions[] = {{.name = NULL}};

static bool add_limits(VM *vm, Type *type, Value least, Value most, Value resolution) {
  return !value_is_fail(resolution) && type_add(vm, type, "min", least) &&
         type_add(vm, type, "max", most) && type_add(vm, type, "resolution", resolution);
}

static bool add_constants(VM *vm) {
  const Ymd first = {YEAR_MIN, 1, 1}, last = {YEAR_MAX, 12, 31};
  const Clock midnight = {0}, latest = {23, 59, 59, 0, 999999};
  Type *date = TYPE_OF(datetime_date), *time = TYPE_OF(datetime_time),
       *moment = TYPE_OF(datetime_datetime);
  Value day = delta_new(vm, 1, 0, 0), tick = delta_new(vm, 0, 0, 1);
  return add_limits(vm, TYPE_OF(datetime_timedelta), delta_new(vm, -DELTA_DAYS_MAX, 0, 0),
                    delta_new(vm, DELTA_DAYS_MAX, SECONDS_A_DAY - 1, 999999), tick) &&
         add_limits(vm, date, date_new(vm, YEAR_MIN, 1, 1), date_new(vm, YEAR_MAX, 12, 31), day) &&
         add_limits(vm, time, time_new(vm, time, midnight, VALUE_NONE),
                    time_new(vm, time, latest, VALUE_NONE), tick) &&
         add_limits(vm, moment, datetime_new(vm, moment, first, midnight, VALUE_NONE),
                    datetime_new(vm, moment, last, latest, VALUE_NONE), tick);
}

static bool init(VM *vm, Module *module) {
  static Type *const types[] = {TYPE_OF(datetime_date),   TYPE_OF(datetime_datetime),
                                TYPE_OF(datetime_time),   TYPE_OF(datetime_timedelta),
                                TYPE_OF(datetime_tzinfo), TYPE_OF(datetime_timezone)};
  for (size_t i = 0; i < ARRAY_COUNT(types); i++)
    if (!module_add_type(vm, module, types[i])) return false;
  return add_constants(vm) && zone_init(vm, module) &&
         module_add_int(vm, module, "MINYEAR", YEAR_MIN) &&
         module_add_int(vm, module, "MAXYEAR", YEAR_MAX);
}

const ModuleSpec _datetime_module = {
    .name = "_datetime",
    .doc = "Fast implementation of the datetime type.",
    .methods = no_functions,
    .nmethods = 0,
    .init = init,
};
