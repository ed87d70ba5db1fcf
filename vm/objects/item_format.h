/* item_format.h -- one item of memory as a Python value and back: the native single-letter formats
** of the struct module. */
#ifndef KRAIT_ITEM_FORMAT_H
#define KRAIT_ITEM_FORMAT_H

#include "vm/core/vm.h"

/* item_size: bytes of a native format letter; 0: not one. */
size_t item_size(char letter);
/* item_letter: the letter of a format ("B", "@i"), 0 if it is not a single native one. */
char item_letter(const char *format);
MUST_USE Value item_load(VM *vm, char letter, const uint8_t *from);
/* item_store: with ITEM_FAILED alone an exception is pending. */
typedef enum ItemStored {
  ITEM_OUT_OF_RANGE = -2,
  ITEM_FAILED,
  ITEM_WRONG_TYPE,
  ITEM_STORED
} ItemStored;
MUST_USE MAY_RUN ItemStored item_store(VM *vm, char letter, uint8_t *to, Value v);
/* double_to_half: IEEE binary16. false: too large. */
bool double_to_half(double d, uint16_t *bits);

#endif
