/* _crypt.c -- the module _crypt: hashing passwords, over libcrypt. */
#include "vm/base/libraries.h"

#if WITH_CRYPT
#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/type.h"
#include "vm/modules/system/system_text.h"

#include <crypt.h>
#include <errno.h>
#include <stdlib.h>

#define NATIVE_DEF "vm/modules/system/_crypt.def"
#define NATIVE_PREFIX crypt_
#include "vm/contracts/native_class.inc"

static Value crypt_crypt(VM *vm, Value self, const crypt_crypt_args *a) {
  struct crypt_data *data = memory_take_zeroed(1, sizeof *data);
  if (!data) return raise_memory(vm);
  const char *word = (const char *)a->word->data, *salt = (const char *)a->salt->data;
  /* what it leaves there when it fails is no password's hash: "*0" */
  (void)BLOCKING(vm, crypt_rn(word, salt, data, sizeof *data));
  bool is_text = memchr(data->output, 0, sizeof data->output) && *data->output;
  Value result =
      is_text ? value_of(str_new_cstr(vm, data->output)) : raise_errno(vm, errno, VALUE_NONE);
  free(data);
  return result;
}

static bool init(VM *vm, Module *module) { return module_open_library(vm, module, &lazy_crypt); }

const ModuleSpec _crypt_module = {.name = "_crypt", NATIVE_FUNCTIONS(crypt_), .init = init};
#endif
