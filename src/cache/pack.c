/* pack.c -- see pack.h. */
#include "vm/base/memory.h"
#include "src/cache/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "vm/bytecode/verify.h"

enum { ALIGNMENT = 8 };

static int hash_order(ContentHash a, ContentHash b) {
  if (a.high != b.high) return a.high < b.high ? -1 : 1;
  return a.low < b.low ? -1 : a.low > b.low;
}

/* ---- reading */
static size_t tables_size(uint64_t count) { return count * (sizeof(PackEntry) + sizeof(uint32_t)); }

/* Checks the file and finds its tables. */
static bool find_tables(Pack *pack, size_t size) {
  const PackHeader *h = pack->header;
  if (size < sizeof *h || h->magic != PACK_MAGIC || h->program != cache_program() ||
      h->size != size)
    return false;
  if (h->count > (size - sizeof *h) / (sizeof(PackEntry) + sizeof(uint32_t))) return false;
  if (XXH3_64bits(h + 1, tables_size(h->count)) != h->checksum) return false;
  pack->entries = (const PackEntry *)(h + 1);
  pack->by_content = (const uint32_t *)(pack->entries + h->count);
  for (uint64_t i = 0; i < h->count; i++) {
    const PackEntry *e = &pack->entries[i];
    if (e->offset % ALIGNMENT || e->offset > size || e->size > size - e->offset ||
        pack->by_content[i] >= h->count)
      return false;
  }
  return true;
}

/* A file that others may write could change under us, and is not to be trusted anyway. */
static void *map_private_file(const char *path, size_t *size) {
  struct stat status;
  int file = cache_open_file(AT_FDCWD, path, &status);
  void *bytes = MAP_FAILED;
  if (file < 0) return NULL;
  bool is_ours = status.st_uid == geteuid() || status.st_uid == 0;
  if (is_ours && !(status.st_mode & 022) && status.st_size > 0) {
    *size = (size_t)status.st_size;
    bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
  }
  close(file);
  return bytes == MAP_FAILED ? NULL : bytes;
}

bool pack_open(Pack *pack, const char *path) {
  size_t size = 0;
  uint8_t *bytes = map_private_file(path, &size);
  if (!bytes) return false;
  *pack = (Pack){.bytes = bytes, .header = (const PackHeader *)bytes};
  if (find_tables(pack, size)) return true;
  munmap(bytes, size);
  *pack = (Pack){0};
  return false;
}

const PackEntry *pack_find(const Pack *pack, ContentHash path, int optimize) {
  size_t low = 0, high = pack->header->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    const PackEntry *e = &pack->entries[middle];
    int order = hash_order(path, e->path);
    /* the path's hash contains the level */
    if (!order) return e->optimize == (uint64_t)optimize ? e : NULL;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return NULL;
}

const PackEntry *pack_find_content(const Pack *pack, ContentHash content, int optimize) {
  size_t low = 0, high = pack->header->count;
  while (low < high) { /* the first that is not below */
    size_t middle = (low + high) / 2;
    if (hash_order(pack->entries[pack->by_content[middle]].content, content) < 0) low = middle + 1;
    else high = middle;
  }
  for (; low < pack->header->count; low++) {
    const PackEntry *e = &pack->entries[pack->by_content[low]];
    if (hash_order(e->content, content)) return NULL;
    if (e->optimize == (uint64_t)optimize) return e;
  }
  return NULL;
}

bool pack_image(const Pack *pack, const PackEntry *entry, CacheImage *out) {
  uint8_t *bytes = (uint8_t *)(uintptr_t)pack->bytes + entry->offset; /* only read */
  *out = (CacheImage){.bytes = bytes, .size = entry->size, .memory = IMAGE_STATIC};
  Image image;
  return image_is_sound(out, entry->content, entry->checksum) &&
         image_open_sound(&image, bytes, entry->size) && image_verify_tables(&image, NULL);
}

/* ---- writing */
bool pack_writer_add(PackWriter *writer, const PackEntry *entry, const void *image, size_t size) {
  static const uint8_t zeros[ALIGNMENT];
  if (writer->count == writer->capacity) {
    size_t capacity = writer->capacity ? writer->capacity * 2 : 256;
    PackEntry *larger = memory_resize(writer->entries, capacity * sizeof *larger);
    if (!larger) return false;
    writer->entries = larger, writer->capacity = capacity;
  }
  PackEntry *e = &writer->entries[writer->count++];
  *e = *entry;
  e->offset = writer->images.size;
  e->size = size;
  e->checksum = ((const ImageHeader *)image)->checksum;
  buffer_add(&writer->images, image, size);
  buffer_add(&writer->images, zeros, align_up(size, ALIGNMENT) - size);
  return true;
}

static int by_path(const void *a, const void *b) {
  return hash_order(((const PackEntry *)a)->path, ((const PackEntry *)b)->path);
}

static const PackEntry *sorted; /* qsort has no context */
static int by_content(const void *a, const void *b) {
  return hash_order(sorted[*(const uint32_t *)a].content, sorted[*(const uint32_t *)b].content);
}

static bool write_file(const char *path, const Buffer *head, const Buffer *images) {
  Buffer temporary = {0};
  buffer_printf(&temporary, "%s.tmp-%ld", path, (long)getpid());
  const char *name = buffer_text(&temporary);
  int file = file_size_allowed(head->size + images->size)
                 ? open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644)
                 : -1;
  bool fine = file >= 0 && file_write_all(file, head->bytes, head->size) &&
              file_write_all(file, images->bytes, images->size);
  if (file >= 0) fine = !close(file) && fine && !rename(name, path);
  int saved = errno;
  if (file >= 0 && !fine) unlink(name);
  buffer_deinit(&temporary);
  errno = saved;
  return fine;
}

bool pack_writer_end(PackWriter *writer, const char *path) {
  size_t count = writer->count,
         start = align_up(sizeof(PackHeader) + tables_size(count), ALIGNMENT);
  uint32_t *order = memory_take((count + 1) * sizeof *order);
  bool fine = order != NULL;
  if (fine) {
    if (count) qsort(writer->entries, count, sizeof *writer->entries, by_path);
    for (size_t i = 0; i < count; i++) writer->entries[i].offset += start, order[i] = (uint32_t)i;
    sorted = writer->entries;
    if (count) qsort(order, count, sizeof *order, by_content);
    Buffer head = {0};
    PackHeader header = {PACK_MAGIC, cache_program(), start + writer->images.size, count, 0};
    buffer_add(&head, &header, sizeof header);
    buffer_add(&head, writer->entries, count * sizeof *writer->entries);
    buffer_add(&head, order, count * sizeof *order);
    ((PackHeader *)head.bytes)->checksum =
        XXH3_64bits(head.bytes + sizeof header, tables_size(count));
    static const uint8_t zeros[ALIGNMENT];
    buffer_add(&head, zeros, start - head.size);
    fine = write_file(path, &head, &writer->images);
    buffer_deinit(&head);
  }
  int saved = errno;
  free(order);
  free(writer->entries);
  buffer_deinit(&writer->images);
  *writer = (PackWriter){0};
  errno = saved;
  return fine;
}
