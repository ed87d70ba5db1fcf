/* coding.c -- see coding.h. */
#include "vm/base/coding.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Finds `coding[:=] name` in the comment line; the length of the name, 0 if there is none. */
static size_t find_cookie(const char *line, size_t size, const char **name) {
  size_t i = 0;
  while (i < size && (line[i] == ' ' || line[i] == '\t' || line[i] == '\f')) i++;
  if (i == size || line[i] != '#') return 0;
  for (; i + 7 <= size; i++) {
    if (memcmp(line + i, "coding", 6) != 0 || (line[i + 6] != ':' && line[i + 6] != '=')) continue;
    size_t start = i + 7;
    while (start < size && (line[start] == ' ' || line[start] == '\t')) start++;
    size_t end = start;
    while (end < size && (isalnum((uint8_t)line[end]) || line[end] == '-' || line[end] == '_' ||
                          line[end] == '.'))
      end++;
    if (end == start) continue;
    *name = line + start;
    return end - start;
  }
  return 0;
}

static bool is_blank_or_comment(const char *line, size_t size) {
  size_t i = 0;
  while (i < size && (line[i] == ' ' || line[i] == '\t' || line[i] == '\f')) i++;
  return i == size || line[i] == '#' || line[i] == '\n' || line[i] == '\r';
}

size_t coding_cookie(const char *source, size_t size, const char **name) {
  for (int line = 0; line < 2 && size; line++) {
    size_t length = 0;
    while (length < size && source[length] != '\n' && source[length] != '\r') length++;
    size_t found = find_cookie(source, length, name);
    if (found || !is_blank_or_comment(source, length)) return found;
    if (length < size && source[length] == '\r' && length + 1 < size && source[length + 1] == '\n')
      length++;
    length += length < size;
    source += length;
    size -= length;
  }
  return 0;
}
