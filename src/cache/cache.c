/* cache.c -- see cache.h. */
#include "src/cache/cache.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "src/cache/pack.h"

#define NANOSECONDS INT64_C(1000000000)
/* coarser than any clock a file system stamps with, but for FAT */
#define RACY_NS (NANOSECONDS / 10)
enum { PRUNE_AFTER = 40 }; /* entries written by one process */

static int64_t ns_of(struct timespec t) { return (int64_t)t.tv_sec * NANOSECONDS + t.tv_nsec; }

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return ns_of(now);
}

/* Is one time later than another by more than the clock's grain? A forged one may be any number. */
static bool is_well_after(int64_t later, int64_t earlier) {
  int64_t between;
  return !__builtin_sub_overflow(later, earlier, &between) && between > RACY_NS;
}

/* Does the stamp say for sure that the source is the one it was made from? */
static bool stamp_agrees(const CacheTrailer *t, const struct stat *s) {
  int64_t mtime = ns_of(s->st_mtim), ctime = ns_of(s->st_ctim);
  if (t->source_size != (uint64_t)s->st_size || t->mtime != mtime || t->ctime != ctime)
    return false;
  if (t->device != (uint64_t)s->st_dev || t->inode != (uint64_t)s->st_ino) return false;
  if (mtime <= NANOSECONDS) return false; /* a time that packers write: it says nothing */
  return is_well_after(t->written, ctime) && is_well_after(t->written, mtime);
}

/* Names are made from absolute paths: two programs of one name in two folders are two. */
ContentHash cache_identity(const char *path, int optimize) {
  if (*path == '/') return hash_path(path, optimize);
  char *here = getcwd(NULL, 0);
  if (!here) return hash_path(path, optimize);
  Buffer full = {0};
  buffer_printf(&full, "%s/%s", here, path);
  ContentHash hash = hash_path(buffer_text(&full), optimize);
  buffer_deinit(&full);
  free(here);
  return hash;
}

/* ---- the pack */
const Pack *cache_pack(Cache *cache) {
  static Pack pack;
  if (cache->pack_tried) return cache->pack;
  cache->pack_tried = true;
  const char *path = cache_variable(cache, "KRAIT_PACK");
  if (path && pack_open(&pack, path)) cache->pack = &pack;
  return cache->pack;
}

static bool pack_agrees(const PackEntry *e, const CacheKey *key) {
  return key->has_status && e->source_size == (uint64_t)key->status.st_size &&
         e->mtime == key->status.st_mtim.tv_sec && e->mtime > 1;
}

static bool find_in_pack(Cache *cache, ContentHash path, const CacheKey *key, CacheImage *out) {
  const PackEntry *e = cache_pack(cache) ? pack_find(cache->pack, path, key->optimize) : NULL;
  if (!e || !(cache->mode == CACHE_UNCHECKED || pack_agrees(e, key)) ||
      !pack_image(cache->pack, e, out))
    return false;
  cache->outcome = "hit in the pack";
  return true;
}

/* ---- the folder */
static bool find(Cache *cache, const char *path, int optimize, CacheKey *key, CacheImage *out) {
  *key = (CacheKey){.path = path, .optimize = optimize};
  if (cache->mode == CACHE_OFF) return false;
  key->has_status = !stat(path, &key->status);
  if (key->has_status && !S_ISREG(key->status.st_mode))
    return cache->outcome = "miss: no regular file", false;
  if (cache->mode == CACHE_HASH) return cache->outcome = "miss", false;
  ContentHash hash = cache_identity(path, optimize);
  if (find_in_pack(cache, hash, key, out)) return true;
  cache->outcome = "miss: no cache folder";
  if (!cache_is_there(cache)) return false;
  char name[ENTRY_NAME_SIZE];
  entry_name(name, hash, 0, ".path");
  EntryFile entry;
  cache->outcome = "miss: new";
  if (!entry_read(cache, name, cache->may_write, &entry)) return false;
  const CacheTrailer *t = &entry.trailer;
  bool found =
      entry_is_ours(&entry) && same_hash(t->path, hash) && t->optimize == (uint64_t)optimize;
  cache->outcome = found ? "miss: changed" : "miss: unsound entry";
  found = found &&
          (cache->mode == CACHE_UNCHECKED || (key->has_status && stamp_agrees(t, &key->status)));
  found = found && entry_take_image(cache, &entry, out);
  if (found) cache->outcome = "hit";
  entry_free(&entry);
  return found;
}

bool cache_find(Cache *cache, const char *path, int optimize, CacheKey *key, CacheImage *out) {
  bool found = find(cache, path, optimize, key, out);
  cache_rest(cache);
  return found;
}

static CacheTrailer stamp_of(const CacheKey *key) {
  CacheTrailer t = {.content = key->hash,
                    .path = cache_identity(key->path, key->optimize),
                    .optimize = (uint64_t)key->optimize};
  if (!key->has_status) return t;
  t.source_size = (uint64_t)key->status.st_size;
  t.mtime = ns_of(key->status.st_mtim), t.ctime = ns_of(key->status.st_ctim);
  t.device = key->status.st_dev, t.inode = key->status.st_ino;
  t.written = now_ns();
  return t;
}

static void write_entry(Cache *cache, const CacheKey *key, const void *image, size_t size) {
  CacheTrailer t = stamp_of(key);
  if (entry_write(cache, &t, image, size)) cache->writes++;
  else cache->may_write = false; /* read-only or full: said once, silently */
}

static bool find_content(Cache *cache, CacheKey *key, const void *source, size_t size,
                         CacheImage *out) {
  if (cache->mode == CACHE_OFF || (!cache_pack(cache) && !cache_is_there(cache))) return false;
  key->hash = image_source_hash(source, size, key->optimize);
  key->has_hash = true;
  const PackEntry *e =
      cache->pack ? pack_find_content(cache->pack, key->hash, key->optimize) : NULL;
  if (e && pack_image(cache->pack, e, out))
    return cache->outcome = "hit by content in the pack", true;
  if (!cache_is_there(cache)) return false;
  char name[ENTRY_NAME_SIZE];
  entry_name(name, key->hash, key->optimize, ".text");
  EntryFile entry;
  if (!entry_read(cache, name, false, &entry)) return false;
  bool found = entry_is_ours(&entry) && same_hash(entry.trailer.content, key->hash) &&
               entry.trailer.optimize == (uint64_t)key->optimize &&
               entry_take_image(cache, &entry, out);
  entry_free(&entry);
  if (!found) return false;
  cache->outcome = "hit by content";
  if (cache->may_write && cache->mode == CACHE_CHECKED && cache_open(cache))
    write_entry(cache, key, out->bytes, out->size);
  return true;
}

bool cache_find_content(Cache *cache, CacheKey *key, const void *source, size_t size,
                        CacheImage *out) {
  bool found = find_content(cache, key, source, size, out);
  cache_rest(cache);
  return found;
}

void cache_store(Cache *cache, const CacheKey *key, const void *image, size_t size) {
  if (cache->mode == CACHE_OFF || !cache->may_write || !key->has_hash || !cache_open(cache)) return;
  write_entry(cache, key, image, size);
  cache_rest(cache);
}

void cache_close(Cache *cache) {
  if (cache->writes >= PRUNE_AFTER && cache_open(cache)) cache_prune(cache, CACHE_SIZE_LIMIT);
  cache_rest(cache);
}
