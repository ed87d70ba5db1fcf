/* blake2.c -- the module _blake2: blake2b and blake2s with all their parameters. */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/hash/object.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/hash/blake2.def"
#define NATIVE_PREFIX blake2_
#define NATIVE_SELF HashObject *
#include "vm/contracts/native_class.inc"

static Value blake2_update(VM *vm, HashObject *self, const blake2_update_args *a) {
  self->empty = false; /* parameters live in our state only */
  return value_none_if(hash_object_add(vm, self, a->data));
}

static size_t digest_of(VM *vm, const HashObject *self, uint8_t *digest) {
  hash_object_wait(vm, self);
  HashState copy = self->state;
  self->algorithm->finish(&copy, digest, copy.blake.digest_size);
  return copy.blake.digest_size;
}
static Value blake2_digest(VM *vm, HashObject *self, const blake2_digest_args *a) {
  uint8_t digest[HASH_MAX_DIGEST];
  size_t n = digest_of(vm, self, digest);
  return value_of(bytes_new(vm, digest, n));
}
static Value blake2_hexdigest(VM *vm, HashObject *self, const blake2_hexdigest_args *a) {
  uint8_t digest[HASH_MAX_DIGEST];
  size_t n = digest_of(vm, self, digest);
  return hash_hex(vm, digest, n);
}
static Value blake2_copy(VM *vm, HashObject *self, const blake2_copy_args *a) {
  hash_object_wait(vm, self);
  Value made = object_new(vm, object_type(self));
  if (value_is_fail(made)) return VALUE_FAIL;
  HashObject *copy = value_object(made);
  copy->algorithm = self->algorithm;
  copy->state = self->state;
  copy->empty = false;
  return made;
}
static Value blake2_get_digest_size(VM *vm, HashObject *self) {
  return value_int(vm, self->state.blake.digest_size);
}
static Value blake2_get_block_size(VM *vm, HashObject *self) {
  return value_int(vm, self->algorithm->block_size);
}
static Value blake2_get_name(VM *vm, HashObject *self) {
  return value_of(str_new_cstr(vm, self->algorithm->name));
}

/* ---- construction */

enum {
  ARG_DATA,
  ARG_DIGEST_SIZE,
  ARG_KEY,
  ARG_SALT,
  ARG_PERSON,
  ARG_FANOUT,
  ARG_DEPTH,
  ARG_LEAF_SIZE,
  ARG_NODE_OFFSET,
  ARG_NODE_DEPTH,
  ARG_INNER_SIZE,
  ARG_LAST_NODE,
  ARG_FOR_SECURITY,
  ARG_COUNT
};

static bool number(VM *vm, Value v, int64_t low, int64_t high, const char *message, uint32_t *out) {
  int64_t n;
  if (v == VALUE_MISSING) return true;
  if (!value_index64(vm, v, &n, false)) return false;
  if (n < low || n > high)
    return raise_false(vm, TYPE_OF(ValueError), message, (int)low, (int)high);
  *out = (uint32_t)n;
  return true;
}

static bool bytes_argument(VM *vm, Value v, const char *what, size_t most, uint8_t *out,
                           uint32_t *size) {
  BufferView view;
  if (v == VALUE_MISSING) return true;
  if (!buffer_acquire(vm, v, &view, false)) return false;
  bool fits = view.size <= most;
  if (fits) memcpy(out, view.bytes, view.size), *size = (uint32_t)view.size;
  buffer_release(vm, &view);
  return fits ||
         raise_false(vm, TYPE_OF(ValueError), "maximum %s length is %d bytes", what, (int)most);
}

static Value construct(VM *vm, Type *cls, const Value *given, const HashAlgorithm *algorithm) {
  bool large = algorithm == &hash_blake2b;
  int out = large ? 64 : 32;
  BlakeParameters p = {.digest_size = (uint32_t)out, .fanout = 1, .depth = 1};
  uint32_t ignored;
  if (!number(vm, given[ARG_DIGEST_SIZE], 1, out, "digest_size must be between %d and %d bytes",
              &p.digest_size) ||
      !bytes_argument(vm, given[ARG_KEY], "key", (size_t)out, p.key, &p.key_size) ||
      !bytes_argument(vm, given[ARG_SALT], "salt", (size_t)out / 4, p.salt, &ignored) ||
      !bytes_argument(vm, given[ARG_PERSON], "person", (size_t)out / 4, p.person, &ignored) ||
      !number(vm, given[ARG_FANOUT], 0, 255, "fanout must be between %d and %d", &p.fanout) ||
      !number(vm, given[ARG_DEPTH], 1, 255, "depth must be between %d and %d", &p.depth) ||
      !number(vm, given[ARG_NODE_DEPTH], 0, 255, "node_depth must be between %d and %d",
              &p.node_depth) ||
      !number(vm, given[ARG_INNER_SIZE], 0, out, "inner_size must be between %d and %d",
              &p.inner_size))
    return VALUE_FAIL;
  for (int k = ARG_LEAF_SIZE; k <= ARG_NODE_OFFSET; k++) {
    if (given[k] == VALUE_MISSING) continue;
    Value n;
    uint64_t word;
    if (!value_index(vm, given[k], &n)) return VALUE_FAIL;
    bool fits = int_to_uint64(n, &word) && word <= (k == ARG_LEAF_SIZE ? UINT32_MAX
                                                    : large            ? UINT64_MAX
                                                                       : (UINT64_C(1) << 48) - 1);
    if (!fits) {
      if (int_sign(n) < 0) return raise_value(vm, "value must be positive");
      return raise_error(vm, TYPE_OF(OverflowError), "%s is too large",
                         k == ARG_LEAF_SIZE ? "leaf_size" : "node_offset");
    }
    if (k == ARG_LEAF_SIZE) p.leaf_size = (uint32_t)word;
    else p.node_offset = word;
  }
  if (given[ARG_LAST_NODE] != VALUE_MISSING) {
    Answer truth = value_truth(vm, given[ARG_LAST_NODE]);
    if (truth == ANSWER_FAILED) return VALUE_FAIL;
    p.last_node = truth;
  }
  Value made = object_new(vm, cls);
  if (value_is_fail(made)) return VALUE_FAIL;
  HashObject *self = value_object(made);
  self->algorithm = algorithm;
  if (large) blake2b_start(&self->state, &p);
  else blake2s_start(&self->state, &p);
  if (given[ARG_DATA] != VALUE_MISSING && !hash_object_add(vm, self, given[ARG_DATA]))
    return VALUE_FAIL;
  return made;
}

/* One Value a parameter, in the order of ARG_. */
static Value blake2_b_construct(VM *vm, Type *cls, const blake2_b_construct_args *a) {
  return construct(vm, cls, &a->data, &hash_blake2b);
}
static Value blake2_s_construct(VM *vm, Type *cls, const blake2_s_construct_args *a) {
  return construct(vm, cls, &a->data, &hash_blake2s);
}
static_assert(offsetof(blake2_b_construct_args, usedforsecurity) ==
                  ARG_FOR_SECURITY * sizeof(Value),
              "ARG_ and the row");

const ClassSpec hash_blake2b_object_class = {NATIVE_CLASS_AS(blake2_, b),
                                             .basic_size = sizeof(HashObject)};
const ClassSpec hash_blake2s_object_class = {NATIVE_CLASS_AS(blake2_, s),
                                             .basic_size = sizeof(HashObject)};

static bool init(VM *vm, Module *module) {
  static const NamedInt sizes[] = {
      {"BLAKE2B_SALT_SIZE", 16},    {"BLAKE2B_PERSON_SIZE", 16},
      {"BLAKE2B_MAX_KEY_SIZE", 64}, {"BLAKE2B_MAX_DIGEST_SIZE", 64},
      {"BLAKE2S_SALT_SIZE", 8},     {"BLAKE2S_PERSON_SIZE", 8},
      {"BLAKE2S_MAX_KEY_SIZE", 32}, {"BLAKE2S_MAX_DIGEST_SIZE", 32},
  };
  if (!module_add_ints(vm, module, sizes, ARRAY_COUNT(sizes))) return false;
  return module_add_type(vm, module, TYPE_OF(hash_blake2b_object)) &&
         module_add_type(vm, module, TYPE_OF(hash_blake2s_object));
}

const ModuleSpec _blake2_module = {
    .name = "_blake2", .doc = "_blake2b provides BLAKE2b for hashlib\n", .init = init};
