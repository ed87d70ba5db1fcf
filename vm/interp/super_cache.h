/* super_cache.h -- what sites know of attributes behind super() (perf-note 0085).
**
** All super objects have one shape, which tells nothing. Their caches compare the keys of two
** classes: the one that super() was given, and the one whose MRO is searched behind it. Law: both
** keys, and whether it is read from the class itself, say what is found and what it is bound to.
*/
#ifndef KRAIT_SUPER_CACHE_H
#define KRAIT_SUPER_CACHE_H

#include "vm/interp/cache.h"
#include "vm/interp/misses.h"
#include "vm/runtime/attr_place.h"

/* super_recall: what a cache of the form `super` knows of this value, and in *receiver what goes
** first in a call of it, or UNBOUND. UNBOUND: it knows nothing. */
NOINLINE Value super_recall(Value v, const AttrCache *cache, Value *receiver);
/* super_remember: the cache for what has just been found through this super object, or why there is
** none. */
MUST_USE MissReason super_remember(Value v, const AttrPlace *place, AttrCache *cache);
/* super_key: of the class whose MRO is searched; sites keep by it what they know of super objects.
** KEY_NONE: of none. */
uint32_t super_key(Value v);

#endif
