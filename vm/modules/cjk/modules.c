/* modules.c -- the modules: _multibytecodec, and the six that give out codecs. */
#include "vm/contracts/error.h"
#include "vm/contracts/import.h"
#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/modules/cjk/multibyte.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/cjk/multibyte_functions.def"
#define NATIVE_PREFIX multibyte_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/cjk/functions.def"
#define NATIVE_PREFIX cn_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/cjk/functions.def"
#define NATIVE_PREFIX hk_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/cjk/functions.def"
#define NATIVE_PREFIX iso2022_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/cjk/functions.def"
#define NATIVE_PREFIX jp_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/cjk/functions.def"
#define NATIVE_PREFIX kr_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/cjk/functions.def"
#define NATIVE_PREFIX tw_
#include "vm/contracts/native_class.inc"

/* The reference makes a codec from a capsule; there are none here. */
static Value multibyte___create_codec(VM *vm, Value self, const multibyte___create_codec_args *a) {
  return raise_value(vm, "argument type invalid");
}

static bool multibyte_init(VM *vm, Module *module) {
  return module_add_type(vm, module, TYPE_OF(multibyte_encoder)) &&
         module_add_type(vm, module, TYPE_OF(multibyte_decoder)) &&
         module_add_type(vm, module, TYPE_OF(multibyte_reader)) &&
         module_add_type(vm, module, TYPE_OF(multibyte_writer));
}

const ModuleSpec _multibytecodec_module = {
    .name = "_multibytecodec", .init = multibyte_init, NATIVE_FUNCTIONS(multibyte_)};

/* ---- the modules of codecs */

static const CjkCodec *find_codec(const CjkCodec *codecs, const Str *name) {
  for (; codecs->name; codecs++)
    if (str_equal_cstr(name, codecs->name)) return codecs;
  return NULL;
}

static Value get_codec(VM *vm, const char *module, const CjkCodec *codecs, const Value *args,
                       int npos, Tuple *kwnames) {
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%s.getcodec() takes no keyword arguments", module);
  if (npos != 1)
    return raise_type(vm, "%s.getcodec() takes exactly one argument (%d given)", module, npos);
  if (!value_is_str(args[0])) return raise_type(vm, "encoding name must be a string.");
  const CjkCodec *codec = find_codec(codecs, value_object(args[0]));
  bool is_hz = codecs == chinese_codecs && str_equal_cstr(value_object(args[0]), "hz");
  if (is_hz) codec = &hz_codec;
  if (!codec) return raise_error(vm, TYPE_OF(LookupError), "no such codec is supported.");
  return types_make_ready(vm, "_multibytecodec") ? codec_object_new(vm, codec) : VALUE_FAIL;
}

#define GETCODEC(getcodec, module, codecs)                                                 \
  static Value getcodec(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) { \
    return get_codec(vm, module, codecs, args, npos, kwnames);                             \
  }
GETCODEC(cn_getcodec, "_codecs_cn", chinese_codecs)
GETCODEC(hk_getcodec, "_codecs_hk", hong_kong_codecs)
GETCODEC(iso2022_getcodec, "_codecs_iso2022", iso2022_codecs)
GETCODEC(jp_getcodec, "_codecs_jp", japanese_codecs)
GETCODEC(kr_getcodec, "_codecs_kr", korean_codecs)
GETCODEC(tw_getcodec, "_codecs_tw", taiwanese_codecs)

const ModuleSpec _codecs_cn_module = {.name = "_codecs_cn", NATIVE_FUNCTIONS(cn_)};
const ModuleSpec _codecs_hk_module = {.name = "_codecs_hk", NATIVE_FUNCTIONS(hk_)};
const ModuleSpec _codecs_iso2022_module = {.name = "_codecs_iso2022", NATIVE_FUNCTIONS(iso2022_)};
const ModuleSpec _codecs_jp_module = {.name = "_codecs_jp", NATIVE_FUNCTIONS(jp_)};
const ModuleSpec _codecs_kr_module = {.name = "_codecs_kr", NATIVE_FUNCTIONS(kr_)};
const ModuleSpec _codecs_tw_module = {.name = "_codecs_tw", NATIVE_FUNCTIONS(tw_)};
