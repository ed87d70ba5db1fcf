/* parser.c -- pyexpat's parser object: attributes and parsing. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include <limits.h>

#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/modules/xml/parser.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/dict.h"

#define NATIVE_DEF "vm/modules/xml/parser.def"
#define NATIVE_PREFIX parser_
#define NATIVE_SELF ExpatParser *
#include "vm/contracts/native_class.inc"

struct ExpatState expat_state = {VALUE_NONE};

/* What read() of a file is asked for at a time, and how much text waits at first. */
enum { READ_SIZE = 2048, TEXT_LIMIT = 8192 };

/* ExpatError with code, lineno and offset, or MemoryError. VALUE_FAIL. */
COLD MAY_RUN static Value expat_raise(VM *vm, XML_Parser parser, enum XML_Error code) {
  if (code == XML_ERROR_NO_MEMORY) return raise_memory(vm);
  int64_t line = (int64_t)XML_GetErrorLineNumber(parser),
          column = (int64_t)XML_GetErrorColumnNumber(parser);
  Str *text = str_format(vm, "%s: line %lld, column %lld", XML_ErrorString(code), line, column);
  Value error = text ? call1(vm, expat_state.error, value_from(text)) : VALUE_FAIL;
  if (value_is_fail(error) ||
      !set_attribute(vm, error, NAME("code"), value_int_unchecked((int)code)) ||
      !set_attribute(vm, error, NAME("offset"), value_int(vm, column)) ||
      !set_attribute(vm, error, NAME("lineno"), value_int(vm, line)))
    return VALUE_FAIL;
  return raise_object(vm, error);
}

Value parser_new(VM *vm, ExpatBox *box, Value intern) {
  Value v = object_new(vm, TYPE_OF(expat_Parser));
  if (value_is_fail(v)) return expat_box_release(vm, box), v;
  ExpatParser *p = value_object(v);
  p->vm = vm, p->box = box, p->intern = intern;
  p->exception = VALUE_UNBOUND;
  p->text_limit = TEXT_LIMIT;
  for (int i = 0; i < HANDLER_COUNT; i++) p->handlers[i] = VALUE_NONE;
  buffer_init(&p->text);
  heap_track_destroy(vm, &p->h);
  XML_SetUserData(box->parser, p);
  XML_SetUnknownEncodingHandler(box->parser, parser_unknown_encoding, p);
  return v;
}

static void parser_destroy(VM *vm, Object *object) {
  ExpatParser *p = (ExpatParser *)object;
  expat_box_release(vm, p->box);
  p->box = NULL;
  buffer_deinit(&p->text);
}

static void parser_trace(Marker *marker, Object *object) {
  const ExpatParser *p = (const ExpatParser *)object;
  mark_values(marker, p->handlers, HANDLER_COUNT);
  mark_value(marker, p->intern);
  mark_value(marker, p->exception);
}

/* ---- parsing */

/* Raises the exception that was kept, if there is one: false. */
MUST_USE static bool parser_settle(ExpatParser *p) {
  if (LIKELY(p->exception == VALUE_UNBOUND)) return true;
  error_restore(p->vm, p->exception);
  p->exception = VALUE_UNBOUND;
  return false;
}

/* What Parse and ParseFile answer. */
static Value outcome_of(VM *vm, ExpatParser *p, enum XML_Status status) {
  if (!parser_settle(p)) return VALUE_FAIL;
  if (status == XML_STATUS_ERROR)
    return expat_raise(vm, p->box->parser, XML_GetErrorCode(p->box->parser));
  if (!parser_flush(p)) return parser_settle(p) ? VALUE_NONE : VALUE_FAIL;
  return value_int_unchecked(status);
}

/* Nobody may enter libexpat again while it runs: another thread waits, a handler is told. */
static bool begin(VM *vm, ExpatParser *p) {
  if (UNLIKELY(p->busy && p->busy == vm->thread))
    return raise_false(vm, TYPE_OF(RuntimeError), "the parser is running already");
  return occupy(vm, &p->busy);
}

static Value parse_bytes(VM *vm, ExpatParser *p, Span bytes, bool final) {
  enum XML_Status status = XML_STATUS_ERROR;
  if (!expat_parse(vm, p->box->parser, bytes, final, &p->exception, &status)) return VALUE_FAIL;
  return outcome_of(vm, p, status);
}

static Value parser_Parse(VM *vm, ExpatParser *self, const parser_Parse_args *a) {
  Pin pin = {.owner = VALUE_UNBOUND};
  bool is_text = value_is_str(a->data);
  if (is_text) {
    Value bytes = str_encode(vm, value_object(a->data), NULL, NULL);
    if (value_is_fail(bytes) || !pin_of(vm, bytes, &pin)) return VALUE_FAIL;
  } else if (!pin_of(vm, a->data, &pin)) {
    return VALUE_FAIL;
  }
  Value result = VALUE_FAIL;
  if (begin(vm, self)) {
    if (is_text) (void)XML_SetEncoding(self->box->parser, "utf-8");
    result = parse_bytes(vm, self, pin_span(&pin), a->isfinal);
    self->busy = NULL;
  }
  pin_release(vm, &pin);
  return result;
}

/* Up to READ_SIZE bytes of the file into `to`; negative: raised. */
static int read_some(VM *vm, Value read, char *to) {
  Value got = call1(vm, read, value_int_unchecked(READ_SIZE));
  Span span;
  if (value_is_fail(got)) return -1;
  if (!value_has_flag(got, TYPE_BYTES_SUBCLASS) && !value_has_flag(got, TYPE_BYTEARRAY_SUBCLASS)) {
    raise_type(vm, "read() did not return a bytes object (type=%.400T)", got);
    return -1;
  }
  if (!span_of(vm, got, &span)) return -1;
  if (span.n > READ_SIZE) {
    raise_value(vm, "read() returned too much data: %d bytes requested, %zu returned", READ_SIZE,
                span.n);
    return -1;
  }
  memcpy(to, span.bytes, span.n);
  return (int)span.n;
}

static Value parse_file(VM *vm, ExpatParser *p, Value read) {
  XML_Parser parser = p->box->parser;
  for (;;) {
    char *to = XML_GetBuffer(parser, READ_SIZE);
    if (!to) return outcome_of(vm, p, XML_STATUS_ERROR);
    int size = read_some(vm, read, to);
    if (size < 0) return VALUE_FAIL;
    enum XML_Status status = XML_ParseBuffer(parser, size, size == 0);
    if (status == XML_STATUS_ERROR || size == 0 || p->exception != VALUE_UNBOUND)
      return outcome_of(vm, p, status);
    if (!vm_listen(vm)) return VALUE_FAIL;
  }
}

static Value parser_ParseFile(VM *vm, ExpatParser *self, const parser_ParseFile_args *a) {
  Value read = find_attribute(vm, a->file, NAME("read"));
  if (value_is_fail(read)) return read;
  if (read == VALUE_UNBOUND) return raise_type(vm, "argument must have 'read' attribute");
  if (!begin(vm, self)) return VALUE_FAIL;
  Value result = parse_file(vm, self, read);
  self->busy = NULL;
  return result;
}

static Value parser_SetBase(VM *vm, ExpatParser *self, const parser_SetBase_args *a) {
  const char *base = expat_argument(vm, a->base);
  if (!base) return VALUE_FAIL;
  return XML_SetBase(self->box->parser, base) ? VALUE_NONE : raise_memory(vm);
}
static Value parser_GetBase(VM *vm, ExpatParser *self, const parser_GetBase_args *a) {
  return expat_text(vm, XML_GetBase(self->box->parser));
}

static Value parser_GetInputContext(VM *vm, ExpatParser *self,
                                    const parser_GetInputContext_args *a) {
  int offset, size;
  if (!self->in_callback) return VALUE_NONE;
  const char *text = XML_GetInputContext(self->box->parser, &offset, &size);
  if (!text) return VALUE_NONE;
  return value_of(bytes_new(vm, text + offset, (size_t)(size - offset)));
}

static Value parser_ExternalEntityParserCreate(VM *vm, ExpatParser *self,
                                               const parser_ExternalEntityParserCreate_args *a) {
  const char *context = NULL, *encoding = NULL;
  if (a->encoding == VALUE_NONE)
    return raise_type(vm, "ExternalEntityParserCreate() argument 2 must be str, not None");
  if (a->encoding != VALUE_MISSING && !value_is_str(a->encoding))
    return raise_type(vm, "ExternalEntityParserCreate() argument 2 must be str, not %T",
                      a->encoding);
  if (a->context && !(context = expat_argument(vm, a->context))) return VALUE_FAIL;
  if (a->encoding != VALUE_MISSING && !(encoding = expat_argument(vm, value_object(a->encoding))))
    return VALUE_FAIL;
  ExpatBox *box = expat_box_child(vm, self->box, context, encoding);
  if (!box) return VALUE_FAIL;
  Value v = parser_new(vm, box, self->intern);
  if (value_is_fail(v)) return v;
  ExpatParser *child = value_object(v);
  child->text_limit = self->text_limit, child->buffers_text = self->buffers_text;
  child->ordered_attributes = self->ordered_attributes;
  child->specified_attributes = self->specified_attributes;
  child->namespace_prefixes = self->namespace_prefixes;
  for (int i = 0; i < HANDLER_COUNT; i++) {
    child->handlers[i] = self->handlers[i];
    if (child->handlers[i] != VALUE_NONE) parser_install(child, (ExpatHandler)i, true);
  }
  heap_barrier_any(vm, child);
  return v;
}

static Value parser_SetParamEntityParsing(VM *vm, ExpatParser *self,
                                          const parser_SetParamEntityParsing_args *a) {
  if (a->flag != (int)a->flag)
    return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
  return value_int(
      vm, XML_SetParamEntityParsing(self->box->parser, (enum XML_ParamEntityParsing)a->flag));
}

static Value parser_UseForeignDTD(VM *vm, ExpatParser *self, const parser_UseForeignDTD_args *a) {
  enum XML_Error code = XML_UseForeignDTD(self->box->parser, a->flag ? XML_TRUE : XML_FALSE);
  return code == XML_ERROR_NONE ? VALUE_NONE : expat_raise(vm, self->box->parser, code);
}

/* ---- attributes: handlers */

static bool check_given(VM *vm, Value v) {
  return v != VALUE_MISSING || raise_false(vm, TYPE_OF(RuntimeError), "Cannot delete attribute");
}

static bool set_handler(VM *vm, ExpatParser *p, ExpatHandler i, Value v) {
  if (!check_given(vm, v)) return false;
  if (i == HANDLER_CharacterData && !parser_flush(p)) return p->in_callback || parser_settle(p);
  p->handlers[i] = v;
  heap_barrier(vm, p, v);
  bool stays = i == HANDLER_CharacterData && p->in_callback;
  parser_install(p, i, v != VALUE_NONE || stays);
  return true;
}

#define HANDLER_ATTRIBUTE(get, set, which)                                      \
  static Value get(VM *vm, ExpatParser *self) { return self->handlers[which]; } \
  static bool set(VM *vm, ExpatParser *self, Value v) { return set_handler(vm, self, which, v); }
HANDLER_ATTRIBUTE(parser_get_StartElementHandler, parser_set_StartElementHandler,
                  HANDLER_StartElement)
HANDLER_ATTRIBUTE(parser_get_EndElementHandler, parser_set_EndElementHandler, HANDLER_EndElement)
HANDLER_ATTRIBUTE(parser_get_ProcessingInstructionHandler, parser_set_ProcessingInstructionHandler,
                  HANDLER_ProcessingInstruction)
HANDLER_ATTRIBUTE(parser_get_CharacterDataHandler, parser_set_CharacterDataHandler,
                  HANDLER_CharacterData)
HANDLER_ATTRIBUTE(parser_get_UnparsedEntityDeclHandler, parser_set_UnparsedEntityDeclHandler,
                  HANDLER_UnparsedEntityDecl)
HANDLER_ATTRIBUTE(parser_get_NotationDeclHandler, parser_set_NotationDeclHandler,
                  HANDLER_NotationDecl)
HANDLER_ATTRIBUTE(parser_get_StartNamespaceDeclHandler, parser_set_StartNamespaceDeclHandler,
                  HANDLER_StartNamespaceDecl)
HANDLER_ATTRIBUTE(parser_get_EndNamespaceDeclHandler, parser_set_EndNamespaceDeclHandler,
                  HANDLER_EndNamespaceDecl)
HANDLER_ATTRIBUTE(parser_get_CommentHandler, parser_set_CommentHandler, HANDLER_Comment)
HANDLER_ATTRIBUTE(parser_get_StartCdataSectionHandler, parser_set_StartCdataSectionHandler,
                  HANDLER_StartCdataSection)
HANDLER_ATTRIBUTE(parser_get_EndCdataSectionHandler, parser_set_EndCdataSectionHandler,
                  HANDLER_EndCdataSection)
HANDLER_ATTRIBUTE(parser_get_DefaultHandler, parser_set_DefaultHandler, HANDLER_Default)
HANDLER_ATTRIBUTE(parser_get_DefaultHandlerExpand, parser_set_DefaultHandlerExpand,
                  HANDLER_DefaultHandlerExpand)
HANDLER_ATTRIBUTE(parser_get_NotStandaloneHandler, parser_set_NotStandaloneHandler,
                  HANDLER_NotStandalone)
HANDLER_ATTRIBUTE(parser_get_ExternalEntityRefHandler, parser_set_ExternalEntityRefHandler,
                  HANDLER_ExternalEntityRef)
HANDLER_ATTRIBUTE(parser_get_StartDoctypeDeclHandler, parser_set_StartDoctypeDeclHandler,
                  HANDLER_StartDoctypeDecl)
HANDLER_ATTRIBUTE(parser_get_EndDoctypeDeclHandler, parser_set_EndDoctypeDeclHandler,
                  HANDLER_EndDoctypeDecl)
HANDLER_ATTRIBUTE(parser_get_EntityDeclHandler, parser_set_EntityDeclHandler, HANDLER_EntityDecl)
HANDLER_ATTRIBUTE(parser_get_XmlDeclHandler, parser_set_XmlDeclHandler, HANDLER_XmlDecl)
HANDLER_ATTRIBUTE(parser_get_ElementDeclHandler, parser_set_ElementDeclHandler, HANDLER_ElementDecl)
HANDLER_ATTRIBUTE(parser_get_AttlistDeclHandler, parser_set_AttlistDeclHandler, HANDLER_AttlistDecl)
HANDLER_ATTRIBUTE(parser_get_SkippedEntityHandler, parser_set_SkippedEntityHandler,
                  HANDLER_SkippedEntity)
#undef HANDLER_ATTRIBUTE

/* ---- attributes: where it is */

static Value parser_get_ErrorCode(VM *vm, ExpatParser *self) {
  return value_int(vm, XML_GetErrorCode(self->box->parser));
}
static Value parser_get_ErrorLineNumber(VM *vm, ExpatParser *self) {
  return value_int(vm, (int64_t)XML_GetErrorLineNumber(self->box->parser));
}
static Value parser_get_ErrorColumnNumber(VM *vm, ExpatParser *self) {
  return value_int(vm, (int64_t)XML_GetErrorColumnNumber(self->box->parser));
}
static Value parser_get_ErrorByteIndex(VM *vm, ExpatParser *self) {
  return value_int(vm, XML_GetErrorByteIndex(self->box->parser));
}
static Value parser_get_CurrentLineNumber(VM *vm, ExpatParser *self) {
  return parser_get_ErrorLineNumber(vm, self);
}
static Value parser_get_CurrentColumnNumber(VM *vm, ExpatParser *self) {
  return parser_get_ErrorColumnNumber(vm, self);
}
static Value parser_get_CurrentByteIndex(VM *vm, ExpatParser *self) {
  return parser_get_ErrorByteIndex(vm, self);
}

/* ---- attributes: how it works */

static Value parser_get_buffer_size(VM *vm, ExpatParser *self) {
  return value_int_unchecked(self->text_limit);
}
static bool parser_set_buffer_size(VM *vm, ExpatParser *self, Value v) {
  int64_t size;
  if (!check_given(vm, v)) return false;
  if (!value_is_any_int(v))
    return raise_false(vm, TYPE_OF(TypeError), "buffer_size must be an integer");
  if (!value_index64(vm, v, &size, false)) {
    error_clear(vm);
    return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
  }
  if (size <= 0)
    return raise_false(vm, TYPE_OF(ValueError), "buffer_size must be greater than zero");
  if (size > INT_MAX)
    return raise_false(vm, TYPE_OF(ValueError), "buffer_size must not be greater than %d", INT_MAX);
  if (size == self->text_limit) return true;
  if (!parser_flush(self)) return self->in_callback || parser_settle(self);
  self->text_limit = (int)size;
  self->buffers_text = true;
  return true;
}

static Value parser_get_buffer_text(VM *vm, ExpatParser *self) {
  return value_bool(self->buffers_text);
}
static bool parser_set_buffer_text(VM *vm, ExpatParser *self, Value v) {
  Answer on = check_given(vm, v) ? value_truth(vm, v) : ANSWER_FAILED;
  if (on == ANSWER_FAILED) return false;
  if (on == ANSWER_NO && !parser_flush(self)) return self->in_callback || parser_settle(self);
  self->buffers_text = on == ANSWER_YES;
  return true;
}

static Value parser_get_buffer_used(VM *vm, ExpatParser *self) {
  return value_int_unchecked((int64_t)(self->text.size ? self->text.size : self->giving));
}

static bool set_flag(VM *vm, bool *flag, Value v) {
  Answer on = check_given(vm, v) ? value_truth(vm, v) : ANSWER_FAILED;
  if (on == ANSWER_FAILED) return false;
  *flag = on == ANSWER_YES;
  return true;
}
static Value parser_get_namespace_prefixes(VM *vm, ExpatParser *self) {
  return value_bool(self->namespace_prefixes);
}
static bool parser_set_namespace_prefixes(VM *vm, ExpatParser *self, Value v) {
  if (!set_flag(vm, &self->namespace_prefixes, v)) return false;
  XML_SetReturnNSTriplet(self->box->parser, self->namespace_prefixes);
  return true;
}
static Value parser_get_ordered_attributes(VM *vm, ExpatParser *self) {
  return value_bool(self->ordered_attributes);
}
static bool parser_set_ordered_attributes(VM *vm, ExpatParser *self, Value v) {
  return set_flag(vm, &self->ordered_attributes, v);
}
static Value parser_get_specified_attributes(VM *vm, ExpatParser *self) {
  return value_bool(self->specified_attributes);
}
static bool parser_set_specified_attributes(VM *vm, ExpatParser *self, Value v) {
  return set_flag(vm, &self->specified_attributes, v);
}

const ClassSpec expat_Parser_class = {
    NATIVE_CLASS(parser_),
    .basic_size = sizeof(ExpatParser),
    .trace = parser_trace,
    .destroy = parser_destroy,
};
#endif
