/* _uuid.c -- the module _uuid, over libuuid. */
#include "vm/base/libraries.h"

#if WITH_UUID
#include "vm/contracts/poll.h"
#include "vm/contracts/type.h"
#include "vm/objects/bytes.h"
#include "vm/objects/tuple.h"

#include <uuid/uuid.h>

#define NATIVE_DEF "vm/modules/system/_uuid.def"
#define NATIVE_PREFIX uuid_module_
#include "vm/contracts/native_class.inc"

static Value uuid_module_generate(VM *vm, Value self, const uuid_module_generate_args *a) {
  uuid_t uuid;
  int status = BLOCKING(vm, uuid_generate_time_safe(uuid));
  return PACK(value_of(bytes_new(vm, uuid, sizeof uuid)), value_int_unchecked(status));
}

static bool init(VM *vm, Module *module) {
  return module_add_int(vm, module, "has_uuid_generate_time_safe", 1);
}

const ModuleSpec _uuid_module = {
    .name = "_uuid",
    NATIVE_FUNCTIONS(uuid_module_),
    .init = init,
};
#endif
