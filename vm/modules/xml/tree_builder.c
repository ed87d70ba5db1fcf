/* tree_builder.c -- _elementtree.TreeBuilder: from starts, texts and ends to a tree.
**
** Factories may be anything and do anything: what a step needs of the builder is read after they
** have run. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/contracts/native.h"
#include "vm/modules/xml/tree_builder.h"

#define NATIVE_DEF "vm/modules/xml/tree_builder.def"
#define NATIVE_PREFIX tree_builder_
#define NATIVE_SELF TreeBuilder *
#include "vm/contracts/native_class.inc"

static Value tree_builder_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  TreeBuilder *b = value_object(v);
  buffer_init(&b->text);
  b->root = b->data = b->append = b->last_for_tail = VALUE_UNBOUND;
  b->this_ = b->last = VALUE_NONE;
  b->element_factory = b->comment_factory = b->pi_factory = VALUE_UNBOUND;
  for (int i = 0; i < TREE_EVENT_COUNT; i++) b->events[i] = VALUE_UNBOUND;
  heap_track_destroy(vm, &b->h);
  return v;
}

/* The factory that was given, or else the module's. */
static Value chosen(Value given, Value usual) {
  Value factory = given == VALUE_NONE ? usual : given;
  return factory == VALUE_NONE ? VALUE_UNBOUND : factory;
}

static void set_factories(VM *vm, TreeBuilder *b, Value comment, Value pi) {
  b->comment_factory = chosen(comment, tree_state.comment_factory);
  b->pi_factory = chosen(pi, tree_state.pi_factory);
  heap_barrier_any(vm, b);
}

TreeBuilder *builder_new(VM *vm) {
  TreeBuilder *b = value_object(tree_builder_blank(vm, TYPE_OF(et_TreeBuilder)));
  set_factories(vm, b, VALUE_NONE, VALUE_NONE);
  return b;
}

static Value tree_builder_op_init(VM *vm, TreeBuilder *self, const tree_builder_op_init_args *a) {
  self->element_factory = a->element_factory == VALUE_NONE ? VALUE_UNBOUND : a->element_factory;
  set_factories(vm, self, a->comment_factory, a->pi_factory);
  self->insert_comments = a->insert_comments && self->comment_factory != VALUE_UNBOUND;
  self->insert_pis = a->insert_pis && self->pi_factory != VALUE_UNBOUND;
  return VALUE_NONE;
}

static void tree_builder_trace(Marker *marker, Object *object) {
  const TreeBuilder *b = (const TreeBuilder *)object;
  mark_value(marker, b->root);
  mark_value(marker, b->this_);
  mark_value(marker, b->last);
  mark_value(marker, b->last_for_tail);
  mark_value(marker, b->data);
  mark_object(marker, b->stack);
  mark_value(marker, b->element_factory);
  mark_value(marker, b->comment_factory);
  mark_value(marker, b->pi_factory);
  mark_value(marker, b->append);
  mark_values(marker, b->events, TREE_EVENT_COUNT);
}
static void tree_builder_destroy(VM *vm, Object *object) {
  buffer_deinit(&((TreeBuilder *)object)->text);
}

/* ---- text */

static bool is_empty(const TreeBuilder *b) { return !b->text.size && b->data == VALUE_UNBOUND; }

static bool add_data(VM *vm, TreeBuilder *b, Value v) {
  if (b->data != VALUE_UNBOUND && !value_is(b->data, list)) {
    List *list = list_from_values(vm, &b->data, 1);
    if (!list) return false;
    b->data = value_from(list);
    heap_barrier_object(vm, b, list);
  }
  if (b->data != VALUE_UNBOUND) return list_append_value(vm, value_object(b->data), v);
  b->data = v;
  heap_barrier(vm, b, v);
  return true;
}

/* The parser's text as a str; the buffer is empty then. */
static Value take_text(VM *vm, TreeBuilder *b) {
  Value text = value_of(str_new_utf8(vm, (const char *)b->text.bytes, b->text.size));
  b->text.size = 0;
  return text;
}

bool builder_text(VM *vm, TreeBuilder *b, const char *utf8, size_t size) {
  if (UNLIKELY(b->last == VALUE_NONE) && is_empty(b)) return true;
  buffer_add(&b->text, utf8, size);
  if (LIKELY(!b->text.failed)) return true;
  buffer_deinit(&b->text);
  buffer_init(&b->text);
  return raise_memory(vm), false;
}

bool builder_data(VM *vm, TreeBuilder *b, Value data) {
  if (b->last == VALUE_NONE && is_empty(b)) return true; /* before the first element */
  if (b->text.size) {
    Value text = take_text(vm, b);
    if (value_is_fail(text) || !add_data(vm, b, text)) return false;
  }
  return add_data(vm, b, data);
}

/* All that waits: one value, or a list of pieces. */
static Value take_data(VM *vm, TreeBuilder *b) {
  Value text = b->text.size ? take_text(vm, b) : VALUE_UNBOUND;
  if (LIKELY(b->data == VALUE_UNBOUND)) return text;
  if (value_is_fail(text) || (text != VALUE_UNBOUND && !add_data(vm, b, text))) return VALUE_FAIL;
  Value data = b->data;
  b->data = VALUE_UNBOUND;
  return data;
}

/* To what is no Element, or has a text already: through its attribute. */
static bool add_to_attribute(VM *vm, Value element, Str *name, Value data) {
  Value joined = value_is(data, list) ? pieces_join(vm, data) : data;
  Value before = value_is_fail(joined) ? joined : get_attribute(vm, element, name);
  if (value_is_fail(before)) return false;
  if (before != VALUE_NONE) joined = binary_op(vm, BINARY_ADD, before, joined);
  return !value_is_fail(joined) && set_attribute(vm, element, name, joined);
}

/* Gives the text that waits to its element. */
static bool flush_text(VM *vm, TreeBuilder *b) {
  Value data = take_data(vm, b);
  if (value_is_fail(data)) return false;
  bool is_tail = b->last_for_tail != VALUE_UNBOUND;
  Value element = is_tail ? b->last_for_tail : b->last;
  uint32_t flag = is_tail ? ELEMENT_TAIL_PIECES : ELEMENT_TEXT_PIECES;
  if (value_is(element, et_Element)) {
    Element *e = value_object(element);
    Value before = is_tail ? e->tail : e->text;
    if (LIKELY(before == VALUE_NONE)) {
      if (is_tail) element_set_tail(vm, e, data);
      else element_set_text(vm, e, data);
      if (value_is(data, list)) e->h.bits |= flag;
      return true;
    }
    if (e->h.bits & flag) {
      List *pieces = value_object(before);
      return value_is(data, list) ? list_extend_value(vm, pieces, data)
                                  : list_append_value(vm, pieces, data);
    }
  }
  return add_to_attribute(vm, element, is_tail ? NAME("tail") : NAME("text"), data);
}
MUST_USE static inline bool flush(VM *vm, TreeBuilder *b) {
  return is_empty(b) || flush_text(vm, b);
}

/* ---- events */

bool builder_tell(VM *vm, TreeBuilder *b, TreeEvent event, Value what) {
  if (LIKELY(b->append == VALUE_UNBOUND) || b->events[event] == VALUE_UNBOUND) return true;
  Value pair = PACK(b->events[event], what);
  return !value_is_fail(pair) && !value_is_fail(call1(vm, b->append, pair));
}

/* ---- elements */

static bool add_child(VM *vm, Value parent, Value child) {
  if (LIKELY(value_is(parent, et_Element))) return element_add(vm, value_object(parent), child);
  return !value_is_fail(call_method1(vm, parent, NAME("append"), child));
}

static bool push(VM *vm, TreeBuilder *b, Value v) {
  ValueArray *stack = b->stack;
  if (UNLIKELY(!stack || b->depth == stack->capacity)) {
    stack = value_array_grow(vm, stack, b->depth, b->depth ? b->depth * 2 : 16);
    if (!stack) return false;
    b->stack = stack;
    heap_barrier_object(vm, b, stack);
  }
  stack->items[b->depth++] = v;
  heap_barrier(vm, stack, v);
  return true;
}

Value builder_start(VM *vm, TreeBuilder *b, Value tag, Dict *attrib) {
  Value node;
  if (!flush(vm, b)) return VALUE_FAIL;
  if (LIKELY(b->element_factory == VALUE_UNBOUND)) {
    node = value_from(element_new(vm, tag, attrib && dict_length(attrib) ? attrib : NULL));
  } else {
    node = call2(vm, b->element_factory, tag, value_from(attrib ? attrib : dict_new(vm)));
    if (value_is_fail(node)) return node;
  }
  Value parent = b->this_;
  b->last_for_tail = VALUE_UNBOUND;
  if (parent != VALUE_NONE) {
    if (!add_child(vm, parent, node)) return VALUE_FAIL;
  } else {
    if (b->root != VALUE_UNBOUND)
      return raise_error(vm, value_object(tree_state.parse_error),
                         "multiple elements on top level");
    b->root = node;
    heap_barrier(vm, b, node);
  }
  if (!push(vm, b, parent)) return VALUE_FAIL;
  b->this_ = b->last = node;
  heap_barrier(vm, b, node);
  return builder_tell(vm, b, TREE_START, node) ? node : VALUE_FAIL;
}

Value builder_end(VM *vm, TreeBuilder *b) {
  if (!flush(vm, b)) return VALUE_FAIL;
  if (!b->depth) return raise_error(vm, TYPE_OF(IndexError), "pop from empty stack");
  Value node = b->this_;
  b->last = b->last_for_tail = node;
  b->this_ = b->stack->items[--b->depth];
  b->stack->items[b->depth] = 0;
  heap_barrier_any(vm, b);
  return builder_tell(vm, b, TREE_END, node) ? node : VALUE_FAIL;
}

/* A comment or an instruction that a factory made is part of the tree, if the builder wants it. */
static Value insert(VM *vm, TreeBuilder *b, bool wanted, Value node) {
  Value parent = b->this_;
  if (value_is_fail(node) || !wanted || parent == VALUE_NONE) return node;
  if (!add_child(vm, parent, node)) return VALUE_FAIL;
  b->last_for_tail = node;
  heap_barrier(vm, b, node);
  return node;
}

Value builder_comment(VM *vm, TreeBuilder *b, Value text) {
  Value node = text;
  if (!flush(vm, b)) return VALUE_FAIL;
  if (b->comment_factory != VALUE_UNBOUND)
    node = insert(vm, b, b->insert_comments, call1(vm, b->comment_factory, text));
  if (value_is_fail(node)) return node;
  return builder_tell(vm, b, TREE_COMMENT, node) ? node : VALUE_FAIL;
}

Value builder_pi(VM *vm, TreeBuilder *b, Value target, Value text) {
  if (!flush(vm, b)) return VALUE_FAIL;
  Value node = b->pi_factory == VALUE_UNBOUND
                   ? PACK(target, text)
                   : insert(vm, b, b->insert_pis, call2(vm, b->pi_factory, target, text));
  if (value_is_fail(node)) return node;
  return builder_tell(vm, b, TREE_PI, node) ? node : VALUE_FAIL;
}

Value builder_close(const TreeBuilder *b) {
  return b->root == VALUE_UNBOUND ? VALUE_NONE : b->root;
}

/* ---- methods */

static Value tree_builder_start(VM *vm, TreeBuilder *self, const tree_builder_start_args *a) {
  if (!value_has_flag(a->attrs, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "start() argument 2 must be dict, not %.200T", a->attrs);
  return builder_start(vm, self, a->tag, value_object(a->attrs));
}
static Value tree_builder_end(VM *vm, TreeBuilder *self, const tree_builder_end_args *a) {
  return builder_end(vm, self);
}
static Value tree_builder_data(VM *vm, TreeBuilder *self, const tree_builder_data_args *a) {
  return value_none_if(builder_data(vm, self, a->data));
}
static Value tree_builder_comment(VM *vm, TreeBuilder *self, const tree_builder_comment_args *a) {
  return builder_comment(vm, self, a->text);
}
static Value tree_builder_pi(VM *vm, TreeBuilder *self, const tree_builder_pi_args *a) {
  return builder_pi(vm, self, a->target, a->text);
}
static Value tree_builder_close(VM *vm, TreeBuilder *self, const tree_builder_close_args *a) {
  return builder_close(self);
}

const ClassSpec et_TreeBuilder_class = {
    NATIVE_CLASS(tree_builder_),
    .basic_size = sizeof(TreeBuilder),
    .trace = tree_builder_trace,
    .destroy = tree_builder_destroy,
};
#endif
