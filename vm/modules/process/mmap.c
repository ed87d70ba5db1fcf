/* mmap.c -- the module mmap: files and memory of its own, mapped.
**
** Law: [data, data + size) is mapped while the object is open, and data is NULL when it is not.
** While `exports` is not 0 neither changes. Whoever has run Python asks is_open again before
** touching data. Of a shared map without a file no more than `backed` bytes ever exist: what lies
** behind is a bus error, as is what lies behind the end of a file that somebody else has made
** shorter. */
#include "vm/base/search.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/slice.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, ACCESS_COPY };

typedef struct Mapping {
  Object h;
  uint8_t *data; /* [owned] NULL: closed */
  size_t size, position, backed;
  int64_t offset;  /* in the file */
  int64_t exports; /* views of it that exist */
  int fd;          /* [owned] -1: none */
  int access;
} Mapping;

typedef struct MappingIterator {
  Object h;
  Value mapping; /* VALUE_NONE: at the end */
  int64_t next, step;
} MappingIterator;

/* ---- parameters */

/* Place: an index that may be left out. */
typedef struct {
  bool given;
  int64_t at;
} c_Place;
MUST_USE MAY_RUN static bool convert_Place(VM *vm, Value v, c_Place *out, const MethodSpec *spec,
                                           int i) {
  out->given = true;
  return convert_Index(vm, v, &out->at, spec, i);
}
#define DEFAULT_Place(x) \
  (c_Place) { .given = false }
static int64_t place_or(c_Place place, int64_t otherwise) {
  return place.given ? place.at : otherwise;
}

/* ReadSize: how much to read, negative for all. */
typedef int64_t c_ReadSize;
MUST_USE MAY_RUN static bool convert_ReadSize(VM *vm, Value v, c_ReadSize *out,
                                              const MethodSpec *spec, int i) {
  *out = -1;
  if (v == VALUE_NONE) return true;
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError), "argument should be integer or None, not '%.200T'",
                       v);
  Value index;
  if (!value_index(vm, v, &index)) return false;
  return int_to_int64(index, out) ||
         raise_false(vm, TYPE_OF(OverflowError), "cannot fit '%.200T' into an index-sized integer",
                     v);
}
#define DEFAULT_ReadSize(x) (x)

/* Byte: a number from 0 to 255. */
typedef uint8_t c_Byte;
MUST_USE MAY_RUN static bool convert_Byte(VM *vm, Value v, c_Byte *out, const MethodSpec *spec,
                                          int i) {
  int64_t n;
  if (!value_index64(vm, v, &n, true)) return false;
  if (n < 0)
    return raise_false(vm, TYPE_OF(OverflowError), "unsigned byte integer is less than minimum");
  if (n > 255)
    return raise_false(vm, TYPE_OF(OverflowError), "unsigned byte integer is greater than maximum");
  *out = (uint8_t)n;
  return true;
}

#define NATIVE_DEF "vm/modules/process/mmap.def"
#define NATIVE_PREFIX mapping_
#define NATIVE_SELF Mapping *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/process/mmap_iterator.def"
#define NATIVE_PREFIX iterator_
#define NATIVE_SELF MappingIterator *
#include "vm/contracts/native_class.inc"

/* ---- what holds */
static Value failure(VM *vm) { return raise_errno(vm, errno, VALUE_NONE); }

static bool is_open(VM *vm, const Mapping *self) {
  return LIKELY(self->data) || raise_false(vm, TYPE_OF(ValueError), "mmap closed or invalid");
}
static bool is_writable(VM *vm, const Mapping *self) {
  if (!is_open(vm, self)) return false;
  return self->access != ACCESS_READ ||
         raise_false(vm, TYPE_OF(TypeError), "mmap can't modify a readonly memory map.");
}
static bool is_resizable(VM *vm, Mapping *self) {
  if (!exports_settle(vm, &self->exports))
    return raise_false(vm, TYPE_OF(BufferError), "mmap can't resize with extant buffers exported.");
  return self->access == ACCESS_DEFAULT || self->access == ACCESS_WRITE ||
         raise_false(vm, TYPE_OF(TypeError),
                     "mmap can't resize a readonly or copy-on-write memory map.");
}
static size_t bytes_left(const Mapping *self) {
  return self->position < self->size ? self->size - self->position : 0;
}

/* ---- making and closing */
typedef struct Wanted {
  int flags, prot, access;
  size_t size;
} Wanted;

/* What `access` stands for, or which access flags and protection amount to. */
static bool settle_access(VM *vm, Wanted *wanted) {
  enum { BOTH = PROT_READ | PROT_WRITE };
  if (wanted->access != ACCESS_DEFAULT && (wanted->flags != MAP_SHARED || wanted->prot != BOTH))
    return raise_false(vm, TYPE_OF(ValueError), "mmap can't specify both access and flags, prot.");
  switch (wanted->access) {
  case ACCESS_READ: wanted->prot = PROT_READ; return true;
  case ACCESS_WRITE: return true;
  case ACCESS_COPY: wanted->flags = MAP_PRIVATE; return true;
  case ACCESS_DEFAULT:
    if ((wanted->prot & BOTH) == BOTH) return true;
    wanted->access = wanted->prot & PROT_WRITE ? ACCESS_WRITE : ACCESS_READ;
    return true;
  default: return raise_false(vm, TYPE_OF(ValueError), "mmap invalid access parameter.");
  }
}

/* The size, from the file or within it. Of what is no regular file, the system knows more. */
static bool settle_size(VM *vm, int fd, int64_t offset, Wanted *wanted) {
  struct stat status;
  if (fd == -1 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode)) return true;
  if (wanted->size == 0) {
    if (status.st_size == 0)
      return raise_false(vm, TYPE_OF(ValueError), "cannot mmap an empty file");
    if (offset >= status.st_size)
      return raise_false(vm, TYPE_OF(ValueError), "mmap offset is greater than file size");
    wanted->size = (size_t)(status.st_size - offset);
    return true;
  }
  if (offset > status.st_size || (size_t)(status.st_size - offset) < wanted->size)
    return raise_false(vm, TYPE_OF(ValueError), "mmap length is greater than file size");
  return true;
}

static size_t whole_pages(size_t size) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  return (size + page - 1) / page * page;
}

static Value mapping_construct(VM *vm, Type *cls, const mapping_construct_args *a) {
  if (a->length < 0)
    return raise_error(vm, TYPE_OF(OverflowError), "memory mapped length must be positive");
  if (a->offset < 0)
    return raise_error(vm, TYPE_OF(OverflowError), "memory mapped offset must be positive");
  Wanted wanted = {a->flags, a->prot, a->access, (size_t)a->length};
  if (!settle_access(vm, &wanted)) return VALUE_FAIL;
  AUDITED(vm, "mmap.__new__", value_int(vm, a->fileno), value_int(vm, a->length),
          value_int(vm, wanted.access), value_int(vm, a->offset));
  if (!settle_size(vm, a->fileno, a->offset, &wanted)) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Mapping *self = value_object(v);
  heap_track_destroy(vm, &self->h);
  self->fd = -1;
  if (a->fileno == -1) wanted.flags |= MAP_ANONYMOUS;
  else if ((self->fd = fcntl(a->fileno, F_DUPFD_CLOEXEC, 0)) < 0) return failure(vm);
  void *data = mmap(NULL, wanted.size, wanted.prot, wanted.flags, self->fd, a->offset);
  if (data == MAP_FAILED) return failure(vm);
  self->data = data;
  self->size = wanted.size;
  self->offset = a->offset;
  self->access = wanted.access;
  bool bounded = self->fd < 0 && !(wanted.flags & MAP_PRIVATE);
  self->backed = bounded ? whole_pages(wanted.size) : SIZE_MAX;
  if (self->fd < 0) heap_account(vm, (ptrdiff_t)self->size);
  return v;
}

static void unmap(VM *vm, Mapping *self) {
  if (self->data) {
    munmap(self->data, self->size);
    if (self->fd < 0) heap_account(vm, -(ptrdiff_t)self->size);
  }
  if (self->fd >= 0) close(self->fd);
  self->data = NULL;
  self->size = 0;
  self->fd = -1;
}
static void mapping_destroy(VM *vm, Object *object) { unmap(vm, (Mapping *)object); }

static Value close_mapping(VM *vm, Mapping *self) {
  if (!exports_settle(vm, &self->exports))
    return raise_error(vm, TYPE_OF(BufferError), "cannot close exported pointers exist");
  unmap(vm, self);
  return VALUE_NONE;
}
static Value mapping_close(VM *vm, Mapping *self, const mapping_close_args *a) {
  return close_mapping(vm, self);
}
static Value mapping_op_enter(VM *vm, Mapping *self, const mapping_op_enter_args *a) {
  return is_open(vm, self) ? value_from(self) : VALUE_FAIL;
}
static Value mapping_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return close_mapping(vm, value_object(self));
}
static Value mapping_get_closed(VM *vm, Mapping *self) { return value_bool(!self->data); }

static Value mapping_op_repr(VM *vm, Mapping *self, const mapping_op_repr_args *a) {
  static const char *const accesses[] = {"DEFAULT", "READ", "WRITE", "COPY"};
  const Type *type = object_type(&self->h);
  const char *name = type == TYPE_OF(mmap_mmap) ? "mmap.mmap" : str_utf8(vm, type->name, NULL);
  if (!name) return VALUE_FAIL;
  if (!self->data) return value_of(str_format(vm, "<%s closed=True>", name));
  return value_of(
      str_format(vm, "<%s closed=False, access=ACCESS_%s, length=%zu, pos=%zu, offset=%lld>", name,
                 accesses[self->access], self->size, self->position, (long long)self->offset));
}

/* ---- as a file */
static Value take_bytes(VM *vm, Mapping *self, size_t n) {
  Bytes *bytes = bytes_new(vm, self->data + self->position, n);
  if (bytes) self->position += n;
  return value_of(bytes);
}

static Value mapping_read(VM *vm, Mapping *self, const mapping_read_args *a) {
  if (!is_open(vm, self)) return VALUE_FAIL;
  size_t left = bytes_left(self);
  if (left == 0) return value_of(bytes_new(vm, "", 0));
  return take_bytes(vm, self, a->n < 0 || (size_t)a->n > left ? left : (size_t)a->n);
}

static Value mapping_readline(VM *vm, Mapping *self, const mapping_readline_args *a) {
  if (!is_open(vm, self)) return VALUE_FAIL;
  size_t left = bytes_left(self);
  if (left == 0) return value_of(bytes_new(vm, "", 0));
  const uint8_t *start = self->data + self->position, *end = memchr(start, '\n', left);
  return take_bytes(vm, self, end ? (size_t)(end - start) + 1 : left);
}

static Value mapping_read_byte(VM *vm, Mapping *self, const mapping_read_byte_args *a) {
  if (!is_open(vm, self)) return VALUE_FAIL;
  if (bytes_left(self) == 0) return raise_value(vm, "read byte out of range");
  return value_int_unchecked(self->data[self->position++]);
}

static Value mapping_write(VM *vm, Mapping *self, const mapping_write_args *a) {
  if (!is_writable(vm, self)) return VALUE_FAIL;
  if (self->position > self->size || bytes_left(self) < a->bytes.n)
    return raise_value(vm, "data out of range");
  memmove(self->data + self->position, a->bytes.bytes, a->bytes.n);
  self->position += a->bytes.n;
  return value_int(vm, (int64_t)a->bytes.n);
}

static Value mapping_write_byte(VM *vm, Mapping *self, const mapping_write_byte_args *a) {
  if (!is_writable(vm, self)) return VALUE_FAIL;
  if (bytes_left(self) == 0) return raise_value(vm, "write byte out of range");
  self->data[self->position++] = a->byte;
  return VALUE_NONE;
}

static Value mapping_seek(VM *vm, Mapping *self, const mapping_seek_args *a) {
  int64_t from, where;
  if (!is_open(vm, self)) return VALUE_FAIL;
  switch (a->how) {
  case SEEK_SET: from = 0; break;
  case SEEK_CUR: from = (int64_t)self->position; break;
  case SEEK_END: from = (int64_t)self->size; break;
  default: return raise_value(vm, "unknown seek type");
  }
  if (__builtin_add_overflow(from, a->dist, &where) || where < 0 || (size_t)where > self->size)
    return raise_value(vm, "seek out of range");
  self->position = (size_t)where;
  return VALUE_NONE;
}

static Value mapping_tell(VM *vm, Mapping *self, const mapping_tell_args *a) {
  return is_open(vm, self) ? value_int(vm, (int64_t)self->position) : VALUE_FAIL;
}

static Value mapping_size(VM *vm, Mapping *self, const mapping_size_args *a) {
  struct stat status;
  if (!is_open(vm, self)) return VALUE_FAIL;
  return fstat(self->fd, &status) < 0 ? failure(vm) : value_int(vm, status.st_size);
}

/* ---- the memory as a whole */
static int64_t clamp(int64_t i, int64_t length) {
  if (i < 0) i += length;
  return i < 0 ? 0 : i > length ? length : i;
}

static Value find(VM *vm, const Mapping *self, const Pin *sub, c_Place from, c_Place to,
                  bool backward) {
  if (!is_open(vm, self)) return VALUE_FAIL;
  int64_t length = (int64_t)self->size;
  int64_t start = clamp(place_or(from, (int64_t)self->position), length);
  int64_t end = clamp(place_or(to, length), length);
  if (end < start) return value_int_unchecked(-1);
  const uint8_t *text = self->data + start;
  size_t n = (size_t)(end - start);
  size_t at = backward ? search_back(text, n, sub->bytes, sub->n, 1)
                       : search(text, n, sub->bytes, sub->n, 1);
  return at == SEARCH_NONE ? value_int_unchecked(-1) : value_int(vm, start + (int64_t)at);
}
static Value mapping_find(VM *vm, Mapping *self, const mapping_find_args *a) {
  return find(vm, self, &a->sub, a->start, a->end, false);
}
static Value mapping_rfind(VM *vm, Mapping *self, const mapping_rfind_args *a) {
  return find(vm, self, &a->sub, a->start, a->end, true);
}

static bool lies_within(const Mapping *self, int64_t start, int64_t count) {
  return start >= 0 && count >= 0 && (size_t)count <= self->size &&
         (size_t)start <= self->size - (size_t)count;
}

static Value mapping_move(VM *vm, Mapping *self, const mapping_move_args *a) {
  if (!is_writable(vm, self)) return VALUE_FAIL;
  if (!lies_within(self, a->dest, a->count) || !lies_within(self, a->src, a->count))
    return raise_value(vm, "source, destination, or count out of range");
  memmove(self->data + a->dest, self->data + a->src, (size_t)a->count);
  return VALUE_NONE;
}

static Value mapping_flush(VM *vm, Mapping *self, const mapping_flush_args *a) {
  if (!is_open(vm, self)) return VALUE_FAIL;
  int64_t size = place_or(a->size, (int64_t)self->size);
  if (!lies_within(self, a->offset, size)) return raise_value(vm, "flush values out of range");
  if (self->access == ACCESS_READ || self->access == ACCESS_COPY) return VALUE_NONE;
  self->exports++;
  int result = BLOCKING(vm, msync(self->data + a->offset, (size_t)size, MS_SYNC));
  self->exports--;
  return result < 0 ? failure(vm) : VALUE_NONE;
}

static Value mapping_madvise(VM *vm, Mapping *self, const mapping_madvise_args *a) {
  if (!is_open(vm, self)) return VALUE_FAIL;
  int64_t length = place_or(a->length, (int64_t)self->size), end;
  if (a->start < 0 || (size_t)a->start >= self->size)
    return raise_value(vm, "madvise start out of bounds");
  if (length < 0) return raise_value(vm, "madvise length invalid");
  if (__builtin_add_overflow(a->start, length, &end))
    return raise_error(vm, TYPE_OF(OverflowError), "madvise length too large");
  if ((size_t)end > self->size) length = (int64_t)self->size - a->start;
  return madvise(self->data + a->start, (size_t)length, a->option) < 0 ? failure(vm) : VALUE_NONE;
}

static Value mapping_resize(VM *vm, Mapping *self, const mapping_resize_args *a) {
  int64_t end;
  if (!is_open(vm, self) || !is_resizable(vm, self)) return VALUE_FAIL;
  if (a->newsize < 0 || __builtin_add_overflow(a->newsize, self->offset, &end))
    return raise_value(vm, "new size out of range");
  if (a->newsize == 0) return raise_errno(vm, EINVAL, VALUE_NONE);
  if ((size_t)a->newsize > self->backed)
    return raise_value(vm, "mmap: can't expand a shared anonymous mapping on Linux");
  if (self->fd >= 0 && ftruncate(self->fd, end) < 0) return failure(vm);
  void *data = mremap(self->data, self->size, (size_t)a->newsize, MREMAP_MAYMOVE);
  if (data == MAP_FAILED) return failure(vm);
  if (self->fd < 0) heap_account(vm, (ptrdiff_t)a->newsize - (ptrdiff_t)self->size);
  self->data = data;
  self->size = (size_t)a->newsize;
  return VALUE_NONE;
}

/* ---- as a sequence */
static Value mapping_op_len(VM *vm, Mapping *self, const mapping_op_len_args *a) {
  return is_open(vm, self) ? value_int(vm, (int64_t)self->size) : VALUE_FAIL;
}

/* The place of an item; Runs: __index__. */
static bool item_place(VM *vm, const Mapping *self, Value key, size_t *out) {
  Value index;
  int64_t i;
  if (!value_index(vm, key, &index)) return false;
  if (!int_to_int64(index, &i))
    return raise_false(vm, TYPE_OF(IndexError), "cannot fit '%.200T' into an index-sized integer",
                       key);
  if (!is_open(vm, self)) return false;
  if (i < 0) i += (int64_t)self->size;
  if (i < 0 || (size_t)i >= self->size)
    return raise_false(vm, TYPE_OF(IndexError), "mmap index out of range");
  *out = (size_t)i;
  return true;
}
static bool is_index(Value v) { return value_is_any_int(v) || value_has_special(v, SPECIAL_index); }

static Value get_slice(VM *vm, const Mapping *self, const Slice *slice) {
  SliceBounds bounds;
  if (!slice_bounds(vm, slice, &bounds) || !is_open(vm, self)) return VALUE_FAIL;
  SliceRange range = slice_clamp(&bounds, (int64_t)self->size);
  if (range.step == 1)
    return value_of(bytes_new(vm, self->data + range.start, (size_t)range.count));
  Bytes *bytes = bytes_new(vm, NULL, (size_t)range.count);
  if (!bytes) return VALUE_FAIL;
  for (int64_t i = 0; i < range.count; i++) bytes->data[i] = self->data[slice_at(range, i)];
  return value_from(bytes);
}

static Value mapping_op_getitem(VM *vm, Mapping *self, const mapping_op_getitem_args *a) {
  size_t at;
  if (!is_open(vm, self)) return VALUE_FAIL;
  if (value_is(a->key, slice)) return get_slice(vm, self, value_object(a->key));
  if (!is_index(a->key)) return raise_type(vm, "mmap indices must be integers");
  return item_place(vm, self, a->key, &at) ? value_int_unchecked(self->data[at]) : VALUE_FAIL;
}

static bool set_byte(VM *vm, Mapping *self, Value key, Value v) {
  size_t at;
  Value index;
  int64_t n;
  if (!item_place(vm, self, key, &at)) return false;
  if (!is_index(v)) return raise_false(vm, TYPE_OF(TypeError), "mmap item value must be an int");
  if (!value_index(vm, v, &index)) return false;
  if (!int_to_int64(index, &n))
    return raise_false(vm, TYPE_OF(TypeError), "cannot fit '%.200T' into an index-sized integer",
                       v);
  if (n < 0 || n > 255)
    return raise_false(vm, TYPE_OF(ValueError), "mmap item value must be in range(0, 256)");
  if (!is_open(vm, self)) return false;
  if (at >= self->size) return raise_false(vm, TYPE_OF(IndexError), "mmap index out of range");
  self->data[at] = (uint8_t)n;
  return true;
}

static bool set_slice(VM *vm, Mapping *self, const Slice *slice, Value v) {
  SliceBounds bounds;
  Pin from;
  if (!slice_bounds(vm, slice, &bounds) || !pin_of(vm, v, &from)) return false;
  bool fine = is_open(vm, self);
  if (fine) {
    SliceRange range = slice_clamp(&bounds, (int64_t)self->size);
    if ((size_t)range.count != from.n)
      fine = raise_false(vm, TYPE_OF(IndexError), "mmap slice assignment is wrong size");
    else if (range.step == 1) memmove(self->data + range.start, from.bytes, from.n);
    else
      for (int64_t i = 0; i < range.count; i++) self->data[slice_at(range, i)] = from.bytes[i];
  }
  pin_release(vm, &from);
  return fine;
}

static Value mapping_op_setitem(VM *vm, Mapping *self, const mapping_op_setitem_args *a) {
  if (!is_writable(vm, self)) return VALUE_FAIL;
  if (value_is(a->key, slice))
    return value_none_if(set_slice(vm, self, value_object(a->key), a->value));
  if (!is_index(a->key)) return raise_type(vm, "mmap indices must be integer");
  return value_none_if(set_byte(vm, self, a->key, a->value));
}

static Value mapping_op_delitem(VM *vm, Mapping *self, const mapping_op_delitem_args *a) {
  size_t at;
  if (!is_writable(vm, self)) return VALUE_FAIL;
  if (value_is(a->key, slice)) return raise_type(vm, "mmap object doesn't support slice deletion");
  if (!is_index(a->key)) return raise_type(vm, "mmap indices must be integer");
  if (!item_place(vm, self, a->key, &at)) return VALUE_FAIL;
  return raise_type(vm, "mmap doesn't support item deletion");
}

/* ---- its bytes one by one: bytes of length one, other than items */
static Value iterate(VM *vm, Mapping *self, int64_t next, int64_t step) {
  MappingIterator *it = heap_new(vm, SHAPE_OF(mmap_iterator), sizeof *it);
  it->mapping = value_from(self);
  it->next = next;
  it->step = step;
  return value_from(it);
}
static Value mapping_op_iter(VM *vm, Mapping *self, const mapping_op_iter_args *a) {
  return iterate(vm, self, 0, 1);
}
static Value mapping_op_reversed(VM *vm, Mapping *self, const mapping_op_reversed_args *a) {
  return is_open(vm, self) ? iterate(vm, self, (int64_t)self->size - 1, -1) : VALUE_FAIL;
}
static Value iterator_next_byte(VM *vm, Value v) {
  MappingIterator *it = value_object(v);
  if (it->mapping == VALUE_NONE) return VALUE_STOP;
  const Mapping *mapping = value_object(it->mapping);
  if (!is_open(vm, mapping)) return VALUE_FAIL;
  if (it->next < 0 || (size_t)it->next >= mapping->size) {
    it->mapping = VALUE_NONE;
    return VALUE_STOP;
  }
  it->next += it->step;
  return value_of(bytes_new(vm, mapping->data + (it->next - it->step), 1));
}
static void iterator_trace(Marker *marker, Object *object) {
  mark_value(marker, ((MappingIterator *)object)->mapping);
}

/* ---- as a buffer */
static bool provide(VM *vm, Value v, BufferView *view) {
  Mapping *self = value_object(v);
  if (!is_open(vm, self)) return false;
  view->bytes = self->data;
  view->size = self->size;
  view->readonly = self->access == ACCESS_READ;
  self->exports++;
  return true;
}
static void release(VM *vm, Value v) {
  Mapping *map = value_object(v);
  assert(map->exports > 0 && map->data);
  map->exports--;
}

static bool mapping_verify(const Object *object) {
  const Mapping *map = (const Mapping *)object;
  LAW(map->exports >= 0);
  LAW(map->data || map->exports == 0);
  LAW(!map->data || map->size > 0);
  return true;
}

const ClassSpec mmap_mmap_class = {
    NATIVE_CLASS(mapping_),
    .verify = VERIFIER(mapping_verify),
    .basic_size = sizeof(Mapping),
    .destroy = mapping_destroy,
};
const ClassSpec mmap_iterator_class = {
    NATIVE_CLASS(iterator_),
    .basic_size = sizeof(MappingIterator),
    .trace = iterator_trace,
    .next = iterator_next_byte,
};

/* ---- the module */
#define C(name) \
  { #name, name }
static const NamedInt constants[] = {
    C(ACCESS_DEFAULT), C(ACCESS_READ),   C(ACCESS_WRITE),   C(ACCESS_COPY),     C(MAP_ANON),
    C(MAP_ANONYMOUS),  C(MAP_DENYWRITE), C(MAP_EXECUTABLE), C(MAP_POPULATE),    C(MAP_PRIVATE),
    C(MAP_SHARED),     C(MAP_STACK),     C(PROT_EXEC),      C(PROT_READ),       C(PROT_WRITE),
    C(MADV_DODUMP),    C(MADV_DOFORK),   C(MADV_DONTDUMP),  C(MADV_DONTFORK),   C(MADV_DONTNEED),
    C(MADV_FREE),      C(MADV_HUGEPAGE), C(MADV_HWPOISON),  C(MADV_MERGEABLE),  C(MADV_NOHUGEPAGE),
    C(MADV_NORMAL),    C(MADV_RANDOM),   C(MADV_REMOVE),    C(MADV_SEQUENTIAL), C(MADV_UNMERGEABLE),
    C(MADV_WILLNEED),
};

static bool init(VM *vm, Module *module) {
  buffer_register(&mmap_mmap_class, provide, release);
  int64_t page = sysconf(_SC_PAGESIZE);
  if (!module_add_ints(vm, module, constants, ARRAY_COUNT(constants))) return false;
  return module_add_int(vm, module, "PAGESIZE", page) &&
         module_add_int(vm, module, "ALLOCATIONGRANULARITY", page) &&
         module_add(vm, module, "error", value_from(TYPE_OF(OSError))) &&
         module_add_type(vm, module, TYPE_OF(mmap_mmap));
}

const ModuleSpec mmap_module = {.name = "mmap", .init = init};
