/* tree_parser.c -- _elementtree.XMLParser: the object, and feeding it. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/modules/xml/tree_parser.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"

#define NATIVE_DEF "vm/modules/xml/tree_parser.def"
#define NATIVE_PREFIX tree_parser_
#define NATIVE_SELF TreeParser *
#include "vm/contracts/native_class.inc"

enum { READ_SIZE = 64 * 1024 }; /* what a file is asked for at a time */

static const char *const method_names[TREE_METHOD_COUNT] = {
    "start", "data", "end", "comment", "pi", "close", "doctype", "start_ns", "end_ns"};

/* ---- making */

static void forget_methods(TreeParser *p) {
  for (int i = 0; i < TREE_METHOD_COUNT; i++) p->methods[i] = VALUE_UNBOUND;
}

static Value tree_parser_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  TreeParser *p = value_object(v);
  p->vm = vm;
  p->target = p->entity = VALUE_NONE;
  p->exception = VALUE_UNBOUND;
  forget_methods(p);
  name_table_init(&p->names);
  heap_track_destroy(vm, &p->h);
  return v;
}

static void tree_parser_destroy(VM *vm, Object *object) {
  TreeParser *p = (TreeParser *)object;
  expat_box_release(vm, p->box);
  p->box = NULL;
  name_table_deinit(&p->names);
}

static void tree_parser_trace(Marker *marker, Object *object) {
  const TreeParser *p = (const TreeParser *)object;
  mark_object(marker, p->builder);
  mark_value(marker, p->target);
  mark_value(marker, p->entity);
  mark_values(marker, p->methods, TREE_METHOD_COUNT);
  mark_value(marker, p->exception);
  name_table_trace(marker, &p->names);
}

static bool find_methods(VM *vm, TreeParser *p) {
  forget_methods(p);
  for (int i = 0; i < TREE_METHOD_COUNT; i++) {
    Str *name = str_intern_cstr(vm, method_names[i]);
    Value method = name ? find_attribute(vm, p->target, name) : VALUE_FAIL;
    if (value_is_fail(method)) return false;
    p->methods[i] = method;
    heap_barrier(vm, p, method);
  }
  return true;
}

/* Nobody may enter libexpat again while it runs: another thread waits, a handler is told. */
static bool begin(VM *vm, TreeParser *p) {
  if (UNLIKELY(p->busy && p->busy == vm->thread))
    return raise_false(vm, TYPE_OF(RuntimeError), "the parser is running already");
  return occupy(vm, &p->busy);
}

static bool start_over(VM *vm, TreeParser *p, Value target, const char *encoding) {
  Value entity = value_from(dict_new(vm));
  expat_box_release(vm, p->box);
  p->box = NULL;
  p->target = target;
  p->builder = value_is(target, et_TreeBuilder) ? value_object(target) : NULL;
  p->entity = entity;
  heap_barrier_any(vm, p);
  if (!find_methods(vm, p)) return false;
  p->box = expat_box_new(vm, encoding, "}");
  if (p->box) tree_install(p);
  return p->box != NULL;
}

static Value tree_parser_op_init(VM *vm, TreeParser *self, const tree_parser_op_init_args *a) {
  const char *encoding = NULL;
  Value target = a->target;
  if (a->encoding && !(encoding = expat_argument(vm, a->encoding))) return VALUE_FAIL;
  if (target == VALUE_NONE) target = value_from(builder_new(vm));
  if (!begin(vm, self)) return VALUE_FAIL;
  bool fine = start_over(vm, self, target, encoding);
  self->busy = NULL;
  return value_none_if(fine);
}

/* ---- parsing */

Value tree_raise(VM *vm, XML_Parser parser, enum XML_Error code, const char *message) {
  if (code == XML_ERROR_NO_MEMORY) return raise_memory(vm);
  Value line = value_int(vm, (int64_t)XML_GetErrorLineNumber(parser)),
        column = value_int(vm, (int64_t)XML_GetErrorColumnNumber(parser));
  Str *text = str_format(vm, "%s: line %S, column %S", message ? message : XML_ErrorString(code),
                         line, column);
  Value error = text ? call1(vm, tree_state.parse_error, value_from(text)) : VALUE_FAIL;
  if (value_is_fail(error) ||
      !set_attribute(vm, error, NAME("code"), value_int_unchecked((int)code)) ||
      !set_attribute(vm, error, NAME("position"), PACK(line, column)))
    return VALUE_FAIL;
  return raise_object(vm, error);
}

static bool feed(VM *vm, TreeParser *p, Span bytes, bool final) {
  enum XML_Status status = XML_STATUS_ERROR;
  bool heard = expat_parse(vm, p->box->parser, bytes, final, &p->exception, &status);
  if (p->exception != VALUE_UNBOUND) {
    if (heard) error_restore(vm, p->exception);
    p->exception = VALUE_UNBOUND;
    return false;
  }
  if (!heard) return false;
  if (status != XML_STATUS_ERROR) return true;
  return (void)tree_raise(vm, p->box->parser, XML_GetErrorCode(p->box->parser), NULL), false;
}

/* Text, or anything that gives bytes. */
static bool feed_value(VM *vm, TreeParser *p, Value data, Str *errors) {
  Pin pin;
  if (value_is_str(data)) {
    data = str_encode(vm, value_object(data), NULL, errors);
    if (value_is_fail(data)) return false;
    (void)XML_SetEncoding(p->box->parser, "utf-8");
  }
  if (!pin_of(vm, data, &pin)) return false;
  bool fine = feed(vm, p, pin_span(&pin), false);
  pin_release(vm, &pin);
  return fine;
}

static bool finish(VM *vm, TreeParser *p) {
  return feed(vm, p, (Span){(const uint8_t *)"", 0}, true);
}

static bool check_ready(VM *vm, const TreeParser *p) {
  return LIKELY(p->box != NULL) ||
         raise_false(vm, TYPE_OF(ValueError), "XMLParser.__init__() wasn't called");
}

static Value tree_parser_feed(VM *vm, TreeParser *self, const tree_parser_feed_args *a) {
  if (!check_ready(vm, self) || !begin(vm, self)) return VALUE_FAIL;
  bool fine = check_ready(vm, self) && feed_value(vm, self, a->data, NULL);
  self->busy = NULL;
  return value_none_if(fine);
}

static Value tree_parser_close(VM *vm, TreeParser *self, const tree_parser_close_args *a) {
  if (!check_ready(vm, self) || !begin(vm, self)) return VALUE_FAIL;
  bool fine = check_ready(vm, self) && finish(vm, self);
  self->busy = NULL;
  if (!fine) return VALUE_FAIL;
  if (self->builder) return builder_close(self->builder);
  Value close = self->methods[METHOD_OF_CLOSE];
  return close == VALUE_UNBOUND ? VALUE_NONE : call0(vm, close);
}

/* All that read() gives, to the first empty answer, or one that is neither text nor bytes. */
static bool feed_file(VM *vm, TreeParser *p, Value read) {
  for (;;) {
    Value data = call1(vm, read, value_int_unchecked(READ_SIZE));
    if (value_is_fail(data)) return false;
    if (value_is_str(data)) {
      if (!((Str *)value_object(data))->length) return true;
    } else if (!value_is(data, bytes) || !((Bytes *)value_object(data))->length) return true;
    if (!feed_value(vm, p, data, NAME("surrogatepass")) || !vm_listen(vm)) return false;
  }
}

static Value tree_parser__parse_whole(VM *vm, TreeParser *self,
                                      const tree_parser__parse_whole_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  Value read = get_attribute(vm, a->file, NAME("read"));
  if (value_is_fail(read) || !begin(vm, self)) return VALUE_FAIL;
  bool fine = check_ready(vm, self) && feed_file(vm, self, read) && finish(vm, self);
  self->busy = NULL;
  if (!fine) return VALUE_FAIL;
  return self->builder ? builder_close(self->builder) : VALUE_NONE;
}

/* ---- events */

static const char *const event_names[TREE_EVENT_COUNT] = {"start",  "end",     "start-ns",
                                                          "end-ns", "comment", "pi"};

static bool want_event(VM *vm, TreeParser *p, Value name) {
  const char *text = NULL;
  if (value_is_str(name)) text = str_utf8(vm, value_object(name), NULL);
  else if (value_has_flag(name, TYPE_BYTES_SUBCLASS))
    text = (const char *)((const Bytes *)value_object(name))->data;
  if (error_pending(vm)) return false;
  if (!text) return raise_false(vm, TYPE_OF(ValueError), "invalid events sequence");
  int i = 0;
  while (i < TREE_EVENT_COUNT && strcmp(text, event_names[i]) != 0) i++;
  if (i == TREE_EVENT_COUNT)
    return raise_false(vm, TYPE_OF(ValueError), "unknown event '%s'", text);
  p->builder->events[i] = name;
  heap_barrier(vm, p->builder, name);
  tree_install_event(p, (TreeEvent)i);
  return true;
}

static Value tree_parser__setevents(VM *vm, TreeParser *self,
                                    const tree_parser__setevents_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  if (!self->builder)
    return raise_type(vm, "event handling only supported for ElementTree.TreeBuilder targets");
  Value append = get_attribute(vm, a->events_queue, NAME("append"));
  if (value_is_fail(append)) return append;
  TreeBuilder *b = self->builder;
  if (!b) return VALUE_NONE;
  b->append = append;
  heap_barrier(vm, b, append);
  for (int i = 0; i < TREE_EVENT_COUNT; i++) b->events[i] = VALUE_UNBOUND;
  if (a->events_to_report == VALUE_NONE) {
    b->events[TREE_END] = value_from(NAME("end"));
    return VALUE_NONE;
  }
  if (!value_has_special(a->events_to_report, SPECIAL_iter) &&
      !value_has_special(a->events_to_report, SPECIAL_getitem))
    return raise_type(vm, "events must be a sequence");
  Tuple *names = tuple_from_iterable(vm, a->events_to_report);
  if (!names) return VALUE_FAIL;
  for (size_t i = 0; i < tuple_length(names); i++)
    if (self->builder != b || !want_event(vm, self, names->items[i])) return VALUE_FAIL;
  return VALUE_NONE;
}

static Value tree_parser_get_version(VM *vm, TreeParser *self) {
  return value_of(
      str_format(vm, "Expat %d.%d.%d", XML_MAJOR_VERSION, XML_MINOR_VERSION, XML_MICRO_VERSION));
}

const ClassSpec et_XMLParser_class = {
    NATIVE_CLASS(tree_parser_),
    .basic_size = sizeof(TreeParser),
    .trace = tree_parser_trace,
    .destroy = tree_parser_destroy,
};
#endif
