/* inflow.h -- what the decompressors of _bz2 and _lzma share: input that max_length left over, and
** the end of the stream.
**
** Law: `kept` is empty when eof or needs_input; unused_data is what stood behind the end.
** A codec gives Inflow.step, which consumes from [next, next + left) and appends to `out` until
** input or room (most, -1: any) end. */
#ifndef KRAIT_INFLOW_H
#define KRAIT_INFLOW_H

#include "vm/base/buffer.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/memory/heap.h"
#include "vm/objects/bytes.h"
#include "vm/objects/str.h"

typedef struct Inflow {
  Object h;
  Value unused_data;
  Buffer kept; /* [owned] input of earlier calls */
  bool eof, needs_input;
  struct Thread *user; /* see occupy */
} Inflow;

/* So much input and output at a time, with the global lock released and an ear for signals in
** between. */
enum { PART_IN = 1 << 17, PART_OUT = 1 << 22 };
static inline size_t part_of(size_t n) { return n < PART_IN ? n : PART_IN; }

/* Consumes input, appends output; sets flow->eof at the end of the stream. false: raised. */
typedef bool (*InflowStep)(VM *vm, Inflow *flow, const uint8_t **next, size_t *left, int64_t most,
                           Buffer *out);

MUST_USE static inline Value bytes_value(VM *vm, const uint8_t *data, size_t n) {
  Bytes *bytes = bytes_new(vm, n ? data : (const uint8_t *)"", n);
  return value_of(bytes);
}

/* The output as bytes; its buffer is freed. */
MUST_USE static inline Value finish_output(VM *vm, Buffer *out) {
  Value v = value_of(bytes_from_buffer(vm, out));
  buffer_deinit(out);
  return v;
}

/* Room behind the output: doubles from 8 KB, and never beyond `most`. 0: the limit is reached.
** OUTPUT_REFUSED: MemoryError raised. */
#define OUTPUT_REFUSED SIZE_MAX
static inline size_t output_room(VM *vm, Buffer *out, int64_t most) {
  size_t want = out->size < 8192 ? 8192 : out->size < PART_OUT ? out->size : PART_OUT;
  if (most >= 0 && want > (size_t)most - out->size) want = (size_t)most - out->size;
  if (!want || LIKELY(buffer_reserve(out, want))) return want;
  (void)raise_memory(vm);
  return OUTPUT_REFUSED;
}

/* compress_some: what `compress` makes of the data, or of what it still holds when data is
** VALUE_MISSING, as bytes. */
typedef bool (*CompressStep)(VM *vm, void *compressor, const uint8_t *bytes, size_t n, bool finish,
                             Buffer *out);
MUST_USE static inline Value compress_some(VM *vm, void *compressor, Value data,
                                           CompressStep compress) {
  BufferView view = {0};
  Buffer out;
  bool finish = data == VALUE_MISSING;
  if (!finish && !buffer_acquire(vm, data, &view, false)) return VALUE_FAIL;
  buffer_init(&out);
  bool fine = compress(vm, compressor, view.bytes, view.size, finish, &out);
  if (!finish) buffer_release(vm, &view);
  if (fine) return finish_output(vm, &out);
  buffer_deinit(&out);
  return VALUE_FAIL;
}

static inline void inflow_init(VM *vm, Inflow *flow) {
  flow->needs_input = true;
  flow->unused_data = bytes_value(vm, NULL, 0);
  heap_barrier(vm, flow, flow->unused_data);
}

/* inflow_run: decompress(data, max_length). full_needs_more: output that just reached max_length
** may have more behind it although all input is consumed. */
MUST_USE static inline Value inflow_run_occupied(VM *vm, Inflow *flow, Value data, int64_t most,
                                                 InflowStep step, bool full_needs_more) {
  BufferView view;
  Buffer out;
  if (!buffer_acquire(vm, data, &view, false)) return VALUE_FAIL;
  buffer_init(&out);
  bool from_kept = flow->kept.size > 0;
  /* room for the rest, whatever it will be */
  if (!buffer_try_reserve(&flow->kept, view.size + 1)) {
    buffer_release(vm, &view);
    return raise_memory(vm);
  }
  if (from_kept) buffer_add(&flow->kept, view.bytes, view.size);
  const uint8_t *next = from_kept ? flow->kept.bytes : view.bytes;
  size_t left = from_kept ? flow->kept.size : view.size;
  if (most < 0) most = -1;
  bool fine = step(vm, flow, &next, &left, most, &out);
  flow->needs_input = false;
  if (fine && flow->eof) {
    if (left) flow->unused_data = bytes_value(vm, next, left);
    fine = flow->unused_data != VALUE_FAIL;
    heap_barrier(vm, flow, flow->unused_data);
    left = 0;
  } else if (fine && !left) {
    flow->needs_input = !(full_needs_more && most >= 0 && out.size == (size_t)most);
  }
  if (!fine || !left) {
    flow->kept.size = 0;
  } else if (from_kept) {
    memmove(flow->kept.bytes, next, left);
    flow->kept.size = left;
  } else {
    buffer_add(&flow->kept, next, left);
  }
  buffer_release(vm, &view);
  if (fine) return finish_output(vm, &out);
  buffer_deinit(&out);
  return VALUE_FAIL;
}

MUST_USE MAY_RUN static inline Value inflow_run(VM *vm, Inflow *flow, Value data, int64_t most,
                                                InflowStep step, bool full_needs_more) {
  if (!occupy(vm, &flow->user)) return VALUE_FAIL;
  Value out = inflow_run_occupied(vm, flow, data, most, step, full_needs_more);
  flow->user = NULL;
  return out;
}

#endif
