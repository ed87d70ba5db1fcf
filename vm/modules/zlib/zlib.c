/* zlib.c -- the module zlib over libz. Output is collected in a Buffer and becomes bytes at the
** end. */
#include "vm/base/libraries.h"
#if WITH_ZLIB
#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "vm/base/buffer.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/memory/heap.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

typedef struct Stream {
  Object h;
  Value unused_data, unconsumed_tail, dictionary; /* of a Decompress */
  z_stream z;
  bool open, eof, inflating, stores; /* stores: level 0 */
  struct Thread *user;               /* see occupy */
} Stream;

#define NATIVE_DEF "vm/modules/zlib/zlib.def"
#define NATIVE_PREFIX zlib_
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/zlib/compressor.def"
#define NATIVE_PREFIX compressor_
#define NATIVE_SELF Stream *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/zlib/decompressor.def"
#define NATIVE_PREFIX decompressor_
#define NATIVE_SELF Stream *
#include "vm/contracts/native_class.inc"

static struct { Value error; /* the class error; registered by the import */ } state = {VALUE_NONE};

enum { PUMP_RAISED = -1000 }; /* an exception is pending: no code of zlib's */

static COLD Value stream_error(VM *vm, const z_stream *z, int code, const char *when) {
  if (code == PUMP_RAISED) return VALUE_FAIL;
  if (code == Z_MEM_ERROR) return raise_memory(vm);
  const char *message = code == Z_VERSION_ERROR ? "library version mismatch" : z->msg;
  if (!message)
    message = code == Z_BUF_ERROR      ? "incomplete or truncated stream"
              : code == Z_STREAM_ERROR ? "inconsistent stream state"
              : code == Z_DATA_ERROR   ? "invalid input data"
                                       : NULL;
  Type *type = value_object(state.error);
  return message ? raise_error(vm, type, "Error %d %s: %.200s", code, when, message)
                 : raise_error(vm, type, "Error %d %s", code, when);
}

static Value finish_bytes(VM *vm, Buffer *out) {
  Bytes *bytes = bytes_new(vm, out->size ? out->bytes : (const uint8_t *)"", out->size);
  buffer_deinit(out);
  return value_of(bytes);
}

/* ---- pumping */

typedef int (*Pump)(z_stream *z, int flush);

/* How much goes in and out at a time of what takes long, so that signals are heard in between. */
enum { PART_IN = 1 << 20, PART_OUT = 1 << 22, PART_SUMMED = 1 << 25, WORTH_LETTING_GO = 1 << 16 };

/* Level 0 copies as much as it sees: parts would show in what it writes, and it is quick. */
static int store(z_stream *z, int flush) { return deflate(z, flush); }

/* Runs the stream over `size` bytes, appending at most `most` (0: any number of) bytes to `out`;
** *left: bytes not consumed. The global lock may go and signals are heard: nobody else can use the
** stream. Returns zlib's last answer, or PUMP_RAISED; Z_BUF_ERROR is no error by itself. */
static int pump(VM *vm, z_stream *z, Pump f, const uint8_t *bytes, size_t size, int flush,
                size_t most, size_t first_room, Buffer *out, size_t *left) {
  int code = Z_OK;
  size_t given = 0, room = first_room;
  size_t part_in = f == store ? UINT_MAX : PART_IN, part_out = f == store ? 1u << 30 : PART_OUT;
  for (;;) {
    size_t part = size - given < part_in ? size - given : part_in;
    z->next_in = (Bytef *)bytes + given;
    z->avail_in = (uInt)part;
    int mode = given + part == size ? flush : Z_NO_FLUSH;
    do {
      size_t want = room;
      if (most && want > most - out->size) want = most - out->size;
      if (want > part_out) want = part_out;
      if (!buffer_reserve(out, want)) return Z_MEM_ERROR;
      z->next_out = out->bytes + out->size;
      z->avail_out = (uInt)want;
      code = want >= WORTH_LETTING_GO || part >= WORTH_LETTING_GO ? BLOCKING(vm, f(z, mode))
                                                                  : f(z, mode);
      out->size += want - z->avail_out;
      if (!vm_listen(vm)) return PUMP_RAISED;
      room = room < (1u << 28) ? room * 2 : room;
      if (code == Z_NEED_DICT || (code < 0 && code != Z_BUF_ERROR)) goto done;
    } while (z->avail_out == 0 && (!most || out->size < most) && code != Z_STREAM_END);
    given += part - z->avail_in;
    if (code == Z_STREAM_END || given == size || z->avail_in || (most && out->size >= most)) break;
  }
done:
  *left = (size_t)((bytes + size) - z->next_in);
  return code;
}

/* ---- one call */

static Value zlib_compress(VM *vm, Value self, const zlib_compress_args *a) {
  z_stream z = {0};
  Value result = VALUE_FAIL;
  int code = deflateInit2(&z, a->level, Z_DEFLATED, a->wbits, 8, Z_DEFAULT_STRATEGY);
  if (code == Z_OK) {
    Buffer out;
    size_t left;
    buffer_init(&out);
    Pump f = a->level ? deflate : store;
    code = pump(vm, &z, f, a->data.bytes, a->data.n, Z_FINISH, 0, 16384, &out, &left);
    if (code == Z_STREAM_END) result = finish_bytes(vm, &out);
    else {
      buffer_deinit(&out);
      result = stream_error(vm, &z, code, "while compressing data");
    }
    deflateEnd(&z);
  } else if (code == Z_MEM_ERROR)
    result = raise_error(vm, TYPE_OF(MemoryError), "Out of memory while compressing data");
  else if (code == Z_STREAM_ERROR)
    result = raise_error(vm, value_object(state.error), "Bad compression level");
  else result = stream_error(vm, &z, code, "while compressing data");
  return result;
}

static Value zlib_decompress(VM *vm, Value self, const zlib_decompress_args *a) {
  if (a->bufsize < 0) return raise_value(vm, "bufsize must be non-negative");
  z_stream z = {0};
  Value result = VALUE_FAIL;
  int code = inflateInit2(&z, a->wbits);
  if (code == Z_OK) {
    Buffer out;
    size_t left;
    buffer_init(&out);
    size_t first = a->bufsize ? (size_t)a->bufsize : 1;
    code = pump(vm, &z, inflate, a->data.bytes, a->data.n, Z_SYNC_FLUSH, 0, first, &out, &left);
    if (code == Z_STREAM_END) result = finish_bytes(vm, &out);
    else {
      buffer_deinit(&out);
      result =
          code == PUMP_RAISED ? VALUE_FAIL
          : code == Z_MEM_ERROR
              ? raise_error(vm, TYPE_OF(MemoryError), "Out of memory while decompressing data")
              : stream_error(vm, &z, code == Z_OK ? Z_BUF_ERROR : code, "while decompressing data");
    }
    inflateEnd(&z);
  } else
    result = code == Z_MEM_ERROR
                 ? raise_error(vm, TYPE_OF(MemoryError), "Out of memory while decompressing data")
                 : stream_error(vm, &z, code, "while preparing to decompress data");
  return result;
}

/* ---- streams */

static Stream *stream_new(VM *vm, bool inflating) {
  Stream *s = heap_new_zeroed(vm, inflating ? SHAPE_OF(zlib_Decompress) : SHAPE_OF(zlib_Compress),
                              sizeof *s);
  s->inflating = inflating;
  s->dictionary = VALUE_NONE;
  s->unused_data = s->unconsumed_tail = value_of(bytes_new(vm, "", 0));
  heap_barrier(vm, s, s->unused_data);
  heap_track_destroy(vm, &s->h);
  return s;
}

static bool use_dictionary(VM *vm, Stream *s, Value dictionary) {
  BufferView view;
  if (!buffer_acquire(vm, dictionary, &view, false)) return false;
  int code = s->inflating ? inflateSetDictionary(&s->z, view.bytes, (uInt)view.size)
                          : deflateSetDictionary(&s->z, view.bytes, (uInt)view.size);
  buffer_release(vm, &view);
  if (code == Z_OK) return true;
  if (s->inflating) return stream_error(vm, &s->z, code, "while setting zdict"), false;
  return raise_false(vm, TYPE_OF(ValueError),
                     code == Z_STREAM_ERROR ? "Invalid dictionary" : "deflateSetDictionary()");
}

static Value zlib_compressobj(VM *vm, Value self, const zlib_compressobj_args *a) {
  if (a->zdict != VALUE_NONE && !value_is_bytes_like(a->zdict))
    return raise_type(vm, "a bytes-like object is required, not '%T'", a->zdict);
  Stream *s = stream_new(vm, false);
  s->stores = a->level == 0;
  int code = deflateInit2(&s->z, a->level, a->method, a->wbits, a->memLevel, a->strategy);
  if (code == Z_MEM_ERROR)
    return raise_error(vm, TYPE_OF(MemoryError), "Can't allocate memory for compression object");
  if (code == Z_STREAM_ERROR) return raise_value(vm, "Invalid initialization option");
  if (code != Z_OK) return stream_error(vm, &s->z, code, "while creating compression object");
  s->open = true;
  if (a->zdict != VALUE_NONE && !use_dictionary(vm, s, a->zdict)) return VALUE_FAIL;
  return value_from(s);
}

static Value zlib_decompressobj(VM *vm, Value self, const zlib_decompressobj_args *a) {
  if (a->zdict != VALUE_MISSING && !value_is_bytes_like(a->zdict))
    return raise_type(vm, "zdict argument must support the buffer protocol");
  Stream *s = stream_new(vm, true);
  int code = inflateInit2(&s->z, a->wbits);
  if (code == Z_STREAM_ERROR) return raise_value(vm, "Invalid initialization option");
  if (code == Z_MEM_ERROR)
    return raise_error(vm, TYPE_OF(MemoryError), "Can't allocate memory for decompression object");
  if (code != Z_OK) return stream_error(vm, &s->z, code, "while creating decompression object");
  s->open = true;
  if (a->zdict != VALUE_MISSING) {
    s->dictionary = a->zdict;
    heap_barrier(vm, s, a->zdict);
    if (a->wbits < 0 && !use_dictionary(vm, s, a->zdict)) return VALUE_FAIL;
  }
  return value_from(s);
}

static Value compressor_compress(VM *vm, Stream *self, const compressor_compress_args *a) {
  Buffer out;
  size_t left;
  if (!occupy(vm, &self->user)) return VALUE_FAIL;
  buffer_init(&out);
  Pump f = self->stores ? store : deflate;
  int code = pump(vm, &self->z, f, a->data.bytes, a->data.n, Z_NO_FLUSH, 0, 16384, &out, &left);
  self->user = NULL;
  if (code == Z_OK || code == Z_BUF_ERROR) return finish_bytes(vm, &out);
  buffer_deinit(&out);
  return stream_error(vm, &self->z, code, "while compressing data");
}

static Value compressor_flush(VM *vm, Stream *self, const compressor_flush_args *a) {
  Buffer out;
  size_t left;
  buffer_init(&out);
  if (a->mode == Z_NO_FLUSH) return finish_bytes(vm, &out);
  if (!occupy(vm, &self->user)) return VALUE_FAIL;
  Pump f = self->stores ? store : deflate;
  int code = pump(vm, &self->z, f, (const uint8_t *)"", 0, a->mode, 0, 16384, &out, &left);
  self->user = NULL;
  if (code == Z_STREAM_END && a->mode == Z_FINISH) {
    code = deflateEnd(&self->z);
    self->open = false;
    if (code == Z_OK) return finish_bytes(vm, &out);
    buffer_deinit(&out);
    return stream_error(vm, &self->z, code, "while finishing compression");
  }
  if (code == Z_OK || code == Z_BUF_ERROR) return finish_bytes(vm, &out);
  buffer_deinit(&out);
  return stream_error(vm, &self->z, code, "while flushing");
}

static Value bytes_of(VM *vm, const uint8_t *data, size_t n) {
  Bytes *bytes = bytes_new(vm, n ? data : (const uint8_t *)"", n);
  return value_of(bytes);
}

/* Behind a piece of input: what was not consumed goes to unused_data (after the end) or
** unconsumed_tail. */
static bool keep_rest(VM *vm, Stream *s, const uint8_t *rest, size_t left) {
  if (s->eof && left) { /* there may be some from before */
    const Bytes *before = value_object(s->unused_data);
    Bytes *joined = bytes_new(vm, NULL, before->length + left);
    if (!joined) return false;
    memcpy(joined->data, before->data, before->length);
    memcpy(joined->data + before->length, rest, left);
    s->unused_data = value_from(joined);
    heap_barrier(vm, s, s->unused_data);
    left = 0;
  }
  if (left || ((const Bytes *)value_object(s->unconsumed_tail))->length) {
    s->unconsumed_tail = bytes_of(vm, rest, left);
    if (value_is_fail(s->unconsumed_tail)) return false;
    heap_barrier(vm, s, s->unconsumed_tail);
  }
  return true;
}

static Value inflate_more(VM *vm, Stream *self, const uint8_t *bytes, size_t size, int flush,
                          size_t most, size_t room) {
  Buffer out;
  size_t left;
  buffer_init(&out);
  int code = pump(vm, &self->z, inflate, bytes, size, flush, most, room, &out, &left);
  if (code == Z_NEED_DICT && self->dictionary != VALUE_NONE) {
    if (!use_dictionary(vm, self, self->dictionary)) return buffer_deinit(&out), VALUE_FAIL;
    code = pump(vm, &self->z, inflate, bytes + (size - left), left, flush, most, room, &out, &left);
  }
  if (code == Z_STREAM_END) self->eof = true;
  if (code != Z_STREAM_END && code != Z_OK && code != Z_BUF_ERROR) {
    buffer_deinit(&out);
    return stream_error(vm, &self->z, code, "while decompressing data");
  }
  if (!keep_rest(vm, self, bytes + (size - left), left)) return buffer_deinit(&out), VALUE_FAIL;
  return finish_bytes(vm, &out);
}

static Value inflate_some(VM *vm, Stream *self, const uint8_t *bytes, size_t size, int flush,
                          size_t most, size_t room) {
  if (!occupy(vm, &self->user)) return VALUE_FAIL;
  Value out = inflate_more(vm, self, bytes, size, flush, most, room);
  self->user = NULL;
  return out;
}

static Value decompressor_decompress(VM *vm, Stream *self, const decompressor_decompress_args *a) {
  if (a->max_length < 0) return raise_value(vm, "max_length must be non-negative");
  Value result;
  if (self->eof)
    result = keep_rest(vm, self, a->data.bytes, a->data.n) ? bytes_of(vm, NULL, 0) : VALUE_FAIL;
  else
    result = inflate_some(vm, self, a->data.bytes, a->data.n, Z_SYNC_FLUSH, (size_t)a->max_length,
                          16384);
  return result;
}

static Value decompressor_flush(VM *vm, Stream *self, const decompressor_flush_args *a) {
  if (a->length <= 0) return raise_value(vm, "length must be greater than zero");
  if (self->eof && self->open) {
    inflateEnd(&self->z);
    self->open = false;
  }
  if (!self->open) return bytes_of(vm, NULL, 0);
  Value tail = self->unconsumed_tail;
  const Bytes *rest = value_object(tail);
  Value result = inflate_some(vm, self, rest->data, rest->length, Z_FINISH, 0, (size_t)a->length);
  if (!value_is_fail(result) && self->eof) {
    inflateEnd(&self->z);
    self->open = false;
  }
  return result;
}

static Value copy_stream(VM *vm, Stream *self) {
  if (!self->open) return raise_value(vm, "Inconsistent stream state");
  if (!occupy(vm, &self->user)) return VALUE_FAIL;
  self->user = NULL; /* nothing happens to it from here to the end */
  Stream *copy = stream_new(vm, self->inflating);
  int code = self->inflating ? inflateCopy(&copy->z, &self->z) : deflateCopy(&copy->z, &self->z);
  if (code == Z_STREAM_ERROR) return raise_value(vm, "Inconsistent stream state");
  if (code == Z_MEM_ERROR)
    return raise_error(vm, TYPE_OF(MemoryError), "Can't allocate memory for %s object",
                       self->inflating ? "decompression" : "compression");
  if (code != Z_OK)
    return stream_error(vm, &self->z, code,
                        self->inflating ? "while copying decompression object"
                                        : "while copying compression object");
  copy->open = true;
  copy->eof = self->eof, copy->stores = self->stores;
  copy->unused_data = self->unused_data, copy->unconsumed_tail = self->unconsumed_tail,
  copy->dictionary = self->dictionary;
  heap_barrier_any(vm, copy);
  return value_from(copy);
}
static Value compressor_copy(VM *vm, Stream *self, const compressor_copy_args *a) {
  return copy_stream(vm, self);
}
static Value compressor_copy_special(VM *vm, Stream *self, const compressor_copy_special_args *a) {
  return copy_stream(vm, self);
}
static Value compressor_deepcopy(VM *vm, Stream *self, const compressor_deepcopy_args *a) {
  return copy_stream(vm, self);
}
static Value decompressor_copy(VM *vm, Stream *self, const decompressor_copy_args *a) {
  return copy_stream(vm, self);
}
static Value decompressor_copy_special(VM *vm, Stream *self,
                                       const decompressor_copy_special_args *a) {
  return copy_stream(vm, self);
}
static Value decompressor_deepcopy(VM *vm, Stream *self, const decompressor_deepcopy_args *a) {
  return copy_stream(vm, self);
}
static Value decompressor_get_unused_data(VM *vm, Stream *self) { return self->unused_data; }
static Value decompressor_get_unconsumed_tail(VM *vm, Stream *self) {
  return self->unconsumed_tail;
}
static Value decompressor_get_eof(VM *vm, Stream *self) { return value_bool(self->eof); }

static void stream_trace(Marker *marker, Object *object) {
  mark_values(marker, &((const Stream *)object)->unused_data, 3);
}
static void stream_destroy(VM *vm, Object *object) {
  Stream *s = (Stream *)object;
  if (s->open && s->inflating) inflateEnd(&s->z);
  else if (s->open) deflateEnd(&s->z);
}

const ClassSpec zlib_Compress_class = {
    NATIVE_CLASS(compressor_),
    .basic_size = sizeof(Stream),
    .trace = stream_trace,
    .destroy = stream_destroy,
};
const ClassSpec zlib_Decompress_class = {
    NATIVE_CLASS(decompressor_),
    .basic_size = sizeof(Stream),
    .trace = stream_trace,
    .destroy = stream_destroy,
};

/* ---- checksums */

typedef uLong (*Checksum)(uLong, const Bytef *, z_size_t);

static Value checksum(VM *vm, const Pin *data, Value start, uint64_t fallback, Checksum f) {
  uint64_t n = fallback;
  if (start != VALUE_MISSING) {
    Value exact;
    if (!value_index(vm, start, &exact)) return VALUE_FAIL;
    exact = int_and(vm, exact, value_int_unchecked(UINT32_MAX));
    if (value_is_fail(exact) || !int_to_uint64(exact, &n)) return VALUE_FAIL;
  }
  const uint8_t *bytes = data->n ? data->bytes : (const uint8_t *)"";
  size_t left = data->n;
  while (left >= WORTH_LETTING_GO) {
    size_t part = left < PART_SUMMED ? left : PART_SUMMED;
    n = BLOCKING(vm, f(n, bytes, part));
    bytes += part, left -= part;
    if (!vm_listen(vm)) return VALUE_FAIL;
  }
  n = f(n, bytes, left);
  return value_int(vm, (int64_t)(n & UINT32_MAX));
}
static Value zlib_adler32(VM *vm, Value self, const zlib_adler32_args *a) {
  return checksum(vm, &a->data, a->value, 1, adler32_z);
}
static Value zlib_crc32(VM *vm, Value self, const zlib_crc32_args *a) {
  return checksum(vm, &a->data, a->value, 0, crc32_z);
}

static bool init(VM *vm, Module *module) {
  static const NamedInt constants[] = {
      {"MAX_WBITS", MAX_WBITS},
      {"DEFLATED", Z_DEFLATED},
      {"DEF_MEM_LEVEL", 8},
      {"DEF_BUF_SIZE", 16384},
      {"Z_BEST_SPEED", Z_BEST_SPEED},
      {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
      {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION},
      {"Z_NO_COMPRESSION", Z_NO_COMPRESSION},
      {"Z_FILTERED", Z_FILTERED},
      {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
      {"Z_RLE", Z_RLE},
      {"Z_FIXED", Z_FIXED},
      {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY},
      {"Z_FINISH", Z_FINISH},
      {"Z_NO_FLUSH", Z_NO_FLUSH},
      {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
      {"Z_SYNC_FLUSH", Z_SYNC_FLUSH},
      {"Z_FULL_FLUSH", Z_FULL_FLUSH},
      {"Z_BLOCK", Z_BLOCK},
      {"Z_TREES", Z_TREES},
  };
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  state.error = module_new_exception(vm, "zlib", "error", TYPE_OF(Exception));
  heap_add_root(vm, &state.error);
  return !value_is_fail(state.error) && module_add(vm, module, "error", state.error) &&
         module_add_str(vm, module, "ZLIB_VERSION", ZLIB_VERSION) &&
         module_add_str(vm, module, "ZLIB_RUNTIME_VERSION", zlibVersion()) &&
         module_add_str(vm, module, "__version__", "1.0");
}

const ModuleSpec zlib_module = {
    .name = "zlib",
    .doc = "The functions in this module allow compression and decompression using the\nzlib "
           "library, which is based on GNU zip.",
    NATIVE_FUNCTIONS(zlib_),
    .init = init,
};
#else
const char zlib_is_absent = 0;
#endif
