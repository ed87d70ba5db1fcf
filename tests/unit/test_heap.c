/* The heap's laws: what is reachable stays, what is not goes, at any size and in any generation. */
#include "heap_fixture.h"
#include "vm/memory/weak.h"

TestSuite(heap, .init = heap_setup);

static Value make_chain(size_t length) {
  Value head = VALUE_NONE;
  for (size_t i = 0; i < length; i++) {
    ValueArray *link = value_array_new(vm, 2);
    link->items[0] = head;
    link->items[1] = value_int_unchecked((int64_t)i);
    head = value_from(link);
  }
  return head;
}

static size_t chain_length(Value head) {
  size_t n = 0;
  for (; value_is_pointer(head); head = ((ValueArray *)value_object(head))->items[0]) n++;
  return n;
}

static size_t live_after_full(void) {
  scrub_stack();
  heap_collect(vm, 2);
  return heap_stats(vm).live_bytes;
}

Test(heap, a_chain_from_a_root_survives_minor_and_full_collections) {
  roots[0] = make_chain(100000);
  heap_collect(vm, 0);
  check_laws();
  cr_assert_eq(chain_length(roots[0]), 100000);
  heap_collect(vm, 2);
  check_laws();
  cr_assert_eq(chain_length(roots[0]), 100000);
}

__attribute__((noinline)) static void make_garbage(void) { make_chain(50000); }

Test(heap, garbage_is_freed_and_its_memory_used_again) {
  for (int i = 0; i < 200; i++) make_garbage(); /* 480 MB in all */
  cr_assert_lt(heap_stats(vm).reserved_bytes, (size_t)24 << 20);
  cr_assert_lt(live_after_full(), (size_t)1 << 20);
}

Test(heap, a_young_object_stored_into_an_old_one_survives_by_the_barrier) {
  roots[0] = make_chain(1);
  heap_collect(vm, 2);
  ValueArray *old = value_object(roots[0]);
  cr_assert(old->header.bits & OBJ_OLD);
  for (int i = 0; i < 1000; i++) {
    Value young = make_chain(3);
    old->items[0] = young;
    heap_barrier(vm, old, young);
    make_garbage();
    check_laws();
    cr_assert_eq(chain_length(roots[0]), 4);
    if (i == 20) break;
  }
}

Test(heap, pointers_on_the_c_stack_keep_objects_even_interior_ones) {
  ValueArray *array = value_array_new(vm, 1000);
  array->items[999] = value_int_unchecked(77);
  Value *volatile interior = &array->items[999];
  array = NULL;
  for (int i = 0; i < 20; i++) make_garbage();
  heap_collect(vm, 2);
  cr_assert_eq(*interior, value_int_unchecked(77));
}

Test(heap, every_size_is_aligned_and_large_enough) {
  for (size_t size = 16; size < 40000; size += size < 600 ? 8 : 56) {
    RawBytes *raw = raw_bytes_new(vm, size);
    ValueArray *array = value_array_new(vm, size / 8);
    cr_assert_eq((uintptr_t)raw % 16, 0);
    cr_assert_geq(heap_cell_size(raw), size + sizeof(RawBytes));
    cr_assert_geq(heap_cell_size(array), size / 8 * 8 + sizeof(ValueArray));
    memset(raw->bytes, 0xFF, size);
    for (size_t i = 0; i < array->capacity; i++) cr_assert_eq(array->items[i], 0);
    array->items[0] = roots[0];
    roots[0] = value_from(array);
    roots[1] = value_from(raw);
  }
  heap_collect(vm, 1);
  check_laws();
  heap_collect(vm, 2);
  check_laws();
}

Test(heap, large_memory_goes_back_to_the_system_after_a_peak) {
  for (int i = 0; i < 8; i++) roots[i] = value_from(raw_bytes_new(vm, (size_t)32 << 20));
  for (int i = 0; i < 8; i++) roots[i] = VALUE_NONE;
  cr_assert_lt(live_after_full(), (size_t)1 << 20);
  cr_assert_lt(heap_stats(vm).reserved_bytes, (size_t)4 << 20);
}

Test(heap, a_large_array_grows_in_place_when_there_is_room) {
  ValueArray *array = value_array_new(vm, 5000);
  roots[0] = value_from(array);
  for (size_t n = 5000; n < 3000000; n += n / 8) {
    ValueArray *grown = value_array_grow(vm, array, array->capacity, n + n / 8);
    cr_assert_eq(grown, array);
    cr_assert_eq(grown->items[grown->capacity - 1], 0);
    grown->items[grown->capacity - 1] = VALUE_NONE;
  }
  check_laws();
}

static int destroyed;
static void count_destroyed(VM *vm_, Object *self) { destroyed++; }

__attribute__((noinline)) static void make_tracked(void) {
  for (int i = 0; i < 10; i++) heap_track_destroy(vm, heap_new_zeroed(vm, SHAPE_OF(slice), 32));
}

Test(heap, destroy_hooks_run_once_for_each_dead_object) {
  TYPE_OF(slice)->destroy = count_destroyed;
  TYPE_OF(slice)->cell_size = TYPE_OF(slice)->basic_size = 32;
  make_tracked();
  scrub_stack();
  heap_collect(vm, 0);
  heap_collect(vm, 2);
  cr_assert_geq(destroyed, 9); /* a stale word may keep the last one */
  int before = destroyed;
  heap_collect(vm, 2);
  cr_assert_leq(destroyed, 10);
  cr_assert_geq(destroyed, before);
}

__attribute__((noinline)) static void make_finalizable(void) {
  for (int i = 0; i < 10; i++) heap_track_finalizer(vm, heap_new_zeroed(vm, SHAPE_OF(slice), 32));
}

Test(heap, native_finalizable_objects_are_resurrected_once_newest_first) {
  TYPE_OF(slice)->cell_size = TYPE_OF(slice)->basic_size = 32;
  make_finalizable();
  scrub_stack();
  heap_collect(vm, 2);
  cr_assert(vm->poll & POLL_FINALIZERS);
  Object *object, *previous = (Object *)UINTPTR_MAX;
  Value callback;
  int n = 0;
  while (heap_next_call(vm, &object, &callback)) {
    cr_assert(object->bits & OBJ_FINALIZED);
    cr_assert_eq(callback, VALUE_UNBOUND);
    cr_assert_lt((uintptr_t)object, (uintptr_t)previous);
    previous = object;
    n++;
  }
  cr_assert_geq(n, 9);
  check_laws();
}

__attribute__((noinline)) static Weakref *make_weak(Value referent, Value callback) {
  Weakref *reference = heap_new_zeroed(vm, SHAPE_OF(cell), sizeof(Weakref));
  reference->referent = value_object(referent);
  reference->callback = callback;
  cr_assert(weak_register(vm, reference));
  return reference;
}

__attribute__((noinline)) static void make_weak_to_garbage(int count) {
  for (int i = 0; i < count; i++) {
    Weakref *reference = make_weak(make_chain(1), VALUE_TRUE);
    ((ValueArray *)value_object(roots[0]))->items[i] = value_from(reference);
    heap_barrier(vm, value_object(roots[0]), value_from(reference));
  }
}

Test(heap, weak_references_are_cleared_and_their_callbacks_queued) {
  TYPE_OF(cell)->cell_size = TYPE_OF(cell)->basic_size = sizeof(Weakref);
  roots[0] = value_from(value_array_new(vm, 1000));
  make_weak_to_garbage(1000);
  roots[1] = make_chain(1);
  Weakref *kept = make_weak(roots[1], VALUE_NONE);
  scrub_stack();
  heap_collect(vm, 0);
  check_laws();
  int cleared = 0, called = 0;
  for (int i = 0; i < 1000; i++)
    cleared +=
        ((Weakref *)value_object(((ValueArray *)value_object(roots[0]))->items[i]))->referent ==
        NULL;
  Object *object;
  Value callback;
  while (heap_next_call(vm, &object, &callback)) called++;
  cr_assert_geq(cleared, 998);
  cr_assert_eq(called, cleared);
  cr_assert_eq(kept->referent, value_object(roots[1]));
  cr_assert_eq(weak_first(vm, value_object(roots[1])), kept);
}

Test(heap, random_graphs_survive_collections_at_any_time) {
  srand(42);
  roots[0] = value_from(value_array_new(vm, 4000));
  size_t expected[4000] = {0};
  for (int step = 0; step < 60000; step++) {
    ValueArray *table = value_object(roots[0]);
    int i = rand() % 4000;
    size_t length = 1 + (size_t)rand() % 20;
    table->items[i] = make_chain(length);
    heap_barrier(vm, table, table->items[i]);
    expected[i] = length;
    if (step % 7919 == 0) heap_collect(vm, step % 3);
    if (step % 10007 == 0) check_laws();
  }
  ValueArray *table = value_object(roots[0]);
  for (int i = 0; i < 4000; i++) cr_assert_eq(chain_length(table->items[i]), expected[i]);
}

/* From now on malloc gives nothing, until refuse(0). */
static void refuse(uint64_t period) { heap_fail_after(vm, period, period); }

Test(heap, a_mark_stack_that_cannot_grow_loses_nothing) {
  ValueArray *wide = value_array_new(vm, 2000);
  roots[1] = value_from(wide);
  for (size_t i = 0; i < 2000; i++) wide->items[i] = make_chain(i % 5);
  roots[0] = make_chain(150);
  refuse(1); /* the first stack is refused too: no cell finds room on it */
  heap_collect(vm, 2);
  refuse(0);
  check_laws();
  make_garbage(); /* takes what was freed by mistake */
  cr_assert_eq(chain_length(roots[0]), 150);
  wide = value_object(roots[1]);
  for (size_t i = 0; i < 2000; i++) cr_assert_eq(chain_length(wide->items[i]), i % 5);
}

Test(heap, a_remembered_set_that_cannot_grow_makes_the_next_collection_full) {
  enum { OLD = 3000 };
  ValueArray *wide = value_array_new(vm, OLD);
  roots[0] = value_from(wide);
  for (size_t i = 0; i < OLD; i++) wide->items[i] = make_chain(1);
  heap_collect(vm, 2);
  refuse(1);
  for (size_t i = 0; i < OLD; i++) {
    ValueArray *old = value_object(((ValueArray *)value_object(roots[0]))->items[i]);
    Value young = make_chain(2);
    old->items[0] = young;
    heap_barrier(vm, old, young);
  }
  refuse(0);
  heap_collect(vm, 0);
  check_laws();
  make_garbage();
  for (size_t i = 0; i < OLD; i++)
    cr_assert_eq(chain_length(((ValueArray *)value_object(roots[0]))->items[i]), 3);
}

/* ---- large cells without pointers */
Test(heap, a_large_text_that_only_a_stack_holds_stays_young_and_dies_in_a_minor_collection) {
  heap_collect(vm, 2);
  size_t before = heap_stats(vm).live_bytes;
  RawBytes *volatile raw = raw_bytes_new(vm, 100000);
  memset(raw->bytes, 7, raw->capacity);
  for (int i = 0; i < 3; i++) {
    heap_collect(vm, 0);
    check_laws();
    cr_assert(heap_is_young(&raw->header));
    cr_assert_geq(heap_stats(vm).live_bytes, before + 100000);
    cr_assert(raw->bytes[0] == 7 && raw->bytes[99999] == 7);
  }
  raw = NULL;
  scrub_stack();
  heap_collect(vm, 0);
  cr_assert_lt(heap_stats(vm).live_bytes, before + 100000);
}

Test(heap, a_large_text_that_an_object_holds_too_becomes_old_with_it) {
  ValueArray *holder = value_array_new(vm, 1);
  roots[0] = value_from(holder);
  heap_collect(vm, 2);
  RawBytes *volatile raw = raw_bytes_new(vm, 100000);
  heap_collect(vm, 0);
  cr_assert(heap_is_young(&raw->header)); /* it was judged once */
  holder->items[0] = value_from(raw);
  heap_barrier(vm, holder, holder->items[0]);
  check_laws();
  heap_collect(vm, 0);
  check_laws();
  cr_assert_not(heap_is_young(&raw->header));
  raw = NULL;
  scrub_stack();
  heap_collect(vm, 0);
  check_laws();
}

Test(heap, large_cells_begin_at_different_lines_of_their_pages) {
  size_t first = 0;
  for (int i = 0; i < 8; i++) {
    RawBytes *raw = raw_bytes_new(vm, 100000);
    size_t line = ((uintptr_t)raw & 4095) / 64;
    cr_assert(i == 0 || line != first);
    first = line;
  }
  check_laws();
}
