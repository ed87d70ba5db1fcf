/* parser.h -- pyexpat's parser object: parser.c (attributes, parsing), handlers.c (what libexpat
** calls). */
#ifndef KRAIT_EXPAT_PARSER_H
#define KRAIT_EXPAT_PARSER_H

#include "vm/base/buffer.h"
#include "vm/contracts/buffer.h"
#include "vm/modules/xml/xml.h"

typedef enum ExpatHandler {
#define HANDLER(name, attribute, set) HANDLER_##name,
#include "vm/modules/xml/handlers.def"
#undef HANDLER
  HANDLER_COUNT
} ExpatHandler;

/* Law: libexpat's handler i is set iff handlers[i] is not None, but that of text inside a callback,
** which libexpat would not bear losing. `text` holds at most text_limit bytes, none unless
** buffers_text. While `exception` is there, all handlers are None. */
typedef struct ExpatParser {
  Object h;
  VM *vm;
  ExpatBox *box; /* [owned] */
  Value handlers[HANDLER_COUNT];
  Value intern;    /* a dict; or None */
  Value exception; /* of a handler, until whoever called libexpat raises it; or UNBOUND */
  Buffer text;     /* [owned] text that waits for its handler */
  size_t giving;   /* bytes of such a text that its handler is just given */
  int text_limit;
  bool buffers_text, ordered_attributes, specified_attributes, namespace_prefixes;
  bool in_callback;
  struct Thread *busy; /* who is parsing: see occupy */
} ExpatParser;

/* Registered by the import. */
extern struct ExpatState { Value error; /* the class ExpatError */ } expat_state;

/* expat_trace_handler: puts an entry for a handler of this name on the pending exception's
** traceback. */
MAY_RUN void expat_trace_handler(VM *vm, const char *handler);

/* parser_new: VALUE_FAIL: raised; the box is released then. */
MUST_USE MAY_RUN Value parser_new(VM *vm, ExpatBox *box, Value intern);
/* parser_install: tells libexpat whether to call handler i. */
void parser_install(ExpatParser *p, ExpatHandler i, bool on);
/* parser_flush: gives the text that waits to its handler. false: an exception is kept. */
MUST_USE MAY_RUN bool parser_flush(ExpatParser *p);
MUST_USE MAY_RUN int parser_unknown_encoding(void *data, const XML_Char *name, XML_Encoding *info);

#endif
