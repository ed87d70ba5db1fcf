/* verify.h -- the laws of the built-in containers and texts as verifiers (vm/base/check.h), one a
** type.
**
** deep_check asks them at the end of what changes an object; the collector's verifier asks them for
** every live cell (object_verify). Compiled from level 1 on; a release has none of them. They run
** nothing and allocate nothing.
*/
#ifndef KRAIT_VERIFY_H
#define KRAIT_VERIFY_H

#include "vm/memory/verify.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/deque.h"
#include "vm/objects/dict.h"
#include "vm/objects/function.h"
#include "vm/objects/list.h"
#include "vm/objects/set.h"
#include "vm/objects/str.h"

bool list_verify(const List *list);    /* Cost: O(capacity) */
bool tuple_verify(const Tuple *tuple); /* Cost: O(length) */
bool dict_verify(const Dict *dict);    /* Cost: O(entries) */
bool set_verify(const Set *set);       /* Cost: O(table) */
bool str_verify(const Str *s);         /* Cost: O(length) */
bool bytes_verify(const Bytes *bytes);
bool bytearray_verify(const ByteArray *array);
bool deque_verify(const Deque *deque); /* Cost: O(capacity) */
bool ordereddict_verify(const Object *od);
/* type_verify: the law of specials, the derived flags and steps, the MRO, and what the global cache
** says (runtime/type.c). */
bool type_verify(const Type *type);
bool str_is_interned(const Str *s); /* is this very object in the table? (str_intern.c) */
/* item_verify: a value that may stand in a container: nothing that only C sees. */
bool item_verify(Value v);
/* object_verify: the verifier of the object's type, of the nearest built-in one for an instance of
** a class of the program. */
bool object_verify(const Object *object);
/* verify_sampled: true for small structures, and once in a while for big ones: what a deep_check
** asks first. */
bool verify_sampled(size_t size);
#define SAMPLED(size, verified) (!verify_sampled(size) || (verified))

#endif
