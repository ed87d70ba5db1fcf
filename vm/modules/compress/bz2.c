/* bz2.c -- the module _bz2 over libbz2; the library's bz2 is built on it. */
#include "vm/base/libraries.h"
#if WITH_BZ2
#include <bzlib.h>

#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/modules/compress/inflow.h"
#include "vm/objects/items.h"

typedef struct Compressor {
  Object h;
  bz_stream z;
  bool open, flushed;
  struct Thread *user;
} Compressor;
/* broken: libbz2 must not see it again */
typedef struct Decompressor {
  Inflow flow;
  bz_stream z;
  bool open, broken;
} Decompressor;

#define NATIVE_DEF "vm/modules/compress/bz2_compressor.def"
#define NATIVE_PREFIX compressor_
#define NATIVE_SELF Compressor *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/compress/bz2_decompressor.def"
#define NATIVE_PREFIX decompressor_
#define NATIVE_SELF Decompressor *
#include "vm/contracts/native_class.inc"

/* True for what is no error. */
static bool check(VM *vm, int code) {
  switch (code) {
  case BZ_OK:
  case BZ_RUN_OK:
  case BZ_FLUSH_OK:
  case BZ_FINISH_OK:
  case BZ_STREAM_END: return true;
  case BZ_PARAM_ERROR:
    return raise_false(vm, TYPE_OF(ValueError),
                       "Internal error - invalid parameters passed to libbzip2");
  case BZ_MEM_ERROR: return raise_memory(vm), false;
  case BZ_DATA_ERROR:
  case BZ_DATA_ERROR_MAGIC: return raise_false(vm, TYPE_OF(OSError), "Invalid data stream");
  case BZ_IO_ERROR: return raise_false(vm, TYPE_OF(OSError), "Unknown I/O error");
  case BZ_UNEXPECTED_EOF:
    return raise_false(vm, TYPE_OF(EOFError),
                       "Compressed file ended before the logical end-of-stream was detected");
  case BZ_SEQUENCE_ERROR:
    return raise_false(vm, TYPE_OF(RuntimeError),
                       "Internal error - Invalid sequence of commands sent to libbzip2");
  default: return raise_false(vm, TYPE_OF(OSError), "Unrecognized error from libbzip2: %d", code);
  }
}

/* What libbz2 allocates for the largest blocks: let go at the end of the stream, it counts for the
** collector until then. */
enum { COMPRESSING_BYTES = 7600000, DECOMPRESSING_BYTES = 3700000 };

/* ---- compressing */

static void compressor_end(VM *vm, Compressor *c) {
  if (!c->open) return;
  c->open = false;
  BZ2_bzCompressEnd(&c->z);
  heap_account(vm, -COMPRESSING_BYTES);
}

static bool compress(VM *vm, void *compressor, const uint8_t *data, size_t size, bool finish,
                     Buffer *out) {
  Compressor *c = compressor;
  for (;;) {
    size_t room = output_room(vm, out, -1);
    if (room == OUTPUT_REFUSED) return false;
    c->z.next_in = (char *)data, c->z.avail_in = (unsigned)part_of(size);
    c->z.next_out = (char *)out->bytes + out->size, c->z.avail_out = (unsigned)room;
    unsigned given = c->z.avail_in;
    if (!finish && !size) return true;
    int code = BLOCKING(vm, BZ2_bzCompress(&c->z, finish ? BZ_FINISH : BZ_RUN));
    if (!check(vm, code) || !vm_listen(vm)) return false;
    data += given - c->z.avail_in, size -= given - c->z.avail_in;
    out->size += room - c->z.avail_out;
    if (finish && code == BZ_STREAM_END) return true;
  }
}

static Value compressor_construct(VM *vm, Type *cls, const compressor_construct_args *a) {
  if (a->compresslevel < 1 || a->compresslevel > 9)
    return raise_value(vm, "compresslevel must be between 1 and 9");
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Compressor *c = value_object(v);
  heap_track_destroy(vm, &c->h);
  if (!check(vm, BZ2_bzCompressInit(&c->z, a->compresslevel, 0, 0))) return VALUE_FAIL;
  c->open = true;
  heap_account(vm, COMPRESSING_BYTES);
  return v;
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
  compressor_end(vm, self);
  self->user = NULL;
  return rest;
}

static void compressor_destroy(VM *vm, Object *object) { compressor_end(vm, (Compressor *)object); }

/* ---- decompressing */

static bool step(VM *vm, Inflow *flow, const uint8_t **next, size_t *left, int64_t most,
                 Buffer *out) {
  bz_stream *z = &((Decompressor *)flow)->z;
  for (;;) {
    size_t room = output_room(vm, out, most);
    if (room == OUTPUT_REFUSED) return false;
    if (!room && most >= 0) return true;
    z->next_in = (char *)*next, z->avail_in = (unsigned)part_of(*left);
    z->next_out = (char *)out->bytes + out->size, z->avail_out = (unsigned)room;
    unsigned given = z->avail_in;
    int code = BLOCKING(vm, BZ2_bzDecompress(z));
    *next += given - z->avail_in, *left -= given - z->avail_in;
    out->size += room - z->avail_out;
    if (!check(vm, code)) {
      ((Decompressor *)flow)->broken = true;
      return false;
    }
    if (code == BZ_STREAM_END) return flow->eof = true;
    if (!*left && z->avail_out) return true;
    if (!vm_listen(vm)) return false;
  }
}

static void decompressor_end(VM *vm, Decompressor *d) {
  if (!d->open) return;
  d->open = false;
  BZ2_bzDecompressEnd(&d->z);
  heap_account(vm, -DECOMPRESSING_BYTES);
}

static Value decompressor_construct(VM *vm, Type *cls, const decompressor_construct_args *a) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Decompressor *d = value_object(v);
  heap_track_destroy(vm, &d->flow.h);
  inflow_init(vm, &d->flow);
  if (!check(vm, BZ2_bzDecompressInit(&d->z, 0, 0))) return VALUE_FAIL;
  d->open = true;
  heap_account(vm, DECOMPRESSING_BYTES);
  return v;
}

static Value decompressor_decompress(VM *vm, Decompressor *self,
                                     const decompressor_decompress_args *a) {
  if (self->flow.eof) return raise_error(vm, TYPE_OF(EOFError), "End of stream already reached");
  if (self->broken) return raise_value(vm, "Decompressor is unusable after a previous error");
  Value out = inflow_run(vm, &self->flow, a->data, a->max_length, step, false);
  if (self->flow.eof || self->broken) decompressor_end(vm, self);
  return out;
}
READONLY(decompressor_set_eof, Decompressor *)
READONLY(decompressor_set_needs_input, Decompressor *)
READONLY(decompressor_set_unused_data, Decompressor *)
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
  decompressor_end(vm, (Decompressor *)object);
  buffer_deinit(&((Inflow *)object)->kept);
}

const ClassSpec bz2_Compressor_class = {
    NATIVE_CLASS(compressor_),
    .basic_size = sizeof(Compressor),
    .destroy = compressor_destroy,
};
const ClassSpec bz2_Decompressor_class = {
    NATIVE_CLASS(decompressor_),
    .basic_size = sizeof(Decompressor),
    .trace = decompressor_trace,
    .destroy = decompressor_destroy,
};

static bool init(VM *vm, Module *module) {
  return module_add_type(vm, module, TYPE_OF(bz2_Compressor)) &&
         module_add_type(vm, module, TYPE_OF(bz2_Decompressor));
}

const ModuleSpec _bz2_module = {.name = "_bz2", .init = init};
#else
const char bz2_is_absent = 0;
#endif
