/* entry.c -- see entry.h. Reading trusts nothing: sizes, checksums, then the folder's seal. */
#include "vm/base/memory.h"
#include "src/cache/entry.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { USED_AGAIN = 12 * 3600 }; /* seconds: how often use is noted for pruning */

/* ---- who wrote it */
static int find_build_id(struct dl_phdr_info *info, size_t size, void *out) {
  for (int i = 0; i < info->dlpi_phnum; i++) {
    if (info->dlpi_phdr[i].p_type != PT_NOTE) continue;
    const char *note = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
    const char *end = note + info->dlpi_phdr[i].p_memsz;
    while (note + sizeof(ElfW(Nhdr)) <= end) {
      const ElfW(Nhdr) *head = (const void *)note;
      const char *name = note + sizeof *head, *text = name + align_up(head->n_namesz, 4);
      if (head->n_type == NT_GNU_BUILD_ID && head->n_namesz == 4 && !memcmp(name, "GNU", 4))
        *(uint64_t *)out ^= XXH3_64bits(text, head->n_descsz);
      note = text + align_up(head->n_descsz, 4);
    }
  }
  return 1; /* the program itself comes first: look no further */
}

/* A new build may generate other code from the same opcodes: its entries are its own. */
uint64_t cache_program(void) {
  static uint64_t program;
  if (!program) {
    program = image_version();
    dl_iterate_phdr(find_build_id, &program);
  }
  return program;
}

/* ---- names */
ContentHash hash_path(const char *path, int optimize) {
  XXH128_hash_t hash =
      XXH3_128bits_withSeed(path, strlen(path), cache_program() + (uint64_t)optimize);
  return (ContentHash){hash.low64, hash.high64};
}

void entry_name(char out[ENTRY_NAME_SIZE], ContentHash hash, int optimize, const char *suffix) {
  /* builds keep out of each other's way */
  uint64_t low = hash.low ^ (cache_program() + (uint64_t)optimize);
  snprintf(out, ENTRY_NAME_SIZE, "%016llx%016llx%s", (unsigned long long)hash.high,
           (unsigned long long)low, suffix);
}

/* ---- reading */
static uint64_t trailer_checksum(const CacheTrailer *t) {
  return XXH3_64bits(t, offsetof(CacheTrailer, checksum));
}

static bool find_trailer(EntryFile *entry) {
  CacheTrailer *t = &entry->trailer;
  if (entry->size < sizeof *t) return false;
  memcpy(t, entry->bytes + entry->size - sizeof *t, sizeof *t);
  return t->magic == CACHE_MAGIC && t->checksum == trailer_checksum(t) &&
         t->image_size == entry->size - sizeof *t;
}

static void note_use_of(int file, const struct stat *status) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (now.tv_sec - status->st_mtim.tv_sec >= USED_AGAIN) futimens(file, NULL);
}

bool entry_read(Cache *cache, const char *name, bool note_use, EntryFile *out) {
  struct stat status;
  *out = (EntryFile){0};
  int file = cache_open_own(cache, name, &status);
  if (file < 0) return false;
  out->size = status.st_size > 0 ? (size_t)status.st_size : 0;
  out->bytes = memory_take(out->size ? out->size : 1);
  bool found = out->bytes && pread(file, out->bytes, out->size, 0) == (ssize_t)out->size &&
               find_trailer(out);
  if (found && note_use) note_use_of(file, &status);
  close(file);
  if (!found) entry_free(out);
  return found;
}

void entry_free(EntryFile *entry) {
  free(entry->bytes);
  entry->bytes = NULL;
}

bool entry_is_ours(const EntryFile *entry) { return entry->trailer.program == cache_program(); }

bool image_is_sound(const CacheImage *at, ContentHash content, uint64_t checksum) {
  Image image;
  return image_open(&image, at->bytes, at->size, NULL) && image.header->checksum == checksum &&
         same_hash(image.header->source, content);
}

static uint64_t seal_of(Cache *cache, const CacheTrailer *t, bool may_make) {
  return cache_seal(cache, t, offsetof(CacheTrailer, seal), may_make);
}

bool entry_take_image(Cache *cache, EntryFile *entry, CacheImage *out) {
  const CacheTrailer *t = &entry->trailer;
  *out = (CacheImage){.bytes = entry->bytes, .size = t->image_size, .memory = IMAGE_ALLOCATED};
  entry->bytes = NULL;
  bool is_sealed = t->seal && t->seal == seal_of(cache, t, false);
  if (is_sealed && image_is_sound(out, t->content, t->image_checksum)) return true;
  cache_image_free(out);
  return false;
}

void cache_image_free(CacheImage *image) {
  if (image->memory == IMAGE_ALLOCATED) free(image->bytes);
  *image = (CacheImage){0};
}

/* ---- writing */
bool file_write_all(int file, const void *bytes, size_t size) {
  for (const char *p = bytes; size;) {
    ssize_t n = write(file, p, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    p += n, size -= (size_t)n;
  }
  return true;
}

bool file_size_allowed(size_t size) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_FSIZE, &limit) || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= size)
    return true;
  errno = EFBIG;
  return false;
}

bool entry_write(Cache *cache, const CacheTrailer *trailer, const void *image, size_t size) {
  if (!file_size_allowed(size + sizeof *trailer)) return false;
  CacheTrailer t = *trailer;
  t.magic = CACHE_MAGIC;
  t.program = cache_program();
  t.image_size = size;
  t.image_checksum = ((const ImageHeader *)image)->checksum;
  t.seal = seal_of(cache, &t, true);
  if (!t.seal) return false; /* nobody would believe it */
  t.checksum = trailer_checksum(&t);
  char temporary[64], by_path[ENTRY_NAME_SIZE], by_content[ENTRY_NAME_SIZE];
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  snprintf(temporary, sizeof temporary, "tmp-%ld-%lx-%d", (long)getpid(), (long)now.tv_nsec,
           cache->writes);
  entry_name(by_path, t.path, 0, ".path");
  entry_name(by_content, t.content, (int)t.optimize, ".text");
  int file =
      openat(cache->folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool fine = file_write_all(file, image, size) && file_write_all(file, &t, sizeof t);
  fine = !close(file) && fine && !renameat(cache->folder, temporary, cache->folder, by_path);
  if (!fine) {
    unlinkat(cache->folder, temporary, 0);
    return false;
  }
  if (!linkat(cache->folder, by_path, cache->folder, temporary, 0) &&
      renameat(cache->folder, temporary, cache->folder, by_content))
    unlinkat(cache->folder, temporary, 0);
  return true;
}
