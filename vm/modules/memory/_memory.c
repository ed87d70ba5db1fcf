/* _memory.c -- requests of memory that fail on purpose: for tests (tests/tools/alloc_sweep.py), see
** memory/heap.h; and what the collector cost, for krait.bench. */
#include "vm/contracts/error.h"
#include "vm/memory/heap.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/memory/_memory.def"
#define NATIVE_PREFIX memory_
#include "vm/contracts/native_class.inc"

static Value memory_fail_after(VM *vm, Value self, const memory_fail_after_args *a) {
  if (a->requests < 0 || a->period < 0) return raise_value(vm, "negative count");
  heap_fail_after(vm, (uint64_t)a->requests, (uint64_t)a->period);
  return VALUE_NONE;
}
static Value memory_is_armed(VM *vm, Value self, const memory_is_armed_args *a) {
  return value_bool(heap_fails_armed());
}
static Value memory_failures(VM *vm, Value self, const memory_failures_args *a) {
  return value_int(vm, (int64_t)heap_failures());
}

static Value memory_pauses(VM *vm, Value self, const memory_pauses_args *a) {
  HeapStats stats = heap_stats(vm);
  Value number = value_int(vm, (int64_t)(stats.minor_collections + stats.full_collections));
  return PACK(number, value_float(vm, (double)stats.pause_ns_total * 1e-9));
}

const ModuleSpec _memory_module = {
    .name = "_memory",
    .doc = "Requests of memory that fail on purpose, and what the collector cost.",
    NATIVE_FUNCTIONS(memory_)};
