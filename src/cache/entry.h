/* entry.h -- entries of the cache as files. Private to src/cache. */
#ifndef KRAIT_CACHE_ENTRY_H
#define KRAIT_CACHE_ENTRY_H

#include "src/cache/cache.h"

#define CACHE_MAGIC UINT64_C(0x32656863614B7242) /* "BrKache2" */

typedef struct CacheTrailer {
  uint64_t magic;
  uint64_t program; /* version of images and of the program that wrote it */
  uint64_t image_size;
  uint64_t source_size;
  int64_t mtime, ctime; /* of the source, ns */
  uint64_t device, inode;
  int64_t written;     /* when the stamp was made, ns of the real-time clock */
  ContentHash content; /* as the image's header has it */
  ContentHash path;    /* of the path and optimisation level */
  uint64_t optimize;
  uint64_t image_checksum;
  uint64_t seal;     /* of the trailer up to here, with the folder's key; 0: none */
  uint64_t checksum; /* XXH3-64 of the trailer up to here */
} CacheTrailer;
static_assert(sizeof(CacheTrailer) == 136, "written as it is");

/* An entry's file in memory. */
typedef struct EntryFile {
  uint8_t *bytes; /* [owned] */
  size_t size;
  CacheTrailer trailer; /* its end */
} EntryFile;

enum { ENTRY_NAME_SIZE = 40 };

uint64_t cache_program(void);
ContentHash hash_path(const char *path, int optimize);
void entry_name(char out[ENTRY_NAME_SIZE], ContentHash hash, int optimize, const char *suffix);

/* entry_read: the file of that name, noting its use if asked; false: there is none, or it is none
** that has a sound trailer. It may be another program's. */
bool entry_read(Cache *cache, const char *name, bool note_use, EntryFile *out);
void entry_free(EntryFile *entry);
/* entry_is_ours: was it written by this program? */
bool entry_is_ours(const EntryFile *entry);
/* image_is_sound: of this program, undamaged, made from the source `content`, and the very one that
** carries this checksum. */
bool image_is_sound(const CacheImage *at, ContentHash content, uint64_t checksum);
/* entry_take_image: the image of an entry of ours; false: it is damaged, or not sealed by us. The
** entry is freed in any case. */
bool entry_take_image(Cache *cache, EntryFile *entry, CacheImage *out);
/* entry_write: under its two names; the folder is open. */
bool entry_write(Cache *cache, const CacheTrailer *trailer, const void *image, size_t size);

/* seal.c: what the folder's key makes of the bytes; 0: there is no key. may_make: there will be
** one, the folder is open. */
uint64_t cache_seal(Cache *cache, const void *bytes, size_t size, bool may_make);

/* place.c: opens (and makes) the folder; false: there is no cache. cache_rest: closes it. */
bool cache_open(Cache *cache);
void cache_rest(Cache *cache);
/* cache_is_there: the same without opening it again: was it there and ours when first asked? */
bool cache_is_there(Cache *cache);
/* cache_open_own: a regular file in the folder that belongs to the effective user and that nobody
** else may write; -1: there is none. */
int cache_open_own(Cache *cache, const char *name, struct stat *status);
/* cache_open_file: a regular file, without following a link or waiting; -1: there is none. */
int cache_open_file(int folder, const char *name, struct stat *status);

/* cache_identity: the hash that names a source: of its absolute path and the optimisation level. */
ContentHash cache_identity(const char *path, int optimize);
/* cache_pack: the pack that KRAIT_PACK names, opened at the first call; NULL: none. */
const struct Pack *cache_pack(Cache *cache);
/* file_write_all: every byte, however often it takes. */
bool file_write_all(int file, const void *bytes, size_t size);
/* file_size_allowed: false (EFBIG): a file of that size would end the process with SIGXFSZ. */
bool file_size_allowed(size_t size);

/* bake.c: the exit status. */
int cache_warm(Cache *cache, const char *folder, int optimize);
int cache_bake(const char *folder, int optimize);

/* manage.c: removes least recently used entries above the limit; how many. */
int cache_prune(Cache *cache, uint64_t limit);

#endif
