/* expat.c -- what pyexpat and _elementtree share: see xml.h. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/base/memory.h"
#include "vm/contracts/buffer.h"
#include "vm/modules/xml/xml.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"

/* What a parser takes at first, roughly; it counts for the collector. */
enum { PARSER_BYTES = 16384 };

static void *take(size_t size) { return memory_take(size); }
static void *resize(void *block, size_t size) { return memory_resize(block, size); }
static void give(void *block) { free(block); }
static const XML_Memory_Handling_Suite memory = {take, resize, give};

static ExpatBox *box_of(VM *vm, XML_Parser parser) {
  ExpatBox *box = parser ? memory_take(sizeof *box) : NULL;
  if (!box) {
    if (parser) XML_ParserFree(parser);
    return (void)raise_memory(vm), NULL;
  }
  *box = (ExpatBox){.parser = parser, .holders = 1};
  heap_account(vm, PARSER_BYTES);
  return box;
}

ExpatBox *expat_box_new(VM *vm, const char *encoding, const char *separator) {
  ExpatBox *box = box_of(vm, XML_ParserCreate_MM(encoding, &memory, separator));
  if (box) XML_SetHashSalt(box->parser, (unsigned long)(vm->hash_seed[0] | 1));
  return box;
}

ExpatBox *expat_box_child(VM *vm, ExpatBox *parent, const char *context, const char *encoding) {
  ExpatBox *box = box_of(vm, XML_ExternalEntityParserCreate(parent->parser, context, encoding));
  if (!box) return NULL;
  box->parent = parent;
  parent->holders++;
  return box;
}

void expat_box_release(VM *vm, ExpatBox *box) {
  assert(!box || box->holders > 0);
  while (box && --box->holders == 0) {
    ExpatBox *parent = box->parent;
    XML_ParserFree(box->parser);
    heap_account(vm, -PARSER_BYTES);
    free(box);
    box = parent;
  }
}

bool expat_learn_encoding(VM *vm, const char *name, XML_Encoding *info) {
  uint8_t all[256];
  for (int i = 0; i < 256; i++) all[i] = (uint8_t)i;
  Str *encoding = str_new_utf8(vm, name, strlen(name));
  Value bytes = value_of(bytes_new(vm, all, sizeof all));
  if (!encoding || value_is_fail(bytes)) return false;
  Value decoded = codec_decode_bytes(vm, bytes, encoding, NAME("replace"));
  if (value_is_fail(decoded)) return false;
  Str *text = value_object(decoded);
  if (text->length != 256)
    return raise_false(vm, TYPE_OF(ValueError), "multi-byte encodings are not supported");
  for (size_t i = 0; i < 256; i++) {
    uint32_t point = str_at(text, i);
    info->map[i] = point == 0xFFFD ? -1 : (int)point;
  }
  info->data = NULL, info->convert = NULL, info->release = NULL;
  return true;
}

bool expat_parse(VM *vm, XML_Parser parser, Span bytes, bool final, const Value *stop,
                 enum XML_Status *status) {
  const char *at = (const char *)bytes.bytes;
  size_t left = bytes.n;
  while (left > EXPAT_PART) {
    *status = XML_Parse(parser, at, EXPAT_PART, false);
    if (*status == XML_STATUS_ERROR || *stop != VALUE_UNBOUND) return true;
    at += EXPAT_PART, left -= EXPAT_PART;
    if (!vm_listen(vm)) return false;
  }
  *status = XML_Parse(parser, left ? at : "", (int)left, final);
  return true;
}

const char *expat_argument(VM *vm, Str *s) {
  size_t size;
  const char *text = str_utf8(vm, s, &size);
  if (text && memchr(text, 0, size)) return raise_value(vm, "embedded null character"), NULL;
  return text;
}
#endif
