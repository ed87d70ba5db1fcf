/* lzma.c -- the module _lzma over liblzma; the library's lzma is built on it. */
#include "vm/base/libraries.h"
#if WITH_LZMA
#include <stdlib.h>

#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/modules/compress/inflow.h"
#include "vm/modules/compress/lzma_filters.h"
#include "vm/objects/items.h"

enum { FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW };
enum { CHECK_UNKNOWN = LZMA_CHECK_ID_MAX + 1 };

/* A coder takes up to a hundred megabytes: it is let go at the end of its stream, and counts for
** the collector until then. */
typedef struct Coder {
  lzma_stream z;
  size_t counted;
} Coder;
typedef struct Compressor {
  Object h;
  Coder coder;
  bool flushed;
  struct Thread *user;
} Compressor;
typedef struct Decompressor {
  Inflow flow;
  Coder coder;
  int check;
} Decompressor;

#define NATIVE_DEF "vm/modules/compress/lzma_compressor.def"
#define NATIVE_PREFIX compressor_
#define NATIVE_SELF Compressor *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/compress/lzma_decompressor.def"
#define NATIVE_PREFIX decompressor_
#define NATIVE_SELF Decompressor *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/compress/lzma.def"
#define NATIVE_PREFIX lzma_
#include "vm/contracts/native_class.inc"

struct LzmaState lzma_state = {VALUE_NONE};

static void coder_count(VM *vm, Coder *coder, uint64_t bytes) {
  if (bytes > coder->counted && bytes < UINT32_MAX) {
    heap_account(vm, (ptrdiff_t)(bytes - coder->counted));
    coder->counted = bytes;
  }
}
static void coder_end(VM *vm, Coder *coder) {
  lzma_end(&coder->z);
  if (coder->counted) heap_account(vm, -(ptrdiff_t)coder->counted);
  coder->counted = 0;
}

/* ---- compressing */

static bool start_xz(VM *vm, Coder *coder, int check, uint32_t preset, Value filters) {
  if (filters == VALUE_NONE) {
    coder_count(vm, coder, lzma_easy_encoder_memusage(preset));
    return lzma_check_code(vm, lzma_easy_encoder(&coder->z, preset, (lzma_check)check));
  }
  FilterChain chain;
  if (!filters_parse(vm, filters, &chain)) return false;
  coder_count(vm, coder, lzma_raw_encoder_memusage(chain.filters));
  return lzma_check_code(vm, lzma_stream_encoder(&coder->z, chain.filters, (lzma_check)check));
}

static bool start_alone(VM *vm, Coder *coder, uint32_t preset, Value filters) {
  FilterChain chain;
  if (filters == VALUE_NONE) {
    if (lzma_lzma_preset(&chain.options[0].lzma, preset))
      return raise_lzma(vm, "Invalid compression preset: %lld", (long long)preset);
    coder_count(vm, coder, lzma_easy_encoder_memusage(preset));
    return lzma_check_code(vm, lzma_alone_encoder(&coder->z, &chain.options[0].lzma));
  }
  if (!filters_parse(vm, filters, &chain)) return false;
  coder_count(vm, coder, lzma_raw_encoder_memusage(chain.filters));
  if (chain.filters[0].id == LZMA_FILTER_LZMA1 && chain.filters[1].id == LZMA_VLI_UNKNOWN)
    return lzma_check_code(vm, lzma_alone_encoder(&coder->z, chain.filters[0].options));
  return raise_false(vm, TYPE_OF(ValueError),
                     "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
}

static bool start_raw(VM *vm, Coder *coder, Value filters, bool encode) {
  FilterChain chain;
  if (!filters_parse(vm, filters, &chain)) return false;
  coder_count(vm, coder,
              encode ? lzma_raw_encoder_memusage(chain.filters)
                     : lzma_raw_decoder_memusage(chain.filters));
  return lzma_check_code(vm, encode ? lzma_raw_encoder(&coder->z, chain.filters)
                                    : lzma_raw_decoder(&coder->z, chain.filters));
}

static Value compressor_construct(VM *vm, Type *cls, const compressor_construct_args *a) {
  uint64_t preset = LZMA_PRESET_DEFAULT;
  if (a->preset != VALUE_NONE && a->filters != VALUE_NONE)
    return raise_value(vm, "Cannot specify both preset and filter chain");
  if (a->preset != VALUE_NONE && !unsigned_option(vm, a->preset, UINT32_MAX, &preset))
    return VALUE_FAIL;
  if (a->format != FORMAT_XZ && a->check != -1 && a->check != LZMA_CHECK_NONE)
    return raise_value(vm, "Integrity checks are only supported by FORMAT_XZ");
  if (a->format < FORMAT_XZ || a->format > FORMAT_RAW)
    return raise_value(vm, "Invalid container format: %d", a->format);
  if (a->format == FORMAT_RAW && a->filters == VALUE_NONE)
    return raise_value(vm, "Must specify filters for FORMAT_RAW");
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Compressor *c = value_object(v);
  heap_track_destroy(vm, &c->h);
  bool fine = a->format == FORMAT_XZ
                  ? start_xz(vm, &c->coder, a->check == -1 ? LZMA_CHECK_CRC64 : a->check,
                             (uint32_t)preset, a->filters)
              : a->format == FORMAT_ALONE ? start_alone(vm, &c->coder, (uint32_t)preset, a->filters)
                                          : start_raw(vm, &c->coder, a->filters, true);
  return fine ? v : VALUE_FAIL;
}

static bool compress(VM *vm, void *compressor, const uint8_t *data, size_t size, bool finish,
                     Buffer *out) {
  lzma_stream *z = &((Compressor *)compressor)->coder.z;
  lzma_action action = finish ? LZMA_FINISH : LZMA_RUN;
  for (;;) {
    size_t room = output_room(vm, out, -1), part = part_of(size);
    if (room == OUTPUT_REFUSED) return false;
    z->next_in = data, z->avail_in = part;
    z->next_out = out->bytes + out->size, z->avail_out = room;
    lzma_ret code = BLOCKING(vm, lzma_code(z, action));
    data += part - z->avail_in, size -= part - z->avail_in;
    out->size += room - z->avail_out;
    if (code == LZMA_BUF_ERROR && !size && z->avail_out > 0) code = LZMA_OK; /* nothing to do */
    if (!lzma_check_code(vm, code)) return false;
    if (action == LZMA_RUN ? !size && z->avail_out : code == LZMA_STREAM_END) return true;
    if (!vm_listen(vm)) return false;
  }
}

static Value compressor_compress(VM *vm, Compressor *self, const compressor_compress_args *a) {
  if (self->flushed) return raise_value(vm, "Compressor has been flushed");
  if (!occupy(vm, &self->user)) return VALUE_FAIL;
  Value out = compress_some(vm, self, a->data, compress);
  self->user = NULL;
  return out;
}

static Value compressor_flush(VM *vm, Compressor *self, const compressor_flush_args *a) {
  if (self->flushed) return raise_value(vm, "Repeated call to flush()");
  if (!occupy(vm, &self->user)) return VALUE_FAIL;
  self->flushed = true;
  Value rest = compress_some(vm, self, VALUE_MISSING, compress);
  coder_end(vm, &self->coder);
  self->user = NULL;
  return rest;
}

static void compressor_destroy(VM *vm, Object *object) {
  coder_end(vm, &((Compressor *)object)->coder);
}

/* ---- decompressing */

static bool step(VM *vm, Inflow *flow, const uint8_t **next, size_t *left, int64_t most,
                 Buffer *out) {
  Decompressor *d = (Decompressor *)flow;
  lzma_stream *z = &d->coder.z;
  for (;;) {
    size_t room = output_room(vm, out, most), part = part_of(*left);
    if (room == OUTPUT_REFUSED) return false;
    z->next_in = *next, z->avail_in = part;
    z->next_out = out->bytes + out->size, z->avail_out = room;
    lzma_ret code = BLOCKING(vm, lzma_code(z, LZMA_RUN));
    *next = z->next_in, *left -= part - z->avail_in;
    out->size += room - z->avail_out;
    /* it only waits for input */
    if (code == LZMA_BUF_ERROR && !*left && z->avail_out) code = LZMA_OK;
    if (code == LZMA_BUF_ERROR && !room) return true;
    if (!lzma_check_code(vm, code)) return false;
    if (code == LZMA_GET_CHECK || code == LZMA_NO_CHECK) d->check = (int)lzma_get_check(z);
    if (code == LZMA_STREAM_END) return flow->eof = true;
    if (!z->avail_out) {
      if (most >= 0 && out->size == (size_t)most) return true;
    } else if (!*left) {
      return true;
    }
    if (!vm_listen(vm)) return false;
  }
}

static bool start_decoder(VM *vm, Decompressor *d, int format, uint64_t limit, Value filters) {
  const uint32_t flags = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
  switch (format) {
  case FORMAT_AUTO: return lzma_check_code(vm, lzma_auto_decoder(&d->coder.z, limit, flags));
  case FORMAT_XZ: return lzma_check_code(vm, lzma_stream_decoder(&d->coder.z, limit, flags));
  case FORMAT_ALONE:
    d->check = LZMA_CHECK_NONE;
    return lzma_check_code(vm, lzma_alone_decoder(&d->coder.z, limit));
  case FORMAT_RAW: d->check = LZMA_CHECK_NONE; return start_raw(vm, &d->coder, filters, false);
  default: return raise_false(vm, TYPE_OF(ValueError), "Invalid container format: %d", format);
  }
}

static Value decompressor_construct(VM *vm, Type *cls, const decompressor_construct_args *a) {
  uint64_t limit = UINT64_MAX;
  if (a->memlimit != VALUE_NONE) {
    if (a->format == FORMAT_RAW)
      return raise_value(vm, "Cannot specify memory limit with FORMAT_RAW");
    if (!unsigned_option(vm, a->memlimit, UINT64_MAX, &limit)) return VALUE_FAIL;
  }
  if (a->format == FORMAT_RAW && a->filters == VALUE_NONE)
    return raise_value(vm, "Must specify filters for FORMAT_RAW");
  if (a->format != FORMAT_RAW && a->filters != VALUE_NONE)
    return raise_value(vm, "Cannot specify filters except with FORMAT_RAW");
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Decompressor *d = value_object(v);
  heap_track_destroy(vm, &d->flow.h);
  inflow_init(vm, &d->flow);
  d->check = CHECK_UNKNOWN;
  return start_decoder(vm, d, a->format, limit, a->filters) ? v : VALUE_FAIL;
}

static Value decompressor_decompress(VM *vm, Decompressor *self,
                                     const decompressor_decompress_args *a) {
  if (self->flow.eof) return raise_error(vm, TYPE_OF(EOFError), "Already at end of stream");
  Value out = inflow_run(vm, &self->flow, a->data, a->max_length, step, true);
  if (self->flow.eof) coder_end(vm, &self->coder);
  else coder_count(vm, &self->coder, lzma_memusage(&self->coder.z));
  return out;
}
READONLY(decompressor_set_check, Decompressor *)
READONLY(decompressor_set_eof, Decompressor *)
READONLY(decompressor_set_needs_input, Decompressor *)
READONLY(decompressor_set_unused_data, Decompressor *)
static Value decompressor_get_check(VM *vm, Decompressor *self) {
  return value_int_unchecked(self->check);
}
static Value decompressor_get_eof(VM *vm, Decompressor *self) { return value_bool(self->flow.eof); }
static Value decompressor_get_unused_data(VM *vm, Decompressor *self) {
  return self->flow.unused_data;
}
static Value decompressor_get_needs_input(VM *vm, Decompressor *self) {
  return value_bool(self->flow.needs_input);
}

static void decompressor_trace(Marker *marker, Object *object) {
  mark_value(marker, ((Inflow *)object)->unused_data);
}
static void decompressor_destroy(VM *vm, Object *object) {
  Decompressor *d = (Decompressor *)object;
  coder_end(vm, &d->coder);
  buffer_deinit(&d->flow.kept);
}

const ClassSpec lzma_Compressor_class = {
    NATIVE_CLASS(compressor_),
    .basic_size = sizeof(Compressor),
    .destroy = compressor_destroy,
};
const ClassSpec lzma_Decompressor_class = {
    NATIVE_CLASS(decompressor_),
    .basic_size = sizeof(Decompressor),
    .trace = decompressor_trace,
    .destroy = decompressor_destroy,
};

/* ---- functions */

static Value lzma_is_check_supported(VM *vm, Value self, const lzma_is_check_supported_args *a) {
  return value_bool(lzma_check_is_supported((lzma_check)a->check_id));
}

static Value lzma__encode_filter_properties(VM *vm, Value self,
                                            const lzma__encode_filter_properties_args *a) {
  FilterChain chain;
  uint32_t size;
  if (!filter_parse(vm, a->filter, &chain, 0) ||
      !lzma_check_code(vm, lzma_properties_size(&size, &chain.filters[0])))
    return VALUE_FAIL;
  Bytes *bytes = bytes_new(vm, NULL, size);
  bool ok = bytes && lzma_check_code(vm, lzma_properties_encode(&chain.filters[0], bytes->data));
  return ok ? value_from(bytes) : VALUE_FAIL;
}

static Value lzma__decode_filter_properties(VM *vm, Value self,
                                            const lzma__decode_filter_properties_args *a) {
  lzma_filter filter = {0};
  BufferView view;
  if (!unsigned_option(vm, a->filter_id, UINT64_MAX, &filter.id) ||
      !buffer_acquire(vm, a->encoded_props, &view, false))
    return VALUE_FAIL;
  bool fine = lzma_check_code(vm, lzma_properties_decode(&filter, NULL, view.bytes, view.size));
  buffer_release(vm, &view);
  if (!fine) return VALUE_FAIL;
  Value spec = filter_describe(vm, &filter);
  free(filter.options); /* the library's malloc */
  return spec;
}

static bool init(VM *vm, Module *module) {
  static const NamedInt constants[] = {
      {"FORMAT_AUTO", FORMAT_AUTO},
      {"FORMAT_XZ", FORMAT_XZ},
      {"FORMAT_ALONE", FORMAT_ALONE},
      {"FORMAT_RAW", FORMAT_RAW},
      {"CHECK_NONE", LZMA_CHECK_NONE},
      {"CHECK_CRC32", LZMA_CHECK_CRC32},
      {"CHECK_CRC64", LZMA_CHECK_CRC64},
      {"CHECK_SHA256", LZMA_CHECK_SHA256},
      {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX},
      {"CHECK_UNKNOWN", CHECK_UNKNOWN},
      {"FILTER_LZMA2", LZMA_FILTER_LZMA2},
      {"FILTER_DELTA", LZMA_FILTER_DELTA},
      {"FILTER_X86", LZMA_FILTER_X86},
      {"FILTER_IA64", LZMA_FILTER_IA64},
      {"FILTER_ARM", LZMA_FILTER_ARM},
      {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB},
      {"FILTER_SPARC", LZMA_FILTER_SPARC},
      {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
      {"MF_HC3", LZMA_MF_HC3},
      {"MF_HC4", LZMA_MF_HC4},
      {"MF_BT2", LZMA_MF_BT2},
      {"MF_BT3", LZMA_MF_BT3},
      {"MF_BT4", LZMA_MF_BT4},
      {"MODE_FAST", LZMA_MODE_FAST},
      {"MODE_NORMAL", LZMA_MODE_NORMAL},
      {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT},
      {"PRESET_EXTREME", LZMA_PRESET_EXTREME},
      {"FILTER_LZMA1", (int64_t)LZMA_FILTER_LZMA1},
  };
  if (!module_open_library(vm, module, &lazy_lzma)) return false;
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  lzma_state.error = module_new_exception(vm, "_lzma", "LZMAError", TYPE_OF(Exception));
  heap_add_root(vm, &lzma_state.error);
  return !value_is_fail(lzma_state.error) &&
         module_add(vm, module, "LZMAError", lzma_state.error) &&
         module_add_type(vm, module, TYPE_OF(lzma_Compressor)) &&
         module_add_type(vm, module, TYPE_OF(lzma_Decompressor));
}

const ModuleSpec _lzma_module = {.name = "_lzma", NATIVE_FUNCTIONS(lzma_), .init = init};
#else
const char lzma_is_absent = 0;
#endif
