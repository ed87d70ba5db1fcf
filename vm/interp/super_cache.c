/* super_cache.c -- attributes behind super(): their inline caches. */
#include "vm/interp/super_cache.h"

#include "vm/objects/function.h"
#include "vm/objects/super.h"

uint32_t super_key(Value v) {
  const Super *s = value_object(v);
  return s->self_type ? s->self_type->key : KEY_NONE;
}

/* is_plain: is it read through an instance of the very class, or from the class itself? Proxies are
** instances of what they say they are. */
static bool is_plain(const Super *s) {
  return super_of_class(s) || value_type(s->self) == s->self_type;
}

Value super_recall(Value v, const AttrCache *cache, Value *receiver) {
  if (UNLIKELY(!value_is(v, super))) return VALUE_UNBOUND;
  const Super *s = value_object(v);
  if (UNLIKELY(!s->self_type || s->self_type->key != cache->super.of ||
               s->type->key != cache->super.asked))
    return VALUE_UNBOUND;
  bool of_class = super_of_class(s);
  if (UNLIKELY(of_class != cache->super.of_class || !is_plain(s))) return VALUE_UNBOUND;
  const Value receivers[] = {VALUE_UNBOUND, s->self, value_from(s->self_type)};
  *receiver = receivers[cache->super.receiver];
  return *cache->super.value;
}

/* Where the function lies that a class or static method is around; NULL: something else is. */
static Value *wrapped_slot(Value wrapper) {
  Wrapper *w = value_object(wrapper);
  return value_is(w->callable, function) ? &w->callable : NULL;
}

MissReason super_remember(Value v, const AttrPlace *place, AttrCache *cache) {
  const Super *s = value_object(v);
  bool is_behind = place->protocol == ATTR_OF_SUPER && place->type == s->self_type;
  if (!is_behind || !is_plain(s)) return MISS_SUPER;
  if (!key_is_cacheable(s->type->key) || !key_is_cacheable(s->self_type->key)) return MISS_NO_KEY;
  Value *value = place->slot;
  SuperReceiver receiver = SUPER_NOTHING;
  switch (place->kind) {
  case PLACE_VALUE: break;
  case PLACE_FUNCTION:
  case PLACE_NATIVE: receiver = super_of_class(s) ? SUPER_NOTHING : SUPER_SELF; break;
  case PLACE_STATIC: value = wrapped_slot(place->found); break;
  case PLACE_CLASS_METHOD:
    value = wrapped_slot(place->found);
    receiver = SUPER_CLASS;
    break;
  case PLACE_NATIVE_CLASS_METHOD: receiver = SUPER_CLASS; break;
  default: return MISS_DESCRIPTOR;
  }
  if (!value) return MISS_DESCRIPTOR;
  *cache = (AttrCache){.super = {object_shape(&s->h)->key, s->type->key, s->self_type->key,
                                 super_of_class(s), (uint16_t)receiver, value}};
  return MISS_NONE;
}
