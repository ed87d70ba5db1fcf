/* pyc.c -- see pyc.h. The file is a header of 16 bytes, which only importlib reads to its end, and
** a code object as marshal writes it. */
#include "vm/life/pyc.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vm/base/buffer.h"
#include "vm/contracts/call.h"
#include "vm/contracts/error.h"
#include "vm/contracts/import.h"
#include "vm/imports/bootstrap.h"
#include "vm/objects/bytes.h"

enum { HEADER_SIZE = 16, MAGIC_SIZE = 4 };

static bool begins_as_ours(const uint8_t *bytes, size_t size) {
  uint8_t magic[MAGIC_SIZE];
  bootstrap_pyc_magic(magic);
  return size >= MAGIC_SIZE && !memcmp(bytes, magic, MAGIC_SIZE);
}

bool pyc_is(const char *path) {
  size_t n = strlen(path);
  if (n > 4 && !strcmp(path + n - 4, ".pyc")) return true;
  struct stat st;
  if (stat(path, &st) || !S_ISREG(st.st_mode)) return false;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  uint8_t start[MAGIC_SIZE];
  bool ours =
      file >= 0 && read(file, start, MAGIC_SIZE) == MAGIC_SIZE && begins_as_ours(start, MAGIC_SIZE);
  if (file >= 0) close(file);
  return ours;
}

/* read_file: false: exception pending, or memory was refused (bytes->failed). */
static bool read_file(VM *vm, const char *path, Buffer *bytes) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t n = file < 0 ? -1 : 1;
  while (n > 0 && buffer_reserve(bytes, 1 << 16)) {
    n = read(file, bytes->bytes + bytes->size, 1 << 16);
    if (n > 0) bytes->size += (size_t)n;
  }
  int number = errno;
  if (file >= 0) close(file);
  return n >= 0 || raise_false(vm, TYPE_OF(OSError), "%s: %s", path, strerror(number));
}

Code *pyc_load(VM *vm, const char *path) {
  Buffer bytes = {0};
  bool fine = read_file(vm, path, &bytes);
  if (fine && !begins_as_ours(bytes.bytes, bytes.size))
    fine = raise_false(vm, TYPE_OF(RuntimeError), "Bad magic number in .pyc file");
  size_t header = bytes.size < HEADER_SIZE ? bytes.size : HEADER_SIZE;
  Value data =
      fine ? value_of(bytes_new(vm, bytes.bytes + header, bytes.size - header)) : VALUE_FAIL;
  buffer_deinit(&bytes);
  Value marshal = data == VALUE_FAIL ? VALUE_FAIL : import_module(vm, NAME("marshal"));
  Value code = marshal == VALUE_FAIL ? VALUE_FAIL : call_method1(vm, marshal, NAME("loads"), data);
  if (code == VALUE_FAIL) return NULL;
  if (value_is(code, code)) return value_object(code);
  raise_error(vm, TYPE_OF(RuntimeError), "Bad code object in .pyc file");
  return NULL;
}
