/* buffer.c -- who gives out buffers: bytes, bytearray, memoryview, and types that register a
** provider. */
#include "vm/core/late_types.h"
#include "vm/contracts/buffer.h"

#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/memoryview.h"

enum { PROVIDERS_MAX = 32 };

static struct {
  const ClassSpec *spec;
  BufferProvider provide;
  BufferReleaser release;
} providers[PROVIDERS_MAX];
static int provider_count;

void buffer_register(const ClassSpec *spec, BufferProvider provide, BufferReleaser release) {
  for (int i = 0; i < provider_count; i++)
    if (providers[i].spec == spec) return;
  if (provider_count == PROVIDERS_MAX) panic("too many buffer providers");
  providers[provider_count].spec = spec;
  providers[provider_count].provide = provide;
  providers[provider_count++].release = release;
}

static int find_provider(Value v) {
  if (!value_is_pointer(v)) return -1;
  for (const Type *type = value_type(v); type; type = type->base)
    for (int i = 0; i < provider_count; i++)
      if (providers[i].spec == type->spec) return i;
  return -1;
}

bool value_is_bytes_like(Value v) {
  return value_has_flag(v, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS) ||
         value_is(v, memoryview) || find_provider(v) >= 0;
}

bool buffer_acquire(VM *vm, Value v, BufferView *view, bool writable) {
  *view = (BufferView){.owner = v, .item_size = 1, .format = "B", .ndim = 1};
  if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) {
    Bytes *bytes = value_object(v);
    view->bytes = bytes->data;
    view->size = bytes->length;
    view->readonly = true;
  } else if (value_has_flag(v, TYPE_BYTEARRAY_SUBCLASS)) {
    ByteArray *array = value_object(v);
    view->bytes = bytearray_bytes(array);
    view->size = array->length;
    array->exports++;
  } else if (value_is(v, memoryview)) {
    if (!memoryview_acquire(vm, v, view)) return false;
  } else {
    int i = find_provider(v);
    if (i < 0)
      return raise_false(vm, TYPE_OF(TypeError), "a bytes-like object is required, not '%.100T'",
                         v);
    if (!providers[i].provide(vm, v, view)) return false;
  }
  if (writable && view->readonly) {
    buffer_release(vm, view);
    return raise_false(vm, TYPE_OF(BufferError), "Object is not writable.");
  }
  return true;
}

void buffer_release(VM *vm, BufferView *view) {
  Value v = view->owner;
  if (v == VALUE_UNBOUND) return;
  view->owner = VALUE_UNBOUND;
  if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) return;
  if (value_has_flag(v, TYPE_BYTEARRAY_SUBCLASS)) {
    ((ByteArray *)value_object(v))->exports--;
  } else if (value_is(v, memoryview)) {
    memoryview_release_view(vm, v);
  } else {
    int i = find_provider(v);
    if (i >= 0 && providers[i].release) providers[i].release(vm, v);
  }
}

/* As in CPython, where a view is gone with its last reference. */
static bool exports_something(const Object *object) {
  Value v = value_from(object);
  return value_is(v, memoryview) || value_is(v, struct_unpack_iterator);
}

bool exports_settle(VM *vm, const int64_t *exports) {
  if (LIKELY(*exports == 0)) return true;
  heap_destroy_dead(vm, false, exports_something);
  if (*exports) heap_destroy_dead(vm, true, exports_something);
  return *exports == 0;
}

bool span_of(VM *vm, Value v, Span *span) {
  if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) {
    const Bytes *bytes = value_object(v);
    *span = (Span){bytes->data, bytes->length};
    return true;
  }
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return false;
  *span = (Span){view.bytes, view.size};
  buffer_release(vm, &view);
  return true;
}

/* perf-note 0049 */
bool pin_of(VM *vm, Value v, Pin *pin) {
  pin->owner = VALUE_UNBOUND;
  if (LIKELY(value_has_flag(v, TYPE_BYTES_SUBCLASS))) {
    const Bytes *bytes = value_object(v);
    pin->bytes = bytes->data;
    pin->n = bytes->length;
    return true;
  }
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return false;
  pin->bytes = view.bytes;
  pin->n = view.size;
  pin->owner = view.owner;
  return true;
}

void pin_release_owner(VM *vm, Pin *pin) {
  BufferView view = {.owner = pin->owner};
  pin->owner = VALUE_UNBOUND;
  buffer_release(vm, &view);
}
