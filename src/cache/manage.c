/* manage.c -- the cache as a whole: `krait cache stats | verify | prune | warm DIR | bake DIR`. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "src/cache/entry.h"
#include "src/compile/compile.h"
#include "vm/bytecode/verify.h"

typedef struct Item { char name[ENTRY_NAME_SIZE]; uint64_t size; int64_t used; nlink_t links; ino_t inode; } Item;
typedef struct Items { Item *items; size_t count, capacity; uint64_t bytes; } Items;

static bool is_entry_name(const char *name) {
  size_t n = strlen(name);
  return n == 37 && (!strcmp(name + 32, ".path") || !strcmp(name + 32, ".text"));
}

static bool add_item(Items *all, int folder, const char *name) {
  struct stat status;
  if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW)) return true;
  if (all->count == all->capacity) {
    size_t capacity = all->capacity ? all->capacity * 2 : 256;
    Item *larger = realloc(all->items, sizeof *larger * capacity);
    if (!larger) return false;
    all->items = larger, all->capacity = capacity;
  }
  Item *item = &all->items[all->count++];
  *item = (Item){.size = (uint64_t)status.st_size, .used = status.st_mtim.tv_sec, .links = status.st_nlink,
                 .inode = status.st_ino};
  snprintf(item->name, sizeof item->name, "%s", name);
  all->bytes += item->size / (status.st_nlink ? status.st_nlink : 1); /* two names, one file */
  return true;
}

/* All entries; temporary files that a killed process left behind go on the way. */
static Items list_items(Cache *cache) {
  Items all = {0};
  int copy = openat(cache->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = copy >= 0 ? fdopendir(copy) : NULL;
  if (!folder) {
    if (copy >= 0) close(copy);
    return all;
  }
  for (struct dirent *e; (e = readdir(folder));) {
    struct stat status;
    if (is_entry_name(e->d_name)) add_item(&all, cache->folder, e->d_name);
    else if (!strncmp(e->d_name, "tmp-", 4) && !fstatat(cache->folder, e->d_name, &status, AT_SYMLINK_NOFOLLOW) &&
             status.st_mtim.tv_sec + 3600 < time(NULL))
      unlinkat(cache->folder, e->d_name, 0);
  }
  closedir(folder);
  return all;
}

static int by_use(const void *a, const void *b) {
  int64_t x = ((const Item *)a)->used, y = ((const Item *)b)->used;
  return x < y ? -1 : x > y;
}

int cache_prune(Cache *cache, uint64_t limit) {
  Items all = list_items(cache);
  int removed = 0;
  if (all.bytes > limit) {
    qsort(all.items, all.count, sizeof *all.items, by_use);
    for (size_t i = 0; i < all.count && all.bytes > limit * 3 / 4; i++) {
      if (unlinkat(cache->folder, all.items[i].name, 0)) continue;
      all.bytes -= all.items[i].size / (all.items[i].links ? all.items[i].links : 1);
      removed++;
    }
  }
  free(all.items);
  return removed;
}

typedef enum ItemState { ITEM_SOUND, ITEM_FOREIGN, ITEM_DAMAGED } ItemState;

static ItemState check_item(Cache *cache, const char *name) {
  int file = cache_open_entry(cache, name);
  if (file < 0) return ITEM_DAMAGED;
  CacheTrailer t;
  CacheImage image;
  ItemState state = ITEM_DAMAGED;
  if (entry_read_trailer(file, &t) && entry_load(file, &t, &image)) {
    Image opened;
    if (image_open(&opened, image.bytes, image.size, NULL) && image_verify(&opened, NULL)) state = ITEM_SOUND;
    cache_image_free(&image);
  } else if (entry_is_foreign(file)) {
    state = ITEM_FOREIGN;
  }
  close(file);
  return state;
}

static int command_stats(Cache *cache) {
  Items all = list_items(cache);
  size_t sources = 0;
  for (size_t i = 0; i < all.count; i++) sources += !strcmp(all.items[i].name + 32, ".path");
  printf("folder   %s\nsources  %zu\nsize     %.1f MB of at most %d MB\n", cache->path, sources, (double)all.bytes / 1048576,
         CACHE_SIZE_LIMIT >> 20);
  free(all.items);
  return 0;
}

/* Damaged entries are removed; those of other versions of the program are theirs. */
static int command_verify(Cache *cache) {
  Items all = list_items(cache);
  size_t counts[3] = {0};
  for (size_t i = 0; i < all.count; i++) {
    ItemState state = check_item(cache, all.items[i].name);
    counts[state]++;
    if (state != ITEM_DAMAGED) continue;
    printf("%s: damaged, removed\n", all.items[i].name);
    unlinkat(cache->folder, all.items[i].name, 0);
  }
  printf("%zu sound, %zu of other versions, %zu damaged\n", counts[ITEM_SOUND], counts[ITEM_FOREIGN], counts[ITEM_DAMAGED]);
  free(all.items);
  return 0;
}

static int command_prune(Cache *cache) {
  printf("%d entries removed\n", cache_prune(cache, CACHE_SIZE_LIMIT));
  return 0;
}

/* ---- warm, bake: compile every source of a folder */
static struct Warming { Cache *cache; int optimize, compiled, present, faults; } warming; /* nftw has no context */

static bool read_source(const char *path, Buffer *out) {
  FILE *in = fopen(path, "rb");
  if (!in) return false;
  size_t n;
  do {
    buffer_reserve(out, 1 << 16);
    n = fread(out->bytes + out->size, 1, out->capacity - out->size, in);
    out->size += n;
  } while (n);
  bool fine = !ferror(in);
  fclose(in);
  return fine;
}

static void warm_source(const char *path) {
  struct Warming *w = &warming;
  CacheKey key;
  CacheImage image;
  if (cache_find(w->cache, path, w->optimize, &key, &image)) {
    cache_image_free(&image);
    w->present++;
    return;
  }
  Buffer source = {0}, out = {0};
  Arena arena;
  arena_init(&arena);
  SyntaxFault fault = {0};
  SyntaxWarning *warnings = NULL;
  CompileOptions options = {.filename = path, .optimize = w->optimize, .parse = {.filename = path, .max_str_digits = -1}};
  if (!read_source(path, &source)) {
    w->faults++;
  } else if (cache_find_content(w->cache, &key, source.bytes, source.size, &image)) {
    cache_image_free(&image);
    w->present++;
  } else if (!compile_source(&arena, source.bytes, source.size, &options, &out, &fault, &warnings)) {
    fprintf(stderr, "%s:%d: %s\n", path, fault.line, fault.message ? fault.message : "cannot be compiled");
    w->faults++;
  } else if (!warnings) { /* what warns is compiled when it runs, so that the warning is seen */
    cache_store(w->cache, &key, out.bytes, out.size);
    w->compiled++;
  }
  arena_deinit(&arena);
  buffer_deinit(&source);
  buffer_deinit(&out);
}

static int visit(const char *path, const struct stat *status, int kind, struct FTW *at) {
  size_t n = strlen(path);
  if (kind == FTW_F && n > 3 && !strcmp(path + n - 3, ".py")) warm_source(path);
  return 0;
}

static int command_warm(Cache *cache, const char *folder, int optimize) {
  warming = (struct Warming){.cache = cache, .optimize = optimize};
  char *full = realpath(folder, NULL);
  if (!full || nftw(full, visit, 32, FTW_PHYS)) {
    perror(folder);
    free(full);
    return 2;
  }
  free(full);
  printf("%d compiled, %d there already, %d with faults\n", warming.compiled, warming.present, warming.faults);
  return warming.faults ? 1 : 0;
}

/* A cache folder inside DIR that needs no stamps: ship it, and set KRAIT_CACHE_DIR to it with KRAIT_CACHE=unchecked. */
static int command_bake(const char *folder, int optimize) {
  Buffer path = {0};
  buffer_printf(&path, "%s/.krait-cache", folder);
  setenv("KRAIT_CACHE_DIR", buffer_text(&path), 1);
  Cache cache;
  cache_init(&cache, true, false);
  cache.mode = CACHE_CHECKED;
  int status = 2;
  if (!cache_open(&cache)) perror(buffer_text(&path));
  else status = command_warm(&cache, folder, optimize);
  if (status < 2) printf("use it with KRAIT_CACHE_DIR=%s KRAIT_CACHE=unchecked\n", buffer_text(&path));
  cache_close(&cache);
  buffer_deinit(&path);
  return status;
}

int cache_command(int argc, char **argv, int optimize) {
  const char *command = argc > 0 ? argv[0] : "";
  bool has_folder = !strcmp(command, "warm") || !strcmp(command, "bake");
  bool known = has_folder || !strcmp(command, "stats") || !strcmp(command, "verify") || !strcmp(command, "prune");
  if (!known || argc != 1 + has_folder) {
    fputs("usage: krait cache stats | verify | prune | warm DIR | bake DIR\n", stderr);
    return 2;
  }
  if (!strcmp(command, "bake")) return command_bake(argv[1], optimize);
  Cache cache;
  cache_init(&cache, true, false);
  if (cache.mode == CACHE_OFF) cache.mode = CACHE_CHECKED;
  if (!cache_open(&cache)) {
    fprintf(stderr, "krait: the cache folder%s%s cannot be used: %s\n", cache.path ? " " : "", cache.path ? cache.path : "",
            strerror(errno));
    return 1;
  }
  int status = !strcmp(command, "stats")    ? command_stats(&cache)
               : !strcmp(command, "verify") ? command_verify(&cache)
               : !strcmp(command, "prune")  ? command_prune(&cache)
                                            : command_warm(&cache, argv[1], optimize);
  cache_close(&cache);
  return status;
}
