/* termios.c -- the module termios: attributes of terminals. */
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/posix/posix.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>

#define NATIVE_DEF "vm/modules/system/termios.def"
#define NATIVE_PREFIX termios_
#include "vm/contracts/native_class.inc"

static struct {
  Value error; /* the class termios.error; registered by the first import */
} state = {VALUE_NONE};

static Value failure(VM *vm) {
  Value number = value_int_unchecked(errno);
  Value text = value_of(str_new_cstr(vm, strerror(errno)));
  if (value_is_fail(text)) return text;
  Value error = call2(vm, state.error, number, text);
  return value_is_fail(error) ? error : raise_object(vm, error);
}
static Value none_or_failure(VM *vm, int result) { return result < 0 ? failure(vm) : VALUE_NONE; }

/* ---- attributes */
enum { IFLAG, OFLAG, CFLAG, LFLAG, ISPEED, OSPEED, CC, ATTRIBUTE_COUNT };

static List *special_characters(VM *vm, const struct termios *mode) {
  List *list = list_new(vm, NCCS);
  bool canonical = mode->c_lflag & ICANON;
  for (int i = 0; list && i < NCCS; i++) {
    bool is_number = !canonical && (i == VMIN || i == VTIME);
    Value v =
        is_number ? value_int_unchecked(mode->c_cc[i]) : value_of(bytes_new(vm, &mode->c_cc[i], 1));
    if (value_is_fail(v) || !list_append_value(vm, list, v)) return NULL;
  }
  return list;
}

static Value termios_tcgetattr(VM *vm, Value self, const termios_tcgetattr_args *a) {
  struct termios mode;
  if (BLOCKING(vm, tcgetattr(a->fd, &mode)) < 0) return failure(vm);
  List *characters = special_characters(vm, &mode);
  if (!characters) return VALUE_FAIL;
  Value attributes[ATTRIBUTE_COUNT] = {value_int_unchecked(mode.c_iflag),
                                       value_int_unchecked(mode.c_oflag),
                                       value_int_unchecked(mode.c_cflag),
                                       value_int_unchecked(mode.c_lflag),
                                       value_int_unchecked(cfgetispeed(&mode)),
                                       value_int_unchecked(cfgetospeed(&mode)),
                                       value_from(characters)};
  return value_of(list_from_values(vm, attributes, ATTRIBUTE_COUNT));
}

static bool long_of(VM *vm, Value v, int64_t *out) {
  Value index;
  if (!value_index(vm, v, &index)) return false;
  return int_to_int64(index, out) ||
         raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
}

/* A special character is one byte or a number. Nothing here runs Python: the list stays as it
** is. */
static bool parse_character(VM *vm, Value v, cc_t *out) {
  int64_t n;
  const Bytes *bytes = value_has_flag(v, TYPE_BYTES_SUBCLASS) ? value_object(v) : NULL;
  if (bytes && bytes->length == 1) {
    *out = bytes->data[0];
    return true;
  }
  if (!value_is_any_int(v))
    return raise_false(vm, TYPE_OF(TypeError),
                       "tcsetattr: elements of attributes must be characters or integers");
  if (!long_of(vm, v, &n)) return false;
  *out = (cc_t)n;
  return true;
}

static bool parse_characters(VM *vm, Value v, cc_t *out) {
  const List *list = value_has_flag(v, TYPE_LIST_SUBCLASS) ? value_object(v) : NULL;
  if (!list || list_length(list) != NCCS)
    return raise_false(vm, TYPE_OF(TypeError), "tcsetattr: attributes[6] must be %d element list",
                       NCCS);
  for (int i = 0; i < NCCS; i++)
    if (!parse_character(vm, list_items(list)[i], &out[i])) return false;
  return true;
}

static bool parse_attributes(VM *vm, Value v, struct termios *mode) {
  const List *list = value_has_flag(v, TYPE_LIST_SUBCLASS) ? value_object(v) : NULL;
  if (!list || list_length(list) != ATTRIBUTE_COUNT)
    return raise_false(vm, TYPE_OF(TypeError), "tcsetattr, arg 3: must be 7 element list");
  Value attributes[ATTRIBUTE_COUNT]; /* the list may change: __index__ can be Python's */
  int64_t numbers[CC];
  memcpy(attributes, list_items(list), sizeof attributes);
  for (int i = 0; i < CC; i++)
    if (!long_of(vm, attributes[i], &numbers[i])) return false;
  mode->c_iflag = (tcflag_t)numbers[IFLAG];
  mode->c_oflag = (tcflag_t)numbers[OFLAG];
  mode->c_cflag = (tcflag_t)numbers[CFLAG];
  mode->c_lflag = (tcflag_t)numbers[LFLAG];
  if (!parse_characters(vm, attributes[CC], mode->c_cc)) return false;
  if (cfsetispeed(mode, (speed_t)numbers[ISPEED]) < 0 ||
      cfsetospeed(mode, (speed_t)numbers[OSPEED]) < 0)
    return failure(vm), false;
  return true;
}

static Value termios_tcsetattr(VM *vm, Value self, const termios_tcsetattr_args *a) {
  struct termios mode;
  if (!value_has_flag(a->attributes, TYPE_LIST_SUBCLASS))
    return raise_type(vm, "tcsetattr, arg 3: must be 7 element list");
  /* what the attributes do not tell stays as it is */
  if (BLOCKING(vm, tcgetattr(a->fd, &mode)) < 0) return failure(vm);
  if (!parse_attributes(vm, a->attributes, &mode)) return VALUE_FAIL;
  return none_or_failure(vm, BLOCKING(vm, tcsetattr(a->fd, a->when, &mode)));
}

/* ---- what waits to be sent or read */
static Value termios_tcdrain(VM *vm, Value self, const termios_tcdrain_args *a) {
  return none_or_failure(vm, BLOCKING(vm, tcdrain(a->fd)));
}
static Value termios_tcflow(VM *vm, Value self, const termios_tcflow_args *a) {
  return none_or_failure(vm, BLOCKING(vm, tcflow(a->fd, a->action)));
}
static Value termios_tcflush(VM *vm, Value self, const termios_tcflush_args *a) {
  return none_or_failure(vm, BLOCKING(vm, tcflush(a->fd, a->queue)));
}
static Value termios_tcsendbreak(VM *vm, Value self, const termios_tcsendbreak_args *a) {
  return none_or_failure(vm, BLOCKING(vm, tcsendbreak(a->fd, a->duration)));
}

/* ---- the size */
static Value termios_tcgetwinsize(VM *vm, Value self, const termios_tcgetwinsize_args *a) {
  struct winsize size;
  if (ioctl(a->fd, TIOCGWINSZ, &size) < 0) return failure(vm);
  return PACK(value_int_unchecked(size.ws_row), value_int_unchecked(size.ws_col));
}

static bool parse_size(VM *vm, Value v, struct winsize *size) {
  int64_t rows, columns;
  bool is_sequence =
      !value_has_flag(v, TYPE_DICT_SUBCLASS) && value_has_special(v, SPECIAL_getitem);
  int64_t length = is_sequence ? value_length(vm, v) : 0;
  if (length < 0) return false;
  if (length != 2)
    return raise_false(vm, TYPE_OF(TypeError), "tcsetwinsize, arg 2: must be a two-item sequence");
  Value first = get_item(vm, v, value_int_unchecked(0));
  if (value_is_fail(first) || !long_of(vm, first, &rows)) return false;
  Value second = get_item(vm, v, value_int_unchecked(1));
  if (value_is_fail(second) || !long_of(vm, second, &columns)) return false;
  if (rows != (uint16_t)rows || columns != (uint16_t)columns)
    return raise_false(vm, TYPE_OF(OverflowError), "winsize value(s) out of range.");
  size->ws_row = (uint16_t)rows;
  size->ws_col = (uint16_t)columns;
  return true;
}

static Value termios_tcsetwinsize(VM *vm, Value self, const termios_tcsetwinsize_args *a) {
  struct winsize wanted, size;
  if (!parse_size(vm, a->winsize, &wanted)) return VALUE_FAIL;
  if (ioctl(a->fd, TIOCGWINSZ, &size) < 0) return failure(vm);
  size.ws_row = wanted.ws_row; /* its size in pixels stays */
  size.ws_col = wanted.ws_col;
  return none_or_failure(vm, ioctl(a->fd, TIOCSWINSZ, &size));
}

/* ---- the module */
static const NamedInt constants[] = {
#define C(name) {#name, name},
#include "vm/modules/system/termios_constants.def"
#undef C
    {"VSWTCH", VSWTC},
};

static bool init(VM *vm, Module *module) {
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  return module_keep_error(vm, module, "termios", TYPE_OF(Exception), &state.error);
}

const ModuleSpec termios_module = {
    .name = "termios",
    .doc = "The calls that terminals know.\n\n"
           "All functions take a descriptor first: an int, or a file with its method fileno().",
    NATIVE_FUNCTIONS(termios_),
    .init = init,
};
