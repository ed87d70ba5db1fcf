/* io_module.c -- the module _io: open() and the names of the classes. */
#include "vm/contracts/type.h"
#include "vm/core/options.h"
#include "vm/core/vm.h"
#include "vm/modules/io/io.h"
#include "vm/objects/dict.h"
#include "vm/objects/tuple.h"
#include "vm/runtime/path.h"

#include <unistd.h>

typedef Str *c_ModeArg;
#define DEFAULT_ModeArg(x) NULL
static bool convert_ModeArg(VM *vm, Value v, c_ModeArg *out, const MethodSpec *spec, int i) {
  return convert_Str(vm, v, out, spec, i);
}

#define NATIVE_DEF "vm/modules/io/io_module.def"
#define NATIVE_PREFIX io_module_
#include "vm/contracts/native_class.inc"

typedef struct OpenMode {
  bool creating, reading, writing, appending, updating, text, binary;
  char raw[6];
} OpenMode;

static bool parse_mode(VM *vm, const char *mode, OpenMode *out) {
  *out = (OpenMode){0};
  for (const char *at = mode; *at; at++) {
    bool *flag = *at == 'x'   ? &out->creating
                 : *at == 'r' ? &out->reading
                 : *at == 'w' ? &out->writing
                 : *at == 'a' ? &out->appending
                 : *at == '+' ? &out->updating
                 : *at == 't' ? &out->text
                 : *at == 'b' ? &out->binary
                              : NULL;
    if (!flag || strchr(at + 1, *at))
      return raise_false(vm, TYPE_OF(ValueError), "invalid mode: '%s'", mode);
    *flag = true;
  }
  char *to = out->raw;
  if (out->creating) *to++ = 'x';
  if (out->reading) *to++ = 'r';
  if (out->writing) *to++ = 'w';
  if (out->appending) *to++ = 'a';
  if (out->updating) *to++ = '+';
  if (out->text && out->binary)
    return raise_false(vm, TYPE_OF(ValueError), "can't have text and binary mode at once");
  if (out->creating + out->reading + out->writing + out->appending != 1)
    return raise_false(vm, TYPE_OF(ValueError),
                       "must have exactly one of create/read/write/append mode");
  return true;
}

static bool check_text_options(VM *vm, const OpenMode *mode, Value encoding, Value errors,
                               Value newline) {
  if (!mode->binary) return true;
  const char *what = encoding != VALUE_NONE  ? "an encoding"
                     : errors != VALUE_NONE  ? "an errors"
                     : newline != VALUE_NONE ? "a newline"
                                             : NULL;
  return !what ||
         raise_false(vm, TYPE_OF(ValueError), "binary mode doesn't take %s argument", what);
}

/* The layers over the raw file. */
static Value wrap(VM *vm, FileIO *file, const OpenMode *mode, const char *mode_text,
                  int64_t buffering, Value encoding, Value errors, Value newline) {
  Value raw = value_from(file);
  bool line_buffering = buffering == 1 && !mode->binary;
  if (buffering < 0 && isatty(file->fd)) line_buffering = !mode->binary;
  if (buffering < 0 || (buffering == 1 && !mode->binary)) buffering = file->block_size;
  if (buffering == 1) {
    if (!warn(vm, TYPE_OF(RuntimeWarning), 1,
              "line buffering (buffering=1) isn't supported in binary mode, the default buffer "
              "size will be used"))
      return VALUE_FAIL;
    buffering = file->block_size;
  }
  if (buffering == 0) return mode->binary ? raw : raise_value(vm, "can't have unbuffered text I/O");
  Type *type = mode->updating  ? TYPE_OF(io_buffered_random)
               : mode->reading ? TYPE_OF(io_buffered_reader)
                               : TYPE_OF(io_buffered_writer);
  Value buffered = buffered_new(vm, type, raw, buffering);
  if (buffered == VALUE_FAIL || mode->binary) return buffered;
  Value text = text_new(vm, buffered, encoding, errors, newline, line_buffering, false);
  if (text == VALUE_FAIL) return VALUE_FAIL;
  Value mode_value = value_of(str_new_cstr(vm, mode_text));
  return instance_set(vm, value_object(text), NAME("mode"), mode_value) ? text : VALUE_FAIL;
}

static Value io_open(VM *vm, Value file, const char *mode_text, int64_t buffering, Value encoding,
                     Value errors, Value newline, bool close_fd, Value opener) {
  if (!value_is_any_int(file)) {
    file = path_fspath(vm, file);
    if (file == VALUE_FAIL) return VALUE_FAIL;
  }
  OpenMode mode;
  if (!parse_mode(vm, mode_text, &mode) ||
      !check_text_options(vm, &mode, encoding, errors, newline))
    return VALUE_FAIL;
  Value raw = file_open(vm, file, mode.raw, close_fd, opener);
  if (raw == VALUE_FAIL) return VALUE_FAIL;
  Value result =
      wrap(vm, value_object(raw), &mode, mode_text, buffering, encoding, errors, newline);
  if (result != VALUE_FAIL) return result;
  Value failure = error_take(vm);
  if (call_method0(vm, raw, NAME("close")) == VALUE_FAIL) error_clear(vm);
  error_restore(vm, failure);
  return VALUE_FAIL;
}

static Value io_module_open(VM *vm, Value self, const io_module_open_args *a) {
  const char *mode = a->mode ? str_utf8(vm, a->mode, NULL) : "r";
  if (!mode) return VALUE_FAIL;
  return io_open(vm, a->file, mode, a->buffering, a->encoding, a->errors, a->newline, a->closefd,
                 a->opener);
}

static Value io_module_open_code(VM *vm, Value self, const io_module_open_code_args *a) {
  return io_open(vm, value_from(a->path), "rb", -1, VALUE_NONE, VALUE_NONE, VALUE_NONE, true,
                 VALUE_NONE);
}

static Value io_module_text_encoding(VM *vm, Value self, const io_module_text_encoding_args *a) {
  if (a->encoding != VALUE_NONE) return a->encoding;
  if (vm->options->warn_default_encoding &&
      !warn(vm, TYPE_OF(EncodingWarning), a->stacklevel, "'encoding' argument not specified"))
    return VALUE_FAIL;
  return value_from(vm->options->utf8_mode ? NAME("utf-8") : NAME("locale"));
}

/* ---- exit */
static void collect_streams(Object *object, void *data) {
  Value v = value_from(object);
  bool text = type_is_subtype(object_type(object), TYPE_OF(io_text)) && ((TextIO *)object)->ok &&
              ((TextIO *)object)->pending.size;
  bool writer = (type_is_subtype(object_type(object), TYPE_OF(io_buffered_writer)) ||
                 type_is_subtype(object_type(object), TYPE_OF(io_buffered_random))) &&
                ((Buffered *)object)->ok;
  if (text || writer) buffer_add((Buffer *)data, &v, sizeof v);
}

static void flush_all(VM *vm, Buffer *streams, bool texts) {
  Value *at = (Value *)streams->bytes;
  for (size_t i = 0; i < streams->size / sizeof(Value); i++) {
    bool is_text = type_is_subtype(value_type(at[i]), TYPE_OF(io_text));
    if (is_text != texts) continue;
    if (!is_text && !((Buffered *)value_object(at[i]))->write_used) continue;
    bool ok = is_text ? text_flush_pending(vm, value_object(at[i]))
                      : buffered_flush_all(vm, value_object(at[i])) != VALUE_FAIL;
    if (!ok) error_clear(vm);
  }
}

void io_shutdown(VM *vm) {
  Buffer streams;
  buffer_init(&streams);
  heap_enable(vm, false);                           /* the list is in malloc'd memory */
  heap_each_tracked(vm, collect_streams, &streams); /* without memory for the list: none */
  flush_all(vm, &streams, true);
  flush_all(vm, &streams, false);
  heap_enable(vm, true);
  buffer_deinit(&streams);
}

/* ---- the module */
static Value make_unsupported(VM *vm) {
  Value bases = PACK(value_from(TYPE_OF(OSError)), value_from(TYPE_OF(ValueError)));
  Dict *namespace_ = dict_new(vm);
  if (!namespace_ || !dict_set_str(vm, namespace_, NAME("__module__"), value_from(NAME("io"))))
    return VALUE_FAIL;
  return call3(vm, value_from(TYPE_OF(type)), value_from(NAME("UnsupportedOperation")), bases,
               value_from(namespace_));
}

static bool init(VM *vm, Module *module) {
  static const struct {
    const char *name;
    uint16_t type;
  } classes[] = {
      {"_IOBase", TYPE_io_base},
      {"_RawIOBase", TYPE_io_raw_base},
      {"_BufferedIOBase", TYPE_io_buffered_base},
      {"_TextIOBase", TYPE_io_text_base},
      {"FileIO", TYPE_io_file},
      {"BytesIO", TYPE_io_bytes},
      {"BufferedReader", TYPE_io_buffered_reader},
      {"BufferedWriter", TYPE_io_buffered_writer},
      {"BufferedRandom", TYPE_io_buffered_random},
      {"BufferedRWPair", TYPE_io_buffered_pair},
      {"TextIOWrapper", TYPE_io_text},
      {"StringIO", TYPE_io_string},
      {"IncrementalNewlineDecoder", TYPE_io_newline_decoder},
      {"BlockingIOError", TYPE_BlockingIOError},
  };
  io_bytes_buffer_register();
  if (io_state.unsupported == VALUE_NONE) {
    io_state.unsupported = make_unsupported(vm);
    if (io_state.unsupported == VALUE_FAIL) return io_state.unsupported = VALUE_NONE, false;
    heap_add_root(vm, &io_state.unsupported);
  }
  for (size_t i = 0; i < ARRAY_COUNT(classes); i++)
    if (!module_add(vm, module, classes[i].name, value_from(&builtin_types[classes[i].type])))
      return false;
  return module_add(vm, module, "UnsupportedOperation", io_state.unsupported) &&
         module_add_int(vm, module, "DEFAULT_BUFFER_SIZE", IO_BUFFER_SIZE);
}

const ModuleSpec _io_module = {
    .name = "_io",
    .doc = "The streams behind the module io.",
    NATIVE_FUNCTIONS(io_module_),
    .init = init,
};
