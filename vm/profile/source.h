/* source.h -- the text of a file, as a recording keeps it. */
#ifndef KRAIT_PROFILE_SOURCE_H
#define KRAIT_PROFILE_SOURCE_H

#include "vm/base/common.h"

typedef struct SourceText {
  uint64_t hash; /* XXH3 of the text */
  uint32_t size;
  void *deflated; /* [owned: the caller] */
  uint32_t deflated_size;
} SourceText;

extern bool source_kept; /* else source_take says false always */
/* source_take: false: there is no such file, it is none, or memory is gone. */
MUST_USE bool source_take(const char *path, SourceText *out);

#endif
