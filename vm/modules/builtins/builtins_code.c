/* builtins_code.c -- compile, eval, exec and __build_class__. */
#include "vm/contracts/buffer.h"
#include "vm/contracts/sys.h"
#include "vm/imports/loader.h"
#include "vm/interp/frame.h"
#include "vm/modules/ast/tree.h"
#include "vm/modules/builtins/builtins_internal.h"
#include "vm/objects/bytes.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"

const SourceLoader *source_loader;

enum {
  FUTURE_FLAGS = 0x20000 | 0x40000 | 0x80000 | 0x100000 | 0x200000 | 0x400000 | 0x800000 | 0x1000000
};

/* ---- source text */

typedef struct SourceText {
  const char *bytes;
  size_t size;
  bool is_text;
  BufferView view;
} SourceText;

/* check_surrogates: UnicodeEncodeError, as encoding raises it, for text that has no UTF-8. */
static bool check_surrogates(VM *vm, Str *s) {
  if (str_kind(s) == 0) return true;
  for (size_t i = 0; i < s->length; i++)
    if (str_at(s, i) >= 0xD800 && str_at(s, i) <= 0xDFFF)
      return call_method0(vm, value_from(s), NAME("encode")) != VALUE_FAIL;
  return true;
}

/* read_source: the bytes of str, bytes or any buffer; refused otherwise. NUL bytes are refused. */
static bool read_source(VM *vm, Value source, const char *function, const char *what,
                        SourceText *out) {
  *out = (SourceText){0};
  if (value_is_str(source)) {
    if (!check_surrogates(vm, value_object(source))) return false;
    out->bytes = str_utf8(vm, value_object(source), &out->size);
    out->is_text = true;
    if (!out->bytes) return false;
  } else if (value_has_flag(source, TYPE_BYTES_SUBCLASS)) {
    Bytes *bytes = value_object(source);
    out->bytes = (const char *)bytes->data;
    out->size = bytes->length;
  } else if (value_is_bytes_like(source)) {
    Value copy = call1(vm, value_from(TYPE_OF(bytes)), source);
    return copy != VALUE_FAIL && read_source(vm, copy, function, what, out);
  } else {
    return raise_false(vm, TYPE_OF(TypeError), "%s() arg 1 must be a %s object", function, what);
  }
  if (memchr(out->bytes, 0, out->size))
    return raise_false(vm, TYPE_OF(ValueError), "source code string cannot contain null bytes");
  return true;
}

static bool have_loader(VM *vm) {
  return source_loader || raise_false(vm, TYPE_OF(SystemError), "this program has no compiler");
}

/* inherited_flags: __future__ features of the running code. */
static int inherited_flags(VM *vm) {
  return vm->base ? (int)frame_function(vm->base)->code->co_flags & FUTURE_FLAGS : 0;
}

static Str *file_name(VM *vm, Value v) {
  if (value_is_str(v)) return value_object(v);
  Value path = VALUE_UNBOUND;
  Value method = value_special(v, SPECIAL_fspath);
  if (method != VALUE_UNBOUND) path = call_special0(vm, method, v);
  else if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) path = v;
  if (path == VALUE_FAIL) return NULL;
  if (value_is_str(path)) return value_object(path);
  if (path != VALUE_UNBOUND && value_has_flag(path, TYPE_BYTES_SUBCLASS)) {
    Bytes *bytes = value_object(path);
    return str_new_utf8(vm, (const char *)bytes->data, bytes->length);
  }
  if (value_is_bytes_like(v)) {
    if (!warn(vm, TYPE_OF(DeprecationWarning), 1,
              "path should be string, bytes, or os.PathLike, not %T", v))
      return NULL;
    Value copy = call1(vm, value_from(TYPE_OF(bytes)), v);
    return copy == VALUE_FAIL ? NULL : file_name(vm, copy);
  }
  return raise_type(vm, "expected str, bytes or os.PathLike object, not %T", v), NULL;
}

static Value compile_tree(VM *vm, Value tree, const LoadRequest *request) {
  if (request->flags & LOAD_ONLY_AST) return tree;
  AUDITED(vm, "compile", tree, VALUE_NONE);
  Value blob = ast_to_blob(vm, tree, request->mode);
  if (blob == VALUE_FAIL) return VALUE_FAIL;
  return value_of(source_loader->compile_tree(vm, blob, request));
}

static bool audit_source(VM *vm, const SourceText *text, Str *filename) {
  return SYS_AUDIT(vm, "compile", value_of(bytes_new(vm, text->bytes, text->size)),
                   value_from(filename));
}

Value builtin_compile(VM *vm, Value source, Value filename, Str *mode, int flags, bool dont_inherit,
                      int optimize, int feature_version) {
  static const char *const modes[] = {"exec", "eval", "single", "func_type"};
  LoadRequest request = {.filename = file_name(vm, filename),
                         .flags = flags,
                         .optimize = optimize,
                         .feature_version = feature_version};
  if (!request.filename) return VALUE_FAIL;
  enum {
    KNOWN = FUTURE_FLAGS | 0x10 | LOAD_ONLY_AST | LOAD_SOURCE_IS_UTF8 | LOAD_DONT_IMPLY_DEDENT |
            LOAD_TYPE_COMMENTS | LOAD_TOP_LEVEL_AWAIT | LOAD_ALLOW_INCOMPLETE
  };
  if (flags & ~KNOWN) return raise_value(vm, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) return raise_value(vm, "compile(): invalid optimize value");
  if (!dont_inherit) request.flags |= inherited_flags(vm);
  int i = 0;
  while (i < 4 && !str_equal_cstr(mode, modes[i])) i++;
  if (i == 4) {
    if (flags & LOAD_ONLY_AST)
      return raise_value(vm, "compile() mode must be 'exec', 'eval', 'single' or 'func_type'");
    return raise_value(vm, "compile() mode must be 'exec', 'eval' or 'single'");
  }
  if (i == 3 && !(flags & LOAD_ONLY_AST))
    return raise_value(vm, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
  request.mode = (LoadMode)i;
  if (!have_loader(vm)) return VALUE_FAIL;
  bool is_source = value_is_str(source) || value_is_bytes_like(source);
  if (!is_source && value_is(source, code)) return source;
  if (!is_source && value_is_ast(source)) return compile_tree(vm, source, &request);
  SourceText text;
  if (!read_source(vm, source, "compile", "string, bytes or AST", &text)) return VALUE_FAIL;
  if (!audit_source(vm, &text, request.filename)) return VALUE_FAIL;
  if (text.is_text) request.flags |= LOAD_SOURCE_IS_UTF8;
  if (flags & LOAD_ONLY_AST) {
    Value blob = source_loader->parse_text(vm, text.bytes, text.size, &request);
    return blob == VALUE_FAIL ? blob : ast_from_blob(vm, blob);
  }
  return value_of(source_loader->compile_text(vm, text.bytes, text.size, &request));
}

Value builtin_symbols(VM *vm, Value source, Value filename, Str *mode) {
  static const char *const modes[] = {"exec", "eval", "single"};
  LoadRequest request = {
      .filename = file_name(vm, filename), .optimize = -1, .feature_version = -1};
  SourceText text;
  if (!request.filename || !read_source(vm, source, "symtable", "string or bytes", &text))
    return VALUE_FAIL;
  int i = 0;
  while (i < 3 && !str_equal_cstr(mode, modes[i])) i++;
  if (i == 3) return raise_value(vm, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  request.mode = (LoadMode)i;
  if (text.is_text) request.flags |= LOAD_SOURCE_IS_UTF8;
  return have_loader(vm) ? source_loader->symbols(vm, text.bytes, text.size, &request) : VALUE_FAIL;
}

TokenStream *builtin_tokens(VM *vm, Str *text, size_t *size) {
  const char *bytes = check_surrogates(vm, text) ? str_utf8(vm, text, size) : NULL;
  if (!bytes) return NULL;
  if (memchr(bytes, 0, *size)) return raise_value(vm, "embedded null character"), NULL;
  return have_loader(vm) ? source_loader->tokens_open(vm, bytes, *size) : NULL;
}

/* ---- eval, exec */

static bool default_namespaces(VM *vm, const char *function, Value *globals, Value *locals) {
  if (*globals == VALUE_NONE) {
    Dict *dict = current_globals(vm);
    if (!dict) return raise_false(vm, TYPE_OF(SystemError), "globals and locals cannot be NULL");
    *globals = value_from(dict);
    if (*locals == VALUE_NONE) *locals = current_locals(vm);
    if (*locals == VALUE_FAIL) return false;
  } else if (*locals == VALUE_NONE) {
    *locals = *globals;
  }
  if (!value_has_flag(*globals, TYPE_DICT_SUBCLASS)) {
    if (strcmp(function, "eval") == 0)
      return raise_false(vm, TYPE_OF(TypeError),
                         value_has_special(*globals, SPECIAL_getitem)
                             ? "globals must be a real dict; try eval(code, {}, mapping)"
                             : "globals must be a dict");
    return raise_false(vm, TYPE_OF(TypeError), "exec() globals must be a dict, not %T", *globals);
  }
  if (!value_has_special(*locals, SPECIAL_getitem))
    return strcmp(function, "eval") == 0
               ? raise_false(vm, TYPE_OF(TypeError), "locals must be a mapping")
               : raise_false(vm, TYPE_OF(TypeError), "locals must be a mapping or None, not %T",
                             *locals);
  Dict *dict = value_object(*globals);
  if (dict_get_str(vm, dict, NAME("__builtins__")) == VALUE_UNBOUND)
    return dict_set_str(vm, dict, NAME("__builtins__"), value_from(module_dict(vm->builtins)));
  Value builtins = dict_get_str(vm, dict, NAME("__builtins__"));
  if (!value_is(builtins, dict) && !value_has_flag(builtins, TYPE_MODULE_SUBCLASS) &&
      !value_has_special(builtins, SPECIAL_getitem))
    return raise_false(vm, TYPE_OF(TypeError), "'%T' object is not subscriptable", builtins);
  return true;
}

static Value audit_and_run(VM *vm, Code *code, Dict *globals, Value locals, Tuple *closure) {
  return sys_audit(vm, "exec", value_from(code)) ? run_code(vm, code, globals, locals, closure)
                                                 : VALUE_FAIL;
}

static Value run_source(VM *vm, Value source, const char *function, LoadMode mode, Value globals,
                        Value locals) {
  SourceText text;
  if (!read_source(vm, source, function, "string, bytes or code", &text) || !have_loader(vm))
    return VALUE_FAIL;
  if (mode == LOAD_EVAL)
    while (text.size && (*text.bytes == ' ' || *text.bytes == '\t')) text.bytes++, text.size--;
  LoadRequest request = {.filename = NAME("<string>"),
                         .mode = mode,
                         .flags = inherited_flags(vm) | (text.is_text ? LOAD_SOURCE_IS_UTF8 : 0),
                         .optimize = -1,
                         .feature_version = -1};
  if (!audit_source(vm, &text, request.filename)) return VALUE_FAIL;
  Code *code = source_loader->compile_text(vm, text.bytes, text.size, &request);
  return code ? audit_and_run(vm, code, value_object(globals), locals, NULL) : VALUE_FAIL;
}

Value builtin_eval(VM *vm, Value source, Value globals, Value locals) {
  if (!default_namespaces(vm, "eval", &globals, &locals)) return VALUE_FAIL;
  if (!value_is(source, code)) return run_source(vm, source, "eval", LOAD_EVAL, globals, locals);
  Code *code = value_object(source);
  if (code->fn.free_count)
    return raise_type(vm, "code object passed to eval() may not contain free variables");
  return audit_and_run(vm, code, value_object(globals), locals, NULL);
}

static bool check_closure(VM *vm, Code *code, Value closure, Tuple **out) {
  *out = NULL;
  size_t wanted = code->fn.free_count;
  if (wanted == 0) {
    if (closure != VALUE_NONE)
      return raise_false(vm, TYPE_OF(TypeError), "cannot use a closure with this code object");
    return true;
  }
  if (closure == VALUE_NONE)
    return raise_false(vm, TYPE_OF(TypeError),
                       "code object requires a closure of exactly length %zu", wanted);
  bool fits = value_is(closure, tuple) && tuple_length(value_object(closure)) == wanted;
  for (size_t i = 0; fits && i < wanted; i++)
    fits = value_is(((Tuple *)value_object(closure))->items[i], cell);
  if (!fits)
    return raise_false(vm, TYPE_OF(TypeError),
                       "code object requires a closure of exactly length %zu", wanted);
  *out = value_object(closure);
  return true;
}

Value builtin_exec(VM *vm, Value source, Value globals, Value locals, Value closure) {
  if (!default_namespaces(vm, "exec", &globals, &locals)) return VALUE_FAIL;
  Value result;
  if (value_is(source, code)) {
    Tuple *cells;
    if (!check_closure(vm, value_object(source), closure, &cells)) return VALUE_FAIL;
    result = audit_and_run(vm, value_object(source), value_object(globals), locals, cells);
  } else {
    if (closure != VALUE_NONE)
      return raise_type(vm, "closure can only be used when source is a code object");
    result = run_source(vm, source, "exec", LOAD_EXEC, globals, locals);
  }
  return result == VALUE_FAIL ? VALUE_FAIL : VALUE_NONE;
}

/* ---- __build_class__ */

/* update_bases: bases with __mro_entries__ replaced; *original is the tuple as written, or NULL
** when nothing changed. */
static Tuple *update_bases(VM *vm, const Value *bases, int count, Tuple **original) {
  *original = NULL;
  Tuple *given = tuple_from_values(vm, bases, (size_t)count);
  List *changed = NULL;
  for (int i = 0; i < count; i++) {
    Value base = bases[i], method = value_is_type(base)
                                        ? VALUE_UNBOUND
                                        : find_attribute(vm, base, NAME("__mro_entries__"));
    if (method == VALUE_FAIL) return NULL;
    if (method == VALUE_UNBOUND) {
      if (changed && !list_append_value(vm, changed, base)) return NULL;
      continue;
    }
    Value entries = call1(vm, method, value_from(given));
    if (entries == VALUE_FAIL) return NULL;
    if (!value_has_flag(entries, TYPE_TUPLE_SUBCLASS))
      return raise_type(vm, "__mro_entries__ must return a tuple"), NULL;
    if (!changed) changed = list_from_values(vm, bases, (size_t)i);
    if (!list_extend_value(vm, changed, entries)) return NULL;
  }
  if (!changed) return given;
  *original = given;
  return tuple_from_values(vm, list_items(changed), list_length(changed));
}

/* split_keywords: keyword arguments without `metaclass`. */
static Tuple *split_keywords(VM *vm, Value *values, Tuple *kwnames, Value *metaclass) {
  *metaclass = VALUE_UNBOUND;
  if (!kwnames) return NULL;
  size_t n = tuple_length(kwnames), at = n;
  for (size_t i = 0; i < n; i++)
    if (str_equal_cstr(value_object(kwnames->items[i]), "metaclass")) at = i;
  if (at == n) return kwnames;
  *metaclass = values[at];
  Tuple *rest = tuple_new(vm, n - 1);
  if (!rest) return NULL;
  for (size_t i = 0, k = 0; i < n; i++) {
    if (i == at) continue;
    values[k] = values[i];
    tuple_set_item(vm, rest, k++, kwnames->items[i]);
  }
  return n == 1 ? NULL : rest;
}

static Value prepare_namespace(VM *vm, Value metaclass, const Value *arguments, Tuple *kwnames) {
  Value prepare = metaclass == value_from(TYPE_OF(type))
                      ? VALUE_UNBOUND
                      : find_attribute(vm, metaclass, NAME("__prepare__"));
  if (prepare == VALUE_FAIL) return VALUE_FAIL;
  if (prepare == VALUE_UNBOUND) return value_from(dict_new(vm));
  Value ns = call_values(vm, prepare, arguments, 2, kwnames);
  if (ns == VALUE_FAIL || value_is(ns, dict) || value_has_special(ns, SPECIAL_getitem)) return ns;
  const char *name = value_is_type(metaclass)
                         ? str_utf8(vm, ((Type *)value_object(metaclass))->name, NULL)
                         : "<metaclass>";
  return raise_type(vm, "%s.__prepare__() must return a mapping, not %T", name, ns);
}

static bool check_class_cell(VM *vm, Value cell, Value cls, Str *name) {
  if (!value_is_type(cls) || !value_is(cell, cell)) return true;
  Value inside = ((Cell *)value_object(cell))->value;
  if (inside == cls) return true;
  if (inside == VALUE_UNBOUND)
    return raise_false(
        vm, TYPE_OF(RuntimeError),
        "__class__ not set defining %R as %R. Was __classcell__ propagated to type.__new__?",
        value_from(name), cls);
  return raise_false(vm, TYPE_OF(TypeError), "__class__ set to %R defining %R as %R", inside,
                     value_from(name), cls);
}

Value build_class(VM *vm, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 2) return raise_type(vm, "__build_class__: not enough arguments");
  if (!value_is(args[0], function))
    return raise_type(vm, "__build_class__: func must be a function");
  if (!value_is_str(args[1])) return raise_type(vm, "__build_class__: name is not a string");
  Function *body = value_object(args[0]);
  Str *name = value_object(args[1]);
  Tuple *original, *bases = update_bases(vm, args + 2, npos - 2, &original);
  if (!bases) return VALUE_FAIL;
  int keyword_count = kwnames ? (int)tuple_length(kwnames) : 0;
  Value arguments[3 + keyword_count]; /* name, bases, [namespace,] keywords… */
  Value keywords[keyword_count + 1], metaclass;
  if (keyword_count) memcpy(keywords, args + npos, (size_t)keyword_count * sizeof(Value));
  kwnames = split_keywords(vm, keywords, kwnames, &metaclass);
  keyword_count = kwnames ? (int)tuple_length(kwnames) : 0;
  if (metaclass == VALUE_UNBOUND)
    metaclass = value_from(tuple_length(bases) ? value_type(bases->items[0]) : TYPE_OF(type));
  if (value_is_type(metaclass)) {
    Type *winner = type_winner(vm, value_object(metaclass), bases);
    if (!winner) return VALUE_FAIL;
    metaclass = value_from(winner);
  }
  arguments[0] = value_from(name);
  arguments[1] = value_from(bases);
  if (keyword_count) memcpy(arguments + 2, keywords, (size_t)keyword_count * sizeof(Value));
  Value ns = prepare_namespace(vm, metaclass, arguments, kwnames);
  if (ns == VALUE_FAIL) return VALUE_FAIL;
  /* of a module that is being imported: this body will hardly run again */
  bool once = heap_is_loading(vm) && frame_is_namespace(vm);
  Value cell = (once ? run_code_once : run_code)(vm, body->code, body->globals, ns, body->closure);
  if (cell == VALUE_FAIL) return VALUE_FAIL;
  if (value_is(ns, dict) && cell == VALUE_NONE)
    cell = dict_get_str(vm, value_object(ns), NAME("__classcell__"));
  if (original && !set_item(vm, ns, value_from(NAME("__orig_bases__")), value_from(original)))
    return VALUE_FAIL;
  arguments[2] = ns;
  if (keyword_count) memcpy(arguments + 3, keywords, (size_t)keyword_count * sizeof(Value));
  Value cls = call_values(vm, metaclass, arguments, 3, kwnames);
  if (cls == VALUE_FAIL) return VALUE_FAIL;
  return check_class_cell(vm, cell, cls, name) ? cls : VALUE_FAIL;
}
