/* str_type.c -- the type str: its surface (str.def) on the operations of str_ops.h, and its
** iterator. */
#include "vm/base/search.h"
#include "vm/base/unicode.h"
#include "vm/base/units.h"
#include "vm/base/utf8.h"
#include "vm/contracts/buffer.h"
#include "vm/objects/codec.h"
#include "vm/objects/module.h"
#include "vm/objects/range.h"
#include "vm/objects/slice.h"
#include "vm/objects/str_ops.h"
#include "vm/objects/text_args.h"

/* The name of a codec or error handler: no NUL inside; NULL by default. */
typedef Str *c_EncodingName;
static bool convert_EncodingName(VM *vm, Value v, Str **out, const MethodSpec *spec, int i) {
  if (!convert_Str(vm, v, out, spec, i)) return false;
  if (search_unit(str_data(*out), (*out)->length, 0, 1 << str_kind(*out)) != SEARCH_NONE)
    return raise_false(vm, TYPE_OF(ValueError), "embedded null character");
  return true;
}
#define DEFAULT_EncodingName(x) NULL

#define NATIVE_DEF "vm/objects/str.def"
#define NATIVE_PREFIX str_method_
#define NATIVE_SELF Str *
#include "vm/contracts/native_class.inc"

/* ---- case and tests */

static Value str_method_capitalize(VM *vm, Str *self, const str_method_capitalize_args *a) {
  return value_of(str_capitalize(vm, self));
}
static Value str_method_casefold(VM *vm, Str *self, const str_method_casefold_args *a) {
  return value_of(str_casefold(vm, self));
}
static Value str_method_lower(VM *vm, Str *self, const str_method_lower_args *a) {
  return value_of(str_lower(vm, self));
}
static Value str_method_swapcase(VM *vm, Str *self, const str_method_swapcase_args *a) {
  return value_of(str_swapcase(vm, self));
}
static Value str_method_title(VM *vm, Str *self, const str_method_title_args *a) {
  return value_of(str_title(vm, self));
}
static Value str_method_upper(VM *vm, Str *self, const str_method_upper_args *a) {
  return value_of(str_upper(vm, self));
}

static Value str_method_isalnum(VM *vm, Str *self, const str_method_isalnum_args *a) {
  return value_bool(str_all(self, UNICODE_ALNUM));
}
static Value str_method_isalpha(VM *vm, Str *self, const str_method_isalpha_args *a) {
  return value_bool(str_all(self, UNICODE_ALPHA));
}
static Value str_method_isascii(VM *vm, Str *self, const str_method_isascii_args *a) {
  return value_bool(str_is_ascii(self));
}
static Value str_method_isdecimal(VM *vm, Str *self, const str_method_isdecimal_args *a) {
  return value_bool(str_all(self, UNICODE_DECIMAL));
}
static Value str_method_isdigit(VM *vm, Str *self, const str_method_isdigit_args *a) {
  return value_bool(str_all(self, UNICODE_DIGIT));
}
static Value str_method_isidentifier(VM *vm, Str *self, const str_method_isidentifier_args *a) {
  return value_bool(str_is_identifier(self));
}
static Value str_method_islower(VM *vm, Str *self, const str_method_islower_args *a) {
  return value_bool(str_is_lower_text(self));
}
static Value str_method_isnumeric(VM *vm, Str *self, const str_method_isnumeric_args *a) {
  return value_bool(str_all(self, UNICODE_NUMERIC));
}
static Value str_method_isprintable(VM *vm, Str *self, const str_method_isprintable_args *a) {
  return value_bool(str_is_printable(self));
}
static Value str_method_isspace(VM *vm, Str *self, const str_method_isspace_args *a) {
  return value_bool(str_all(self, UNICODE_SPACE));
}
static Value str_method_istitle(VM *vm, Str *self, const str_method_istitle_args *a) {
  return value_bool(str_is_title_text(self));
}
static Value str_method_isupper(VM *vm, Str *self, const str_method_isupper_args *a) {
  return value_bool(str_is_upper_text(self));
}

/* ---- searching */

static int64_t find_in(Str *self, Str *what, int64_t start, int64_t end, bool from_end) {
  if (!clamp_range(self->length, &start, &end)) return -1;
  return str_find(self, what, (size_t)start, (size_t)end, from_end);
}

static Value str_method_find(VM *vm, Str *self, const str_method_find_args *a) {
  return value_int_unchecked(find_in(self, a->sub, a->start, a->end, false));
}
static Value str_method_rfind(VM *vm, Str *self, const str_method_rfind_args *a) {
  return value_int_unchecked(find_in(self, a->sub, a->start, a->end, true));
}

static Value index_or_raise(VM *vm, int64_t at) {
  return at >= 0 ? value_int_unchecked(at) : raise_value(vm, "substring not found");
}

static Value str_method_index(VM *vm, Str *self, const str_method_index_args *a) {
  return index_or_raise(vm, find_in(self, a->sub, a->start, a->end, false));
}
static Value str_method_rindex(VM *vm, Str *self, const str_method_rindex_args *a) {
  return index_or_raise(vm, find_in(self, a->sub, a->start, a->end, true));
}

static Value str_method_count(VM *vm, Str *self, const str_method_count_args *a) {
  int64_t start = a->start, end = a->end;
  if (!clamp_range(self->length, &start, &end)) return value_int_unchecked(0);
  return value_int_unchecked((int64_t)str_count(self, a->sub, (size_t)start, (size_t)end));
}

static bool matches(const Str *self, const Str *part, int64_t start, int64_t end, bool at_end) {
  if (!clamp_range(self->length, &start, &end)) return false;
  return at_end ? str_has_suffix(self, part, (size_t)start, (size_t)end)
                : str_has_prefix(self, part, (size_t)start, (size_t)end);
}

static Value match_any(VM *vm, Str *self, Value part, int64_t start, int64_t end, bool at_end) {
  const char *name = at_end ? "endswith" : "startswith";
  if (LIKELY(value_is_str(part)))
    return value_bool(matches(self, value_object(part), start, end, at_end));
  if (!value_has_flag(part, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "%s first arg must be str or a tuple of str, not %T", name, part);
  const Tuple *parts = value_object(part);
  for (size_t i = 0; i < tuple_length(parts); i++) {
    if (!value_is_str(parts->items[i]))
      return raise_type(vm, "tuple for %s must only contain str, not %T", name, parts->items[i]);
    if (matches(self, value_object(parts->items[i]), start, end, at_end)) return VALUE_TRUE;
  }
  return VALUE_FALSE;
}

static Value str_method_startswith(VM *vm, Str *self, const str_method_startswith_args *a) {
  return match_any(vm, self, a->prefix, a->start, a->end, false);
}
static Value str_method_endswith(VM *vm, Str *self, const str_method_endswith_args *a) {
  return match_any(vm, self, a->suffix, a->start, a->end, true);
}

static Value str_method_removeprefix(VM *vm, Str *self, const str_method_removeprefix_args *a) {
  if (!str_has_prefix(self, a->prefix, 0, self->length)) return value_of(str_exact(vm, self));
  return value_of(str_substring(vm, self, a->prefix->length, self->length));
}

static Value str_method_removesuffix(VM *vm, Str *self, const str_method_removesuffix_args *a) {
  if (!a->suffix->length || !str_has_suffix(self, a->suffix, 0, self->length))
    return value_of(str_exact(vm, self));
  return value_of(str_substring(vm, self, 0, self->length - a->suffix->length));
}

static Value str_method_replace(VM *vm, Str *self, const str_method_replace_args *a) {
  return value_of(str_replace(vm, self, a->old, a->new, a->count));
}

/* ---- cutting and joining */

static Value strip_text(VM *vm, Str *self, Value chars, int sides, const char *name) {
  if (chars != VALUE_NONE && !value_is_str(chars))
    return raise_type(vm, "%s arg must be None or str", name);
  return value_of(str_strip(vm, self, chars == VALUE_NONE ? NULL : value_object(chars), sides));
}

static Value str_method_strip(VM *vm, Str *self, const str_method_strip_args *a) {
  return strip_text(vm, self, a->chars, 3, "strip");
}
static Value str_method_lstrip(VM *vm, Str *self, const str_method_lstrip_args *a) {
  return strip_text(vm, self, a->chars, 1, "lstrip");
}
static Value str_method_rstrip(VM *vm, Str *self, const str_method_rstrip_args *a) {
  return strip_text(vm, self, a->chars, 2, "rstrip");
}

static bool check_separator(VM *vm, Value v, Str **out) {
  if (v != VALUE_NONE && !value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError), "must be str or None, not %T", v);
  *out = v == VALUE_NONE ? NULL : value_object(v);
  return true;
}

static Value str_method_split(VM *vm, Str *self, const str_method_split_args *a) {
  Str *separator;
  return check_separator(vm, a->sep, &separator)
             ? value_of(str_split(vm, self, separator, a->maxsplit))
             : VALUE_FAIL;
}

static Value str_method_rsplit(VM *vm, Str *self, const str_method_rsplit_args *a) {
  Str *separator;
  return check_separator(vm, a->sep, &separator)
             ? value_of(str_rsplit(vm, self, separator, a->maxsplit))
             : VALUE_FAIL;
}

static Value str_method_splitlines(VM *vm, Str *self, const str_method_splitlines_args *a) {
  return value_of(str_splitlines(vm, self, a->keepends));
}

static Value cut(VM *vm, Str *self, Value separator, bool from_end) {
  if (!value_is_str(separator)) return raise_type(vm, "must be str, not %T", separator);
  return str_partition(vm, self, value_object(separator), from_end);
}

static Value str_method_partition(VM *vm, Str *self, const str_method_partition_args *a) {
  return cut(vm, self, a->sep, false);
}
static Value str_method_rpartition(VM *vm, Str *self, const str_method_rpartition_args *a) {
  return cut(vm, self, a->sep, true);
}
static Value str_method_join(VM *vm, Str *self, const str_method_join_args *a) {
  return str_join(vm, self, a->iterable);
}

/* ---- layout */

static size_t missing_columns(const Str *self, int64_t width) {
  return width > (int64_t)self->length ? (size_t)width - self->length : 0;
}

static Value str_method_ljust(VM *vm, Str *self, const str_method_ljust_args *a) {
  return value_of(str_pad(vm, self, 0, missing_columns(self, a->width), a->fillchar));
}
static Value str_method_rjust(VM *vm, Str *self, const str_method_rjust_args *a) {
  return value_of(str_pad(vm, self, missing_columns(self, a->width), 0, a->fillchar));
}

static Value str_method_center(VM *vm, Str *self, const str_method_center_args *a) {
  size_t total = missing_columns(self, a->width), left = total / 2 + (total & (size_t)a->width & 1);
  return value_of(str_pad(vm, self, left, total - left, a->fillchar));
}

static Value str_method_expandtabs(VM *vm, Str *self, const str_method_expandtabs_args *a) {
  return value_of(str_expandtabs(vm, self, a->tabsize));
}
static Value str_method_zfill(VM *vm, Str *self, const str_method_zfill_args *a) {
  return value_of(str_zfill(vm, self, a->width));
}

/* ---- conversions */

static Value str_method_encode(VM *vm, Str *self, const str_method_encode_args *a) {
  return str_encode(vm, self, a->encoding, a->errors);
}
static Value str_method_format_map(VM *vm, Str *self, const str_method_format_map_args *a) {
  return str_format_map(vm, self, a->mapping);
}
static Value str_method_translate(VM *vm, Str *self, const str_method_translate_args *a) {
  return str_translate(vm, self, a->table);
}

static Value str_method_maketrans(VM *vm, Value self, const str_method_maketrans_args *a) {
  return str_maketrans(vm, a->x, a->y, a->z);
}

static Value str_method_format(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return str_format_call(vm, value_object(self), args, npos, kwnames);
}

/* ---- operators */

static Value str_method_op_add(VM *vm, Str *self, const str_method_op_add_args *a) {
  if (LIKELY(value_is_str(a->value))) return value_of(str_concat(vm, self, value_object(a->value)));
  return raise_type(vm, "can only concatenate str (not \"%.200T\") to str", a->value);
}

static Value str_method_op_mul(VM *vm, Str *self, const str_method_op_mul_args *a) {
  return value_of(str_repeat(vm, self, a->value));
}
static Value str_method_op_rmul(VM *vm, Str *self, const str_method_op_rmul_args *a) {
  return value_of(str_repeat(vm, self, a->value));
}
static Value str_method_op_mod(VM *vm, Str *self, const str_method_op_mod_args *a) {
  return str_percent(vm, self, a->value);
}

static Value str_method_op_rmod(VM *vm, Str *self, const str_method_op_rmod_args *a) {
  return value_is_str(a->value) ? str_percent(vm, value_object(a->value), value_from(self))
                                : VALUE_NOT_IMPLEMENTED;
}

static Value str_method_op_contains(VM *vm, Str *self, const str_method_op_contains_args *a) {
  if (!value_is_str(a->key))
    return raise_type(vm, "'in <string>' requires string as left operand, not %T", a->key);
  return value_bool(str_find(self, value_object(a->key), 0, self->length, false) >= 0);
}

static Value str_method_op_eq(VM *vm, Str *self, const str_method_op_eq_args *a) {
  return value_is_str(a->value) ? value_bool(str_equal(self, value_object(a->value)))
                                : VALUE_NOT_IMPLEMENTED;
}
static Value str_method_op_ne(VM *vm, Str *self, const str_method_op_ne_args *a) {
  return value_is_str(a->value) ? value_bool(!str_equal(self, value_object(a->value)))
                                : VALUE_NOT_IMPLEMENTED;
}
#define ORDER(test)                                                                              \
  {                                                                                              \
    return value_is_str(a->value) ? value_bool(str_compare(self, value_object(a->value)) test 0) \
                                  : VALUE_NOT_IMPLEMENTED;                                       \
  }
static Value str_method_op_lt(VM *vm, Str *self, const str_method_op_lt_args *a) ORDER(<)
static Value str_method_op_le(VM *vm, Str *self, const str_method_op_le_args *a) ORDER(<=)
static Value str_method_op_gt(VM *vm, Str *self, const str_method_op_gt_args *a) ORDER(>)
static Value str_method_op_ge(VM *vm, Str *self, const str_method_op_ge_args *a) ORDER(>=)

static Value str_method_op_hash(VM *vm, Str *self, const str_method_op_hash_args *a) {
  return value_int(vm, (int64_t)str_hash(vm, self));
}
static Value str_method_op_len(VM *vm, Str *self, const str_method_op_len_args *a) {
  return value_int_unchecked((int64_t)self->length);
}
static Value str_method_op_repr(VM *vm, Str *self, const str_method_op_repr_args *a) {
  return value_of(str_repr(vm, self));
}
static Value str_method_op_str(VM *vm, Str *self, const str_method_op_str_args *a) {
  return value_of(str_exact(vm, self));
}
/* As CPython's layout: a head, shorter for ASCII, the units and a zero unit behind them. */
static Value str_method_op_sizeof(VM *vm, Str *self, const str_method_op_sizeof_args *a) {
  size_t head = str_is_ascii(self) ? 48 : 72;
  return value_int_unchecked((int64_t)(head + ((size_t)(self->length + 1) << str_kind(self))));
}
static Value str_method_op_getnewargs(VM *vm, Str *self, const str_method_op_getnewargs_args *a) {
  Str *s = str_new_units(vm, str_data(self), str_kind(self), self->length,
                         str_is_ascii(self)    ? 0x7F
                         : str_kind(self) == 0 ? 0xFF
                         : str_kind(self) == 1 ? 0xFFFF
                                               : 0x10FFFF);
  Tuple *args = s ? TUPLE(value_from(s)) : NULL;
  return value_of(args);
}

static Value str_method_op_format(VM *vm, Str *self, const str_method_op_format_args *a) {
  if (!value_is_str(a->format_spec))
    return raise_type(vm, "__format__() argument must be str, not %T", a->format_spec);
  const Str *spec = value_object(a->format_spec);
  if (!spec->length) return value_str(vm, value_from(self));
  return format_str(vm, self, (Str *)spec);
}

/* ---- subscripts */

static Str *str_slice(VM *vm, Str *s, int64_t start, int64_t step, int64_t count) {
  if (count <= 0) return str_empty();
  if (step == 1) return str_substring(vm, s, (size_t)start, (size_t)(start + count));
  if (count == 1) return str_from_char(vm, str_at(s, (size_t)start));
  int kind = str_kind(s), unit = 1 << kind;
  uint32_t widest = str_is_ascii(s) ? 0x7F : kind == 0 ? 0xFF : kind == 1 ? 0xFFFF : 0x10FFFF;
  Str *part = str_alloc(vm, (size_t)count, widest);
  if (!part) return NULL;
  const uint8_t *from = (const uint8_t *)str_data(s) + (start << kind);
  units_gather(part->data, from, unit, step, (size_t)count);
  bool all = count == (int64_t)s->length; /* the same units in another order */
  uint32_t range = all || widest < 0x80 ? widest : units_range(part->data, unit, (size_t)count);
  return range == widest ? part : str_new_units(vm, part->data, kind, (size_t)count, range);
}

static Value str_method_op_getitem(VM *vm, Str *self, const str_method_op_getitem_args *a) {
  int64_t i, n = (int64_t)self->length;
  if (value_is(a->key, slice)) {
    SliceBounds bounds;
    if (!slice_bounds(vm, value_object(a->key), &bounds)) return VALUE_FAIL;
    SliceRange part = slice_clamp(&bounds, n);
    return value_of(str_slice(vm, self, part.start, part.step, part.count));
  }
  if (value_is_int(a->key)) {
    i = value_as_int(a->key);
  } else {
    if (!value_is_any_int(a->key) && !value_has_special(a->key, SPECIAL_index))
      return raise_type(vm, "string indices must be integers, not '%.200T'", a->key);
    if (!value_index64(vm, a->key, &i, false)) return VALUE_FAIL;
  }
  if (i < 0) i += n;
  if (i < 0 || i >= n) return raise_error(vm, TYPE_OF(IndexError), "string index out of range");
  return value_from(str_from_char(vm, str_at(self, (size_t)i)));
}

/* ---- iteration; the layout is SequenceIterator, which the interpreter steps inline */

static Value str_method_op_iter(VM *vm, Str *self, const str_method_op_iter_args *a) {
  SequenceIterator *it = heap_new(
      vm, str_is_ascii(self) ? SHAPE_OF(str_ascii_iterator) : SHAPE_OF(str_iterator), sizeof *it);
  it->sequence = value_from(self);
  it->index = 0;
  return value_from(it);
}

static Value next_char(VM *vm, Value self) {
  SequenceIterator *it = value_object(self);
  if (it->sequence == VALUE_NONE) return VALUE_STOP;
  const Str *s = value_object(it->sequence);
  if (it->index < s->length) return value_from(str_from_char(vm, str_at(s, it->index++)));
  it->sequence = VALUE_NONE;
  return VALUE_STOP;
}

static void trace_iterator(Marker *marker, Object *self) {
  mark_value(marker, ((SequenceIterator *)self)->sequence);
}

#define NATIVE_DEF "vm/objects/str_iterator.def"
#define NATIVE_PREFIX str_iterator_
#define NATIVE_SELF SequenceIterator *
#include "vm/contracts/native_class.inc"

static Value str_iterator_op_length_hint(VM *vm, SequenceIterator *self,
                                         const str_iterator_op_length_hint_args *a) {
  if (self->sequence == VALUE_NONE) return value_int_unchecked(0);
  return value_int_unchecked(
      (int64_t)(((Str *)value_object(self->sequence))->length - self->index));
}

static Value str_iterator_op_reduce(VM *vm, SequenceIterator *self,
                                    const str_iterator_op_reduce_args *a) {
  Value iter = get_item(vm, value_from(vm->builtins->dict), value_from(NAME("iter")));
  if (value_is_fail(iter)) return iter;
  if (self->sequence == VALUE_NONE) return PACK(iter, PACK(value_from(str_empty())));
  return PACK(iter, PACK(self->sequence), value_int_unchecked((int64_t)self->index));
}

static Value str_iterator_op_setstate(VM *vm, SequenceIterator *self,
                                      const str_iterator_op_setstate_args *a) {
  if (self->sequence == VALUE_NONE) return VALUE_NONE;
  int64_t n = (int64_t)((Str *)value_object(self->sequence))->length;
  self->index = (uint64_t)(a->state < 0 ? 0 : a->state > n ? n : a->state);
  return VALUE_NONE;
}

/* ---- str(object='', encoding='utf-8', errors='strict') */

static Value decode_argument(VM *vm, Value object, Value encoding, Value errors) {
  Value names[2] = {encoding, errors};
  for (int i = 0; i < 2; i++)
    if (names[i] != VALUE_MISSING && !value_is_str(names[i]))
      return raise_type(vm, "str() argument '%s' must be str, not %T", i ? "errors" : "encoding",
                        names[i]);
  if (value_is_str(object)) return raise_type(vm, "decoding str is not supported");
  if (!value_is_bytes_like(object))
    return raise_type(vm, "decoding to str: need a bytes-like object, %.80T found", object);
  return codec_decode_bytes(vm, object, encoding == VALUE_MISSING ? NULL : value_object(encoding),
                            errors == VALUE_MISSING ? NULL : value_object(errors));
}

/* An instance of a subclass with the text of s. */
static Value subclass_instance(VM *vm, Type *cls, Str *s) {
  int kind = str_kind(s);
  Str *result = object_new_var(vm, cls, offsetof(Str, data) + ((s->length + 1) << kind));
  if (!result) return VALUE_FAIL;
  cell_unpoison(result, offsetof(Str, data) + 8); /* as every text: str_concat */
  result->h.bits |= s->h.bits & (STR_ASCII | 3u << STR_KIND_SHIFT);
  result->length = s->length;
  result->hash = s->hash;
  memcpy(result->data, str_data(s), s->length << kind);
  memset(result->data + (s->length << kind), 0, (size_t)1 << kind);
  return value_from(result);
}

static bool take_arguments(VM *vm, const Value *args, int npos, Tuple *kwnames, Value slots[3]) {
  static const char *const names[3] = {"object", "encoding", "errors"};
  size_t named = kwnames ? tuple_length(kwnames) : 0;
  if ((size_t)npos + named > 3)
    return raise_false(vm, TYPE_OF(TypeError), "str() takes at most 3 arguments (%d given)",
                       npos + (int)named);
  for (int i = 0; i < 3; i++) slots[i] = i < npos ? args[i] : VALUE_MISSING;
  for (size_t k = 0; k < named; k++) {
    const Str *name = value_object(kwnames->items[k]);
    int i = 0;
    while (i < 3 && !str_equal_cstr(name, names[i])) i++;
    if (i == 3)
      return raise_false(vm, TYPE_OF(TypeError), "'%U' is an invalid keyword argument for str()",
                         name);
    if (slots[i] != VALUE_MISSING)
      return raise_false(vm, TYPE_OF(TypeError),
                         "argument for str() given by name ('%s') and position (%d)", names[i],
                         i + 1);
    slots[i] = args[(size_t)npos + k];
  }
  return true;
}

static Value str_method_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  Value slots[3], text;
  if (LIKELY(npos == 1 && !kwnames)) {
    text = value_str(vm, args[0]);
  } else {
    if (!take_arguments(vm, args, npos, kwnames, slots)) return VALUE_FAIL;
    if (slots[0] == VALUE_MISSING) text = value_from(str_empty());
    else if (slots[1] == VALUE_MISSING && slots[2] == VALUE_MISSING) text = value_str(vm, slots[0]);
    else text = decode_argument(vm, slots[0], slots[1], slots[2]);
  }
  if (value_is_fail(text) || cls == TYPE_OF(str)) return text;
  return subclass_instance(vm, cls, value_object(text));
}

const ClassSpec str_class = {NATIVE_CLASS(str_method_), .basic_size = sizeof(Str),
                             .trace = str_trace};

const ClassSpec str_iterator_class = {
    NATIVE_CLASS_AS(str_iterator_, wide),
    .basic_size = sizeof(SequenceIterator),
    .trace = trace_iterator,
    .next = next_char,
};

const ClassSpec str_ascii_iterator_class = {
    NATIVE_CLASS_AS(str_iterator_, ascii),
    .basic_size = sizeof(SequenceIterator),
    .trace = trace_iterator,
    .next = next_char,
};

/* StrBuffer, see str.c: no Python object. */
const ClassSpec str_buffer_class = {.name = "str_buffer", .flags = TYPE_INTERNAL};
