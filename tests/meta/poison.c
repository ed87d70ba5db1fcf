/* poison.c -- accesses that poison.py expects AddressSanitizer to report: memory of no cell, one a case. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/ready_type.h"
#include "vm/core/vm.h"
#include "vm/memory/heap.h"
#include "vm/shapes/shape.h"

extern const ClassSpec value_array_class, raw_bytes_class;

/* The heap alone: nothing is raised, no frames run. */
__attribute__((weak)) Value raise_memory(VM *vm) { return VALUE_FAIL; }
__attribute__((weak)) Value *vm_stack_top(VM *vm) { return vm->stack; }

static VM test_vm, *vm = &test_vm;
static uintptr_t hidden[64]; /* complements of addresses: the scan of the stack does not see them */

__attribute__((noinline)) static void make(size_t size, bool raw) {
  for (size_t i = 0; i < ARRAY_COUNT(hidden); i++) {
    void *cell = raw ? (void *)raw_bytes_new(vm, size) : (void *)value_array_new(vm, size / sizeof(Value));
    hidden[i] = ~(uintptr_t)cell;
  }
}

/* Overwrites what earlier calls left below this frame. */
__attribute__((noinline)) static void scrub_stack(void) {
  volatile char space[16384];
  for (size_t i = 0; i < sizeof space; i++) space[i] = 0;
}

/* What is read or written must not be optimised away. */
static void touch(const void *at) { *(volatile char *)(uintptr_t)at = *(volatile const char *)at; }
static char *shown(size_t i) { return (char *)~hidden[i]; }

static void swept(size_t size, bool raw) {
  make(size, raw);
  scrub_stack();
  touch(shown(10)); /* still there */
  scrub_stack();
  heap_collect(vm, 2);
  touch(shown(10) + 8);
}

static void past_the_size(size_t size) { touch(raw_bytes_new(vm, size)->bytes + size); }

static void freed(size_t size) {
  RawBytes *raw = raw_bytes_new(vm, size);
  touch(raw->bytes);
  heap_free(vm, raw);
  touch(raw->bytes);
}

/* Cells that the cursor has not come to. */
static void never_given(void) {
  const RawBytes *raw = raw_bytes_new(vm, 40);
  touch((const char *)raw + 5 * heap_cell_size(raw) + 200);
}

static void extended(void) {
  RawBytes *raw = raw_bytes_new(vm, 100000);
  if (!heap_extend(vm, raw, 200000)) return;
  touch((char *)raw + 199999); /* its own now */
  touch((char *)raw + 200000);
}

/* Nothing here is wrong. */
static int fair(void) {
  for (size_t size = 16; size < 70000; size += size / 3) {
    make(size, true);
    for (size_t i = 0; i < size; i++) touch(((RawBytes *)shown(63))->bytes + i);
    make(size, false);
    scrub_stack();
    heap_collect(vm, size % 3);
  }
  char message[200];
  bool good = heap_verify(vm, message, sizeof message);
  if (!good) fprintf(stderr, "%s\n", message);
  return good ? 0 : 2;
}

static bool set_up(void) {
  the_vm = vm;
  vm->exception = VALUE_UNBOUND;
  if (!heap_init(vm) || !shapes_init(vm)) return false;
  for (int i = 0; i < TYPE_COUNT; i++) shape_init_builtin(vm, (TypeIndex)i, SHAPE_NONE);
  ready(TYPE_value_array, &value_array_class);
  ready(TYPE_raw_bytes, &raw_bytes_class);
  return true;
}

int main(int argc, char **argv) {
  if (!set_up()) return 2;
  switch (argc > 1 ? atoi(argv[1]) : 0) {
  case 0: return fair();
  case 1: swept(40, true); break;
  case 2: swept(40, false); break;
  case 3: swept(3000, true); break;
  case 4: swept(100000, true); break;
  case 5: past_the_size(40); break;
  case 6: past_the_size(41); break;
  case 7: past_the_size(2000); break;
  case 8: past_the_size(16384 - sizeof(RawBytes)); break;
  case 9: past_the_size(100000); break;
  case 10: freed(40); break;
  case 11: freed(100000); break;
  case 12: never_given(); break;
  case 13: extended(); break;
  default: return 2;
  }
  return 0;
}
