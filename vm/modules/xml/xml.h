/* xml.h -- what pyexpat and _elementtree share of libexpat (expat.c). */
#ifndef KRAIT_XML_H
#define KRAIT_XML_H

#include <expat.h>

#include "vm/contracts/protocol.h"
#include "vm/objects/str.h"

/* A parser of libexpat. A parser of an external entity uses what belongs to its parent, also when
** it is freed: the parent's box lives as long.
** Law: holders = 1 for the object it belongs to, while that lives, + 1 for each child. */
typedef struct ExpatBox {
  XML_Parser parser;       /* [owned] */
  struct ExpatBox *parent; /* [owned] a share of it, or NULL */
  uint32_t holders;
} ExpatBox;

/* expat_box_new: a new parser; separator NULL: without namespaces. NULL: MemoryError. */
MUST_USE ExpatBox *expat_box_new(VM *vm, const char *encoding, const char *separator);
/* expat_box_child: of an external entity. NULL: MemoryError. */
MUST_USE ExpatBox *expat_box_child(VM *vm, ExpatBox *parent, const char *context,
                                   const char *encoding);
void expat_box_release(VM *vm, ExpatBox *box); /* NULL: nothing */

/* expat_learn_encoding: tells libexpat about an encoding of single bytes by the codec of that name.
** false: raised. */
MUST_USE MAY_RUN bool expat_learn_encoding(VM *vm, const char *name, XML_Encoding *info);

/* expat_parse: all of the bytes, in parts between which signals are heard. *fine: what libexpat
** says. stop: an exception that a handler has left ends it. false: raised. */
enum { EXPAT_PART = 1 << 20 };
MUST_USE MAY_RUN bool expat_parse(VM *vm, XML_Parser parser, Span bytes, bool final,
                                  const Value *stop, enum XML_Status *status);

/* expat_text: of what libexpat gives; NULL is None. */
MUST_USE static inline Value expat_text(VM *vm, const XML_Char *text) {
  return text ? value_of(str_new_utf8(vm, text, strlen(text))) : VALUE_NONE;
}
/* expat_argument: UTF-8 without a NUL in it. NULL: ValueError. */
MUST_USE const char *expat_argument(VM *vm, Str *s);

#endif
