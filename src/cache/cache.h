/* cache.h -- compiled code kept between runs: code images in files of a private folder.
**
** An entry is found by the identity of its source: the absolute path and the optimisation level
** give the file's name, and the stamp in it must agree with stat(): device, inode, size, mtime,
** ctime. When it does not, or its times are too close to the moment it was written to be trusted,
** the content decides: image_source_hash. Each entry has a second name (a hard link) made from that
** hash, so that a copied, moved or freshly checked out source finds its code too.
**
**     entry   = image trailer                  read, not mapped: whoever writes into the file, or
**                                              cuts it, changes no running code
**     trailer = struct CacheTrailer            (the last 136 bytes)
**     The image names its source by hash and level, the trailer names the same source and the image
**     by its checksum:
**     an image beside another's trailer is no entry.
**     names   = 32 hex digits of the path's hash ".path", 32 of the content's ".text"; "tmp-…"
**             while being written;
**               both hashes count in the program, so that builds do not overwrite each other's
**               entries
**     key     = 192 random bytes in a file of that name: what the seals of entries are made with
**
** Beside the folder there may be a pack (pack.h), which is asked first. See perf-note 0009.
**
** Laws: content always wins over times. Nothing is modified in place: entries are written under a
** temporary name and renamed. Every failure to read or write means: compile. The folder belongs to
** us alone (cache_open). */
#ifndef KRAIT_CACHE_H
#define KRAIT_CACHE_H

#include <sys/stat.h>

#include "vm/base/buffer.h"
#include "vm/base/common.h"
#include "vm/bytecode/image.h"

typedef enum CacheMode {
  CACHE_OFF,
  CACHE_CHECKED,   /* identity first, content when in doubt */
  CACHE_HASH,      /* content always */
  CACHE_UNCHECKED, /* the path alone: for images that never change */
} CacheMode;

/* What the command line says. */
typedef struct CacheSettings {
  bool off, may_write;
  bool ignore_environment; /* -E, -I: variables named KRAIT_… say nothing */
} CacheSettings;

enum { CACHE_KEY_SIZE = 192 };

typedef struct Cache {
  CacheMode mode;
  bool may_write;
  bool ignore_environment;
  bool tried;              /* cache_open has been called */
  bool is_there;           /* the folder was there then, or has been made */
  int folder;              /* file descriptor between cache_open and cache_rest, else -1 */
  char *path;              /* of the folder, absolute [owned] */
  const struct Pack *pack; /* asked before the folder, or NULL */
  bool pack_tried;         /* cache_pack has been called */
  int writes;              /* entries written by this process */
  bool key_tried, has_key; /* the folder's key was looked for, and is here */
  uint8_t key[CACHE_KEY_SIZE];
  /* of the last lookup, for -X importtime: "hit", "hit by content", "miss: …" */
  const char *outcome;
} Cache;

/* An image in memory: give it to the VM, or cache_image_free. */
typedef struct CacheImage {
  uint8_t *bytes;
  size_t size;
  /* STATIC: of a pack, which others may have made; else it was sealed (seal.c) */
  ImageMemory memory;
} CacheImage;

/* What a lookup learns about the source, for cache_store. */
typedef struct CacheKey {
  const char *path; /* [borrowed] as given */
  int optimize;
  struct stat status; /* of the source before it was read */
  bool has_status, has_hash;
  ContentHash hash;
} CacheKey;

enum { CACHE_SIZE_LIMIT = 256 << 20 };

/* cache_init: reads KRAIT_CACHE and remembers the settings; touches no file. */
void cache_init(Cache *cache, CacheSettings settings);
/* cache_variable: what the environment says, if it is asked; NULL: nothing. */
const char *cache_variable(const Cache *cache, const char *name);
/* cache_find: by identity, without reading the source. false: read it and ask
** cache_find_content. */
bool cache_find(Cache *cache, const char *path, int optimize, CacheKey *key, CacheImage *out);
/* cache_find_content: by the source's bytes; re-stamps the path's entry. */
bool cache_find_content(Cache *cache, CacheKey *key, const void *source, size_t size,
                        CacheImage *out);
/* cache_store: keeps an image. Fails silently. */
void cache_store(Cache *cache, const CacheKey *key, const void *image, size_t size);
void cache_image_free(CacheImage *image);
/* cache_close: at exit: prunes when this process has written enough. */
void cache_close(Cache *cache);

/* cache_command: `krait cache ARGS…`; the exit status. */
int cache_command(int argc, char **argv, int optimize, bool ignore_environment);

#endif
