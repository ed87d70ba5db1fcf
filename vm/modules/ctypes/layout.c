/* layout.c -- what C sees of a class: size, alignment, format of its buffers, and how libffi passes
** it by value. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/str.h"

static void trace_layout(Marker *marker, Object *self) {
  const Layout *layout = (const Layout *)self;
  mark_value(marker, layout->item);
  mark_value(marker, layout->argtypes);
  mark_object(marker, layout->converters);
  mark_value(marker, layout->restype);
  mark_value(marker, layout->checker);
  mark_object(marker, layout->format);
  mark_object(marker, layout->shape);
  mark_object(marker, layout->parts);
  mark_object(marker, layout->elements);
}

const ClassSpec ctypes_layout_class = {
    .name = "ctypes_layout",
    .flags = TYPE_INTERNAL,
    .basic_size = sizeof(Layout),
    .trace = trace_layout,
};

Layout *layout_new(VM *vm, CKind kind) {
  Layout *layout = heap_new_zeroed(vm, SHAPE_OF(ctypes_layout), sizeof *layout);
  layout->kind = (uint8_t)kind;
  layout->item = VALUE_NONE;
  layout->argtypes = layout->restype = layout->checker = VALUE_UNBOUND;
  layout->ffi = &ffi_type_pointer;
  layout->align = 1;
  return layout;
}

Layout *layout_copy(VM *vm, const Layout *from) {
  Layout *layout = layout_new(vm, from->kind);
  Object h = layout->h;
  *layout = *from;
  layout->h = h;
  layout->is_final = false;
  if (from->ffi == &from->aggregate) layout->ffi = &layout->aggregate;
  return layout;
}

void ctype_trace(Marker *marker, Object *self) {
  if (type_has((Type *)self, TYPE_HEAP)) mark_value(marker, ((CType *)self)->layout);
}

void type_set_layout(VM *vm, Type *type, Layout *layout) {
  ((CType *)type)->layout = value_from(layout);
  heap_barrier_object(vm, type, layout);
}

bool type_is_plain(const Type *type) {
  const Layout *layout = layout_of_type(type);
  return layout && layout->kind == C_SIMPLE && type->base == TYPE_OF(ctypes_simple);
}

bool layout_is_char(const Layout *layout, char letter) {
  return layout && layout->kind == C_SIMPLE && layout->code->letter == letter;
}

/* ---- formats */

bool layout_set_format(VM *vm, Layout *layout, const char *format, size_t n) {
  Bytes *text = bytes_new(vm, format, n);
  if (!text) return false;
  layout->format = text;
  heap_barrier_object(vm, layout, text);
  return true;
}

Str *layout_describe(VM *vm, const Layout *layout) {
  StrBuilder b;
  str_builder_init(&b, vm);
  const int64_t *shape = layout->shape ? (const int64_t *)layout->shape->bytes : NULL;
  for (int i = 0; i < layout->ndim; i++) {
    Str *number = str_format(vm, i == 0 ? "(%lld" : ",%lld", (long long)shape[i]);
    if (!number) return str_builder_drop(&b), NULL;
    str_builder_str(&b, number);
  }
  if (layout->ndim) str_builder_char(&b, ')');
  if (layout->format)
    str_builder_ascii(&b, (const char *)layout->format->data, layout->format->length);
  else str_builder_char(&b, 'B');
  return str_builder_finish(&b);
}

/* ---- aggregates by value: their leaves, or words that travel in the same registers */

/* Larger ones are passed in memory, whatever they hold. */
enum { LEAVES_MAX = 64 };

typedef struct Leaves {
  ffi_type *types[LEAVES_MAX];
  size_t offsets[LEAVES_MAX];
  int count;
  bool overlap; /* of a union, or bit fields: order and number tell nothing */
} Leaves;

/* false: too many */
static bool add_leaves(Leaves *leaves, const Layout *layout, size_t offset) {
  if (layout->kind == C_ARRAY) {
    const Layout *item = layout_of_value(layout->item);
    for (int64_t i = 0; i < layout->length; i++)
      if (!add_leaves(leaves, item, offset + (size_t)i * item->size)) return false;
    return true;
  }
  if (layout->kind != C_STRUCT && layout->kind != C_UNION) {
    if (leaves->count == LEAVES_MAX) return false;
    leaves->types[leaves->count] = layout->ffi;
    leaves->offsets[leaves->count++] = offset;
    return true;
  }
  leaves->overlap |= layout->kind == C_UNION || layout->has_bits;
  for (size_t i = 0; layout->parts && i < tuple_length(layout->parts); i += 2) {
    const Layout *part = layout_of_value(layout->parts->items[i]);
    size_t at = offset + (size_t)value_as_int(layout->parts->items[i + 1]);
    if (!add_leaves(leaves, part, at)) return false;
  }
  return true;
}

static bool leaf_is_float(const ffi_type *type) {
  return type == &ffi_type_float || type == &ffi_type_double;
}

/* What the word of eight bytes (or less, at the end) at `offset` is. */
static ffi_type *word_type(const Leaves *leaves, size_t offset, size_t n) {
  bool all_float = true, has_float = false;
  for (int i = 0; i < leaves->count; i++) {
    if (leaves->offsets[i] / 8 != offset / 8) continue;
    all_float &= leaf_is_float(leaves->types[i]);
    has_float = true;
  }
  if (all_float && has_float) return n == 4 ? &ffi_type_float : &ffi_type_double;
  return n >= 8   ? &ffi_type_uint64
         : n >= 4 ? &ffi_type_uint32
         : n >= 2 ? &ffi_type_uint16
                  : &ffi_type_uint8;
}

static void make_words(Leaves *leaves, size_t size) {
  Leaves words = {.count = 0};
  for (size_t at = 0; at < size; at += 8)
    words.types[words.count++] = word_type(leaves, at, size - at);
  *leaves = words;
}

bool layout_set_aggregate(VM *vm, Layout *layout) {
  Leaves leaves = {.count = 0};
  bool fits = layout->size <= LEAVES_MAX && add_leaves(&leaves, layout, 0);
  if (!fits) {
    leaves.types[0] = &ffi_type_uint8;
    leaves.count = 1;
  } else if (leaves.overlap) {
    make_words(&leaves, layout->size);
  }
  RawBytes *elements = raw_bytes_new(vm, ((size_t)leaves.count + 1) * sizeof(ffi_type *));
  if (!elements) return false;
  ffi_type **types = (ffi_type **)elements->bytes;
  memcpy(types, leaves.types, (size_t)leaves.count * sizeof *types);
  types[leaves.count] = NULL;
  layout->elements = elements;
  heap_barrier_object(vm, layout, elements);
  layout->aggregate = (ffi_type){.size = layout->size,
                                 .alignment = (unsigned short)layout->align,
                                 .type = FFI_TYPE_STRUCT,
                                 .elements = types};
  layout->ffi = &layout->aggregate;
  return true;
}
#endif
