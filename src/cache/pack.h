/* pack.h -- a pack: the compiled code of a folder in one read-only file, for container images.
** `krait cache bake` writes it, KRAIT_PACK names it; it is asked before the cache folder. Private
** to src/cache.
**
**     pack = PackHeader · PackEntry[count] sorted by path · u32[count] numbers of entries, sorted
**     by content · images,
**            each at a multiple of 8. An entry names its image by checksum, the image its source:
**            they belong together
**
** The file is mapped once and its images are used in place: a hit costs a stat of the source and no
** other call. So it is replaced by another file (rename), never written into, while programs run
** from it. Laws: as in the cache, content wins over times: an entry is used if the source has the
** size and the second of its mtime that it had, else if its content's hash is known (under any
** path: a pack survives moving). A pack that is not sound, or that another build wrote, or that
** somebody else may write, is as none at all. */
#ifndef KRAIT_CACHE_PACK_H
#define KRAIT_CACHE_PACK_H

#include "src/cache/entry.h"

#define PACK_MAGIC UINT64_C(0x316B63615072424B) /* "KBrPack1" */

typedef struct PackHeader {
  uint64_t magic;
  uint64_t program; /* cache_program() */
  uint64_t size;    /* of the file */
  uint64_t count;
  uint64_t checksum; /* XXH3-64 of both tables; each image has its own */
} PackHeader;

typedef struct PackEntry {
  ContentHash path, content;
  uint64_t optimize;
  uint64_t source_size;
  int64_t mtime; /* seconds, because that is what archives keep; 0: not to be trusted */
  uint64_t offset, size, checksum; /* of the image */
} PackEntry;
static_assert(sizeof(PackHeader) == 40 && sizeof(PackEntry) == 80, "written as they are");

/* An open pack, or one being made. */
typedef struct Pack {
  const uint8_t *bytes; /* [owned] mapping */
  const PackHeader *header;
  const PackEntry *entries;
  const uint32_t *by_content;
} Pack;

/* pack_open: maps the file; false: there is none that can be used. It stays mapped: images in it
** are handed out. */
bool pack_open(Pack *pack, const char *path);
/* pack_find: the entry of a source by its path; NULL: none. */
const PackEntry *pack_find(const Pack *pack, ContentHash path, int optimize);
const PackEntry *pack_find_content(const Pack *pack, ContentHash content, int optimize);
/* pack_image: the image of an entry, its tables verified; false: it is damaged. */
bool pack_image(const Pack *pack, const PackEntry *entry, CacheImage *out);

typedef struct PackWriter {
  PackEntry *entries; /* [owned] offsets are into images until the end */
  size_t count, capacity;
  Buffer images;
} PackWriter;

bool pack_writer_add(PackWriter *writer, const PackEntry *entry, const void *image, size_t size);
/* pack_writer_end: writes the file (under another name first) and frees the writer. false: errno
** says why. */
bool pack_writer_end(PackWriter *writer, const char *path);

#endif
