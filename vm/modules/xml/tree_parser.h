/* tree_parser.h -- _elementtree.XMLParser: tree_parser.c (the object, feeding it), tree_handlers.c
** (what libexpat calls). */
#ifndef KRAIT_TREE_PARSER_H
#define KRAIT_TREE_PARSER_H

#include "vm/contracts/buffer.h"
#include "vm/modules/xml/name_table.h"
#include "vm/modules/xml/tree_builder.h"
#include "vm/modules/xml/xml.h"

/* Methods of a target, in the order of tree_method_names. */
typedef enum TreeMethod {
  METHOD_OF_START,
  METHOD_OF_DATA,
  METHOD_OF_END,
  METHOD_OF_COMMENT,
  METHOD_OF_PI,
  METHOD_OF_CLOSE,
  METHOD_OF_DOCTYPE,
  METHOD_OF_START_NS,
  METHOD_OF_END_NS,
  TREE_METHOD_COUNT
} TreeMethod;

/* Law: box is NULL until __init__ has run; builder is the target if that is exactly a TreeBuilder,
** which is then called without a detour, else NULL. */
typedef struct TreeParser {
  Object h;
  VM *vm;
  ExpatBox *box; /* [owned] */
  TreeBuilder *builder;
  Value target, entity;
  Value methods[TREE_METHOD_COUNT]; /* bound; UNBOUND: the target has none */
  Value exception;                  /* of what libexpat called, until it is raised; or UNBOUND */
  NameTable names;
  struct Thread *busy; /* who is parsing: see occupy */
} TreeParser;

/* tree_install: tells libexpat what to call for the methods that the target has. */
MAY_RUN void tree_install(TreeParser *p);
/* tree_install_event: and for an event that the builder's listener wants. */
MAY_RUN void tree_install_event(TreeParser *p, TreeEvent event);
/* tree_raise: ParseError with code and position; message NULL: the code's. VALUE_FAIL. */
COLD MAY_RUN Value tree_raise(VM *vm, XML_Parser parser, enum XML_Error code, const char *message);

#endif
