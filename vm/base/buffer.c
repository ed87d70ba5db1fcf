/* buffer.c -- see buffer.h. Capacity doubles; running out of memory ends the process with a message. */
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

void buffer_reserve(Buffer *buffer, size_t more) {
  if (buffer->capacity - buffer->size >= more) return;
  size_t capacity = buffer->capacity ? buffer->capacity * 2 : 64;
  while (capacity < buffer->size + more) capacity *= 2;
  uint8_t *bytes = memory_resize(buffer->bytes, capacity);
  if (!bytes) {
    fputs("krait: out of memory\n", stderr);
    exit(1);
  }
  buffer->bytes = bytes;
  buffer->capacity = capacity;
}

void buffer_add(Buffer *buffer, const void *bytes, size_t n) {
  if (!n) return;
  buffer_reserve(buffer, n);
  memcpy(buffer->bytes + buffer->size, bytes, n);
  buffer->size += n;
}

void buffer_add_text(Buffer *buffer, const char *text) { buffer_add(buffer, text, strlen(text)); }

void buffer_printf(Buffer *buffer, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  buffer_reserve(buffer, (size_t)n + 1);
  vsnprintf((char *)buffer->bytes + buffer->size, (size_t)n + 1, format, again);
  va_end(again);
  buffer->size += (size_t)n;
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
  buffer_reserve(buffer, 1);
  buffer->bytes[buffer->size] = 0;
  return (const char *)buffer->bytes;
}
