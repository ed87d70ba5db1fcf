/* source.c -- see source.h. */
#include "vm/profile/source.h"

#include "vm/base/libraries.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#if WITH_ZLIB
#include <zlib.h>
#endif

#include "vm/base/memory.h"

bool source_kept = true;

#if WITH_ZLIB
enum { SOURCE_MAX = 16 << 20 };

static size_t read_all(int file, char *out, size_t size) {
  size_t have = 0;
  for (ssize_t n = 1; n > 0 && have<size; have += n> 0 ? (size_t)n : 0)
    n = read(file, out + have, size - have);
  return have;
}

/* read_file: [owned: the caller] NULL: it cannot be. Only a regular file: reading from a pipe would
** take from it. */
static char *read_file(const char *path, size_t *size) {
  struct stat status;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return NULL;
  bool fits = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
              status.st_size <= SOURCE_MAX;
  char *text = fits ? memory_take((size_t)status.st_size) : NULL;
  if (text) *size = read_all(file, text, (size_t)status.st_size);
  close(file);
  return text;
}

static bool deflate_all(const char *text, size_t size, SourceText *out) {
  uLongf room = compressBound(size);
  out->deflated = memory_take(room);
  if (!out->deflated) return false;
  if (compress2(out->deflated, &room, (const Bytef *)text, size, Z_BEST_SPEED) != Z_OK)
    return free(out->deflated), false;
  out->deflated_size = (uint32_t)room;
  return true;
}

bool source_take(const char *path, SourceText *out) {
  size_t size = 0;
  char *text = source_kept ? read_file(path, &size) : NULL;
  if (!text) return false;
  out->hash = XXH3_64bits(text, size);
  out->size = (uint32_t)size;
  bool fine = deflate_all(text, size, out);
  free(text);
  return fine;
}
#else
bool source_take(const char *path, SourceText *out) { return false; }
#endif
