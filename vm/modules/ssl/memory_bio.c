/* memory_bio.c -- _ssl.MemoryBIO: bytes between a connection and whoever carries them. */
#include "vm/base/libraries.h"
#if WITH_SSL
#include "vm/modules/ssl/ssl.h"
#include "vm/objects/bytes.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/ssl/memory_bio.def"
#define NATIVE_PREFIX bio_
#define NATIVE_SELF MemoryBio *
#include "vm/contracts/native_class.inc"

static Value bio_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (cls == TYPE_OF(ssl_MemoryBIO) && kwnames && tuple_length(kwnames))
    return raise_type(vm, "MemoryBIO() takes no keyword arguments");
  if (cls == TYPE_OF(ssl_MemoryBIO) && npos)
    return raise_type(vm, "MemoryBIO() takes no positional arguments");
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) heap_track_destroy(vm, value_object(v));
  return v;
}

static Value bio_read(VM *vm, MemoryBio *self, const bio_read_args *a) {
  size_t n = queue_size(&self->queue);
  if (a->size >= 0 && (size_t)a->size < n) n = (size_t)a->size;
  Bytes *bytes = bytes_new(vm, NULL, n);
  if (!bytes) return VALUE_FAIL;
  queue_take(&self->queue, bytes->data, n);
  return value_from(bytes);
}

static Value bio_write(VM *vm, MemoryBio *self, const bio_write_args *a) {
  if (self->ended) return ssl_raise_plain(vm, "cannot write() after write_eof()");
  if (!queue_add(&self->queue, a->b.bytes, a->b.n)) return raise_memory(vm);
  return value_int(vm, (int64_t)a->b.n);
}

static Value bio_write_eof(VM *vm, MemoryBio *self, const bio_write_eof_args *a) {
  self->ended = true;
  return VALUE_NONE;
}

static Value bio_get_pending(VM *vm, MemoryBio *self) {
  return value_int(vm, (int64_t)queue_size(&self->queue));
}
static Value bio_get_eof(VM *vm, MemoryBio *self) {
  return value_bool(self->ended && !queue_size(&self->queue));
}

static void bio_destroy(VM *vm, Object *object) { queue_free(&((MemoryBio *)object)->queue); }

static bool bio_verify(const Object *object) {
  const ByteQueue *q = &((const MemoryBio *)object)->queue;
  LAW(q->start <= q->end && q->end <= q->capacity && (q->bytes || !q->capacity));
  return true;
}

const ClassSpec ssl_MemoryBIO_class = {
    NATIVE_CLASS(bio_),
    .verify = VERIFIER(bio_verify),
    .basic_size = sizeof(MemoryBio),
    .destroy = bio_destroy,
};
#endif
