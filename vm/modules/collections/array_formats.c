/* array_formats.c -- the machine formats that pickled arrays name by number. */
#include "vm/modules/collections/array_formats.h"
#include "vm/objects/item_format.h"

#include <ctype.h>

static const struct {
  char kind;
  uint8_t size;
} formats[ARRAY_FORMATS / 2 - 1] = {
    /* from number 2 on in pairs, little-endian first: unsigned, signed, float, text */
    {'u', 2}, {'i', 2}, {'u', 4}, {'i', 4}, {'u', 8},
    {'i', 8}, {'f', 4}, {'f', 8}, {'t', 2}, {'t', 4}};

int array_machine_format(char code) {
  if (code == 'B') return 0;
  if (code == 'b') return 1;
  char kind = code == 'u' ? 't' : code == 'f' || code == 'd' ? 'f' : code < 'a' ? 'u' : 'i';
  for (int i = 0; i < (int)ARRAY_COUNT(formats); i++)
    if (formats[i].kind == kind && formats[i].size == (code == 'u' ? 4 : item_size(code)))
      return 2 + 2 * i;
  return -1;
}

size_t array_format_size(int format) { return format < 2 ? 1 : formats[(format - 2) / 2].size; }

Value array_load_foreign(VM *vm, int format, const uint8_t *from) {
  if (format < 2) return item_load(vm, format ? 'b' : 'B', from);
  uint8_t size = formats[(format - 2) / 2].size, bytes[8];
  char kind = formats[(format - 2) / 2].kind;
  for (int i = 0; i < size; i++) bytes[i] = from[format & 1 ? size - 1 - i : i];
  if (kind == 'f') return item_load(vm, size == 4 ? 'f' : 'd', bytes);
  char code = size == 2 ? 'h' : size == 4 ? 'i' : 'q';
  return item_load(vm, kind == 'i' ? code : (char)toupper(code), bytes);
}

char array_code_of_format(int format, char otherwise) {
  if (format < 2) return format ? 'b' : 'B';
  char kind = formats[(format - 2) / 2].kind;
  if (kind != 'u' && kind != 'i') return otherwise;
  for (const char *code = "hHiIqQ"; *code; code++)
    if ((array_machine_format(*code) & ~1) == (format & ~1)) return *code;
  return otherwise;
}
