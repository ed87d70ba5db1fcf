/* tree_handlers.c -- what libexpat calls for an XMLParser: the builder's functions, or the methods
** of another target. After an exception, nobody is called until it has been raised. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include <stdio.h>

#include "vm/modules/xml/tree_parser.h"

/* Keeps the exception of what has failed. */
static void settle(TreeParser *p, bool fine) {
  if (LIKELY(fine)) return;
  p->exception = error_take(p->vm);
  heap_barrier(p->vm, p, p->exception);
}
static void settle_value(TreeParser *p, Value v) { settle(p, v != VALUE_FAIL); }

static bool is_off(const TreeParser *p) { return UNLIKELY(p->exception != VALUE_UNBOUND); }

static Value name_value(TreeParser *p, const XML_Char *name) {
  return value_of(name_table_get(p->vm, &p->names, p, name));
}

/* NULL is "". */
static Value text_value(TreeParser *p, const XML_Char *text) {
  return expat_text(p->vm, text ? text : "");
}

/* Calls a method, if the target has it, unless an argument has failed. */
static void call_target(TreeParser *p, TreeMethod which, const Value *args, int count) {
  if (p->methods[which] == VALUE_UNBOUND) return;
  for (int i = 0; i < count; i++)
    if (args[i] == VALUE_FAIL) return settle(p, false);
  settle_value(p, call_values(p->vm, p->methods[which], args, count, NULL));
}

/* ---- elements and text */

static Dict *attributes_of(TreeParser *p, const XML_Char **attributes) {
  VM *vm = p->vm;
  Dict *dict = dict_new(vm);
  for (; attributes[0]; attributes += 2) {
    Str *name = name_table_get(vm, &p->names, p, attributes[0]);
    if (!name) return NULL;
    Value v = expat_text(vm, attributes[1]);
    if (value_is_fail(v) || !dict_set_str(vm, dict, name, v)) return NULL;
  }
  return dict;
}

static void on_start(void *data, const XML_Char *name, const XML_Char **attributes) {
  TreeParser *p = data;
  Dict *attrib = NULL;
  if (is_off(p)) return;
  Value tag = name_value(p, name);
  if (value_is_fail(tag) || (attributes[0] && !(attrib = attributes_of(p, attributes))))
    return settle(p, false);
  if (LIKELY(p->builder)) return settle_value(p, builder_start(p->vm, p->builder, tag, attrib));
  if (!attrib) attrib = dict_new(p->vm);
  call_target(p, METHOD_OF_START, (const Value[]){tag, value_from(attrib)}, 2);
}

static void on_end(void *data, const XML_Char *name) {
  TreeParser *p = data;
  if (is_off(p)) return;
  if (LIKELY(p->builder)) return settle_value(p, builder_end(p->vm, p->builder));
  Value tag = name_value(p, name);
  call_target(p, METHOD_OF_END, &tag, 1);
}

static void on_text(void *data, const XML_Char *text, int size) {
  TreeParser *p = data;
  if (is_off(p)) return;
  if (LIKELY(p->builder)) return settle(p, builder_text(p->vm, p->builder, text, (size_t)size));
  Value v = value_of(str_new_utf8(p->vm, text, (size_t)size));
  call_target(p, METHOD_OF_DATA, &v, 1);
}

/* What nobody else takes: references to entities that libexpat does not know. */
static void on_default(void *data, const XML_Char *text, int size) {
  TreeParser *p = data;
  VM *vm = p->vm;
  if (is_off(p) || size < 2 || text[0] != '&') return;
  Value name = value_of(str_new_utf8(vm, text + 1, (size_t)size - 2));
  Value v = value_is_fail(name) ? name : dict_get(vm, value_object(p->entity), name);
  if (v == VALUE_UNBOUND) {
    char message[128];
    snprintf(message, sizeof message, "undefined entity %.*s", size < 100 ? size : 100, text);
    v = tree_raise(vm, p->box->parser, XML_ERROR_UNDEFINED_ENTITY, message);
  }
  if (value_is_fail(v)) return settle(p, false);
  if (p->builder) return settle(p, builder_data(vm, p->builder, v));
  call_target(p, METHOD_OF_DATA, &v, 1);
}

/* ---- the rest */

static void on_comment(void *data, const XML_Char *text) {
  TreeParser *p = data;
  if (is_off(p)) return;
  Value v = text_value(p, text);
  if (p->builder && !value_is_fail(v))
    return settle_value(p, builder_comment(p->vm, p->builder, v));
  call_target(p, METHOD_OF_COMMENT, &v, 1);
}

static void on_pi(void *data, const XML_Char *target, const XML_Char *text) {
  TreeParser *p = data;
  if (is_off(p)) return;
  Value name = text_value(p, target), v = value_is_fail(name) ? name : text_value(p, text);
  if (p->builder && !value_is_fail(v))
    return settle_value(p, builder_pi(p->vm, p->builder, name, v));
  call_target(p, METHOD_OF_PI, (const Value[]){name, v}, 2);
}

static void on_start_ns(void *data, const XML_Char *prefix, const XML_Char *uri) {
  TreeParser *p = data;
  if (is_off(p)) return;
  Value name = text_value(p, prefix), v = value_is_fail(name) ? name : text_value(p, uri);
  if (!p->builder) return call_target(p, METHOD_OF_START_NS, (const Value[]){name, v}, 2);
  VM *vm = p->vm;
  Value pair = value_is_fail(v) ? v : PACK(name, v);
  settle(p, !value_is_fail(pair) && builder_tell(vm, p->builder, TREE_START_NS, pair));
}

static void on_end_ns(void *data, const XML_Char *prefix) {
  TreeParser *p = data;
  if (is_off(p)) return;
  if (p->builder) return settle(p, builder_tell(p->vm, p->builder, TREE_END_NS, VALUE_NONE));
  Value name = text_value(p, prefix);
  call_target(p, METHOD_OF_END_NS, &name, 1);
}

static void on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_internal) {
  TreeParser *p = data;
  VM *vm = p->vm;
  if (is_off(p)) return;
  if (p->methods[METHOD_OF_DOCTYPE] == VALUE_UNBOUND) {
    Value old = find_attribute(vm, value_from(p), NAME("doctype"));
    if (old == VALUE_UNBOUND) return;
    return settle(p, !value_is_fail(old) &&
                         warn(vm, TYPE_OF(RuntimeWarning), 1,
                              "The doctype() method of XMLParser is ignored.  "
                              "Define doctype() method on the TreeBuilder target."));
  }
  Value args[3] = {expat_text(vm, name), VALUE_FAIL, VALUE_FAIL};
  if (!value_is_fail(args[0])) args[1] = expat_text(vm, public);
  if (!value_is_fail(args[1])) args[2] = expat_text(vm, system);
  call_target(p, METHOD_OF_DOCTYPE, args, 3);
}

static int on_unknown_encoding(void *data, const XML_Char *name, XML_Encoding *info) {
  TreeParser *p = data;
  if (is_off(p)) return XML_STATUS_ERROR;
  bool fine = expat_learn_encoding(p->vm, name, info);
  settle(p, fine);
  return fine ? XML_STATUS_OK : XML_STATUS_ERROR;
}

void tree_install(TreeParser *p) {
  XML_Parser parser = p->box->parser;
  const Value *methods = p->methods;
  XML_SetUserData(parser, p);
  XML_SetElementHandler(parser, on_start, on_end);
  XML_SetDefaultHandlerExpand(parser, on_default);
  XML_SetCharacterDataHandler(parser, on_text);
  if (methods[METHOD_OF_START_NS] != VALUE_UNBOUND)
    XML_SetStartNamespaceDeclHandler(parser, on_start_ns);
  if (methods[METHOD_OF_END_NS] != VALUE_UNBOUND) XML_SetEndNamespaceDeclHandler(parser, on_end_ns);
  if (methods[METHOD_OF_COMMENT] != VALUE_UNBOUND) XML_SetCommentHandler(parser, on_comment);
  if (methods[METHOD_OF_PI] != VALUE_UNBOUND) XML_SetProcessingInstructionHandler(parser, on_pi);
  XML_SetStartDoctypeDeclHandler(parser, on_doctype);
  XML_SetUnknownEncodingHandler(parser, on_unknown_encoding, p);
}

void tree_install_event(TreeParser *p, TreeEvent event) {
  XML_Parser parser = p->box->parser;
  if (event == TREE_START_NS || event == TREE_END_NS)
    XML_SetNamespaceDeclHandler(parser, on_start_ns, on_end_ns);
  if (event == TREE_COMMENT) XML_SetCommentHandler(parser, on_comment);
  if (event == TREE_PI) XML_SetProcessingInstructionHandler(parser, on_pi);
}
#endif
