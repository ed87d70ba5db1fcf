/* manage.c -- the cache as a whole: `krait cache stats | verify | prune | warm DIR | bake DIR`. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "vm/base/memory.h"
#include "src/cache/pack.h"
#include "vm/bytecode/verify.h"

typedef struct Item {
  char name[ENTRY_NAME_SIZE];
  uint64_t size;
  int64_t used;
  nlink_t links;
  ino_t inode;
} Item;
typedef struct Items {
  Item *items;
  size_t count, capacity;
  uint64_t bytes;
} Items;

static bool is_entry_name(const char *name) {
  size_t n = strlen(name);
  return n == 37 && (!strcmp(name + 32, ".path") || !strcmp(name + 32, ".text"));
}

static bool add_item(Items *all, int folder, const char *name) {
  struct stat status;
  if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW)) return true;
  if (all->count == all->capacity) {
    size_t capacity = all->capacity ? all->capacity * 2 : 256;
    Item *larger = memory_resize(all->items, sizeof *larger * capacity);
    if (!larger) return false;
    all->items = larger, all->capacity = capacity;
  }
  Item *item = &all->items[all->count++];
  *item = (Item){.size = (uint64_t)status.st_size,
                 .used = status.st_mtim.tv_sec,
                 .links = status.st_nlink,
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
    else if (!strncmp(e->d_name, "tmp-", 4) &&
             !fstatat(cache->folder, e->d_name, &status, AT_SYMLINK_NOFOLLOW) &&
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
  EntryFile entry;
  CacheImage image;
  ItemState state = ITEM_DAMAGED;
  if (!entry_read(cache, name, false, &entry)) return ITEM_DAMAGED;
  if (!entry_is_ours(&entry)) {
    state = ITEM_FOREIGN;
  } else if (entry_take_image(cache, &entry, &image)) {
    state = ITEM_SOUND;
    cache_image_free(&image);
  }
  entry_free(&entry);
  return state;
}

/* A pack is written as a whole: it is not repaired, only baked again. */
static int verify_pack(const Pack *pack) {
  size_t damaged = 0;
  for (size_t i = 0; i < pack->header->count; i++) {
    CacheImage image;
    Image opened;
    bool sound = pack_image(pack, &pack->entries[i], &image) &&
                 image_open(&opened, image.bytes, image.size, NULL) && image_verify(&opened, NULL);
    damaged += !sound;
  }
  printf("pack: %zu sound, %zu damaged\n", (size_t)pack->header->count - damaged, damaged);
  return damaged != 0;
}

static int command_stats(Cache *cache) {
  Items all = list_items(cache);
  size_t sources = 0;
  for (size_t i = 0; i < all.count; i++) sources += !strcmp(all.items[i].name + 32, ".path");
  printf("folder   %s\nsources  %zu\nsize     %.1f MB of at most %d MB\n", cache->path, sources,
         (double)all.bytes / 1048576, CACHE_SIZE_LIMIT >> 20);
  const Pack *pack = cache_pack(cache);
  if (pack)
    printf("pack     %s: %zu sources, %.1f MB\n", cache_variable(cache, "KRAIT_PACK"),
           (size_t)pack->header->count, (double)pack->header->size / 1048576);
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
  printf("%zu sound, %zu of other versions, %zu damaged\n", counts[ITEM_SOUND],
         counts[ITEM_FOREIGN], counts[ITEM_DAMAGED]);
  free(all.items);
  const Pack *pack = cache_pack(cache);
  if (!pack && cache_variable(cache, "KRAIT_PACK")) puts("pack: none that can be used");
  return pack ? verify_pack(pack) : 0;
}

static int command_prune(Cache *cache) {
  printf("%d entries removed\n", cache_prune(cache, CACHE_SIZE_LIMIT));
  return 0;
}

int cache_command(int argc, char **argv, int optimize, bool ignore_environment) {
  const char *command = argc > 0 ? argv[0] : "";
  bool has_folder = !strcmp(command, "warm") || !strcmp(command, "bake");
  bool known = has_folder || !strcmp(command, "stats") || !strcmp(command, "verify") ||
               !strcmp(command, "prune");
  if (!known || argc != 1 + has_folder) {
    fputs("usage: krait cache stats | verify | prune | warm DIR | bake DIR\n", stderr);
    return 2;
  }
  if (!strcmp(command, "bake")) return cache_bake(argv[1], optimize);
  Cache cache;
  cache_init(&cache, (CacheSettings){.may_write = true, .ignore_environment = ignore_environment});
  if (cache.mode == CACHE_OFF) cache.mode = CACHE_CHECKED;
  if (!cache_open(&cache)) {
    fprintf(stderr, "krait: the cache folder%s%s cannot be used: %s\n", cache.path ? " " : "",
            cache.path ? cache.path : "", strerror(errno));
    return 1;
  }
  int status = !strcmp(command, "stats")    ? command_stats(&cache)
               : !strcmp(command, "verify") ? command_verify(&cache)
               : !strcmp(command, "prune")  ? command_prune(&cache)
                                            : cache_warm(&cache, argv[1], optimize);
  cache_close(&cache);
  return status;
}
