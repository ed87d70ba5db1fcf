/* field.c -- CField: where a field is, and how it is read and written through its class. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/int.h"

#define NATIVE_DEF "vm/modules/ctypes/field.def"
#define NATIVE_PREFIX field_
#define NATIVE_SELF CField *
#include "vm/contracts/native_class.inc"

/* ---- places */

static void place_whole(FieldPlace *place, const Layout *layout, CField *field) {
  int64_t align = (int64_t)layout->align;
  if (place->pack && place->pack < align) align = place->pack;
  int64_t gap = (align - place->offset % align) % align;
  field->offset = place->offset + gap;
  place->offset += gap + (int64_t)layout->size;
  place->size += gap + (int64_t)layout->size;
  if (align > place->align) place->align = align;
}

/* A bit field lies in the word of the one before it if it fits there, or if its own type makes that
** word long enough; else in a word of its own. */
static void place_bits(FieldPlace *place, const Layout *layout, CField *field, int bits) {
  int64_t own_bits = (int64_t)layout->size * 8, end = place->used_bits + bits;
  bool is_open = place->word_bits != 0;
  if (is_open && own_bits <= place->word_bits && end <= place->word_bits) {
    field->offset = place->offset - (int64_t)layout->size;
  } else if (is_open && own_bits >= place->word_bits && end <= own_bits) {
    place->offset += (own_bits - place->word_bits) / 8;
    place->size += (own_bits - place->word_bits) / 8;
    place->word_bits = own_bits;
    field->offset = place->offset - (int64_t)layout->size;
  } else {
    place->used_bits = 0;
    place->word_bits = own_bits;
    place_whole(place, layout, field);
  }
  field->bits = (int16_t)bits;
  field->shift =
      (int16_t)(place->big_endian ? place->word_bits - place->used_bits - bits : place->used_bits);
  place->used_bits += bits;
}

CField *field_new(VM *vm, Value type, int64_t index, int bits, FieldPlace *place) {
  const Layout *layout = layout_of_value(type);
  CField *field = heap_new_zeroed(vm, SHAPE_OF(ctypes_field), sizeof *field);
  field->type = type;
  field->index = index;
  field->size = (int64_t)layout->size;
  if (layout->kind == C_ARRAY) {
    const Layout *item = layout_of_value(layout->item);
    field->is_text = layout_is_char(item, 'c') || layout_is_char(item, 'u');
  }
  bool is_plain = type_is_plain(value_object(type)) && !layout->is_swapped && !bits;
  field->plain = is_plain ? layout->code : NULL;
  if (bits) {
    place_bits(place, layout, field, bits);
  } else {
    place->word_bits = place->used_bits = 0;
    place_whole(place, layout, field);
  }
  return field;
}

CField *field_lift(VM *vm, const CField *inner, int64_t index, int64_t offset) {
  CField *field = heap_new(vm, SHAPE_OF(ctypes_field), sizeof *field);
  Object h = field->h;
  *field = *inner;
  field->h = h;
  field->index += index;
  field->offset += offset;
  field->is_anonymous = false;
  return field;
}

/* ---- bits of a word */

static uint64_t load_word(const Layout *layout, const uint8_t *at) {
  uint64_t word = 0;
  memcpy(&word, at, layout->size);
  return layout->is_swapped ? __builtin_bswap64(word) >> (64 - 8 * layout->size) : word;
}

static void store_word(const Layout *layout, uint8_t *at, uint64_t word) {
  if (layout->is_swapped) word = __builtin_bswap64(word) >> (64 - 8 * layout->size);
  memcpy(at, &word, layout->size);
}

/* A big-endian class may count more bits than its word has (as the reference lets it): what the
** machine's shift makes of such a number. -1: the bits are not in the word. */
static int real_shift(const CField *field, const Layout *layout) {
  int shift = field->shift & (layout->size == 8 ? 63 : 31);
  return shift + field->bits <= (int)layout->size * 8 ? shift : -1;
}

static Value load_bits(VM *vm, const CField *field, const Layout *layout, const uint8_t *at) {
  int shift = real_shift(field, layout), unused = 64 - field->bits;
  uint64_t word = shift >= 0 ? load_word(layout, at) >> shift : 0;
  word <<= unused;
  if (layout->code->is_signed) return value_int(vm, (int64_t)word >> unused);
  return int_from_uint64(vm, word >> unused);
}

static bool store_bits(VM *vm, const CField *field, const Layout *layout, CData *data, Value v) {
  uint64_t bits;
  if (!int_as_bits(vm, v, &bits)) return false;
  int shift = real_shift(field, layout);
  if (shift < 0) return true;
  uint8_t *at = data->bytes + field->offset;
  uint64_t mask = (field->bits == 64 ? 0 : UINT64_C(1) << field->bits) - 1;
  uint64_t others = load_word(layout, at) & ~(mask << shift);
  store_word(layout, at, others | (bits & mask) << shift);
  return true;
}

/* As in the reference: a bool is a byte, whatever its number of bits. */
static bool has_bits(const CField *field, const Layout *layout) {
  return UNLIKELY(field->bits) && layout->code->letter != '?';
}

/* ---- the descriptor */

static Value load_field(VM *vm, const CField *self, CData *data) {
  if (!cdata_spans(data, self->offset, (size_t)self->size)) return cdata_raise_short(vm, data);
  if (LIKELY(self->plain != NULL)) return self->plain->get(vm, data->bytes + self->offset);
  Type *type = value_object(self->type);
  const Layout *layout = layout_of_type(type);
  uint8_t *at = data->bytes + self->offset;
  if (has_bits(self, layout)) return load_bits(vm, self, layout, at);
  if (UNLIKELY(self->is_text))
    return text_get(vm, layout_is_char(layout_of_value(layout->item), 'u'), at, layout->size);
  return cdata_load(vm, type, data, self->index, at);
}

static bool store_field(VM *vm, const CField *self, CData *data, Value v) {
  if (!cdata_spans(data, self->offset, (size_t)self->size))
    return cdata_raise_short(vm, data), false;
  if (LIKELY(self->plain != NULL) && !value_is_cdata(v)) {
    Value keep = self->plain->set(vm, data->bytes + self->offset, v);
    return keep == VALUE_NONE || (!value_is_fail(keep) && cdata_keep(vm, data, self->index, keep));
  }
  Type *type = value_object(self->type);
  const Layout *layout = layout_of_type(type);
  if (has_bits(self, layout)) return store_bits(vm, self, layout, data, v);
  uint8_t *at = data->bytes + self->offset;
  if (UNLIKELY(self->is_text)) {
    bool is_wide = layout_is_char(layout_of_value(layout->item), 'u');
    if (!text_set(vm, is_wide, at, layout->size, v)) return false;
    return !is_wide || cdata_keep(vm, data, self->index, v);
  }
  return cdata_store(vm, type, data, self->index, (size_t)self->size, at, v);
}

static Value field_op_get(VM *vm, CField *self, const field_op_get_args *a) {
  if (a->instance == VALUE_NONE) return value_from(self);
  if (!value_is_cdata(a->instance)) return raise_type(vm, "not a ctype instance");
  return load_field(vm, self, value_object(a->instance));
}

static Value field_op_set(VM *vm, CField *self, const field_op_set_args *a) {
  if (!value_is_cdata(a->instance)) return raise_type(vm, "not a ctype instance");
  return value_none_if(store_field(vm, self, value_object(a->instance), a->value));
}

static Value field_op_delete(VM *vm, CField *self, const field_op_delete_args *a) {
  if (!value_is_cdata(a->instance)) return raise_type(vm, "not a ctype instance");
  return raise_type(vm, "can't delete attribute");
}

static Value field_get_offset(VM *vm, CField *self) { return value_int(vm, self->offset); }
static Value field_get_size(VM *vm, CField *self) {
  return value_int(vm, self->bits ? (int64_t)self->bits << 16 | self->shift : self->size);
}

static Value field_op_repr(VM *vm, CField *self, const field_op_repr_args *a) {
  const Type *type = value_object(self->type);
  if (self->bits)
    return value_of(str_format(vm, "<Field type=%N, ofs=%lld:%d, bits=%d>", type,
                               (long long)self->offset, self->shift, self->bits));
  return value_of(str_format(vm, "<Field type=%N, ofs=%lld, size=%lld>", type,
                             (long long)self->offset, (long long)self->size));
}

static void trace(Marker *marker, Object *self) { mark_value(marker, ((CField *)self)->type); }

const ClassSpec ctypes_field_class = {
    NATIVE_CLASS(field_),
    .basic_size = sizeof(CField),
    .trace = trace,
};
#endif
