/* heap_fixture.h -- a heap with internal types only, for tests of memory and shapes below the
** runtime. */
#ifndef KRAIT_HEAP_FIXTURE_H
#define KRAIT_HEAP_FIXTURE_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/ready_type.h"
#include "vm/core/vm.h"
#include "vm/shapes/shape.h"

extern const ClassSpec value_array_class, raw_bytes_class;

/* These tests raise nothing; below the runtime there is nothing to raise with. */
__attribute__((weak)) Value raise_memory(VM *vm) { return VALUE_FAIL; }

/* They run no frames. */
__attribute__((weak)) Value *vm_stack_top(VM *vm) { return vm->stack; }

static VM test_vm;
static VM *vm;
static Value roots[8];

static void heap_setup(void) {
  vm = the_vm = &test_vm;
  vm->exception = VALUE_UNBOUND;
  cr_assert(heap_init(vm));
  cr_assert(shapes_init(vm));
  for (int i = 0; i < TYPE_COUNT; i++) shape_init_builtin(vm, (TypeIndex)i, SHAPE_NONE);
  ready(TYPE_value_array, &value_array_class);
  ready(TYPE_raw_bytes, &raw_bytes_class);
  for (size_t i = 0; i < ARRAY_COUNT(roots); i++) heap_add_root(vm, &roots[i]);
}

__attribute__((unused)) static void check_laws(void) {
  char message[200];
  cr_assert(heap_verify(vm, message, sizeof message), "%s", message);
}

/* scrub_stack: overwrites what earlier calls left below this frame, so that it keeps nothing
** alive. */
__attribute__((noinline, unused)) static void scrub_stack(void) {
  volatile char space[16384];
  for (size_t i = 0; i < sizeof space; i++) space[i] = 0;
}

#endif
