/* type_mro.c -- where a class stands: linearisation, layout base, metaclass, __bases__
** assignment. */
#include "vm/contracts/sys.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/function.h"
#include "vm/objects/list.h"
#include "vm/shapes/shape.h"

/* ---- C3 */

typedef struct Sequence {
  Tuple *items;
  size_t at;
} Sequence;

static bool is_in_tail(const Sequence *s, Value v) {
  for (size_t i = s->at + 1; i < tuple_length(s->items); i++)
    if (s->items->items[i] == v) return true;
  return false;
}

static Value next_head(Sequence *sequences, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (sequences[i].at >= tuple_length(sequences[i].items)) continue;
    Value head = sequences[i].items->items[sequences[i].at];
    bool blocked = false;
    for (size_t k = 0; k < count && !blocked; k++) blocked = is_in_tail(&sequences[k], head);
    if (!blocked) return head;
  }
  return VALUE_UNBOUND;
}

static Tuple *order_conflict(VM *vm, const Sequence *sequences, size_t count) {
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_cstr(&b, "Cannot create a consistent method resolution\norder (MRO) for bases");
  List *heads = list_new(vm, count);
  for (size_t i = 0; i < count; i++) {
    if (sequences[i].at >= tuple_length(sequences[i].items)) continue;
    Value head = sequences[i].items->items[sequences[i].at];
    bool known = false;
    for (size_t k = 0; k < list_length(heads); k++) known |= list_items(heads)[k] == head;
    if (known || !list_append_value(vm, heads, head)) continue;
    str_builder_cstr(&b, list_length(heads) > 1 ? ", " : " ");
    str_builder_str(&b, ((Type *)value_object(head))->name);
  }
  Str *message = str_builder_finish(&b);
  if (message) raise_type(vm, "%U", message);
  return NULL;
}

static bool check_duplicates(VM *vm, Tuple *bases) {
  for (size_t i = 0; i < tuple_length(bases); i++)
    for (size_t k = i + 1; k < tuple_length(bases); k++)
      if (bases->items[i] == bases->items[k])
        return raise_false(vm, TYPE_OF(TypeError), "duplicate base class %N",
                           (Type *)value_object(bases->items[i]));
  return true;
}

Tuple *type_c3(VM *vm, Type *type) {
  size_t nbases = tuple_length(type->bases);
  for (size_t i = 0; i < nbases; i++)
    if (!((Type *)value_object(type->bases->items[i]))->mro)
      return raise_type(vm, "Cannot extend an incomplete type '%N'",
                        (Type *)value_object(type->bases->items[i])),
             NULL;
  List *result = list_new(vm, 8);
  if (!list_append_value(vm, result, value_from(type))) return NULL;
  if (nbases == 1) { /* single inheritance: the base's MRO behind it */
    Tuple *rest = ((Type *)value_object(type->bases->items[0]))->mro;
    for (size_t i = 0; i < tuple_length(rest); i++)
      if (!list_append_value(vm, result, rest->items[i])) return NULL;
    return tuple_from_values(vm, list_items(result), list_length(result));
  }
  if (!check_duplicates(vm, type->bases)) return NULL;
  Sequence sequences[nbases + 1];
  for (size_t i = 0; i < nbases; i++)
    sequences[i] = (Sequence){((Type *)value_object(type->bases->items[i]))->mro, 0};
  sequences[nbases] = (Sequence){type->bases, 0};
  for (;;) {
    bool left = false;
    for (size_t i = 0; i <= nbases; i++) left |= sequences[i].at < tuple_length(sequences[i].items);
    if (!left) {
      assert(list_items(result)[0] == value_from(type) && list_length(result) >= nbases);
      return tuple_from_values(vm, list_items(result), list_length(result));
    }
    Value head = next_head(sequences, nbases + 1);
    if (head == VALUE_UNBOUND) return order_conflict(vm, sequences, nbases + 1);
    if (!list_append_value(vm, result, head)) return NULL;
    for (size_t i = 0; i <= nbases; i++)
      if (sequences[i].at < tuple_length(sequences[i].items) &&
          sequences[i].items->items[sequences[i].at] == head)
        sequences[i].at++;
  }
}

/* custom_mro: the metaclass's own mro(), checked. */
static Tuple *custom_mro(VM *vm, Type *type, Value method) {
  Value result = call_special0(vm, method, value_from(type));
  if (result == VALUE_FAIL) return NULL;
  Tuple *mro = tuple_from_iterable(vm, result);
  if (!mro) return NULL;
  Type *solid = type_solid_base(type);
  for (size_t i = 0; i < tuple_length(mro); i++) {
    if (!value_is_type(mro->items[i]))
      return raise_type(vm, "mro() returned a non-class ('%T')", mro->items[i]), NULL;
    Type *base = value_object(mro->items[i]);
    if (!type_is_subtype(solid, type_solid_base(base)))
      return raise_type(vm, "mro() returned base with unsuitable layout ('%N')", base), NULL;
  }
  return mro;
}

Answer type_compute_mro(VM *vm, Type *type) {
  const Tuple *before = type->mro;
  Type *meta = value_type(value_from(type));
  Value method = meta == TYPE_OF(type) ? VALUE_UNBOUND : type_lookup(vm, meta, NAME("mro"));
  bool plain =
      method == VALUE_UNBOUND || (value_is(method, method_descriptor) &&
                                  ((NativeFunction *)value_object(method))->owner == TYPE_OF(type));
  Tuple *mro = plain ? type_c3(vm, type) : custom_mro(vm, type, method);
  if (!mro) return ANSWER_FAILED;
  if (type->mro != before) return ANSWER_NO;
  type->mro = mro;
  heap_barrier_object(vm, type, mro);
  return ANSWER_YES;
}

Type *type_best_base(VM *vm, Tuple *bases) {
  assert(tuple_length(bases) > 0);
  Type *best = NULL, *winner = NULL;
  for (size_t i = 0; i < tuple_length(bases); i++) {
    Type *base = value_object(bases->items[i]), *candidate = type_solid_base(base);
    if (!type_has(base, TYPE_BASE))
      return raise_type(vm, "type '%U' is not an acceptable base type",
                        type_qualified_name(vm, base)),
             NULL;
    if (!winner || (candidate != winner && type_is_subtype(candidate, winner)))
      winner = candidate, best = base;
    else if (!type_is_subtype(winner, candidate))
      return raise_type(vm, "multiple bases have instance lay-out conflict"), NULL;
  }
  return best;
}

Type *type_winner(VM *vm, Type *metaclass, Tuple *bases) {
  Type *winner = metaclass;
  for (size_t i = 0; i < tuple_length(bases); i++) {
    Type *meta = value_type(bases->items[i]);
    if (type_is_subtype(winner, meta)) continue;
    if (!type_is_subtype(meta, winner))
      return raise_type(vm, "metaclass conflict: the metaclass of a derived class must be a "
                            "(non-strict) subclass of the "
                            "metaclasses of all its bases"),
             NULL;
    winner = meta;
  }
  return winner;
}

/* ---- __bases__ */

/* refresh_alone: what was remembered of a class goes with its MRO, before Python runs or anything
** is allocated. */
static void refresh_alone(VM *vm, Type *type) {
  type_refresh(vm, type);
  shape_renew_keys(vm, type);
}

/* recompute_tree: the MROs of a class and of all below; `done` tells of each that was set which
** class, and its MRO before and after. */
static bool recompute_tree(VM *vm, Type *type, List *done) {
  Tuple *before = type->mro;
  Answer set = type_compute_mro(vm, type);
  if (set != ANSWER_YES) return set == ANSWER_NO;
  refresh_alone(vm, type);
  Value entry = PACK(value_from(type), value_from(before), value_from(type->mro));
  if (entry == VALUE_FAIL || !list_append_value(vm, done, entry)) return false;
  for (size_t i = 0;; i++) { /* mro() may have made and moved subclasses */
    TypeLinks *links = type_links(type);
    if (!links || i >= links->nsubs) return true;
    if (!recompute_tree(vm, links->subs[i]->type, done)) return false;
  }
}

/* restore_mros: as they were, the last one first, but for those that mro() has set once more. */
static void restore_mros(VM *vm, const List *done) {
  for (size_t i = list_length(done); i-- > 0;) {
    const Tuple *entry = value_object(list_items(done)[i]);
    Type *type = value_object(entry->items[0]);
    if (value_from(type->mro) != entry->items[2]) continue;
    type->mro = value_object(entry->items[1]);
    heap_barrier_object(vm, type, type->mro);
    refresh_alone(vm, type);
  }
}

/* restore_bases: a failed assignment of `bases` leaves no trace, unless mro() has assigned others,
** which stay. */
static void restore_bases(VM *vm, Type *type, const Tuple *bases, Tuple *old_bases, Type *old_base,
                          const List *done) {
  Value pending = error_take(vm);
  restore_mros(vm, done);
  if (type->bases == bases) {
    type_unlink_bases(type);
    type->bases = old_bases;
    type->base = old_base;
    heap_barrier_any(vm, type);
    /* the room of before is still there: it does not come to this */
    if (!type_link_bases(vm, type)) error_clear(vm);
  }
  type_refresh_tree(vm, type);
  type_renew_all_keys(vm);
  error_restore(vm, pending);
}

static bool check_bases(VM *vm, Type *type, Tuple *bases) {
  for (size_t i = 0; i < tuple_length(bases); i++) {
    if (!value_is_type(bases->items[i]))
      return raise_false(vm, TYPE_OF(TypeError), "%N.__bases__ must be tuple of classes, not '%T'",
                         type, bases->items[i]);
    bool cycle = type_is_subtype(value_object(bases->items[i]), type);
    /* while an MRO is being computed */
    for (Type *t = value_object(bases->items[i]); t && !cycle; t = t->base) cycle = t == type;
    if (cycle)
      return raise_false(vm, TYPE_OF(TypeError), "a __bases__ item causes an inheritance cycle");
  }
  return true;
}

static bool same_items(const Tuple *a, const Tuple *b) {
  return tuple_length(a) == tuple_length(b) &&
         !memcmp(a->items, b->items, tuple_length(a) * sizeof(Value));
}

bool type_set_bases(VM *vm, Type *type, Value value) {
  if (!type_has(type, TYPE_HEAP))
    return raise_false(vm, TYPE_OF(TypeError),
                       "cannot set '__bases__' attribute of immutable type '%N'", type);
  if (value == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "cannot delete '__bases__' attribute of type '%N'",
                       type);
  if (!SYS_AUDIT(vm, "object.__setattr__", value_from(type), value_from(NAME("__bases__")), value))
    return false;
  if (!value_has_flag(value, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "can only assign tuple to %N.__bases__, not %T",
                       type, value);
  Tuple *bases = value_object(value), *old_bases = type->bases;
  if (tuple_length(bases) == 0)
    return raise_false(vm, TYPE_OF(TypeError),
                       "can only assign non-empty tuple to %N.__bases__, not ()", type);
  if (!check_bases(vm, type, bases)) return false;
  Type *best = type_best_base(vm, bases), *old_base = type->base;
  if (!best) return false;
  /* inside mro(), before the class has its place among the subclasses of its bases */
  if (!type_has(type, TYPE_READY))
    return same_items(bases, old_bases) ||
           raise_false(vm, TYPE_OF(TypeError),
                       "__bases__ assignment: '%N' deallocator differs from '%N'", best, old_base);
  if (!type_same_layout(old_base, best))
    return raise_false(vm, TYPE_OF(TypeError),
                       "__bases__ assignment: '%N' object layout differs from '%N'", best,
                       old_base);
  /* nothing above has run a program's code */
  assert(type->bases == old_bases && type->base == old_base);
  type_unlink_bases(type);
  type->bases = bases;
  type->base = best;
  heap_barrier_any(vm, type);
  List *done = list_new(vm, 4);
  if (!type_link_bases(vm, type) || !recompute_tree(vm, type, done)) {
    restore_bases(vm, type, bases, old_bases, old_base, done);
    return false;
  }
  assert(type->mro);
  type_refresh_tree(vm, type);
  type_renew_all_keys(vm); /* its instances may be descriptors now, or classes */
  return true;
}
