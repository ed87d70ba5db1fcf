/* Shapes: slots in order of addition, one transition a name, keys that are never equal. */
#include "heap_fixture.h"

TestSuite(shape, .init = heap_setup);

static Type *new_type(void) {
  Type *type = heap_new_zeroed(vm, SHAPE_OF(type), sizeof(Type));
  type->flags = TYPE_HEAP;
  type->shape = shape_new_root(vm, type, SHAPE_SLOTS, 4);
  roots[7] = value_from(type);
  return type;
}

/* Any distinct addresses serve as names: shapes compare them only. */
static Str *name(int i) {
  static ValueArray *names;
  if (!names) {
    names = value_array_new(vm, 2000);
    roots[6] = value_from(names);
    for (int n = 0; n < 2000; n++) {
      names->items[n] = value_from(raw_bytes_new(vm, 16));
      heap_barrier(vm, names, names->items[n]);
    }
  }
  return value_object(names->items[i]);
}

Test(shape, slots_are_numbered_in_order_of_addition) {
  Shape *shape = new_type()->shape;
  for (int i = 0; i < 100; i++) {
    shape = shape_add(vm, shape, name(i));
    cr_assert_eq(shape->slot_count, i + 1);
  }
  for (int i = 0; i < 100; i++) cr_assert_eq(shape_find(shape, name(i)), i);
  cr_assert_eq(shape_find(shape, name(100)), -1);
}

Test(shape, the_same_names_in_the_same_order_give_the_same_shape) {
  Shape *root = new_type()->shape;
  Shape *a = shape_add(vm, shape_add(vm, root, name(0)), name(1));
  Shape *b = shape_add(vm, shape_add(vm, root, name(0)), name(1));
  Shape *c = shape_add(vm, shape_add(vm, root, name(1)), name(0));
  cr_assert_eq(a, b);
  cr_assert_neq(a, c);
  cr_assert_neq(a->key, c->key);
  for (int i = 2; i < 40; i++)
    cr_assert_eq(shape_add(vm, root, name(i)), shape_add(vm, root, name(i)));
}

Test(shape, random_names_end_in_a_dictionary) {
  Shape *root = new_type()->shape;
  int added = 0;
  while (added < 2000 && shape_add(vm, root, name(added))) added++;
  cr_assert_lt(added, 2000);
  cr_assert_eq(shape_dict_of(vm, root->type)->kind, SHAPE_DICT);
  cr_assert_eq(shape_dict_of(vm, root->type), shape_dict_of(vm, root->type));
}

Test(shape, new_keys_differ_from_all_old_ones) {
  Type *type = new_type();
  Shape *shape = shape_add(vm, type->shape, name(0));
  uint32_t key = shape->key, type_key = type->key;
  shape_renew_keys(vm, type);
  cr_assert_gt(shape->key, key);
  cr_assert_neq(type->key, type_key);
}

Test(shape, a_key_is_never_drawn_twice_and_no_cache_takes_one_when_they_are_used_up) {
  Type *type = new_type();
  Shape *early = shape_add(vm, type->shape, name(0));
  uint32_t early_key = early->key;
  vm->next_key = KEY_LAST - 1;
  Shape *last = shape_add(vm, early, name(1)), *late = shape_add(vm, last, name(2)),
        *later = shape_add(vm, late, name(3));
  cr_assert_eq(early->key, early_key);
  cr_assert_eq(last->key, KEY_LAST);
  cr_assert(key_is_cacheable(last->key));
  cr_assert(!key_is_cacheable(late->key) && !key_is_cacheable(later->key));
  shape_renew_keys(vm, type);
  cr_assert(!key_is_cacheable(early->key) && !key_is_cacheable(type->key));
}

Test(shape, shapes_of_a_dead_class_are_used_again) {
  Type *type = new_type();
  Shape *shape = shape_add(vm, type->shape, name(0));
  type = NULL;
  roots[7] = VALUE_NONE;
  for (int i = 0; i < 4; i++) new_type(); /* overwrites stale words */
  shape_free_all(vm, shape->type);
  Shape *again = new_type()->shape;
  cr_assert_leq((uintptr_t)again, (uintptr_t)shape);
}

Test(shape, builtin_root_shapes_stand_where_the_constants_say) {
  cr_assert_eq(shape_address(TYPE_OF(list)->shape), SHAPE_OF(list));
  cr_assert_eq(TYPE_OF(list)->shape->type, TYPE_OF(list));
}
