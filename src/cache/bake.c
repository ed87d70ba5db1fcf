/* bake.c -- `krait cache warm DIR` and `krait cache bake DIR`: compile every source under a folder,
** into the cache or into a pack (pack.h). What warns when it is compiled is left to the run that
** shows the warning. */
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "src/cache/pack.h"
#include "src/compile/compile.h"

#define PACK_NAME ".krait-pack"

/* nftw has no context */
static struct Job {
  Cache *cache;     /* warm, or NULL */
  PackWriter *pack; /* bake, or NULL */
  int optimize, compiled, present, faults;
  bool full; /* it could not be written */
} job;

static bool read_source(const char *path, Buffer *out) {
  FILE *in = fopen(path, "rb");
  if (!in) return false;
  size_t n;
  do {
    if (!buffer_reserve(out, 1 << 16)) break;
    n = fread(out->bytes + out->size, 1, out->capacity - out->size, in);
    out->size += n;
  } while (n);
  bool fine = !ferror(in);
  fclose(in);
  return fine;
}

static void keep(const char *path, const struct stat *status, CacheKey *key, const Buffer *source,
                 const Buffer *image) {
  if (job.pack) {
    /* A source written just now may be written again within this second: its time says nothing. */
    int64_t mtime = status->st_mtim.tv_sec + 2 < time(NULL) ? status->st_mtim.tv_sec : 0;
    PackEntry entry = {.path = cache_identity(path, job.optimize),
                       .content = image_source_hash(source->bytes, source->size, job.optimize),
                       .optimize = (uint64_t)job.optimize,
                       .source_size = source->size,
                       .mtime = mtime};
    job.full = !pack_writer_add(job.pack, &entry, image->bytes, image->size);
  } else {
    cache_store(job.cache, key, image->bytes, image->size);
    job.full = !job.cache->may_write;
  }
  if (!job.full) job.compiled++;
}

/* In the cache already, by name or by content? */
static bool is_present(const char *path, CacheKey *key, const Buffer *source) {
  CacheImage image;
  if (!job.cache) return false;
  bool found = source ? cache_find_content(job.cache, key, source->bytes, source->size, &image)
                      : cache_find(job.cache, path, job.optimize, key, &image);
  if (!found) return false;
  cache_image_free(&image);
  return true;
}

static void compile_file(const char *path, const struct stat *status) {
  CacheKey key;
  if (is_present(path, &key, NULL)) {
    job.present++;
    return;
  }
  Buffer source = {0}, image = {0};
  Arena arena;
  arena_init(&arena);
  SyntaxFault fault = {0};
  SyntaxWarning *warnings = NULL;
  CompileOptions options = {.filename = path,
                            .optimize = job.optimize,
                            .parse = {.filename = path, .max_str_digits = -1}};
  if (!read_source(path, &source)) {
    perror(path);
    job.faults++;
  } else if (is_present(path, &key, &source)) {
    job.present++;
  } else if (!compile_source(&arena, source.bytes, source.size, &options, &image, &fault,
                             &warnings)) {
    fprintf(stderr, "%s:%d: %s\n", path, fault.line,
            fault.message ? fault.message : "cannot be compiled");
    job.faults++;
  } else if (!warnings) {
    keep(path, status, &key, &source, &image);
  }
  arena_deinit(&arena);
  buffer_deinit(&source);
  buffer_deinit(&image);
}

static int visit(const char *path, const struct stat *status, int kind, struct FTW *at) {
  size_t n = strlen(path);
  if (kind == FTW_F && n > 3 && !strcmp(path + n - 3, ".py")) compile_file(path, status);
  return job.full;
}

static bool walk(const char *folder, char *full) {
  if (realpath(folder, full) && nftw(full, visit, 32, FTW_PHYS) >= 0) return true;
  perror(folder);
  return false;
}

int cache_warm(Cache *cache, const char *folder, int optimize) {
  char full[PATH_MAX];
  job = (struct Job){.cache = cache, .optimize = optimize};
  if (!walk(folder, full)) return 2;
  printf("%d compiled, %d there already, %d with faults\n", job.compiled, job.present, job.faults);
  if (job.full)
    fprintf(stderr, "krait: the cache folder %s cannot be written any more\n", cache->path);
  return job.faults || job.full;
}

int cache_bake(const char *folder, int optimize) {
  char full[PATH_MAX], path[PATH_MAX + sizeof PACK_NAME];
  PackWriter writer = {0};
  job = (struct Job){.pack = &writer, .optimize = optimize};
  if (!walk(folder, full)) return 2;
  snprintf(path, sizeof path, "%s/%s", full, PACK_NAME);
  if (job.full || !pack_writer_end(&writer, path)) {
    perror(path);
    return 2;
  }
  printf("%d compiled, %d with faults\nuse it with KRAIT_PACK=%s\n", job.compiled, job.faults,
         path);
  return job.faults != 0;
}
