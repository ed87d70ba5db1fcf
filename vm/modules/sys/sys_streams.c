/* sys_streams.c -- sys.stdin, sys.stdout, sys.stderr. */
#include <fcntl.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vm/contracts/import.h"
#include "vm/contracts/protocol.h"
#include "vm/core/options.h"
#include "vm/modules/sys/sys.h"
#include "vm/objects/dict.h"
#include "vm/objects/module.h"
#include "vm/objects/tuple.h"

static Value text(VM *vm, const char *s) { return s ? value_of(str_new_cstr(vm, s)) : VALUE_NONE; }

/* NONE, NULL: not said */
typedef struct StreamEncoding {
  Value name;
  const char *errors;
} StreamEncoding;

/* The locale's, where it is not UTF-8 and neither is the mode. */
static const char *locale_encoding(const Options *options) {
  const char *name = options->utf8_mode ? "" : nl_langinfo(CODESET);
  return strcmp(name, "UTF-8") ? name : "";
}

/* read_encoding: PYTHONIOENCODING is encoding[:errors]; the name becomes the codec's own
** ("latin-1": "iso8859-1"). */
static bool read_encoding(VM *vm, StreamEncoding *out) {
  *out = (StreamEncoding){VALUE_NONE, NULL};
  const char *given = options_variable(vm->options, "PYTHONIOENCODING");
  const char *colon = given ? strchr(given, ':') : NULL;
  size_t n = colon ? (size_t)(colon - given) : given ? strlen(given) : 0;
  if (colon && colon[1]) out->errors = colon + 1;
  if (!n) {
    given = locale_encoding(vm->options);
    n = strlen(given);
    if (n && !out->errors) out->errors = vm->options->locale_errors;
  }
  if (!n) return true;
  Value codecs = import_module(vm, NAME("_codecs"));
  Str *wanted = str_new_utf8(vm, given, n);
  Value codec = codecs == VALUE_FAIL || !wanted
                    ? VALUE_FAIL
                    : call_method1(vm, codecs, NAME("lookup"), value_from(wanted));
  out->name = codec == VALUE_FAIL ? VALUE_FAIL : get_attribute(vm, codec, NAME("name"));
  return out->name != VALUE_FAIL;
}

/* open_stream: io.open over a descriptor, as text. NONE when the descriptor is closed. */
static Value open_stream(VM *vm, Value io, int fd, const char *name, bool writing,
                         const StreamEncoding *encoding) {
  if (fcntl(fd, F_GETFD) < 0) return VALUE_NONE;
  const char *errors = encoding->errors;
  bool has_name = encoding->name != VALUE_NONE;
  bool unbuffered = writing && vm->options->unbuffered;
  if (fd == 2) errors = "backslashreplace";
  else if (!errors && has_name) errors = "strict";
  else if (!errors) errors = vm->options->locale_errors ? vm->options->locale_errors : "strict";
  Value open_arguments[] = {value_int_unchecked(fd), text(vm, writing ? "wb" : "rb"),
                            value_int_unchecked(unbuffered ? 0 : -1), VALUE_FALSE};
  Tuple *open_names = TUPLE(value_from(NAME("buffering")), value_from(NAME("closefd")));
  Value open = get_attribute(vm, io, NAME("open"));
  if (open == VALUE_FAIL) return VALUE_FAIL;
  Value buffer = call_values(vm, open, open_arguments, 2, open_names);
  if (buffer == VALUE_FAIL) return VALUE_FAIL;
  Value raw = unbuffered ? buffer : get_attribute(vm, buffer, NAME("raw"));
  Value shown = text(vm, name);
  if (raw == VALUE_FAIL || !set_attribute(vm, raw, NAME("name"), shown)) return VALUE_FAIL;
  bool line_buffered = writing && (fd == 2 || isatty(fd)) && !unbuffered;
  Value arguments[] = {buffer,
                       has_name ? encoding->name : text(vm, "utf-8"),
                       text(vm, errors),
                       text(vm, "\n"),
                       value_bool(line_buffered),
                       value_bool(unbuffered)};
  if (!writing) arguments[3] = VALUE_NONE;
  Value wrapper = get_attribute(vm, io, NAME("TextIOWrapper"));
  Value stream = wrapper == VALUE_FAIL ? VALUE_FAIL : call_values(vm, wrapper, arguments, 6, NULL);
  if (stream == VALUE_FAIL ||
      !set_attribute(vm, stream, NAME("mode"), text(vm, writing ? "w" : "r")))
    return VALUE_FAIL;
  return stream;
}

static const struct {
  const char *name, *kept, *file;
  bool writing;
} streams[] = {
    {"stdin", "__stdin__", "<stdin>", false},
    {"stdout", "__stdout__", "<stdout>", true},
    {"stderr", "__stderr__", "<stderr>", true},
};

void sys_restore_streams(VM *vm) {
  for (int fd = 0; fd < 3; fd++) {
    Value stream = sys_get(vm, streams[fd].kept);
    if (!sys_set(vm, streams[fd].name, stream == VALUE_UNBOUND ? VALUE_NONE : stream))
      error_clear(vm);
  }
}

bool sys_open_streams(VM *vm) {
  Value io = import_module(vm, NAME("_io"));
  if (io == VALUE_FAIL) return false;
  StreamEncoding encoding;
  if (!read_encoding(vm, &encoding)) {
    fputs("Fatal Python error: init_stdio_encoding: failed to get the Python codec name of the "
          "stdio encoding\n"
          "Python runtime state: core initialized\n",
          stderr);
    return false;
  }
  for (int fd = 0; fd < 3; fd++) {
    Value stream = open_stream(vm, io, fd, streams[fd].file, streams[fd].writing, &encoding);
    if (!sys_set(vm, streams[fd].name, stream) || !sys_set(vm, streams[fd].kept, stream))
      return false;
  }
  Value open = get_attribute(vm, io, NAME("open"));
  return open != VALUE_FAIL && dict_set_str(vm, module_dict(vm->builtins), NAME("open"), open);
}

static bool flush_one(VM *vm, const char *name, bool report) {
  if (!vm->sys) return true;
  Value stream = sys_get(vm, name);
  if (stream == VALUE_UNBOUND || stream == VALUE_NONE) return true;
  Value closed = find_attribute(vm, stream, NAME("closed"));
  if (closed == VALUE_FAIL) error_clear(vm);
  if (closed == VALUE_TRUE) return true;
  if (call_method0(vm, stream, NAME("flush")) != VALUE_FAIL) return true;
  if (report) error_unraisable(vm, NULL, stream);
  else error_clear(vm);
  return false;
}

bool sys_flush_streams(VM *vm) {
  bool ok = flush_one(vm, "stdout", true);
  flush_one(vm, "stderr", false);
  return ok;
}
