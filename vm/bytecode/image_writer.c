/* image_writer.c -- see image_writer.h. */
#include "vm/bytecode/image_writer.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

void image_writer_init(ImageWriter *writer, Arena *arena) {
  *writer = (ImageWriter){.arena = arena};
}

void image_writer_deinit(ImageWriter *w) {
  Buffer *all[] = {
      &w->texts,   &w->constants, &w->string_offsets, &w->constant_offsets, &w->function_offsets,
      &w->records, &w->cold};
  for (size_t i = 0; i < ARRAY_COUNT(all); i++) buffer_deinit(all[i]);
}

static void add_u32(Buffer *out, uint32_t n) { buffer_add(out, &n, 4); }

static void add_u32s(Buffer *out, const uint32_t *numbers, uint32_t count) {
  if (count) buffer_add(out, numbers, 4 * (size_t)count);
}

/* ---- interning: records in `data` that start at offsets[number] */
static void grow_table(InternTable *table, Arena *arena) {
  uint32_t capacity = table->capacity ? table->capacity * 2 : 64;
  uint32_t *hashes = ARENA_ARRAY(arena, uint32_t, capacity);
  if (table->count) memcpy(hashes, table->hashes, 4 * (size_t)table->count);
  table->hashes = hashes;
  table->capacity = capacity;
  table->mask = capacity * 2 - 1;
  table->slots = ARENA_ARRAY(arena, uint32_t, capacity * 2);
  for (uint32_t i = 0; i < table->count; i++) {
    uint32_t at = hashes[i] & table->mask;
    while (table->slots[at]) at = (at + 1) & table->mask;
    table->slots[at] = i + 1;
  }
}

/* Records are read again while others are added: what was dropped would be missed. */
static void stop_if_failed(ImageWriter *w, const Buffer *a, const Buffer *b) {
  if (UNLIKELY(a->failed || b->failed)) arena_fail(w->arena);
}

/* Finds the record equal to `record` or appends it; returns its number. */
static uint32_t intern_record(ImageWriter *w, InternTable *table, Buffer *data, Buffer *offsets,
                              const void *head, size_t head_size, const void *body,
                              size_t body_size) {
  stop_if_failed(w, data, offsets);
  if (table->count == table->capacity) grow_table(table, w->arena);
  uint32_t hash =
      (uint32_t)XXH3_64bits(body, body_size) ^ (uint32_t)XXH3_64bits(head, head_size) * 31;
  uint32_t at = hash & table->mask;
  for (; table->slots[at]; at = (at + 1) & table->mask) {
    uint32_t number = table->slots[at] - 1;
    if (table->hashes[number] != hash) continue;
    const uint8_t *there = data->bytes + ((const uint32_t *)offsets->bytes)[number];
    size_t room = (size_t)(data->bytes + data->size - there);
    if (room >= head_size + body_size && !memcmp(there, head, head_size) &&
        !memcmp(there + head_size, body, body_size))
      return number;
  }
  table->hashes[table->count] = hash;
  table->slots[at] = ++table->count;
  add_u32(offsets, (uint32_t)data->size);
  buffer_add(data, head, head_size);
  buffer_add(data, body, body_size);
  return table->count - 1;
}

static size_t put_varint(uint8_t *out, uint64_t n) {
  size_t size = 0;
  for (; n >= 0x80; n >>= 7) out[size++] = (uint8_t)(n | 0x80);
  out[size++] = (uint8_t)n;
  return size;
}

static uint8_t string_flags(const char *bytes, size_t size) {
  uint8_t high = 0;
  bool word = size <= 256;
  for (size_t i = 0; i < size; i++) high |= (uint8_t)bytes[i];
  for (size_t i = 0; word && i < size; i++) {
    uint8_t c = (uint8_t)bytes[i];
    word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
  return (uint8_t)((high < 0x80 ? STRING_ASCII : 0) | (word ? STRING_IDENTIFIER : 0));
}

uint32_t writer_string(ImageWriter *w, const char *bytes, size_t size) {
  uint8_t head[10];
  size_t head_size = put_varint(head, (uint64_t)size << 2 | string_flags(bytes, size));
  uint32_t before = w->string_table.count;
  uint32_t number = intern_record(w, &w->string_table, &w->texts, &w->string_offsets, head,
                                  head_size, size ? bytes : "", size);
  if (w->string_table.count != before) buffer_add_byte(&w->texts, 0);
  return number;
}

static uint32_t add_constant(ImageWriter *w, const void *head, size_t head_size, const void *body,
                             size_t body_size) {
  return intern_record(w, &w->constant_table, &w->constants, &w->constant_offsets, head, head_size,
                       body, body_size);
}

uint32_t writer_simple(ImageWriter *w, ConstantTag tag) {
  return add_constant(w, &(uint8_t){tag}, 1, "", 0);
}
uint32_t writer_none(ImageWriter *w) { return writer_simple(w, CONSTANT_NONE); }

static uint32_t add_number(ImageWriter *w, ConstantTag tag, uint64_t n) {
  uint8_t record[11] = {tag};
  return add_constant(w, record, 1 + put_varint(record + 1, n), "", 0);
}

uint32_t writer_int(ImageWriter *w, int64_t n) {
  return add_number(w, CONSTANT_INT, (uint64_t)n << 1 ^ (uint64_t)(n >> 63));
}
uint32_t writer_big_int(ImageWriter *w, const char *hex, size_t size) {
  return add_number(w, CONSTANT_BIG_INT, writer_string(w, hex, size));
}
uint32_t writer_str(ImageWriter *w, const char *bytes, size_t size) {
  return add_number(w, CONSTANT_STR, writer_string(w, bytes, size));
}
uint32_t writer_code(ImageWriter *w, uint32_t function) {
  return add_number(w, CONSTANT_CODE, function);
}

uint32_t writer_float(ImageWriter *w, double real) {
  return add_constant(w, &(uint8_t){CONSTANT_FLOAT}, 1, &real, 8);
}

uint32_t writer_complex(ImageWriter *w, double real, double imaginary) {
  return add_constant(w, &(uint8_t){CONSTANT_COMPLEX}, 1, (double[]){real, imaginary}, 16);
}

uint32_t writer_bytes(ImageWriter *w, const char *bytes, size_t size) {
  uint8_t head[11] = {CONSTANT_BYTES};
  size_t head_size = 1 + put_varint(head + 1, size);
  uint32_t before = w->constant_table.count;
  uint32_t number = add_constant(w, head, head_size, bytes, size);
  if (w->constant_table.count != before) buffer_add_byte(&w->constants, 0);
  return number;
}

uint32_t writer_tuple(ImageWriter *w, ConstantTag tag, const uint32_t *items, uint32_t count) {
  uint8_t head[11] = {tag};
  size_t head_size = 1 + put_varint(head + 1, count);
  uint8_t *body = arena_alloc(w->arena, 5 * (size_t)count + 1);
  size_t size = 0;
  for (uint32_t i = 0; i < count; i++) size += put_varint(body + size, items[i]);
  return add_constant(w, head, head_size, body, size);
}

/* ---- functions */
uint32_t writer_reserve_function(ImageWriter *w) {
  add_u32(&w->function_offsets, 0);
  return w->function_count++;
}

void writer_add_function(ImageWriter *w, uint32_t index, const WriterFunction *f) {
  stop_if_failed(w, &w->function_offsets, &w->records);
  ((uint32_t *)w->function_offsets.bytes)[index] = (uint32_t)w->records.size;
  Buffer *out = &w->records;
  uint32_t head[] = {f->flags,          f->name,        f->qualname,       f->argcount,
                     f->posonlycount,   f->kwonlycount, f->register_count, f->local_count,
                     f->cell_count,     f->free_count,  f->firstlineno,    f->name_count,
                     f->constant_count, f->range_count, f->code_size,      (uint32_t)w->cold.size};
  for (size_t i = 0; i < ARRAY_COUNT(head); i++) buffer_add_varint(out, head[i]);
  add_u32s(out, f->locals, f->local_count);
  add_u32s(out, f->cells, 2 * f->cell_count);
  add_u32s(out, f->frees, f->free_count);
  add_u32s(out, f->names, f->name_count);
  add_u32s(out, f->constants, f->constant_count);
  if (f->range_count) buffer_add(out, f->ranges, sizeof *f->ranges * f->range_count);
  buffer_add(out, f->code, f->code_size);
  buffer_add(&w->cold, f->lines, f->lines_size);
}

/* ---- line tables */
void line_writer_init(LineWriter *w, uint32_t firstlineno) {
  *w = (LineWriter){.line = (int32_t)firstlineno};
}

static void flush_line(LineWriter *w) {
  if (!w->pending) return;
  const Position *at = &w->position;
  int kind = at->line < 0                                                                      ? 0
             : at->column < 0 || at->end_column < 0 || at->end_line < at->line                 ? 3
             : at->line == w->line && at->end_line == at->line && at->end_column >= at->column ? 2
                                                                                               : 1;
  buffer_add_varint(&w->out, (uint64_t)w->pending << 2 | (unsigned)kind);
  if (kind == 1) {
    buffer_add_signed(&w->out, at->line - w->line);
    buffer_add_varint(&w->out, (uint64_t)(at->end_line - at->line));
    buffer_add_varint(&w->out, (uint64_t)at->column);
    buffer_add_varint(&w->out, (uint64_t)at->end_column);
  } else if (kind == 2) {
    buffer_add_varint(&w->out, (uint64_t)at->column);
    buffer_add_varint(&w->out, (uint64_t)(at->end_column - at->column));
  } else if (kind == 3) {
    buffer_add_signed(&w->out, at->line - w->line);
  }
  if (kind) w->line = at->line;
  w->pending = 0;
}

void line_writer_add(LineWriter *w, uint32_t code_bytes, Position position) {
  if (w->pending && memcmp(&position, &w->position, sizeof position)) flush_line(w);
  w->position = position;
  w->pending += code_bytes;
}

void line_writer_finish(LineWriter *w) { flush_line(w); }

/* ---- the whole */
static void add_table(Buffer *out, const Buffer *offsets, uint64_t base) {
  for (size_t i = 0; i < offsets->size; i += 4)
    add_u32(out, (uint32_t)(base + image_u32(offsets->bytes + i)));
}

bool image_writer_finish(ImageWriter *w, uint32_t filename, ContentHash source, Buffer *out) {
  ImageHeader header = {.magic = IMAGE_MAGIC,
                        .version = image_version(),
                        .function_count = w->function_count,
                        .string_count = w->string_table.count,
                        .constant_count = w->constant_table.count,
                        .filename = filename,
                        .source = source};
  uint64_t at = sizeof header;
  header.functions = (uint32_t)at, at += w->function_offsets.size;
  header.strings = (uint32_t)at, at += w->string_offsets.size;
  header.constants = (uint32_t)at, at += w->constant_offsets.size;
  uint64_t records = at, texts = records + w->records.size, constants = texts + w->texts.size;
  uint64_t cold = constants + w->constants.size, size = cold + w->cold.size;
  if (size > UINT32_MAX) return false;
  header.cold = (uint32_t)cold;
  header.size = (uint32_t)size;
  size_t start = out->size;
  const Buffer *parts[] = {&w->records,          &w->texts,          &w->constants,       &w->cold,
                           &w->function_offsets, &w->string_offsets, &w->constant_offsets};
  for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
    if (parts[i]->failed) return false;
  if (!buffer_reserve(out, size)) return false;
  buffer_add(out, &header, sizeof header);
  add_table(out, &w->function_offsets, records);
  add_table(out, &w->string_offsets, texts);
  add_table(out, &w->constant_offsets, constants);
  buffer_add(out, w->records.bytes, w->records.size);
  buffer_add(out, w->texts.bytes, w->texts.size);
  buffer_add(out, w->constants.bytes, w->constants.size);
  buffer_add(out, w->cold.bytes, w->cold.size);
  ImageHeader *written = (ImageHeader *)(out->bytes + start);
  size_t checked = offsetof(ImageHeader, checksum) + 8;
  written->checksum = XXH3_64bits((char *)written + checked, size - checked);
  return true;
}
