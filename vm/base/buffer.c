/* buffer.c -- see buffer.h. Capacity doubles. */
#include "vm/base/memory.h"
#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

NORETURN void panic(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fputs("krait: internal error: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
  abort();
}

void buffer_init(Buffer *buffer) { *buffer = (Buffer){0}; }

void buffer_deinit(Buffer *buffer) {
  free(buffer->bytes);
  *buffer = (Buffer){0};
}

bool buffer_fail(Buffer *buffer) {
  if (buffer->failed) return false;
  free(buffer->bytes);
  *buffer = (Buffer){.failed = true};
  if (memory_refused) memory_refused();
  return false;
}

bool buffer_try_reserve(Buffer *buffer, size_t more) {
  if (buffer->capacity - buffer->size >= more) return true;
  if (UNLIKELY(buffer->failed || more > BUFFER_SIZE_MAX - buffer->size)) return false;
  size_t capacity = buffer->capacity ? buffer->capacity * 2 : 64;
  while (capacity < buffer->size + more) capacity *= 2;
  uint8_t *bytes = memory_resize(buffer->bytes, capacity);
  if (UNLIKELY(!bytes)) return false;
  buffer->bytes = bytes;
  buffer->capacity = capacity;
  return true;
}

bool buffer_reserve_slow(Buffer *buffer, size_t more) {
  return buffer_try_reserve(buffer, more) || buffer_fail(buffer);
}

void buffer_expect(Buffer *buffer, size_t more) {
  if (!buffer_reserve(buffer, more)) return; /* the buffer remembers it */
}

void buffer_add(Buffer *buffer, const void *bytes, size_t n) {
  if (!n || UNLIKELY(!buffer_reserve(buffer, n))) return;
  memcpy(buffer->bytes + buffer->size, bytes, n);
  buffer->size += n;
}

void buffer_move(Buffer *buffer, void *to) {
  memory_move(to, buffer->bytes, buffer->size);
  buffer_deinit(buffer);
  assert(!buffer->size && !buffer->bytes);
}

void buffer_add_all(Buffer *buffer, const Buffer *other) {
  if (UNLIKELY(other->failed)) (void)buffer_fail(buffer);
  else buffer_add(buffer, other->bytes, other->size);
}

void buffer_add_text(Buffer *buffer, const char *text) { buffer_add(buffer, text, strlen(text)); }

void buffer_printf(Buffer *buffer, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (buffer_reserve(buffer, (size_t)n + 1)) {
    vsnprintf((char *)buffer->bytes + buffer->size, (size_t)n + 1, format, again);
    buffer->size += (size_t)n;
  }
  va_end(again);
}

void buffer_add_varint(Buffer *buffer, uint64_t n) {
  while (n >= 0x80) {
    buffer_add_byte(buffer, (uint8_t)(n | 0x80));
    n >>= 7;
  }
  buffer_add_byte(buffer, (uint8_t)n);
}

void buffer_add_signed(Buffer *buffer, int64_t n) {
  buffer_add_varint(buffer, ((uint64_t)n << 1) ^ (uint64_t)(n >> 63));
}

const char *buffer_text(Buffer *buffer) {
  if (!buffer_reserve(buffer, 1)) return "";
  buffer->bytes[buffer->size] = 0;
  return (const char *)buffer->bytes;
}
