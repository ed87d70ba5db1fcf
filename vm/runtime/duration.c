/* duration.c -- lengths of time as Python gives them. */
#include "vm/contracts/duration.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"

#include <limits.h>
#include <math.h>
#include <time.h>

static bool duration_of_float(VM *vm, double units, int64_t unit_ns, int64_t *ns) {
  if (isnan(units)) return raise_false(vm, TYPE_OF(ValueError), "Invalid value NaN (not a number)");
  double exact = units * (double)unit_ns;
  double whole = exact < 0 ? floor(exact) : ceil(exact);
  if (!(whole >= -0x1p63 && whole < 0x1p63))
    return raise_false(vm, TYPE_OF(OverflowError), "timestamp too large to convert to C _PyTime_t");
  *ns = (int64_t)whole;
  return true;
}

bool value_duration(VM *vm, Value v, int64_t unit_ns, int64_t *ns) {
  if (value_is_any_float(v)) return duration_of_float(vm, float_of(v), unit_ns, ns);
  Value units;
  int64_t count;
  if (!value_index(vm, v, &units)) return false;
  if (!int_to_int64(units, &count) || __builtin_mul_overflow(count, unit_ns, ns))
    return raise_false(vm, TYPE_OF(OverflowError), "timestamp too large to convert to C _PyTime_t");
  return true;
}

int64_t duration_to_ms(int64_t ns) { return ns / NS_PER_MS + (ns % NS_PER_MS > 0); }

int duration_to_poll(int64_t ns) {
  int64_t ms = duration_to_ms(ns);
  return ms < 0 ? 0 : ms > INT_MAX ? INT_MAX : (int)ms;
}

int64_t monotonic_after(int64_t ns) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t at;
  bool is_too_late =
      __builtin_add_overflow((int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec, ns, &at);
  return is_too_late ? INT64_MAX : at;
}
