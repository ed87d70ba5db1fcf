/* tree_builder.h -- _elementtree.TreeBuilder: events to a tree. */
#ifndef KRAIT_TREE_BUILDER_H
#define KRAIT_TREE_BUILDER_H

#include "vm/base/buffer.h"
#include "vm/modules/xml/element.h"

typedef enum TreeEvent {
  TREE_START,
  TREE_END,
  TREE_START_NS,
  TREE_END_NS,
  TREE_COMMENT,
  TREE_PI,
  TREE_EVENT_COUNT
} TreeEvent;

/* The text that waits for its element: first `data` (a value, or a list of them), behind it `text`,
** the UTF-8 that the parser brought. `this_` is the element that is open, whose parents are on the
** stack; None outside. What is not there is UNBOUND. */
typedef struct TreeBuilder {
  Object h;
  Value root, this_, last;
  Value last_for_tail; /* text is its tail; UNBOUND: text is the last element's own */
  Value data;
  Buffer text;       /* [owned] */
  ValueArray *stack; /* [gc] depth values; or NULL */
  size_t depth;
  Value element_factory, comment_factory, pi_factory;
  Value append;                   /* who is told of events */
  Value events[TREE_EVENT_COUNT]; /* how they are called */
  bool insert_comments, insert_pis;
} TreeBuilder;

MUST_USE NEVER_NULL TreeBuilder *builder_new(VM *vm);
/* attrib NULL: none */
MUST_USE MAY_RUN Value builder_start(VM *vm, TreeBuilder *b, Value tag, Dict *attrib);
MUST_USE MAY_RUN Value builder_end(VM *vm, TreeBuilder *b);
MUST_USE bool builder_text(VM *vm, TreeBuilder *b, const char *utf8, size_t size);
MUST_USE bool builder_data(VM *vm, TreeBuilder *b, Value data);
MUST_USE MAY_RUN Value builder_comment(VM *vm, TreeBuilder *b, Value text);
MUST_USE MAY_RUN Value builder_pi(VM *vm, TreeBuilder *b, Value target, Value text);
Value builder_close(const TreeBuilder *b);
/* builder_tell: an event, if somebody wants to hear of it. */
MUST_USE MAY_RUN bool builder_tell(VM *vm, TreeBuilder *b, TreeEvent event, Value what);

#endif
