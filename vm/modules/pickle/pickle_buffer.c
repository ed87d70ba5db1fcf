/* pickle_buffer.c -- PickleBuffer: marks a buffer that may travel outside of the pickle. */
#include "vm/modules/pickle/pickle.h"
#include "vm/objects/items.h"
#include "vm/objects/memoryview.h"

#define NATIVE_DEF "vm/modules/pickle/pickle_buffer.def"
#define NATIVE_PREFIX buffer_
#define NATIVE_SELF PickleBuffer *
#include "vm/contracts/native_class.inc"

bool pickle_buffer_is_alive(VM *vm, PickleBuffer *self) {
  return self->view != VALUE_NONE ||
         raise_false(vm, TYPE_OF(ValueError),
                     "operation forbidden on released PickleBuffer object");
}

static Value buffer_construct(VM *vm, Type *cls, const buffer_construct_args *a) {
  if (!value_is_bytes_like(a->object))
    return raise_type(vm, "a bytes-like object is required, not '%.100T'", a->object);
  Value view = memoryview_new(vm, a->object);
  if (value_is_fail(view)) return view;
  PickleBuffer *self = heap_new(vm, SHAPE_OF(PickleBuffer), sizeof *self);
  self->view = view;
  return value_from(self);
}

static Value buffer_raw(VM *vm, PickleBuffer *self, const buffer_raw_args *a) {
  if (!pickle_buffer_is_alive(vm, self)) return VALUE_FAIL;
  Value contiguous = get_attribute(vm, self->view, NAME("contiguous"));
  if (value_is_fail(contiguous)) return contiguous;
  if (contiguous != VALUE_TRUE)
    return raise_error(vm, TYPE_OF(BufferError),
                       "cannot extract raw buffer from non-contiguous buffer");
  return call_method1(vm, self->view, NAME("cast"), value_from(NAME("B")));
}

static Value buffer_release_all(VM *vm, PickleBuffer *self) {
  Value view = self->view;
  self->view = VALUE_NONE;
  return view == VALUE_NONE ? VALUE_NONE : call_method0(vm, view, NAME("release"));
}
static Value buffer_release_method(VM *vm, PickleBuffer *self,
                                   const buffer_release_method_args *a) {
  return buffer_release_all(vm, self);
}

/* ---- as a buffer: what its view shows, exported by the object beneath */
static bool provide(VM *vm, Value v, BufferView *view) {
  PickleBuffer *self = value_object(v);
  BufferView shown;
  if (!pickle_buffer_is_alive(vm, self) || !buffer_acquire(vm, self->view, &shown, false))
    return false;
  bool fine = buffer_acquire(vm, ((MemoryView *)value_object(self->view))->owner, view, false);
  view->bytes = shown.bytes, view->size = shown.size, view->item_size = shown.item_size,
  view->format = shown.format, view->readonly = shown.readonly;
  buffer_release(vm, &shown);
  return fine;
}
void pickle_buffer_register(void) { buffer_register(&PickleBuffer_class, provide, NULL); }

static void buffer_trace(Marker *marker, Object *object) {
  mark_value(marker, ((PickleBuffer *)object)->view);
}

const ClassSpec PickleBuffer_class = {
    NATIVE_CLASS(buffer_),
    .basic_size = sizeof(PickleBuffer),
    .trace = buffer_trace,
};
