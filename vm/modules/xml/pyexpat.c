/* pyexpat.c -- the module pyexpat: its functions, constants and submodules. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include "vm/contracts/native.h"
#include "vm/contracts/type.h"
#include "vm/modules/xml/parser.h"
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"

#define NATIVE_DEF "vm/modules/xml/pyexpat.def"
#define NATIVE_PREFIX pyexpat_
#include "vm/contracts/native_class.inc"

static Value pyexpat_ParserCreate(VM *vm, Value self, const pyexpat_ParserCreate_args *a) {
  const char *encoding = NULL, *separator = NULL;
  Value intern = a->intern;
  if (a->encoding && !(encoding = expat_argument(vm, a->encoding))) return VALUE_FAIL;
  if (a->namespace_separator && !(separator = expat_argument(vm, a->namespace_separator)))
    return VALUE_FAIL;
  if (separator && strlen(separator) > 1)
    return raise_value(vm, "namespace_separator must be at most one character, omitted, or None");
  if (intern == VALUE_MISSING) intern = value_from(dict_new(vm));
  else if (intern != VALUE_NONE && !value_has_flag(intern, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "intern must be a dictionary");
  ExpatBox *box = expat_box_new(vm, encoding, separator);
  return box ? parser_new(vm, box, intern) : VALUE_FAIL;
}

static Value pyexpat_ErrorString(VM *vm, Value self, const pyexpat_ErrorString_args *a) {
  return expat_text(vm, XML_ErrorString((enum XML_Error)a->code));
}

/* ---- tracebacks */

/* A function that is called like the handler raises the pending exception again, so that there is
** an entry for this file between the handler and who called the parser. What that fails with is
** dropped. */
void expat_trace_handler(VM *vm, const char *handler) {
  Value exception = error_take(vm), code = VALUE_FAIL, function = VALUE_UNBOUND;
  Str *source = str_format(vm, "def %s(exception): raise exception\n", handler);
  Str *name = source ? str_new_cstr(vm, handler) : NULL;
  Dict *names = dict_new(vm);
  Value compile = builtin_attr(vm, NAME("compile")), run = builtin_attr(vm, NAME("exec"));
  if (name && !value_is_fail(compile) && !value_is_fail(run))
    code = call3(vm, compile, value_from(source), value_from(NAME("vm/modules/xml/pyexpat.c")),
                 value_from(NAME("exec")));
  if (!value_is_fail(code) && !value_is_fail(call2(vm, run, code, value_from(names))))
    function = dict_get_str(vm, names, name);
  if (function == VALUE_UNBOUND || !value_is_fail(call1(vm, function, exception))) error_clear(vm);
  else if (vm->exception == exception) return;
  error_restore(vm, exception);
}

/* ---- constants */

/* In the order of their numbers, from 1. */
static const char *const error_names[] = {
    "NO_MEMORY",
    "SYNTAX",
    "NO_ELEMENTS",
    "INVALID_TOKEN",
    "UNCLOSED_TOKEN",
    "PARTIAL_CHAR",
    "TAG_MISMATCH",
    "DUPLICATE_ATTRIBUTE",
    "JUNK_AFTER_DOC_ELEMENT",
    "PARAM_ENTITY_REF",
    "UNDEFINED_ENTITY",
    "RECURSIVE_ENTITY_REF",
    "ASYNC_ENTITY",
    "BAD_CHAR_REF",
    "BINARY_ENTITY_REF",
    "ATTRIBUTE_EXTERNAL_ENTITY_REF",
    "MISPLACED_XML_PI",
    "UNKNOWN_ENCODING",
    "INCORRECT_ENCODING",
    "UNCLOSED_CDATA_SECTION",
    "EXTERNAL_ENTITY_HANDLING",
    "NOT_STANDALONE",
    "UNEXPECTED_STATE",
    "ENTITY_DECLARED_IN_PE",
    "FEATURE_REQUIRES_XML_DTD",
    "CANT_CHANGE_FEATURE_ONCE_PARSING",
    "UNBOUND_PREFIX",
    "UNDECLARING_PREFIX",
    "INCOMPLETE_PE",
    "XML_DECL",
    "TEXT_DECL",
    "PUBLICID",
    "SUSPENDED",
    "NOT_SUSPENDED",
    "ABORTED",
    "FINISHED",
    "SUSPEND_PE",
    "RESERVED_PREFIX_XML",
    "RESERVED_PREFIX_XMLNS",
    "RESERVED_NAMESPACE_URI",
    "INVALID_ARGUMENT",
    "NO_BUFFER",
    "AMPLIFICATION_LIMIT_BREACH",
};
static_assert(XML_ERROR_AMPLIFICATION_LIMIT_BREACH == ARRAY_COUNT(error_names),
              "every error has a name");

/* A module `name`, known to sys.modules. */
static Module *submodule(VM *vm, const char *name, const char *doc) {
  Str *full = str_new_cstr(vm, name);
  Module *module = full ? module_new(vm, full) : NULL;
  if (!module || !module_add_str(vm, module, "__doc__", doc) ||
      !dict_set(vm, vm->modules, value_from(full), value_from(module)))
    return NULL;
  return module;
}

static bool add_errors(VM *vm, Module *module) {
  Module *errors = submodule(vm, "pyexpat.errors", "Constants used to describe error conditions.");
  Dict *codes = dict_new(vm), *messages = dict_new(vm);
  if (!errors) return false;
  for (size_t i = 0; i < ARRAY_COUNT(error_names); i++) {
    Value code = value_int_unchecked((int64_t)i + 1);
    const char *text = XML_ErrorString((enum XML_Error)(i + 1));
    Str *name = str_format(vm, "XML_ERROR_%s", error_names[i]);
    Value message = value_of(str_new_cstr(vm, text ? text : "unknown"));
    if (!name || value_is_fail(message) || !dict_set_str(vm, module_dict(errors), name, message) ||
        !dict_set(vm, codes, message, code) || !dict_set(vm, messages, code, message))
      return false;
  }
  return module_add(vm, errors, "codes", value_from(codes)) &&
         module_add(vm, errors, "messages", value_from(messages)) &&
         module_add(vm, module, "errors", value_from(errors));
}

static bool add_model(VM *vm, Module *module) {
  Module *model =
      submodule(vm, "pyexpat.model", "Constants used to interpret content model information.");
  return model && module_add_int(vm, model, "XML_CTYPE_EMPTY", XML_CTYPE_EMPTY) &&
         module_add_int(vm, model, "XML_CTYPE_ANY", XML_CTYPE_ANY) &&
         module_add_int(vm, model, "XML_CTYPE_MIXED", XML_CTYPE_MIXED) &&
         module_add_int(vm, model, "XML_CTYPE_NAME", XML_CTYPE_NAME) &&
         module_add_int(vm, model, "XML_CTYPE_CHOICE", XML_CTYPE_CHOICE) &&
         module_add_int(vm, model, "XML_CTYPE_SEQ", XML_CTYPE_SEQ) &&
         module_add_int(vm, model, "XML_CQUANT_NONE", XML_CQUANT_NONE) &&
         module_add_int(vm, model, "XML_CQUANT_OPT", XML_CQUANT_OPT) &&
         module_add_int(vm, model, "XML_CQUANT_REP", XML_CQUANT_REP) &&
         module_add_int(vm, model, "XML_CQUANT_PLUS", XML_CQUANT_PLUS) &&
         module_add(vm, module, "model", value_from(model));
}

static bool add_version(VM *vm, Module *module) {
  XML_Expat_Version version = XML_ExpatVersionInfo();
  List *features = list_new(vm, 8);
  bool fine = features != NULL;
  for (const XML_Feature *f = XML_GetFeatureList(); fine && f->feature != XML_FEATURE_END; f++)
    fine = list_append_value(vm, features,
                             PACK(value_of(str_new_cstr(vm, f->name)), value_int(vm, f->value)));
  return fine && module_add(vm, module, "features", value_from(features)) &&
         module_add_str(vm, module, "EXPAT_VERSION", XML_ExpatVersion()) &&
         module_add(vm, module, "version_info",
                    PACK(value_int_unchecked(version.major), value_int_unchecked(version.minor),
                         value_int_unchecked(version.micro))) &&
         module_add_str(vm, module, "native_encoding", "UTF-8");
}

static bool init(VM *vm, Module *module) {
  if (!module_open_library(vm, module, &lazy_expat)) return false;
  if (expat_state.error == VALUE_NONE) heap_add_root(vm, &expat_state.error);
  expat_state.error =
      module_new_exception(vm, "xml.parsers.expat", "ExpatError", TYPE_OF(Exception));
  return !value_is_fail(expat_state.error) &&
         module_add(vm, module, "ExpatError", expat_state.error) &&
         module_add(vm, module, "error", expat_state.error) &&
         module_add(vm, module, "XMLParserType", value_from(TYPE_OF(expat_Parser))) &&
         module_add_int(vm, module, "XML_PARAM_ENTITY_PARSING_NEVER",
                        XML_PARAM_ENTITY_PARSING_NEVER) &&
         module_add_int(vm, module, "XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE",
                        XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE) &&
         module_add_int(vm, module, "XML_PARAM_ENTITY_PARSING_ALWAYS",
                        XML_PARAM_ENTITY_PARSING_ALWAYS) &&
         add_version(vm, module) && add_errors(vm, module) && add_model(vm, module);
}

const ModuleSpec pyexpat_module = {
    .name = "pyexpat",
    .doc = "Python wrapper for Expat parser.",
    NATIVE_FUNCTIONS(pyexpat_),
    .init = init,
};
#endif
