/* handlers.c -- what libexpat calls: on_NAME gathers the arguments of the Python handler NAME and
** calls it. An exception is kept in the parser, and takes all handlers away. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/modules/xml/parser.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"

/* ---- failing */

static int refuse_entity(XML_Parser parser, const XML_Char *context, const XML_Char *base,
                         const XML_Char *system, const XML_Char *public) {
  return 0;
}

/* Takes the pending exception: libexpat is to come to its end without calling anybody. */
static void keep_exception(ExpatParser *p) {
  VM *vm = p->vm;
  Value exception = error_take(vm);
  if (p->exception == VALUE_UNBOUND) p->exception = exception;
  heap_barrier(vm, p, exception);
  for (int i = 0; i < HANDLER_COUNT; i++) {
    p->handlers[i] = VALUE_NONE;
    parser_install(p, (ExpatHandler)i, false);
  }
  XML_SetExternalEntityRefHandler(p->box->parser, refuse_entity);
}

/* The names of handlers, as functions in tracebacks. */
static const char *const handler_names[] = {
#define HANDLER(name, attribute, set) #name,
#include "vm/modules/xml/handlers.def"
#undef HANDLER
};

/* ---- calling */

/* May handler i be called now? Text that waits goes first. */
static bool wanted(ExpatParser *p, ExpatHandler i) {
  return p->handlers[i] != VALUE_NONE && parser_flush(p) && p->handlers[i] != VALUE_NONE;
}

static Value call_handler(ExpatParser *p, ExpatHandler i, const Value *args, int count) {
  VM *vm = p->vm;
  for (int k = 0; k < count; k++)
    if (args[k] == VALUE_FAIL) return keep_exception(p), VALUE_FAIL;
  bool outer = p->in_callback;
  p->in_callback = true;
  Value result = call_values(vm, p->handlers[i], args, count, NULL);
  p->in_callback = outer;
  if (LIKELY(result != VALUE_FAIL)) return result;
  expat_trace_handler(vm, handler_names[i]);
  keep_exception(p);
  return VALUE_FAIL;
}
#define CALL_HANDLER(p, name, ...)                                      \
  (void)call_handler((p), HANDLER_##name, (const Value[]){__VA_ARGS__}, \
                     sizeof((const Value[]){__VA_ARGS__}) / sizeof(Value))

/* What a handler answers, as a C int; 0: it failed. */
static int answer_of(ExpatParser *p, Value result) {
  int64_t n;
  if (result == VALUE_FAIL) return 0;
  if (value_index64(p->vm, result, &n, false)) return (int)n;
  keep_exception(p);
  return 0;
}

static Value text_of(ExpatParser *p, const XML_Char *text) { return expat_text(p->vm, text); }

/* A name, by the table that the program gave. */
static Value interned(ExpatParser *p, const XML_Char *text) {
  VM *vm = p->vm;
  Value v = text_of(p, text);
  if (!text || value_is_fail(v) || p->intern == VALUE_NONE) return v;
  Value known = dict_get(vm, value_object(p->intern), v);
  if (known != VALUE_UNBOUND) return known;
  return dict_set(vm, value_object(p->intern), v, v) ? v : VALUE_FAIL;
}

/* ---- text */

static void give_text(ExpatParser *p, const char *bytes, size_t size) {
  Value text = value_of(str_new_utf8(p->vm, bytes, size));
  CALL_HANDLER(p, CharacterData, text);
}

bool parser_flush(ExpatParser *p) {
  if (LIKELY(!p->text.size)) return true;
  VM *vm = p->vm;
  Value text = value_of(str_new_utf8(vm, (const char *)p->text.bytes, p->text.size));
  p->giving = p->text.size;
  p->text.size = 0;
  if (p->handlers[HANDLER_CharacterData] != VALUE_NONE) CALL_HANDLER(p, CharacterData, text);
  p->giving = 0;
  return p->exception == VALUE_UNBOUND;
}

static void on_CharacterData(void *data, const XML_Char *text, int size) {
  ExpatParser *p = data;
  if (p->handlers[HANDLER_CharacterData] == VALUE_NONE) return;
  if (!p->buffers_text) return give_text(p, text, (size_t)size);
  if (p->text.size + (size_t)size > (size_t)p->text_limit) {
    if (!parser_flush(p) || p->handlers[HANDLER_CharacterData] == VALUE_NONE) return;
    if (size > p->text_limit || !p->buffers_text) return give_text(p, text, (size_t)size);
  }
  buffer_add(&p->text, text, (size_t)size);
  if (UNLIKELY(p->text.failed)) {
    buffer_deinit(&p->text);
    (void)raise_memory(p->vm);
    keep_exception(p);
  }
}

/* ---- elements */

/* The attributes: a dict, or a list of names and values. */
static Value attributes_of(ExpatParser *p, const XML_Char **names) {
  VM *vm = p->vm;
  bool ordered = p->ordered_attributes;
  size_t count = 0;
  if (p->specified_attributes) count = (size_t)XML_GetSpecifiedAttributeCount(p->box->parser);
  else
    while (names[count]) count += 2;
  List *list = ordered ? list_new(vm, count) : NULL;
  Dict *dict = ordered ? NULL : dict_new(vm);
  if (!list && !dict) return VALUE_FAIL;
  for (size_t i = 0; i < count; i += 2) {
    Value name = interned(p, names[i]);
    Value v = value_is_fail(name) ? name : text_of(p, names[i + 1]);
    if (value_is_fail(v)) return v;
    if (ordered ? !list_append_value(vm, list, name) || !list_append_value(vm, list, v)
                : !dict_set(vm, dict, name, v))
      return VALUE_FAIL;
  }
  return ordered ? value_from(list) : value_from(dict);
}

static void on_StartElement(void *data, const XML_Char *name, const XML_Char **attributes) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_StartElement)) return;
  Value all = attributes_of(p, attributes);
  Value tag = value_is_fail(all) ? all : interned(p, name);
  CALL_HANDLER(p, StartElement, tag, all);
}

static void on_EndElement(void *data, const XML_Char *name) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_EndElement)) return;
  Value tag = interned(p, name);
  CALL_HANDLER(p, EndElement, tag);
}

static void on_ProcessingInstruction(void *data, const XML_Char *target, const XML_Char *text) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_ProcessingInstruction)) return;
  Value name = interned(p, target);
  CALL_HANDLER(p, ProcessingInstruction, name, value_is_fail(name) ? name : text_of(p, text));
}

static void on_Comment(void *data, const XML_Char *text) {
  ExpatParser *p = data;
  if (wanted(p, HANDLER_Comment)) CALL_HANDLER(p, Comment, text_of(p, text));
}

static void on_StartCdataSection(void *data) {
  ExpatParser *p = data;
  if (wanted(p, HANDLER_StartCdataSection))
    (void)call_handler(p, HANDLER_StartCdataSection, NULL, 0);
}

static void on_EndCdataSection(void *data) {
  ExpatParser *p = data;
  if (wanted(p, HANDLER_EndCdataSection)) (void)call_handler(p, HANDLER_EndCdataSection, NULL, 0);
}

static void on_Default(void *data, const XML_Char *text, int size) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_Default)) return;
  Value piece = value_of(str_new_utf8(p->vm, text, (size_t)size));
  CALL_HANDLER(p, Default, piece);
}

static void on_DefaultHandlerExpand(void *data, const XML_Char *text, int size) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_DefaultHandlerExpand)) return;
  Value piece = value_of(str_new_utf8(p->vm, text, (size_t)size));
  CALL_HANDLER(p, DefaultHandlerExpand, piece);
}

static void on_StartNamespaceDecl(void *data, const XML_Char *prefix, const XML_Char *uri) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_StartNamespaceDecl)) return;
  Value name = interned(p, prefix);
  CALL_HANDLER(p, StartNamespaceDecl, name, value_is_fail(name) ? name : interned(p, uri));
}

static void on_EndNamespaceDecl(void *data, const XML_Char *prefix) {
  ExpatParser *p = data;
  if (wanted(p, HANDLER_EndNamespaceDecl)) CALL_HANDLER(p, EndNamespaceDecl, interned(p, prefix));
}

/* ---- declarations */

/* Calls handler i with these names, the last `count` of its arguments' list. */
static void call_with_names(ExpatParser *p, ExpatHandler i, const XML_Char *const *names,
                            int count) {
  Value args[5];
  for (int k = 0; k < count; k++) {
    args[k] = interned(p, names[k]);
    if (value_is_fail(args[k])) return keep_exception(p);
  }
  (void)call_handler(p, i, args, count);
}

static void on_UnparsedEntityDecl(void *data, const XML_Char *entity, const XML_Char *base,
                                  const XML_Char *system, const XML_Char *public,
                                  const XML_Char *notation) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_UnparsedEntityDecl)) return;
  const XML_Char *const names[] = {entity, base, system, public, notation};
  call_with_names(p, HANDLER_UnparsedEntityDecl, names, 5);
}

static void on_NotationDecl(void *data, const XML_Char *notation, const XML_Char *base,
                            const XML_Char *system, const XML_Char *public) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_NotationDecl)) return;
  const XML_Char *const names[] = {notation, base, system, public};
  call_with_names(p, HANDLER_NotationDecl, names, 4);
}

static void on_StartDoctypeDecl(void *data, const XML_Char *doctype, const XML_Char *system,
                                const XML_Char *public, int internal) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_StartDoctypeDecl)) return;
  const XML_Char *const names[] = {doctype, system, public};
  Value args[4] = {VALUE_NONE, VALUE_NONE, VALUE_NONE, value_int_unchecked(internal)};
  for (int k = 0; k < 3; k++) {
    args[k] = interned(p, names[k]);
    if (value_is_fail(args[k])) return keep_exception(p);
  }
  (void)call_handler(p, HANDLER_StartDoctypeDecl, args, 4);
}

static void on_EndDoctypeDecl(void *data) {
  ExpatParser *p = data;
  if (wanted(p, HANDLER_EndDoctypeDecl)) (void)call_handler(p, HANDLER_EndDoctypeDecl, NULL, 0);
}

static void on_EntityDecl(void *data, const XML_Char *entity, int is_parameter,
                          const XML_Char *text, int size, const XML_Char *base,
                          const XML_Char *system, const XML_Char *public,
                          const XML_Char *notation) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_EntityDecl)) return;
  const XML_Char *const names[] = {base, system, public, notation};
  Value args[7] = {interned(p, entity), value_int_unchecked(is_parameter)};
  if (value_is_fail(args[0])) return keep_exception(p);
  args[2] = text ? value_of(str_new_utf8(p->vm, text, (size_t)size)) : VALUE_NONE;
  if (value_is_fail(args[2])) return keep_exception(p);
  for (int k = 0; k < 4; k++) {
    args[3 + k] = interned(p, names[k]);
    if (value_is_fail(args[3 + k])) return keep_exception(p);
  }
  (void)call_handler(p, HANDLER_EntityDecl, args, 7);
}

static void on_XmlDecl(void *data, const XML_Char *version, const XML_Char *encoding,
                       int standalone) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_XmlDecl)) return;
  Value number = text_of(p, version);
  Value name = value_is_fail(number) ? number : text_of(p, encoding);
  CALL_HANDLER(p, XmlDecl, number, name, value_int_unchecked(standalone));
}

/* (type, quantifier, name, children) */
static Value model_of(VM *vm, const XML_Content *model) {
  if (!vm_guard_call(vm)) return VALUE_FAIL;
  Tuple *children = tuple_new(vm, model->numchildren);
  if (!children) return VALUE_FAIL;
  for (unsigned i = 0; i < model->numchildren; i++) {
    Value child = model_of(vm, &model->children[i]);
    if (value_is_fail(child)) return child;
    tuple_set_item(vm, children, i, child);
  }
  return PACK(value_int_unchecked(model->type), value_int_unchecked(model->quant),
              expat_text(vm, model->name), value_from(children));
}

static void on_ElementDecl(void *data, const XML_Char *name, XML_Content *model) {
  ExpatParser *p = data;
  if (wanted(p, HANDLER_ElementDecl)) {
    Value shown = model_of(p->vm, model);
    Value tag = value_is_fail(shown) ? shown : interned(p, name);
    CALL_HANDLER(p, ElementDecl, tag, shown);
  }
  XML_FreeContentModel(p->box->parser, model);
}

static void on_AttlistDecl(void *data, const XML_Char *element, const XML_Char *attribute,
                           const XML_Char *type, const XML_Char *value, int required) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_AttlistDecl)) return;
  const XML_Char *const texts[] = {element, attribute, type, value};
  Value args[5];
  for (int k = 0; k < 4; k++) {
    args[k] = k < 2 ? interned(p, texts[k]) : text_of(p, texts[k]);
    if (value_is_fail(args[k])) return keep_exception(p);
  }
  args[4] = value_int_unchecked(required);
  (void)call_handler(p, HANDLER_AttlistDecl, args, 5);
}

static void on_SkippedEntity(void *data, const XML_Char *entity, int is_parameter) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_SkippedEntity)) return;
  CALL_HANDLER(p, SkippedEntity, interned(p, entity), value_int_unchecked(is_parameter));
}

/* ---- what answers */

static int on_NotStandalone(void *data) {
  ExpatParser *p = data;
  if (!wanted(p, HANDLER_NotStandalone)) return 0;
  return answer_of(p, call_handler(p, HANDLER_NotStandalone, NULL, 0));
}

static int on_ExternalEntityRef(XML_Parser parser, const XML_Char *context, const XML_Char *base,
                                const XML_Char *system, const XML_Char *public) {
  ExpatParser *p = XML_GetUserData(parser);
  if (!wanted(p, HANDLER_ExternalEntityRef)) return 0;
  const XML_Char *const names[] = {base, system, public};
  Value args[4] = {text_of(p, context)};
  for (int k = 0; k < 4; k++) {
    if (k) args[k] = interned(p, names[k - 1]);
    if (value_is_fail(args[k])) return keep_exception(p), 0;
  }
  return answer_of(p, call_handler(p, HANDLER_ExternalEntityRef, args, 4));
}

int parser_unknown_encoding(void *data, const XML_Char *name, XML_Encoding *info) {
  ExpatParser *p = data;
  if (p->exception == VALUE_UNBOUND && expat_learn_encoding(p->vm, name, info))
    return XML_STATUS_OK;
  if (error_pending(p->vm)) keep_exception(p);
  return XML_STATUS_ERROR;
}

/* ---- telling libexpat */

void parser_install(ExpatParser *p, ExpatHandler i, bool on) {
  XML_Parser parser = p->box->parser;
  switch (i) {
#define HANDLER(name, attribute, set)   \
  case HANDLER_##name:                  \
    set(parser, on ? on_##name : NULL); \
    break;
#include "vm/modules/xml/handlers.def"
#undef HANDLER
  case HANDLER_COUNT: break;
  }
}
#endif
