/* _stat.c -- the module _stat: file modes. */
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/objects/str.h"

#include <sys/stat.h>

#define NATIVE_DEF "vm/modules/system/_stat.def"
#define NATIVE_PREFIX stat_
#include "vm/contracts/native_class.inc"

static bool parse_mode(VM *vm, Value v, unsigned *out) {
  uint64_t n;
  if (!value_int_word(vm, v, &n)) return false;
  if (n > UINT32_MAX) return raise_false(vm, TYPE_OF(OverflowError), "mode out of range");
  *out = (unsigned)n;
  return true;
}

#define TEST(name, test)                                         \
  static Value name(VM *vm, Value self, const name##_args *a) {  \
    unsigned mode;                                               \
    return parse_mode(vm, a->mode, &mode) ? (test) : VALUE_FAIL; \
  }
#define KIND(name, kind) TEST(name, value_bool((mode & S_IFMT) == (kind)))
KIND(stat_S_ISDIR, S_IFDIR)
KIND(stat_S_ISCHR, S_IFCHR)
KIND(stat_S_ISBLK, S_IFBLK)
KIND(stat_S_ISREG, S_IFREG)
KIND(stat_S_ISFIFO, S_IFIFO)
KIND(stat_S_ISLNK, S_IFLNK)
KIND(stat_S_ISSOCK, S_IFSOCK)
TEST(stat_S_ISDOOR, VALUE_FALSE)
TEST(stat_S_ISPORT, VALUE_FALSE)
TEST(stat_S_ISWHT, VALUE_FALSE)
TEST(stat_S_IMODE, value_int_unchecked(mode & 07777))
TEST(stat_format_of, value_int_unchecked(mode &S_IFMT))

static char kind_letter(unsigned mode) {
  switch (mode & S_IFMT) {
  case S_IFREG: return '-';
  case S_IFDIR: return 'd';
  case S_IFLNK: return 'l';
  case S_IFBLK: return 'b';
  case S_IFCHR: return 'c';
  case S_IFIFO: return 'p';
  case S_IFSOCK: return 's';
  default: return '?';
  }
}

static Value stat_filemode(VM *vm, Value self, const stat_filemode_args *a) {
  unsigned mode;
  if (!parse_mode(vm, a->mode, &mode)) return VALUE_FAIL;
  char text[11] = "?rwxrwxrwx";
  text[0] = kind_letter(mode);
  for (int i = 0; i < 9; i++)
    if (!(mode & (0400u >> i))) text[i + 1] = '-';
  if (mode & S_ISUID) text[3] = mode & S_IXUSR ? 's' : 'S';
  if (mode & S_ISGID) text[6] = mode & S_IXGRP ? 's' : 'S';
  if (mode & S_ISVTX) text[9] = mode & S_IXOTH ? 't' : 'T';
  return value_of(str_new_cstr(vm, text));
}

#define C(name) \
  { #name, name }
static const NamedInt constants[] = {
    C(S_IFDIR),
    C(S_IFCHR),
    C(S_IFBLK),
    C(S_IFREG),
    C(S_IFIFO),
    C(S_IFLNK),
    C(S_IFSOCK),
    {"S_IFDOOR", 0},
    {"S_IFPORT", 0},
    {"S_IFWHT", 0},
    C(S_ISUID),
    C(S_ISGID),
    C(S_ISVTX),
    {"S_ENFMT", S_ISGID},
    {"S_IREAD", S_IRUSR},
    {"S_IWRITE", S_IWUSR},
    {"S_IEXEC", S_IXUSR},
    C(S_IRWXU),
    C(S_IRUSR),
    C(S_IWUSR),
    C(S_IXUSR),
    C(S_IRWXG),
    C(S_IRGRP),
    C(S_IWGRP),
    C(S_IXGRP),
    C(S_IRWXO),
    C(S_IROTH),
    C(S_IWOTH),
    C(S_IXOTH),
    {"UF_NODUMP", 1},
    {"UF_IMMUTABLE", 2},
    {"UF_APPEND", 4},
    {"UF_OPAQUE", 8},
    {"UF_NOUNLINK", 0x10},
    {"UF_COMPRESSED", 0x20},
    {"UF_HIDDEN", 0x8000},
    {"SF_ARCHIVED", 0x10000},
    {"SF_IMMUTABLE", 0x20000},
    {"SF_APPEND", 0x40000},
    {"SF_NOUNLINK", 0x100000},
    {"SF_SNAPSHOT", 0x200000},
    {"ST_MODE", 0},
    {"ST_INO", 1},
    {"ST_DEV", 2},
    {"ST_NLINK", 3},
    {"ST_UID", 4},
    {"ST_GID", 5},
    {"ST_SIZE", 6},
    {"ST_ATIME", 7},
    {"ST_MTIME", 8},
    {"ST_CTIME", 9},
};

static bool init(VM *vm, Module *module) {
  return module_add_ints(vm, module, constants, ARRAY_COUNT(constants));
}

const ModuleSpec _stat_module = {
    .name = "_stat", .doc = "File modes.", NATIVE_FUNCTIONS(stat_), .init = init};
