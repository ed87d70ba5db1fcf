/* write.c -- objects to pickle: frames, the memo, and every type that the format has opcodes
** for. */
#include <stdio.h>
#include <stdlib.h>

#include "vm/base/float_text.h"
#include "vm/base/memory.h"
#include "vm/modules/pickle/pickle.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/memoryview.h"
#include "vm/objects/object.h"

/* ---- output and frames */

static void commit_frame(Pickler *p, bool last) {
  if (!p->framing || p->frame_start < 0 || p->out.failed) return;
  uint8_t *header = p->out.bytes + p->frame_start;
  size_t size = p->out.size - (size_t)p->frame_start - FRAME_HEADER;
  if (!last && size < FRAME_TARGET) return;
  if (size >= FRAME_LEAST) {
    header[0] = OP_FRAME;
    put_le(header + 1, size, 8);
  } else {
    memmove(header, header + FRAME_HEADER, size);
    p->out.size -= FRAME_HEADER;
  }
  p->frame_start = -1;
}

void pickle_write(Pickler *p, const void *bytes, size_t n) {
  if (UNLIKELY(p->framing && p->frame_start < 0)) {
    p->frame_start = (int64_t)p->out.size;
    if (!buffer_reserve(&p->out, FRAME_HEADER)) return;
    p->out.size += FRAME_HEADER;
  }
  buffer_add(&p->out, bytes, n);
}

static bool flush(VM *vm, Pickler *p) {
  if (p->write == VALUE_NONE) return true;
  if (!p->out.size) return buffer_is_whole(vm, &p->out);
  Bytes *bytes = bytes_from_buffer(vm, &p->out);
  p->out.size = 0;
  return bytes && !value_is_fail(call1(vm, p->write, value_from(bytes)));
}

static bool pickle_write_large(VM *vm, Pickler *p, const uint8_t *header, size_t n,
                               const uint8_t *bytes, size_t size, Value payload) {
  if (size < FRAME_TARGET) {
    pickle_write(p, header, n);
    pickle_write(p, bytes, size);
    return true;
  }
  bool framing = p->framing, fine = true;
  commit_frame(p, true);
  p->framing = false; /* large data stand between frames */
  pickle_write(p, header, n);
  if (p->write == VALUE_NONE) {
    pickle_write(p, bytes, size);
  } else {
    if (payload == VALUE_UNBOUND) payload = value_of(bytes_new(vm, bytes, size));
    fine = !value_is_fail(payload) && flush(vm, p) && !value_is_fail(call1(vm, p->write, payload));
  }
  p->framing = framing;
  return fine;
}

/* ---- the memo */

static inline uint32_t memo_slot(Value object) {
  return (uint32_t)((object >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

int64_t pickle_memo_find(const Pickler *p, Value object) {
  if (!p->memo) return -1;
  for (uint32_t at = memo_slot(object);; at++) {
    const struct MemoEntry *entry = &p->memo[at & p->memo_mask];
    if (entry->object == object) return entry->number;
    if (!entry->object) return -1;
  }
}

static void memo_add(Pickler *p, Value object, int64_t number) {
  uint32_t at = memo_slot(object);
  while (p->memo[at & p->memo_mask].object) at++;
  p->memo[at & p->memo_mask] = (struct MemoEntry){object, number};
  p->memo_used++;
}

static bool memo_grow(Pickler *p) {
  struct MemoEntry *old = p->memo;
  uint32_t size = old ? p->memo_mask + 1 : 0, larger = size ? size * 4 : 64;
  struct MemoEntry *memo = memory_take_zeroed(larger, sizeof *memo);
  if (!memo) return false;
  p->memo = memo;
  p->memo_mask = larger - 1;
  p->memo_used = 0;
  for (uint32_t i = 0; i < size; i++)
    if (old[i].object) memo_add(p, old[i].object, old[i].number);
  free(old);
  return true;
}

bool pickle_memo_put(VM *vm, Pickler *p, Value object, int64_t number) {
  if ((!p->memo || p->memo_used * 2 >= p->memo_mask) && !memo_grow(p))
    return raise_memory(vm), false;
  memo_add(p, object, number);
  return true;
}

void pickle_write_get(Pickler *p, int64_t number) {
  char text[24];
  if (p->protocol == 0)
    pickle_write(p, text, (size_t)snprintf(text, sizeof text, "g%lld\n", (long long)number));
  else
    pickle_write_short(p, (number < 256 ? OP_BINGET : OP_LONG_BINGET) | (uint64_t)number << 8,
                       number < 256 ? 2 : 5);
}

bool pickle_memoize(VM *vm, Pickler *p, Value object) {
  if (p->fast) return true;
  uint64_t number = (uint64_t)p->memo_count++;
  uint8_t bytes[24];
  if (object != VALUE_UNBOUND) {
    if (!pickle_memo_put(vm, p, object, (int64_t)number)) return false;
    if (!list_append_value(vm, p->kept, object)) return false;
  }
  if (p->protocol >= 4) return pickle_write_op(p, OP_MEMOIZE), true;
  if (p->protocol == 0)
    return pickle_write(p, bytes,
                        (size_t)snprintf((char *)bytes, sizeof bytes, "p%llu\n",
                                         (unsigned long long)number)),
           true;
  pickle_write_short(p, (number < 256 ? OP_BINPUT : OP_LONG_BINPUT) | number << 8,
                     number < 256 ? 2 : 5);
  return true;
}

/* ---- atoms */

static void write_text(Pickler *p, char op, const char *text, size_t n, const char *end) {
  pickle_write(p, &op, 1);
  pickle_write(p, text, n);
  pickle_write(p, end, strlen(end));
}

static bool save_big_int(VM *vm, Pickler *p, Value v) {
  if (p->protocol < 2) {
    Value text = int_to_str(vm, v, 10);
    if (value_is_fail(text)) return false;
    size_t n;
    const char *digits = str_utf8(vm, value_object(text), &n);
    write_text(p, OP_LONG, digits, n, "L\n");
    return true;
  }
  Value bits = call_method0(vm, v, NAME("bit_length"));
  if (value_is_fail(bits)) return false;
  int64_t size = (value_as_int(bits) >> 3) + 1;
  Value args[] = {value_int_unchecked(size), value_from(NAME("little")), VALUE_TRUE};
  Value encoded =
      call_method_values(vm, v, NAME("to_bytes"), args, 2, TUPLE(value_from(NAME("signed"))));
  if (value_is_fail(encoded)) return false;
  const Bytes *bytes = value_object(encoded);
  if (size > 1 && int_sign(v) < 0 && bytes->data[size - 1] == 0xFF && bytes->data[size - 2] & 0x80)
    size--;
  uint8_t header[5] = {size < 256 ? OP_LONG1 : OP_LONG4};
  put_le(header + 1, (uint64_t)size, 4);
  pickle_write(p, header, size < 256 ? 2 : 5);
  pickle_write(p, bytes->data, (size_t)size);
  return true;
}

static inline bool is_int32(Value v) {
  return value_is_int(v) && value_as_int(v) == (int32_t)value_as_int(v);
}

static inline void save_int32(Pickler *p, int32_t n) {
  int size = n >= 0 && n <= 0xFF ? 1 : n >= 0 && n <= 0xFFFF ? 2 : 4;
  Opcode op = size == 1 ? OP_BININT1 : size == 2 ? OP_BININT2 : OP_BININT;
  pickle_write_short(p, op | (uint64_t)(uint32_t)n << 8, (size_t)size + 1);
}

static bool save_int(VM *vm, Pickler *p, Value v) {
  if (!is_int32(v)) return save_big_int(vm, p, v);
  int32_t n = (int32_t)value_as_int(v);
  uint8_t bytes[24];
  if (p->protocol == 0)
    return pickle_write(p, bytes, (size_t)snprintf((char *)bytes, sizeof bytes, "I%d\n", n)), true;
  save_int32(p, n);
  return true;
}

static bool save_float(Pickler *p, double d) {
  if (p->protocol == 0) {
    char text[FLOAT_REPR_SIZE];
    write_text(p, OP_FLOAT, text, float_repr(d, text), "\n");
    return true;
  }
  uint64_t bits;
  uint8_t bytes[9] = {OP_BINFLOAT};
  memcpy(&bits, &d, 8);
  bits = __builtin_bswap64(bits);
  memcpy(bytes + 1, &bits, 8);
  pickle_write(p, bytes, 9);
  return true;
}

static bool save_atom(VM *vm, Pickler *p, Value v) {
  if (v == VALUE_NONE) return pickle_write_op(p, OP_NONE), true;
  if (value_is_bool(v)) {
    if (p->protocol >= 2) pickle_write_op(p, v == VALUE_TRUE ? OP_NEWTRUE : OP_NEWFALSE);
    else pickle_write(p, v == VALUE_TRUE ? "I01\n" : "I00\n", 4);
    return true;
  }
  return value_is_int(v) || value_is(v, int) ? save_int(vm, p, v) : save_float(p, float_of(v));
}
static bool is_atom(Value v) {
  return value_is_int(v) || value_is_float(v) || v == VALUE_NONE || value_is_bool(v) ||
         value_is(v, int) || value_is(v, float);
}

/* ---- bytes and text */

static bool write_counted(VM *vm, Pickler *p, Opcode one, Opcode four, Opcode eight,
                          const uint8_t *bytes, size_t n, Value payload) {
  uint8_t header[9];
  int width = n <= 0xFF && one ? 1 : n <= UINT32_MAX && four ? 4 : 8;
  header[0] = (uint8_t)(width == 1 ? one : width == 4 ? four : eight);
  put_le(header + 1, n, width);
  return pickle_write_large(vm, p, header, (size_t)width + 1, bytes, n, payload);
}

static bool save_call(VM *vm, Pickler *p, Value function, Value arguments, Value object) {
  return pickle_save_reduce(vm, p, PACK(function, arguments), object);
}

static bool save_bytes_data(VM *vm, Pickler *p, const uint8_t *bytes, size_t n, Value payload,
                            Value object) {
  if (p->protocol < 4 && n > UINT32_MAX)
    return raise_false(
        vm, TYPE_OF(OverflowError),
        "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher");
  return write_counted(vm, p, OP_SHORT_BINBYTES, OP_BINBYTES, OP_BINBYTES8, bytes, n, payload) &&
         pickle_memoize(vm, p, object);
}

static bool save_bytes(VM *vm, Pickler *p, Value v) {
  const Bytes *bytes = value_object(v);
  if (p->protocol >= 3) return save_bytes_data(vm, p, bytes->data, bytes->length, v, v);
  if (!bytes->length)
    return save_call(vm, p, value_from(TYPE_OF(bytes)), value_from(tuple_new(vm, 0)), v);
  Value codecs = name_import(vm, NAME("_codecs"));
  Value encode = value_is_fail(codecs) ? VALUE_FAIL : get_attribute(vm, codecs, NAME("encode"));
  if (value_is_fail(encode)) return false;
  Value text = value_of(str_new_latin1(vm, bytes->data, bytes->length));
  return !value_is_fail(text) &&
         save_call(vm, p, encode, PACK(text, value_from(NAME("latin1"))), v);
}

static bool save_bytearray(VM *vm, Pickler *p, Value v) {
  ByteArray *array = value_object(v);
  if (p->protocol >= 5)
    return write_counted(vm, p, 0, 0, OP_BYTEARRAY8, bytearray_bytes(array), array->length, v) &&
           pickle_memoize(vm, p, v);
  if (!array->length)
    return save_call(vm, p, value_from(TYPE_OF(bytearray)), value_from(tuple_new(vm, 0)), v);
  Value bytes = value_of(bytes_new(vm, bytearray_bytes(array), array->length));
  return !value_is_fail(bytes) && save_call(vm, p, value_from(TYPE_OF(bytearray)), PACK(bytes), v);
}

static bool save_buffer(VM *vm, Pickler *p, Value v) {
  PickleBuffer *buffer = value_object(v);
  if (p->protocol < 5)
    return raise_pickling(vm, "PickleBuffer can only pickled with protocol >= 5"), false;
  if (!pickle_buffer_is_alive(vm, buffer)) return false;
  bool in_band = true;
  Value contiguous = get_attribute(vm, buffer->view, NAME("contiguous"));
  if (value_is_fail(contiguous)) return false;
  if (contiguous != VALUE_TRUE)
    return raise_pickling(
               vm, "PickleBuffer can not be pickled when pointing to a non-contiguous buffer"),
           false;
  if (p->buffer_callback != VALUE_NONE) {
    Value answer = call1(vm, p->buffer_callback, v);
    int truth = value_is_fail(answer) ? -1 : value_truth(vm, answer);
    if (truth < 0) return false;
    in_band = truth;
  }
  bool readonly = ((MemoryView *)value_object(buffer->view))->readonly;
  if (!in_band) {
    pickle_write_op(p, OP_NEXT_BUFFER);
    if (readonly) pickle_write_op(p, OP_READONLY_BUFFER);
    return true;
  }
  Value copy = call_method1(vm, buffer->view, NAME("tobytes"), value_from(NAME("A")));
  if (value_is_fail(copy)) return false;
  const Bytes *bytes = value_object(copy);
  if (readonly) return save_bytes_data(vm, p, bytes->data, bytes->length, copy, v);
  return write_counted(vm, p, 0, 0, OP_BYTEARRAY8, bytes->data, bytes->length, copy) &&
         pickle_memoize(vm, p, v);
}

/* Protocol 0: raw-unicode-escape, also of what would end the line or confuse old systems. */
static void write_escaped(Pickler *p, Str *s) {
  pickle_write_op(p, OP_UNICODE);
  for (size_t i = 0; i < s->length; i++) {
    uint32_t c = str_at(s, i);
    char text[16];
    bool plain = c < 256 && c != '\\' && c != 0 && c != '\n' && c != '\r' && c != 0x1a;
    int n = plain ? (text[0] = (char)c, 1)
                  : snprintf(text, sizeof text, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c);
    pickle_write(p, text, (size_t)n);
  }
  pickle_write(p, "\n", 1);
}

/* write_short_text: with the opcode for less than 256 bytes; false: not here. */
static inline bool write_short_text(Pickler *p, const Str *s) {
  size_t n = s->length;
  bool fits = str_is_ascii(s) && n <= 0xFF && p->protocol >= 4 && p->frame_start >= 0;
  if (!fits || !buffer_reserve(&p->out, n + 2)) return false;
  uint8_t *to = p->out.bytes + p->out.size;
  to[0] = OP_SHORT_BINUNICODE, to[1] = (uint8_t)n;
  memcpy(to + 2, str_data(s), n);
  p->out.size += n + 2;
  return true;
}

static bool save_str(VM *vm, Pickler *p, Value v) {
  Str *s = value_object(v);
  if (write_short_text(p, s)) return pickle_memoize(vm, p, v);
  if (p->protocol == 0) return write_escaped(p, s), pickle_memoize(vm, p, v);
  size_t n;
  const char *text = str_utf8(vm, s, &n); /* lone surrogates pass */
  if (!text) return false;
  if (n > UINT32_MAX && p->protocol < 4)
    return raise_false(
        vm, TYPE_OF(OverflowError),
        "serializing a string larger than 4 GiB requires pickle protocol 4 or higher");
  return write_counted(vm, p, p->protocol >= 4 ? OP_SHORT_BINUNICODE : 0, OP_BINUNICODE,
                       OP_BINUNICODE8, (const uint8_t *)text, n, VALUE_UNBOUND) &&
         pickle_memoize(vm, p, v);
}

/* ---- containers */

static inline bool is_frame_full(const Pickler *p) {
  return p->framing && p->frame_start >= 0 &&
         p->out.size - (size_t)p->frame_start >= FRAME_TARGET + FRAME_HEADER;
}

/* save_member: pickle_save, with small ints inline. */
static inline bool save_member(VM *vm, Pickler *p, Value v) {
  bool is_easy = is_int32(v) && p->protocol > 0 && p->persistent_id == VALUE_MISSING;
  if (!is_easy || UNLIKELY(is_frame_full(p))) return pickle_save(vm, p, v, false);
  save_int32(p, (int32_t)value_as_int(v));
  return true;
}

static bool save_tuple(VM *vm, Pickler *p, Value v) {
  Tuple *tuple = value_object(v);
  size_t n = tuple_length(tuple);
  if (!n) {
    if (p->protocol >= 1) pickle_write_op(p, OP_EMPTY_TUPLE);
    else pickle_write(p, "(t", 2);
    return true;
  }
  bool small = n <= 3 && p->protocol >= 2;
  if (!small) pickle_write_op(p, OP_MARK);
  for (size_t i = 0; i < n; i++)
    if (!save_member(vm, p, tuple->items[i])) return false;
  int64_t number = pickle_memo_find(p, v);
  if (number < 0) {
    pickle_write_op(p, small ? (Opcode)(OP_TUPLE1 + n - 1) : OP_TUPLE);
    return pickle_memoize(vm, p, v);
  }
  /* It holds itself: its items saved it already. Drop what was put on the stack. */
  if (!small && p->protocol >= 1) pickle_write_op(p, OP_POP_MARK);
  else
    for (size_t i = 0; i < n + !small; i++) pickle_write_op(p, OP_POP);
  pickle_write_get(p, number);
  return true;
}

static bool save_list(VM *vm, Pickler *p, Value v) {
  List *list = value_object(v);
  if (p->protocol >= 1) pickle_write_op(p, OP_EMPTY_LIST);
  else pickle_write(p, "(l", 2);
  if (!pickle_memoize(vm, p, v)) return false;
  size_t n = list_length(list);
  if (p->protocol == 0 || n == 1) {
    for (size_t i = 0; i < list_length(list); i++) {
      if (!pickle_save(vm, p, list_items(list)[i], false)) return false;
      pickle_write_op(p, OP_APPEND);
    }
    return true;
  }
  for (size_t i = 0; i < list_length(list);) {
    if (!vm_listen(vm)) return false;
    pickle_write_op(p, OP_MARK);
    for (size_t stop = i + BATCH; i < stop && i < list_length(list); i++)
      if (!save_member(vm, p, list_items(list)[i])) return false;
    pickle_write_op(p, OP_APPENDS);
  }
  return true;
}

/* Items of an iterator in batches: one alone, or between a mark and the opcode for many. */
static bool save_item(VM *vm, Pickler *p, Value item, bool pair) {
  if (!pair) return pickle_save(vm, p, item, false);
  if (!value_has_flag(item, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(item)) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "dict items iterator must return 2-tuples");
  const Value *parts = ((Tuple *)value_object(item))->items;
  return pickle_save(vm, p, parts[0], false) && pickle_save(vm, p, parts[1], false);
}
/* Of a batch the first two items are taken together, which tells whether it has one only; each
** other when the one before is saved. */
static bool batch(VM *vm, Pickler *p, Value iterator, bool pairs, Opcode one, Opcode many) {
  for (;;) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_STOP) return true;
    Value next = value_is_fail(item) || p->protocol == 0 ? VALUE_STOP : iterator_next(vm, iterator);
    if (value_is_fail(item) || value_is_fail(next)) return false;
    bool alone = next == VALUE_STOP;
    if (!alone) pickle_write_op(p, OP_MARK);
    if (!save_item(vm, p, item, pairs)) return false;
    for (int n = 1; next != VALUE_STOP && n < BATCH; n++) {
      if (!save_item(vm, p, next, pairs)) return false;
      if (n + 1 == BATCH) break;
      next = iterator_next(vm, iterator);
      if (value_is_fail(next)) return false;
    }
    pickle_write_op(p, alone ? one : many);
    if (next == VALUE_STOP && p->protocol > 0) return true;
  }
}
bool pickle_batch_list(VM *vm, Pickler *p, Value iterator) {
  return batch(vm, p, iterator, false, OP_APPEND, OP_APPENDS);
}
bool pickle_batch_dict(VM *vm, Pickler *p, Value iterator) {
  return batch(vm, p, iterator, true, OP_SETITEM, OP_SETITEMS);
}

/* After a batch that is full comes one more, and be it empty: so CPython writes it. */
static bool save_exact_items(VM *vm, Pickler *p, Dict *dict) {
  size_t length = dict_length(dict), position = 0;
  Value key, value;
  bool more = dict_next(dict, &position, &key, &value);
  for (int n = more ? BATCH : 0; n == BATCH;) {
    if (!vm_listen(vm)) return false;
    if (dict_length(dict) != length)
      return raise_false(vm, TYPE_OF(RuntimeError), "dictionary changed size during iteration");
    if (length > 1) pickle_write_op(p, OP_MARK);
    for (n = 0; more && n < BATCH; n++) {
      if (!save_member(vm, p, key) || !save_member(vm, p, value)) return false;
      if (dict_length(dict) != length)
        return raise_false(vm, TYPE_OF(RuntimeError), "dictionary changed size during iteration");
      more = dict_next(dict, &position, &key, &value);
    }
    pickle_write_op(p, length > 1 ? OP_SETITEMS : OP_SETITEM);
  }
  return true;
}

static bool save_dict(VM *vm, Pickler *p, Value v) {
  if (p->protocol >= 1) pickle_write_op(p, OP_EMPTY_DICT);
  else pickle_write(p, "(d", 2);
  if (!pickle_memoize(vm, p, v)) return false;
  if (p->protocol >= 1) return save_exact_items(vm, p, value_object(v));
  Value items = call_method0(vm, v, NAME("items"));
  Value iterator = value_is_fail(items) ? items : get_iterator(vm, items);
  return !value_is_fail(iterator) && pickle_batch_dict(vm, p, iterator);
}

static bool save_set_as_list(VM *vm, Pickler *p, Value v) {
  List *items = list_from_iterable(vm, v);
  return items && save_call(vm, p, value_from(value_type(v)), PACK(value_from(items)), v);
}

static bool save_set(VM *vm, Pickler *p, Value v) {
  if (p->protocol < 4) return save_set_as_list(vm, p, v);
  Set *set = value_object(v);
  pickle_write_op(p, OP_EMPTY_SET);
  if (!pickle_memoize(vm, p, v)) return false;
  size_t length = set_length(set), position = 0;
  Value item;
  bool more = set_next(set, &position, &item);
  for (int n = more ? BATCH : 0; n == BATCH;) {
    pickle_write_op(p, OP_MARK);
    for (n = 0; more && n < BATCH; n++) {
      if (!pickle_save(vm, p, item, false)) return false;
      if (set_length(set) != length)
        return raise_false(vm, TYPE_OF(RuntimeError), "set changed size during iteration");
      more = set_next(set, &position, &item);
    }
    pickle_write_op(p, OP_ADDITEMS);
  }
  return true;
}

static bool save_frozenset(VM *vm, Pickler *p, Value v) {
  if (p->protocol < 4) return save_set_as_list(vm, p, v);
  size_t position = 0;
  Value item;
  pickle_write_op(p, OP_MARK);
  while (set_next(value_object(v), &position, &item))
    if (!pickle_save(vm, p, item, false)) return false;
  int64_t number = pickle_memo_find(p, v);
  if (number < 0) return pickle_write_op(p, OP_FROZENSET), pickle_memoize(vm, p, v);
  pickle_write_op(p, OP_POP_MARK);
  pickle_write_get(p, number);
  return true;
}

/* ---- any object */

/* 1: saved, 0: it has no persistent id, -1 raised */
static Answer save_persistent(VM *vm, Pickler *p, Value v) {
  Value id = call1(vm, p->persistent_id, v);
  if (value_is_fail(id)) return ANSWER_FAILED;
  if (id == VALUE_NONE) return ANSWER_NO;
  if (p->protocol >= 1) {
    if (!pickle_save(vm, p, id, true)) return ANSWER_FAILED;
    pickle_write_op(p, OP_BINPERSID);
    return ANSWER_YES;
  }
  Value text = value_str(vm, id);
  if (value_is_fail(text)) return ANSWER_FAILED;
  if (!str_is_ascii(value_object(text)))
    return raise_pickling(vm, "persistent IDs in protocol 0 must be ASCII strings"), ANSWER_FAILED;
  size_t n;
  const char *bytes = str_utf8(vm, value_object(text), &n);
  write_text(p, OP_PERSID, bytes, n, "\n");
  return ANSWER_YES;
}

/* What the object is taken apart to: by the dispatch table, or its own methods. UNBOUND: saved
** already. */
static Value take_apart(VM *vm, Pickler *p, Value v) {
  Type *type = value_type(v);
  Value reduce;
  if (p->dispatch_table == VALUE_MISSING) {
    Value table = copyreg_table(vm, NAME("dispatch_table"));
    if (value_is_fail(table)) return table;
    reduce = dict_get(vm, value_object(table), value_from(type));
  } else {
    reduce = get_item(vm, p->dispatch_table, value_from(type));
    if (value_is_fail(reduce) && error_clear_if(vm, TYPE_OF(KeyError))) reduce = VALUE_UNBOUND;
  }
  if (reduce != VALUE_UNBOUND) return value_is_fail(reduce) ? reduce : call1(vm, reduce, v);
  if (type_has(type, TYPE_TYPE_SUBCLASS))
    return pickle_save_global(vm, p, v, NULL) ? VALUE_UNBOUND : VALUE_FAIL;
  bool done = false;
  if (!pickle_save_plain(vm, p, v, &done)) return VALUE_FAIL;
  if (done) return VALUE_UNBOUND;
  reduce = find_attribute(vm, v, NAME("__reduce_ex__"));
  if (reduce != VALUE_UNBOUND)
    return value_is_fail(reduce) ? reduce : call1(vm, reduce, value_int_unchecked(p->protocol));
  reduce = find_attribute(vm, v, NAME("__reduce__"));
  if (reduce != VALUE_UNBOUND) return value_is_fail(reduce) ? reduce : call0(vm, reduce);
  return raise_pickling(vm, "can't pickle '%.200T' object: %R", v, v);
}

static bool save_other(VM *vm, Pickler *p, Value v) {
  Value reduced = VALUE_NOT_IMPLEMENTED;
  if (p->reducer_override != VALUE_MISSING) reduced = call1(vm, p->reducer_override, v);
  if (reduced == VALUE_NOT_IMPLEMENTED) {
    if (value_is(v, type)) return pickle_save_type(vm, p, v);
    if (value_is(v, function)) return pickle_save_global(vm, p, v, NULL);
    reduced = take_apart(vm, p, v);
    if (reduced == VALUE_UNBOUND) return true;
  }
  if (value_is_fail(reduced)) return false;
  if (value_is_str(reduced)) return pickle_save_global(vm, p, v, value_object(reduced));
  if (!value_has_flag(reduced, TYPE_TUPLE_SUBCLASS))
    return raise_pickling(vm, "__reduce__ must return a string or tuple"), false;
  return pickle_save_reduce(vm, p, reduced, v);
}

static bool save_known(VM *vm, Pickler *p, Value v) {
  switch (value_is_pointer(v) ? ((Object *)value_object(v))->shape : 0) {
  case SHAPE_OF(dict): return save_dict(vm, p, v);
  case SHAPE_OF(set): return save_set(vm, p, v);
  case SHAPE_OF(frozenset): return save_frozenset(vm, p, v);
  case SHAPE_OF(list): return save_list(vm, p, v);
  case SHAPE_OF(tuple): return save_tuple(vm, p, v);
  case SHAPE_OF(bytearray): return save_bytearray(vm, p, v);
  case SHAPE_OF(PickleBuffer): return save_buffer(vm, p, v);
  default: return save_other(vm, p, v);
  }
}

bool pickle_save(VM *vm, Pickler *p, Value v, bool no_persistent_id) {
  if (UNLIKELY(is_frame_full(p))) {
    commit_frame(p, false);
    if (!flush(vm, p)) return false;
  }
  if (!no_persistent_id && p->persistent_id != VALUE_MISSING) {
    Answer saved = save_persistent(vm, p, v);
    if (saved) return saved == ANSWER_YES;
  }
  if (is_atom(v)) return save_atom(vm, p, v);
  int64_t number = pickle_memo_find(p, v);
  if (number >= 0) return pickle_write_get(p, number), true;
  if (value_is(v, bytes)) return save_bytes(vm, p, v);
  if (value_is(v, str)) return save_str(vm, p, v);
  if (vm_c_stack_low(vm) && !vm_check_c_stack(vm, " while pickling an object")) return false;
  if (!vm_listen(vm)) return false;
  return save_known(vm, p, v);
}

bool pickler_dump(VM *vm, Pickler *p, Value object) {
  p->out.size = 0;
  p->frame_start = -1;
  p->framing = false;
  if (p->protocol >= 2) pickle_write(p, (const uint8_t[]){OP_PROTO, (uint8_t)p->protocol}, 2);
  p->framing = p->protocol >= 4;
  if (!pickle_save(vm, p, object, false)) return false;
  pickle_write_op(p, OP_STOP);
  commit_frame(p, true);
  p->framing = false;
  return flush(vm, p);
}
