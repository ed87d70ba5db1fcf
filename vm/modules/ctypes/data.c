/* data.c -- instances: where their memory is, what it keeps alive, reading and writing of parts,
** pickles, buffers. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/codec.h"
#include "vm/objects/items.h"
#include "vm/objects/str.h"

#include <stdio.h>

#define NATIVE_DEF "vm/modules/ctypes/data.def"
#define NATIVE_PREFIX data_
#define NATIVE_SELF CData *
#include "vm/contracts/native_class.inc"

/* ---- making */

static CData *blank(VM *vm, Type *type) {
  Value v = object_new(vm, type);
  if (value_is_fail(v)) return NULL;
  CData *data = value_object(v);
  data->base = data->objects = VALUE_UNBOUND;
  data->bytes = data->inline_bytes;
  if (object_type(data)->trace == cfunction_trace) {
    CFunction *function = (CFunction *)data;
    function->callable = function->errcheck = VALUE_UNBOUND;
    function->argtypes = function->restype = function->checker = VALUE_UNBOUND;
  }
  return data;
}

/* The layout of a class whose first instance is made; NULL: TypeError. */
static Layout *layout_for_instance(VM *vm, const Type *type) {
  Layout *layout = layout_of_type(type);
  if (!layout) return raise_type(vm, "abstract class"), NULL;
  layout->is_final = true;
  return layout;
}

static Value new_instance(VM *vm, Type *type) {
  const Layout *layout = layout_for_instance(vm, type);
  CData *data = layout ? blank(vm, type) : NULL;
  if (!data) return VALUE_FAIL;
  if (layout->size > sizeof data->inline_bytes) {
    RawBytes *store = raw_bytes_new(vm, layout->size);
    if (!store) return VALUE_FAIL;
    memset(store->bytes, 0, layout->size);
    data->store = store;
    data->bytes = store->bytes;
    heap_barrier_object(vm, data, store);
  }
  data->size = layout->size; /* last: there were not so many till now */
  return value_from(data);
}

Value cdata_construct(VM *vm, Type *type) { return new_instance(vm, type); }

Value cdata_at(VM *vm, Type *type, void *address) {
  const Layout *layout = layout_for_instance(vm, type);
  CData *data = layout ? blank(vm, type) : NULL;
  if (!data) return VALUE_FAIL;
  data->size = layout->size;
  data->bytes = address;
  return value_from(data);
}

Value cdata_part(VM *vm, Type *type, CData *base, int64_t index, void *address) {
  Value v = cdata_at(vm, type, address);
  if (value_is_fail(v)) return v;
  CData *data = value_object(v);
  data->base = value_from(base);
  data->index = index;
  heap_barrier(vm, data, data->base);
  return v;
}

Value cdata_copy_of(VM *vm, Type *type, const void *bytes) {
  Value v = new_instance(vm, type);
  if (value_is_fail(v)) return v;
  CData *data = value_object(v);
  memcpy(data->bytes, bytes, data->size);
  return v;
}

void cdata_trace(Marker *marker, Object *self) {
  const CData *data = (const CData *)self;
  mark_object(marker, data->store);
  mark_value(marker, data->base);
  mark_value(marker, data->objects);
  bool is_own = data->bytes == data->inline_bytes || data->store;
  if (!is_own && heap_contains(data->bytes))
    mark_conservative(marker, &data->bytes, &data->bytes + 1);
}

void cfunction_trace(Marker *marker, Object *self) {
  const CFunction *function = (const CFunction *)self;
  cdata_trace(marker, self);
  mark_value(marker, function->callable);
  mark_value(marker, function->errcheck);
  mark_value(marker, function->restype);
  mark_value(marker, function->checker);
  mark_value(marker, function->argtypes);
  mark_object(marker, function->converters);
  mark_object(marker, function->paramflags);
  mark_object(marker, function->thunk);
  mark_object(marker, function->plan);
}

COLD Value cdata_raise_short(VM *vm, const CData *data) {
  return raise_value(vm, "the memory of this %N is too small", object_type(data));
}

/* ---- what the memory keeps alive: a tree of dicts at the object that owns it */

static CData *container_of(VM *vm, CData *data) {
  while (data->base != VALUE_UNBOUND) data = value_object(data->base);
  if (data->objects != VALUE_UNBOUND) return data;
  data->objects = layout_of_cdata(data)->length ? value_from(dict_new(vm)) : VALUE_NONE;
  heap_barrier(vm, data, data->objects);
  return data;
}

Value cdata_objects(VM *vm, CData *target) { return container_of(vm, target)->objects; }

/* The way from the container to the part, from its end: "2:0:1". */
static Str *place_of(VM *vm, const CData *target, int64_t index) {
  StrBuilder b;
  str_builder_init(&b, vm);
  for (;;) {
    char text[24];
    int n = snprintf(text, sizeof text, "%llx", (unsigned long long)(index & UINT32_MAX));
    str_builder_ascii(&b, text, (size_t)n);
    if (target->base == VALUE_UNBOUND) break;
    str_builder_char(&b, ':');
    index = target->index;
    target = value_object(target->base);
  }
  return str_builder_finish(&b);
}

bool cdata_keep(VM *vm, CData *target, int64_t index, Value keep) {
  if (keep == VALUE_NONE) return true;
  CData *container = container_of(vm, target);
  if (!value_has_flag(container->objects, TYPE_DICT_SUBCLASS)) {
    container->objects = keep;
    heap_barrier(vm, container, keep);
    return true;
  }
  Str *place = place_of(vm, target, index);
  return place && dict_set(vm, value_object(container->objects), value_from(place), keep);
}

/* ---- reading and writing */

Value cdata_load(VM *vm, Type *type, CData *data, int64_t index, void *at) {
  const Layout *layout = layout_of_type(type);
  if (layout && layout->kind == C_SIMPLE && type_is_plain(type))
    return code_get(vm, layout->code, layout->is_swapped, at);
  return cdata_part(vm, type, data, index, at);
}

static Value wrong_instance(VM *vm, const Type *type, Value v) {
  return raise_type(vm, "incompatible types, %T instance instead of %N instance", v, type);
}

/* Another C object, whose bytes are copied, or an array, whose address a pointer takes. */
static Value store_cdata(VM *vm, Type *type, size_t size, void *at, Value v) {
  CData *from = value_object(v);
  const Layout *layout = layout_of_type(type), *given = layout_of_cdata(from);
  Answer fits = is_instance(vm, v, value_from(type));
  if (fits == ANSWER_FAILED) return VALUE_FAIL;
  if (fits == ANSWER_YES) {
    memmove(at, from->bytes, size < from->size ? size : from->size);
    return cdata_objects(vm, from);
  }
  if (!layout || layout->kind != C_POINTER || given->kind != C_ARRAY)
    return wrong_instance(vm, type, v);
  if (given->item != layout->item) return wrong_instance(vm, type, v);
  memcpy(at, &from->bytes, sizeof from->bytes);
  return PACK(cdata_objects(vm, from), v);
}

/* The value's keeper, or VALUE_FAIL. */
static Value store_value(VM *vm, Type *type, size_t size, void *at, Value v) {
  if (value_is_cdata(v)) return store_cdata(vm, type, size, at, v);
  const Layout *layout = layout_of_type(type);
  if (layout && layout->kind == C_SIMPLE)
    return code_set(vm, layout->code, layout->is_swapped, at, v);
  if (value_has_flag(v, TYPE_TUPLE_SUBCLASS)) {
    Value made = call_tuple_dict(vm, value_from(type), value_object(v), NULL);
    if (!value_is_fail(made)) return store_value(vm, type, size, at, made);
    ctypes_extend_error(vm, TYPE_OF(RuntimeError), "(%N) ", type);
    return VALUE_FAIL;
  }
  if (v == VALUE_NONE && layout && layout->kind == C_POINTER) {
    memset(at, 0, sizeof(void *));
    return VALUE_NONE;
  }
  return raise_type(vm, "expected %N instance, got %T", type, v);
}

bool cdata_store(VM *vm, Type *type, CData *data, int64_t index, size_t size, void *at, Value v) {
  Value keep = store_value(vm, type, size, at, v);
  return !value_is_fail(keep) && cdata_keep(vm, data, index, keep);
}

/* ---- attributes, pickles */

static Value data_get__b_base_(VM *vm, CData *self) {
  return self->base == VALUE_UNBOUND ? VALUE_NONE : self->base;
}
static Value data_get__b_needsfree_(VM *vm, CData *self) {
  return value_int_unchecked(self->store || self->bytes == self->inline_bytes);
}
static Value data_get__objects(VM *vm, CData *self) {
  return self->objects == VALUE_UNBOUND ? VALUE_NONE : self->objects;
}

static Value data___ctypes_from_outparam__(VM *vm, CData *self,
                                           const data___ctypes_from_outparam___args *a) {
  return value_from(self);
}

static Value data_op_hash(VM *vm, CData *self, const data_op_hash_args *a) {
  return raise_type(vm, "unhashable type");
}

static bool holds_pointers(const Layout *layout) {
  switch (layout->kind) {
  case C_POINTER:
  case C_FUNCTION: return true;
  case C_SIMPLE: return strchr("zZPO", layout->code->letter) != NULL;
  case C_ARRAY: return holds_pointers(layout_of_value(layout->item));
  default: break;
  }
  for (size_t i = 0; layout->parts && i < tuple_length(layout->parts); i += 2)
    if (holds_pointers(layout_of_value(layout->parts->items[i]))) return true;
  return false;
}

static Value data_op_reduce(VM *vm, CData *self, const data_op_reduce_args *a) {
  if (holds_pointers(layout_of_cdata(self)))
    return raise_value(vm, "ctypes objects containing pointers cannot be pickled");
  Value dict = get_attribute(vm, value_from(self), NAME("__dict__"));
  if (value_is_fail(dict)) return dict;
  Value module = get_item(vm, value_from(vm->modules), value_from(NAME("_ctypes")));
  if (value_is_fail(module)) return module;
  Value unpickle = get_attribute(vm, module, NAME("_unpickle"));
  if (value_is_fail(unpickle)) return unpickle;
  Value bytes = value_of(bytes_new(vm, self->bytes, self->size));
  return PACK(unpickle, PACK(value_from(object_type(self)), PACK(dict, bytes)));
}

static Value data_op_setstate(VM *vm, Value object, const Value *args, int npos, Tuple *kwnames) {
  if (!check_no_kwargs(vm, "_CData.__setstate__", kwnames)) return VALUE_FAIL;
  if (npos != 2) return raise_type(vm, "function takes exactly 2 arguments (%d given)", npos);
  CData *self = value_object(object);
  Value attributes = args[0], bytes = args[1];
  if (!value_has_flag(attributes, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "argument 1 must be dict, not %T", attributes);
  Span span;
  if (value_is_str(bytes)) bytes = str_encode(vm, value_object(bytes), NULL, NULL);
  if (bytes == VALUE_FAIL || !span_of(vm, bytes, &span)) return VALUE_FAIL;
  memmove(self->bytes, span.bytes, span.n < self->size ? span.n : self->size);
  Value dict = get_attribute(vm, value_from(self), NAME("__dict__"));
  if (value_is_fail(dict)) return dict;
  if (!value_has_flag(dict, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "%T.__dict__ must be a dictionary, not %T", value_from(self), dict);
  return value_none_if(dict_update(vm, value_object(dict), attributes, true));
}

/* ---- buffers */

static bool provide(VM *vm, Value v, BufferView *view) {
  CData *data = value_object(v);
  const Layout *layout = layout_of_cdata(data), *item = layout;
  while (item->kind == C_ARRAY) item = layout_of_value(item->item);
  if (!cdata_spans(data, 0, layout->size)) return cdata_raise_short(vm, data), false;
  view->bytes = data->bytes;
  view->size = data->size;
  view->item_size = item->size;
  view->format = layout->format ? (const char *)layout->format->data : "B";
  view->ndim = layout->ndim;
  view->shape = layout->shape ? (const int64_t *)layout->shape->bytes : NULL;
  return true;
}

static bool cdata_verify(const Object *object) {
  const CData *data = (const CData *)object;
  bool own = data->bytes == data->inline_bytes ||
             (data->store && data->bytes == (const uint8_t *)data->store->bytes);
  LAW(!own || data->base == VALUE_UNBOUND);
  LAW(data->bytes != data->inline_bytes || data->size <= sizeof data->inline_bytes);
  LAW(!data->store || !own || data->bytes == data->inline_bytes ||
      data->size <= data->store->capacity);
  return true;
}

const ClassSpec ctypes_data_class = {
    NATIVE_CLASS(data_),
    .verify = VERIFIER(cdata_verify),
    .basic_size = sizeof(CData),
    .trace = cdata_trace,
};

void cdata_register(void) {
  extern const ClassSpec ctypes_simple_class, ctypes_structure_class, ctypes_union_class,
      ctypes_array_class, ctypes_pointer_class, ctypes_function_class;
  const ClassSpec *const specs[] = {&ctypes_simple_class,  &ctypes_structure_class,
                                    &ctypes_union_class,   &ctypes_array_class,
                                    &ctypes_pointer_class, &ctypes_function_class};
  for (size_t i = 0; i < ARRAY_COUNT(specs); i++) buffer_register(specs[i], provide, NULL);
}
#endif
