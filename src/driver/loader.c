/* loader.c -- see loader.h. Faults become exceptions here, warnings go through
** _warnings.warn_explicit. */
#include "src/driver/loader.h"
#include "src/driver/symbols.h"
#include "src/driver/tokens.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "src/cache/cache.h"
#include "src/compile/compile.h"
#include "vm/base/memory.h"
#include "src/syntax/ast_blob.h"
#include "vm/base/utf8.h"
#include "vm/contracts/import.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/contracts/call.h"
#include "vm/contracts/recorder.h"
#include "vm/contracts/error.h"
#include "vm/imports/path.h"
#include "vm/core/options.h"
#include "vm/contracts/protocol.h"
#include "vm/runtime/source_line.h"

/* ---- text for Python: UTF-8 that may hold lone surrogates, or bytes that are no UTF-8 at all */
static Value text_value(VM *vm, const char *text, size_t size) {
  return value_of(str_new_utf8(vm, text, size));
}

/* The line `number` of a file, for faults of the compiler, which has no source; NULL when there is
** no such file. */
static char *read_line(const char *filename, int number, size_t *size) {
  FILE *in = number > 0 ? source_file_open(filename) : NULL;
  if (!in) return NULL;
  char *line = NULL;
  size_t capacity = 0;
  ssize_t n = -1;
  for (int i = 0; i < number; i++)
    if ((n = getline(&line, &capacity, in)) < 0) break;
  char *copy = n >= 0 && utf8_is_valid((const uint8_t *)line, (size_t)n)
                   ? memory_copy(line, *size = (size_t)n)
                   : NULL;
  free(line);
  fclose(in);
  return copy;
}

/* ---- faults */
typedef struct Place {
  const char *message, *text;
  size_t text_size;
  int line, column, end_line, end_column;
} Place;

static Value syntax_details(VM *vm, const Place *at, Str *filename) {
  Value text = at->text ? text_value(vm, at->text, at->text_size) : VALUE_NONE;
  if (text == VALUE_FAIL) return VALUE_FAIL;
  Value items[6] = {filename ? value_from(filename) : VALUE_NONE,
                    value_int(vm, at->line),
                    value_int(vm, at->column),
                    text,
                    value_int(vm, at->end_line),
                    at->end_column == FAULT_NO_COLUMN ? VALUE_NONE : value_int(vm, at->end_column)};
  return value_of(tuple_from_values(vm, items, at->end_line < 0 ? 4 : 6));
}

static void raise_syntax(VM *vm, Type *type, const Place *at, Str *filename, bool no_position) {
  Value message =
      text_value(vm, at->message ? at->message : "", at->message ? strlen(at->message) : 0);
  Value details = no_position ? VALUE_NONE : syntax_details(vm, at, filename);
  if (message == VALUE_FAIL || details == VALUE_FAIL) return;
  Value error = no_position ? call1(vm, value_from(type), message)
                            : call2(vm, value_from(type), message, details);
  if (error != VALUE_FAIL) raise_object(vm, error);
}

/* show_own_line: what is shown is the line alone if there is a file of that name. */
static void show_own_line(Place *at, const SyntaxFault *fault, const char *path) {
  FILE *file = source_file_open(path);
  if (!file) return;
  fclose(file);
  at->text = fault->line_text;
  at->text_size = fault->line_size;
  at->column = fault->line_column;
  at->end_column = fault->line_end_column;
}

void loader_raise_fault(VM *vm, const SyntaxFault *fault, Str *filename) {
  Place at = {fault->message, fault->text,     fault->text_size, fault->line,
              fault->column,  fault->end_line, fault->end_column};
  Type *type = TYPE_OF(SyntaxError);
  switch (fault->kind) {
  case FAULT_INDENTATION_ERROR: type = TYPE_OF(IndentationError); break;
  case FAULT_TAB_ERROR: type = TYPE_OF(TabError); break;
  case FAULT_VALUE_ERROR: raise_value(vm, "%s", fault->message); return;
  case FAULT_MEMORY_ERROR: raise_memory(vm); return;
  case FAULT_RECURSION_ERROR:
    raise_error(vm, TYPE_OF(RecursionError), "%s", fault->message);
    return;
  case FAULT_OVERFLOW_ERROR: raise_error(vm, TYPE_OF(OverflowError), "%s", fault->message); return;
  case FAULT_UNICODE_ERROR:
    if (error_pending(vm)) return;
    break;
  default: break;
  }
  if (error_pending(vm)) error_clear(vm);
  char *line = NULL; /* [owned] */
  if (!fault->no_position && filename) {
    size_t size;
    const char *path = str_utf8(vm, filename, &size);
    if (!path) error_clear(vm);
    else if (fault->line_text) show_own_line(&at, fault, path);
    else if (!at.text) at.text = line = read_line(path, at.line, &at.text_size);
  }
  raise_syntax(vm, type, &at, filename, fault->no_position);
  free(line);
}

/* ---- warnings */
static bool issue_warning(VM *vm, const SyntaxWarning *w, Str *filename) {
  Value module = import_module(vm, str_intern_cstr(vm, "_warnings"));
  Value warn_explicit = module == VALUE_FAIL
                            ? module
                            : get_attribute(vm, module, str_intern_cstr(vm, "warn_explicit"));
  Value message =
      warn_explicit == VALUE_FAIL ? warn_explicit : text_value(vm, w->message, strlen(w->message));
  if (message == VALUE_FAIL) return false;
  Type *category =
      w->kind == WARN_DEPRECATION ? TYPE_OF(DeprecationWarning) : TYPE_OF(SyntaxWarning);
  Value args[4] = {message, value_from(category), filename ? value_from(filename) : VALUE_NONE,
                   value_int(vm, w->line)};
  if (call_values(vm, warn_explicit, args, 4, NULL) != VALUE_FAIL) return true;
  if (error_is(vm, category)) { /* turned into an error: it is one of syntax then */
    error_clear(vm);
    Place at = {w->message, w->text, w->text_size, w->line, w->column, w->end_line, w->end_column};
    raise_syntax(vm, TYPE_OF(SyntaxError), &at, filename, false);
  }
  return false;
}

bool loader_issue_warnings(VM *vm, const SyntaxWarning *warnings, Str *filename) {
  for (; warnings; warnings = warnings->next)
    if (!issue_warning(vm, warnings, filename)) return false;
  return true;
}

/* ---- source in other encodings: the codecs of the VM */

/* take_reason: what the pending exception says, which is over; NULL: it goes on, or says
** nothing. */
static const char *take_reason(VM *vm, Arena *arena) {
  if (!error_is(vm, TYPE_OF(Exception)) || error_is(vm, TYPE_OF(MemoryError))) return NULL;
  Value said = value_str(vm, error_take(vm));
  const char *text = value_is_fail(said) ? NULL : str_utf8(vm, value_object(said), NULL);
  if (!text) error_clear(vm);
  return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

static const uint8_t *decode_with_codec(void *context, Arena *arena, const char *encoding,
                                        const uint8_t *bytes, size_t size, size_t *out_size,
                                        const char **reason) {
  VM *vm = context;
  *reason = NULL;
  Bytes *data = bytes_new(vm, bytes, size);
  Str *codec = str_new_cstr(vm, encoding);
  if (!data || !codec) return NULL;
  Value text = call_method1(vm, value_from(data), str_intern_cstr(vm, "decode"), value_from(codec));
  if (text == VALUE_FAIL) *reason = take_reason(vm, arena);
  if (text == VALUE_FAIL || !value_is_str(text)) return NULL;
  const char *utf8 = str_utf8(vm, value_object(text), out_size);
  return utf8 ? (const uint8_t *)arena_copy(arena, utf8, *out_size) : NULL;
}

/* ---- compile */
static CompileOptions options_of(VM *vm, const LoadRequest *request, const char *filename) {
  static const ParseMode modes[] = {[LOAD_EXEC] = PARSE_EXEC,
                                    [LOAD_EVAL] = PARSE_EVAL,
                                    [LOAD_SINGLE] = PARSE_SINGLE,
                                    [LOAD_FUNC_TYPE] = PARSE_FUNC_TYPE};
  return (CompileOptions){
      .filename = filename,
      .optimize = request->optimize >= 0 ? request->optimize
                  : vm->options          ? vm->options->optimize
                                         : 0,
      .top_level_await = request->flags & LOAD_TOP_LEVEL_AWAIT,
      .parse = {.mode = modes[request->mode],
                .filename = filename,
                .future = (uint32_t)request->flags & FUTURE_MASK,
                .is_utf8 = request->flags & LOAD_SOURCE_IS_UTF8,
                .dont_imply_dedent = request->flags & LOAD_DONT_IMPLY_DEDENT,
                .allow_incomplete = request->flags & LOAD_ALLOW_INCOMPLETE,
                .type_comments = request->flags & LOAD_TYPE_COMMENTS,
                .feature_version = request->feature_version > 0 ? request->feature_version : 0,
                .max_str_digits = int_max_str_digits,
                .decode = decode_with_codec,
                .decode_context = vm}};
}

static const char *filename_text(VM *vm, Str *filename) {
  size_t size;
  if (!filename) return "<unknown>";
  const char *text = str_utf8(vm, filename, &size);
  if (!text) error_clear(vm); /* lone surrogates: only messages and the image's own name lose */
  return text ? text : "<unknown>";
}

static Code *finish(VM *vm, bool compiled, Buffer *image, const SyntaxFault *fault,
                    const SyntaxWarning *warnings, Str *filename) {
  if (!loader_issue_warnings(vm, warnings, filename)) compiled = false;
  else if (!compiled) loader_raise_fault(vm, fault, filename);
  Code *code = NULL;
  if (compiled) {
    /* takes the bytes over */
    code =
        code_from_image(vm, image->bytes, image->size, IMAGE_ALLOCATED, TRUST_COMPILED, filename);
    *image = (Buffer){0};
  }
  buffer_deinit(image);
  return code;
}

static Code *compile_text(VM *vm, const char *text, size_t size, const LoadRequest *request) {
  Arena arena;
  arena_init(&arena);
  CompileOptions options = options_of(vm, request, filename_text(vm, request->filename));
  SyntaxFault fault = {0};
  SyntaxWarning *warnings = NULL;
  Buffer image = {0};
  uint8_t before = activity_begin(vm, ACTIVITY_COMPILE);
  bool fine =
      compile_source(&arena, (const uint8_t *)text, size, &options, &image, &fault, &warnings);
  activity_end(vm, before);
  Code *code = finish(vm, fine, &image, &fault, warnings, request->filename);
  arena_deinit(&arena);
  return code;
}

/* One attempt of a block: true when it is a program, else *fault says why not. */
static bool try_block(Arena *arena, const char *text, size_t size, const CompileOptions *options,
                      Buffer *image, SyntaxFault *fault, SyntaxWarning **warnings) {
  image->size = 0;
  *warnings = NULL;
  return compile_source(arena, (const uint8_t *)text, size, options, image, fault, warnings);
}

Code *loader_compile_block(VM *vm, const char *text, size_t size, const LoadRequest *request,
                           bool *incomplete) {
  Arena arena;
  arena_init(&arena);
  CompileOptions options = options_of(vm, request, filename_text(vm, request->filename));
  options.parse.dont_imply_dedent = options.parse.allow_incomplete = true;
  SyntaxFault fault = {0};
  SyntaxWarning *warnings = NULL;
  Buffer image = {0};
  Code *code = NULL;
  bool fine = try_block(&arena, text, size - 1, &options, &image, &fault, &warnings);
  *incomplete = !fine && (try_block(&arena, text, size, &options, &image, &fault, &warnings) ||
                          fault.incomplete);
  if (!*incomplete) code = finish(vm, fine, &image, &fault, warnings, request->filename);
  else buffer_deinit(&image);
  arena_deinit(&arena);
  return code;
}

/* ---- trees */
static Value parse_text(VM *vm, const char *text, size_t size, const LoadRequest *request) {
  Arena arena;
  arena_init(&arena);
  CompileOptions options = options_of(vm, request, filename_text(vm, request->filename));
  SyntaxFault fault = {0};
  SyntaxWarning *warnings = NULL;
  Buffer blob = {0};
  uint8_t before = activity_begin(vm, ACTIVITY_COMPILE);
  Ast *ast = parse_source(&arena, (const uint8_t *)text, size, &options.parse, &fault, &warnings);
  activity_end(vm, before);
  Value tree = VALUE_FAIL;
  if (!loader_issue_warnings(vm, warnings, request->filename)) ast = NULL;
  else if (!ast) loader_raise_fault(vm, &fault, request->filename);
  if (ast && ast_write_blob(ast, &blob)) {
    tree = value_of(bytes_from_buffer(vm, &blob));
  } else if (ast) {
    raise_error(vm, TYPE_OF(RecursionError),
                "maximum recursion depth exceeded during ast construction");
  }
  buffer_deinit(&blob);
  arena_deinit(&arena);
  return tree;
}

typedef struct TreeJob {
  Arena *arena;
  const Bytes *blob;
  uint32_t future;
  Ast *ast;
  const char *wrong;
  bool is_type_error;
} TreeJob;

static void read_tree(void *data) {
  TreeJob *job = data;
  job->ast = ast_read_blob(job->arena, job->blob->data, job->blob->length, job->future);
  if (job->ast) job->wrong = ast_validate(job->arena, job->ast, &job->is_type_error);
}

static Code *compile_tree(VM *vm, Value tree, const LoadRequest *request) {
  Arena arena;
  arena_init(&arena);
  CompileOptions options = options_of(vm, request, filename_text(vm, request->filename));
  Bytes *blob = value_object(tree);
  SyntaxFault fault = {0};
  SyntaxWarning *warnings = NULL;
  Buffer image = {0};
  Code *code = NULL;
  TreeJob job = {.arena = &arena, .blob = blob, .future = options.parse.future};
  bool read = arena_run(&arena, read_tree, &job);
  Ast *ast = job.ast;
  if (!read) raise_memory(vm);
  else if (!ast)
    raise_error(vm, TYPE_OF(RecursionError), "maximum recursion depth exceeded during compilation");
  else if (job.wrong)
    raise_error(vm, job.is_type_error ? TYPE_OF(TypeError) : TYPE_OF(ValueError), "%s", job.wrong);
  else
    code = finish(vm, compile_ast(ast, &options, &image, &fault, &warnings), &image, &fault,
                  warnings, request->filename);
  arena_deinit(&arena);
  return code;
}

static Value symbols(VM *vm, const char *text, size_t size, const LoadRequest *request) {
  Arena arena;
  arena_init(&arena);
  CompileOptions options = options_of(vm, request, filename_text(vm, request->filename));
  SyntaxFault fault = {0};
  SyntaxWarning *warnings = NULL;
  Ast *ast = parse_source(&arena, (const uint8_t *)text, size, &options.parse, &fault, &warnings);
  const struct Scope *module = ast ? symbols_find(ast, &options, &fault) : NULL;
  Value table = VALUE_FAIL;
  if (!loader_issue_warnings(vm, warnings, request->filename)) module = NULL;
  else if (!module) loader_raise_fault(vm, &fault, request->filename);
  if (module) table = symbols_value(vm, module);
  arena_deinit(&arena);
  return table;
}

/* ---- files */
enum { SOURCE_SIZE_MAX = INT32_MAX - 1 };

/* All of an open file or pipe, which may grow or shrink meanwhile: what stat says of its size is
** only a guess. */
static bool read_all(int file, size_t guess, Buffer *out) {
  for (ssize_t n = 1; n > 0;) {
    /* MemoryError too */
    if (!buffer_reserve(out, out->size ? 1 << 16 : guess + 1)) return errno = EFBIG, false;
    n = read(file, out->bytes + out->size, out->capacity - out->size);
    if (n < 0 && errno != EINTR) return false;
    if (n < 0) n = 1;
    else out->size += (size_t)n;
    if (out->size > SOURCE_SIZE_MAX) return errno = EFBIG, false;
  }
  return true;
}

static bool read_file(VM *vm, const char *path, Buffer *out) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  bool fine = file >= 0 && !fstat(file, &status);
  if (fine && S_ISDIR(status.st_mode)) fine = false, errno = EISDIR;
  if (fine && status.st_size > SOURCE_SIZE_MAX) fine = false, errno = EFBIG;
  fine = fine && read_all(file, status.st_size > 0 ? (size_t)status.st_size : 1 << 16, out);
  int saved = errno;
  if (file >= 0) close(file);
  if (fine) return true;
  if (saved == EFBIG) return raise_memory(vm), false;
  Str *name = str_from_filename(vm, path);
  raise_errno(vm, saved, name ? value_from(name) : VALUE_NONE);
  return false;
}

static Cache cache;

static ImageTrust trust_of(const CacheImage *image) {
  return image->memory == IMAGE_STATIC ? TRUST_SHARED : TRUST_COMPILED;
}

/* -x: the script's first line is for somebody else; lines keep their numbers. */
static void drop_first_line(Buffer *source) {
  const uint8_t *end = memchr(source->bytes, '\n', source->size);
  size_t dropped = end ? (size_t)(end - source->bytes) : source->size;
  memmove(source->bytes, source->bytes + dropped, source->size -= dropped);
}

/* key NULL: not for the cache. */
static Code *compile_file(VM *vm, const char *path, Str *filename, bool is_script, CacheKey *key) {
  Buffer source = {0}, image = {0};
  Arena arena;
  arena_init(&arena);
  Code *code = NULL;
  CacheImage cached;
  if (!read_file(vm, path, &source)) {
    /* raised */
  } else if (key && cache_find_content(&cache, key, source.bytes, source.size, &cached)) {
    code =
        code_from_image(vm, cached.bytes, cached.size, cached.memory, trust_of(&cached), filename);
  } else {
    LoadRequest request = {
        .filename = filename, .mode = LOAD_EXEC, .optimize = -1, .feature_version = -1};
    CompileOptions options = options_of(vm, &request, filename_text(vm, filename));
    options.parse.is_file = is_script;
    if (is_script && vm->options->skip_first_line) drop_first_line(&source);
    SyntaxFault fault = {0};
    SyntaxWarning *warnings = NULL;
    vm->activity = ACTIVITY_COMPILE;
    bool fine =
        compile_source(&arena, source.bytes, source.size, &options, &image, &fault, &warnings);
    vm->activity = ACTIVITY_CACHE;
    /* warnings are seen at every start */
    if (fine && !warnings && key) cache_store(&cache, key, image.bytes, image.size);
    code = finish(vm, fine, &image, &fault, warnings, filename);
  }
  arena_deinit(&arena);
  buffer_deinit(&source);
  return code;
}

static Code *load(VM *vm, const char *path, Str *filename, bool is_script) {
  CacheKey key;
  CacheImage image;
  if (is_script && vm->options->skip_first_line)
    return compile_file(vm, path, filename, is_script, NULL);
  int optimize = vm->options ? vm->options->optimize : 0;
  if (cache_find(&cache, path, optimize > 2 ? 2 : optimize, &key, &image))
    return code_from_image(vm, image.bytes, image.size, image.memory, trust_of(&image), filename);
  bool is_odd = key.has_status && !S_ISREG(key.status.st_mode); /* a pipe, a terminal */
  return compile_file(vm, path, filename, is_script, is_odd ? NULL : &key);
}

static Code *load_file(VM *vm, const char *path, Str *filename) {
  uint8_t before = activity_begin(vm, ACTIVITY_CACHE);
  Code *code = load(vm, path, filename, false);
  return activity_end(vm, before), code;
}

static Code *load_script(VM *vm, const char *path, Str *filename) {
  uint8_t before = activity_begin(vm, ACTIVITY_CACHE);
  Code *code = load(vm, path, filename, true);
  return activity_end(vm, before), code;
}

static const char *outcome(void) { return cache.outcome; }

static const SourceLoader loader = {compile_text, parse_text, compile_tree, load_file,
                                    load_script,  symbols,    tokens_open,  tokens_next,
                                    tokens_close, outcome};

void loader_install(const Options *options) {
  cache_init(&cache, (CacheSettings){.off = options->no_cache,
                                     .may_write = !options->dont_write_bytecode,
                                     .ignore_environment = options->ignore_environment});
  source_loader = &loader;
}

void loader_finish(void) { cache_close(&cache); }
