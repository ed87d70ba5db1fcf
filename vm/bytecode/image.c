/* image.c -- see image.h. */
#include "vm/bytecode/image.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

/* Changes when the same opcodes start to mean something else in images: format, calling sequence,
** code generation. */
enum { FORMAT_REVISION = 3 };

uint64_t image_version(void) {
  static uint64_t version;
  if (!version) {
    uint64_t parts[2] = {op_table_hash(), FORMAT_REVISION};
    version = XXH3_64bits(parts, sizeof parts);
  }
  return version;
}

ContentHash image_source_hash(const void *source, size_t size, int optimize) {
  XXH128_hash_t hash =
      XXH3_128bits_withSeed(source, size, (XXH64_hash_t)(optimize > 2 ? 2 : optimize));
  return (ContentHash){hash.low64, hash.high64};
}

static inline uint32_t next_varint(const uint8_t **at) {
  const uint8_t *p = *at;
  uint32_t n = *p++;
  if (n >= 0x80) {
    n &= 0x7F;
    for (int shift = 7;; shift += 7) {
      uint8_t byte = *p++;
      n |= (uint32_t)(byte & 0x7F) << (shift & 31);
      if (byte < 0x80) break;
    }
  }
  *at = p;
  return n;
}

static int64_t next_signed(const uint8_t **at) {
  uint64_t n = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t byte = *(*at)++;
    n |= (uint64_t)(byte & 0x7F) << (shift & 63);
    if (byte < 0x80) break;
  }
  return (int64_t)(n >> 1 ^ -(n & 1));
}

static bool table_in_range(const ImageHeader *header, uint32_t offset, uint32_t count,
                           uint32_t stride) {
  return offset >= sizeof *header && offset <= header->size &&
         count <= (header->size - offset) / stride;
}

bool image_open(Image *image, const void *bytes, size_t size, const char **why) {
  const ImageHeader *header = bytes;
  const char *unused;
  if (!why) why = &unused;
  *why = NULL;
  size_t checked = offsetof(ImageHeader, checksum) + 8;
  if (size < sizeof *header) *why = "truncated";
  else if (header->magic != IMAGE_MAGIC) *why = "not an image";
  else if (header->version != image_version()) *why = "made by another version";
  else if (header->size != size) *why = "truncated";
  else if (XXH3_64bits((const char *)bytes + checked, size - checked) != header->checksum)
    *why = "corrupted";
  else if (!table_in_range(header, header->functions, header->function_count, 4) ||
           !table_in_range(header, header->strings, header->string_count, 4) ||
           !table_in_range(header, header->constants, header->constant_count, 4) ||
           !header->function_count || header->cold > size ||
           header->filename >= header->string_count)
    *why = "corrupted";
  if (*why) return false;
  *image = (Image){bytes, header};
  return true;
}

bool image_open_sound(Image *image, const void *bytes, size_t size) {
  *image = (Image){bytes, bytes};
  deep_check(image_open(image, bytes, size, NULL));
  return size >= sizeof *image->header && image->header->size == size;
}

void image_function(const Image *image, uint32_t index, ImageFunction *f) {
  const uint8_t *p = image->bytes + image_u32(image->bytes + image->header->functions + 4 * index);
  *f = (ImageFunction){.image = image, .index = index};
  f->flags = next_varint(&p);
  f->name = next_varint(&p);
  f->qualname = next_varint(&p);
  f->argcount = next_varint(&p);
  f->posonlycount = next_varint(&p);
  f->kwonlycount = next_varint(&p);
  f->register_count = next_varint(&p);
  f->local_count = next_varint(&p);
  f->cell_count = next_varint(&p);
  f->free_count = next_varint(&p);
  f->firstlineno = next_varint(&p);
  f->name_count = next_varint(&p);
  f->constant_count = next_varint(&p);
  f->range_count = next_varint(&p);
  f->code_size = next_varint(&p);
  f->lines = image->bytes + image->header->cold + next_varint(&p);
  f->locals = p;
  f->cells = f->locals + 4 * (size_t)f->local_count;
  f->frees = f->cells + 8 * (size_t)f->cell_count;
  f->names = f->frees + 4 * (size_t)f->free_count;
  f->constants = f->names + 4 * (size_t)f->name_count;
  f->ranges = f->constants + 4 * (size_t)f->constant_count;
  f->code = f->ranges + 16 * (size_t)f->range_count;
}

ImageString image_string(const Image *image, uint32_t string) {
  const uint8_t *p = image->bytes + image_u32(image->bytes + image->header->strings + 4 * string);
  uint32_t head = next_varint(&p);
  return (ImageString){(const char *)p, head >> 2, head & 3};
}

ImageConstant image_constant(const Image *image, uint32_t constant) {
  const uint8_t *p =
      image->bytes + image_u32(image->bytes + image->header->constants + 4 * constant);
  ImageConstant c = {.tag = (ConstantTag)*p++};
  switch (c.tag) {
  case CONSTANT_INT: c.integer = next_signed(&p); break;
  case CONSTANT_BIG_INT:
  case CONSTANT_STR: c.string = next_varint(&p); break;
  case CONSTANT_FLOAT: memcpy(&c.real, p, 8); break;
  case CONSTANT_COMPLEX: memcpy(&c.real, p, 8), memcpy(&c.imaginary, p + 8, 8); break;
  case CONSTANT_BYTES: c.size = next_varint(&p), c.bytes = p; break;
  case CONSTANT_TUPLE:
  case CONSTANT_FROZENSET: c.count = next_varint(&p), c.items = p; break;
  case CONSTANT_CODE: c.function = next_varint(&p); break;
  default: break;
  }
  return c;
}

uint32_t image_item(const uint8_t **items) { return next_varint(items); }

void line_iterator_init(LineIterator *it, const ImageFunction *f) {
  *it =
      (LineIterator){.next = f->lines, .code_size = f->code_size, .line = (int32_t)f->firstlineno};
}

/* The tables are not verified: sums of what they hold may be any number. */
static int32_t wrapping_sum(int32_t a, uint32_t b) { return (int32_t)((uint32_t)a + b); }

bool line_iterator_next(LineIterator *it) {
  if (it->end >= it->code_size) return false;
  uint32_t head = next_varint(&it->next);
  it->start = it->end;
  it->end += head >> 2;
  Position *at = &it->position;
  *at = (Position){-1, -1, -1, -1};
  switch (head & 3) {
  case 1:
    at->line = it->line = wrapping_sum(it->line, (uint32_t)next_signed(&it->next));
    at->end_line = wrapping_sum(at->line, next_varint(&it->next));
    at->column = (int32_t)next_varint(&it->next);
    at->end_column = (int32_t)next_varint(&it->next);
    break;
  case 2:
    at->line = at->end_line = it->line;
    at->column = (int32_t)next_varint(&it->next);
    at->end_column = wrapping_sum(at->column, next_varint(&it->next));
    break;
  case 3:
    it->line = wrapping_sum(it->line, (uint32_t)next_signed(&it->next));
    at->line = at->end_line = it->line;
    break;
  default: break;
  }
  return true;
}

Position function_position(const ImageFunction *f, uint32_t offset) {
  LineIterator it;
  line_iterator_init(&it, f);
  while (line_iterator_next(&it))
    if (offset < it.end) return it.position;
  return (Position){-1, -1, -1, -1};
}
