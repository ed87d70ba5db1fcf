/* code_fields.c -- see code_fields.h. One path for all who make code: fields become functions of an
** image (bytecode/image_writer.h), the verifier proves it, a code object is its view. */
#include "vm/objects/code_fields.h"

#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/bytecode/verify.h"
#include "vm/contracts/call.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/complex.h"
#include "vm/objects/float.h"
#include "vm/objects/int_limbs.h"
#include "vm/objects/list.h"

/* ---- a code object's fields */
/* What co_flags does not show, as the first number of co_exceptiontable. */
enum { HIDDEN_SHIFT = 26 };
static_assert(FUNCTION_CO_FLAGS == (1 << HIDDEN_SHIFT) - 1, "the hidden flags are those above");

/* Each byte is a unit of two, so that lines, positions, f_lasti and co_code count alike. */
Bytes *code_units(VM *vm, const Code *code) {
  Bytes *units = bytes_new(vm, NULL, 2 * (size_t)code->fn.code_size);
  for (uint32_t i = 0; units && i < code->fn.code_size; i++) {
    units->data[2 * i] = code->fn.code[i];
    units->data[2 * i + 1] = 0;
  }
  return units;
}

Bytes *code_exception_table(VM *vm, const Code *code) {
  const ImageFunction *f = &code->fn;
  uint32_t hidden = (f->flags & ~(uint32_t)FUNCTION_MODULE) >> HIDDEN_SHIFT;
  if (!hidden && !f->cell_count && !f->range_count) return bytes_new(vm, NULL, 0);
  Buffer out = {0};
  buffer_add_varint(&out, hidden);
  for (uint32_t i = 0; i < f->cell_count; i++)
    buffer_add_varint(&out, function_cell_register(f, i));
  for (uint32_t i = 0; i < f->range_count; i++) {
    ExceptionRange r = function_range(f, i);
    buffer_add_varint(&out, r.start);
    buffer_add_varint(&out, r.end);
    buffer_add_varint(&out, r.target);
    buffer_add_varint(&out, r.reg);
  }
  Bytes *table = bytes_from_buffer(vm, &out);
  buffer_deinit(&out);
  return table;
}

/* Registers behind the variables; at least one, as programs expect of a stack. */
int32_t code_stack_size(const Code *code) {
  uint32_t temporaries = code->fn.register_count - function_near_locals(&code->fn);
  return temporaries ? (int32_t)temporaries : 1;
}

bool code_fields(VM *vm, Code *code, CodeFields *out) {
  if (!code_materialise(vm, code)) return false;
  *out = (CodeFields){
      .argcount = (int32_t)code->fn.argcount,
      .posonlyargcount = (int32_t)code->fn.posonlycount,
      .kwonlyargcount = (int32_t)code->fn.kwonlycount,
      .nlocals = (int32_t)code->fn.local_count,
      .stacksize = code_stack_size(code),
      .flags = (int32_t)code->co_flags,
      .firstlineno = code->first_line,
      .code = code_units(vm, code),
      .linetable = code_line_table(vm, code),
      .exceptiontable = code_exception_table(vm, code),
      .consts = code->constants,
      .names = code->names,
      .varnames = code_varnames(vm, code),
      .freevars = code_freevars(vm, code),
      .cellvars = code_cellvars(vm, code),
      .filename = code->filename,
      .name = code->name,
      .qualname = code->qualname,
  };
  return out->code && out->linetable && out->exceptiontable && out->varnames && out->freevars &&
         out->cellvars;
}

/* ---- writing an image */
enum { NESTING_MAX = 200 };

typedef struct ImageJob {
  VM *vm;
  Arena arena;
  ImageWriter writer;
  LineWriter lines; /* of the function that is being added */
  const CodeFields *fields;
  bool outline; /* constants that are code, or nothing an image knows, are only hinted at */
  int depth;
  List *filenames; /* by function; NULL with `outline` */
  uint32_t index;  /* of what was asked for */
  Buffer *out;
  bool fine; /* false: exception pending, or memory was refused */
} ImageJob;

static bool refuse(ImageJob *job, const char *why) {
  return raise_false(job->vm, TYPE_OF(ValueError), "code: %s", why);
}

MUST_USE static bool write_text(ImageJob *job, Str *text, uint32_t *number) {
  size_t size;
  const char *bytes = str_utf8(job->vm, text, &size);
  if (!bytes) return false;
  *number = writer_string(&job->writer, bytes, size);
  return true;
}

MUST_USE static bool write_texts(ImageJob *job, Tuple *texts, uint32_t stride, uint32_t *numbers) {
  for (size_t i = 0; i < tuple_length(texts); i++)
    if (!write_text(job, value_object(texts->items[i]), &numbers[stride * i])) return false;
  return true;
}

MUST_USE static bool write_constant(ImageJob *job, Value v, uint32_t *number);
MUST_USE MAY_RUN static bool write_function(ImageJob *job, const CodeFields *fields,
                                            uint32_t index);

static uint32_t write_big(ImageJob *job, Value v) {
  IntView n;
  int_view(v, &n);
  size_t room = (size_t)n.count * 16 + 2, size = 0;
  char *hex = arena_alloc(&job->arena, room);
  if (n.negative) hex[size++] = '-';
  bool leading = true;
  for (int64_t i = n.count * 16 - 1; i >= 0; i--) {
    unsigned digit = (unsigned)(n.limbs[i / 16] >> (4 * (i % 16))) & 15;
    if (leading && !digit) continue;
    leading = false;
    hex[size++] = "0123456789abcdef"[digit];
  }
  return writer_big_int(&job->writer, hex, size);
}

/* in_order: what a set holds, in an order that hashes have no part in: the same code gives the same
** bytes in every process. */
MUST_USE static Tuple *in_order(VM *vm, Value set) {
  List *pairs = list_new(vm, 0);
  Tuple *items = tuple_from_iterable(vm, set);
  for (size_t i = 0; pairs && items && i < tuple_length(items); i++) {
    Value text = value_repr(vm, items->items[i]);
    Value pair = text == VALUE_FAIL ? text : PACK(text, value_int_unchecked((int64_t)i));
    if (pair == VALUE_FAIL || !list_append_value(vm, pairs, pair)) return NULL;
  }
  if (!pairs || !items) return NULL;
  if (call_method0(vm, value_from(pairs), NAME("sort")) == VALUE_FAIL) return NULL;
  Tuple *sorted = tuple_new(vm, tuple_length(items));
  for (size_t i = 0; sorted && i < tuple_length(items); i++) {
    const Tuple *pair = value_object(list_items(pairs)[i]);
    tuple_set_item(vm, sorted, i, items->items[value_as_int(pair->items[1])]);
  }
  return sorted;
}

static bool write_sequence(ImageJob *job, Value v, uint32_t *number) {
  Tuple *items = value_is(v, tuple) ? value_object(v) : in_order(job->vm, v);
  if (!items) return false;
  if (job->depth >= NESTING_MAX) return refuse(job, "constants are nested too deeply");
  uint32_t count = (uint32_t)tuple_length(items),
           *numbers = ARENA_ARRAY(&job->arena, uint32_t, count + 1);
  job->depth++;
  for (uint32_t i = 0; i < count; i++)
    if (!write_constant(job, items->items[i], &numbers[i])) return false;
  job->depth--;
  *number = writer_tuple(&job->writer, value_is(v, tuple) ? CONSTANT_TUPLE : CONSTANT_FROZENSET,
                         numbers, count);
  return true;
}

/* The code of functions that are never run, and its line table. */
static const uint8_t nothing[] = {OP_RETURN_NONE}, nowhere[] = {sizeof nothing << 2};

/* write_outline: what an instruction may know of an inner function: how many cells it wants. */
static void write_outline(ImageJob *job, const Code *inner, uint32_t index) {
  uint32_t nameless = writer_string(&job->writer, "", 0), count = inner->fn.free_count;
  uint32_t *frees = ARENA_ARRAY(&job->arena, uint32_t, count + 1);
  for (uint32_t i = 0; i < count; i++) frees[i] = nameless;
  WriterFunction f = {.flags = FUNCTION_OPTIMIZED | FUNCTION_NEWLOCALS,
                      .name = nameless,
                      .qualname = nameless,
                      .firstlineno = 1,
                      .register_count = 1,
                      .free_count = count,
                      .frees = frees,
                      .code = nothing,
                      .code_size = sizeof nothing,
                      .lines = nowhere,
                      .lines_size = sizeof nowhere};
  writer_add_function(&job->writer, index, &f);
}

MUST_USE static bool note_filename(ImageJob *job, Str *filename) {
  return !job->filenames || list_append_value(job->vm, job->filenames, value_from(filename));
}

static bool write_inner(ImageJob *job, Code *inner, uint32_t *number) {
  uint32_t index = writer_reserve_function(&job->writer);
  *number = writer_code(&job->writer, index);
  if (job->outline) return write_outline(job, inner, index), true;
  CodeFields fields;
  if (job->depth >= NESTING_MAX) return refuse(job, "functions are nested too deeply");
  job->depth++;
  bool fine = note_filename(job, inner->filename) && code_fields(job->vm, inner, &fields) &&
              write_function(job, &fields, index);
  job->depth--;
  return fine;
}

static bool write_constant(ImageJob *job, Value v, uint32_t *number) {
  ImageWriter *w = &job->writer;
  int64_t n;
  if (v == VALUE_NONE) return *number = writer_none(w), true;
  if (v == VALUE_TRUE) return *number = writer_simple(w, CONSTANT_TRUE), true;
  if (v == VALUE_FALSE) return *number = writer_simple(w, CONSTANT_FALSE), true;
  if (v == VALUE_ELLIPSIS) return *number = writer_simple(w, CONSTANT_ELLIPSIS), true;
  if (value_is_int(v)) return *number = writer_int(w, value_as_int(v)), true;
  if (value_is(v, int)) {
    *number = int_to_int64(v, &n) ? writer_int(w, n) : write_big(job, v);
    return true;
  }
  if (value_is_float(v) || value_is(v, float)) return *number = writer_float(w, float_of(v)), true;
  if (value_is(v, complex)) {
    const Complex *c = value_object(v);
    *number = writer_complex(w, c->real, c->imag);
    return true;
  }
  if (value_is(v, str)) {
    size_t size;
    const char *text = str_utf8(job->vm, value_object(v), &size);
    if (text) *number = writer_str(w, text, size);
    return text != NULL;
  }
  if (value_is(v, bytes)) {
    const Bytes *bytes = value_object(v);
    *number = writer_bytes(w, (const char *)bytes->data, bytes->length);
    return true;
  }
  if (value_is(v, tuple) || value_is(v, frozenset)) return write_sequence(job, v, number);
  if (value_is(v, code)) return write_inner(job, value_object(v), number);
  if (job->outline) return *number = writer_simple(w, CONSTANT_ELLIPSIS), true;
  return raise_false(job->vm, TYPE_OF(ValueError), "unmarshallable object");
}

/* ---- fields as a function of the image */
/* read_number: a varint of a table that nobody has verified; false: it does not end there. */
static bool read_number(const uint8_t **at, const uint8_t *end, uint32_t *n) {
  uint64_t sum = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    if (*at >= end) return false;
    uint8_t byte = *(*at)++;
    sum |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return *n = (uint32_t)sum, sum <= UINT32_MAX;
  }
  return false;
}

/* co_exceptiontable, taken apart. */
MUST_USE static bool read_table(ImageJob *job, const CodeFields *fields, uint32_t *cells,
                                WriterFunction *f) {
  const uint8_t *at = fields->exceptiontable->data, *end = at + fields->exceptiontable->length;
  uint32_t hidden = 0;
  if (at < end && !read_number(&at, end, &hidden)) return false;
  if (hidden >= 1u << (32 - HIDDEN_SHIFT)) return false;
  f->flags |= hidden << HIDDEN_SHIFT;
  for (uint32_t i = 0; i < f->cell_count; i++)
    if (!read_number(&at, end, &cells[2 * i])) return false;
  ExceptionRange *ranges = ARENA_ARRAY(&job->arena, ExceptionRange, (end - at) / 4 + 1);
  f->ranges = ranges;
  for (; at < end; f->range_count++) {
    ExceptionRange *r = &ranges[f->range_count];
    if (!read_number(&at, end, &r->start) || !read_number(&at, end, &r->end) ||
        !read_number(&at, end, &r->target) || !read_number(&at, end, &r->reg))
      return false;
  }
  return true;
}

MUST_USE static bool read_units(ImageJob *job, const Bytes *units, WriterFunction *f) {
  if (units->length % 2 || !units->length || units->length / 2 > CODE_SIZE_MAX) return false;
  uint8_t *code = arena_alloc(&job->arena, units->length / 2);
  for (size_t i = 0; i < units->length / 2; i++) {
    if (units->data[2 * i + 1]) return false;
    code[i] = units->data[2 * i];
  }
  f->code = code;
  f->code_size = (uint32_t)units->length / 2;
  return true;
}

/* starts_generator: is there a GENERATOR_START? As far as unverified bytes can be read. */
static bool starts_generator(const WriterFunction *f) {
  const uint8_t *at = f->code, *end = at + f->code_size;
  while (at && at < end) {
    Insn insn;
    at = op_decode_within(at, end, &op_no_limits, &insn);
    if (at && insn.op == OP_GENERATOR_START) return true;
  }
  return false;
}

/* honest_flags: an image says that code is a generator's if it is; co_flags may say what they
** like. */
static uint32_t honest_flags(const WriterFunction *f) {
  const uint32_t kinds = FUNCTION_GENERATOR | FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR;
  if (!starts_generator(f)) return f->flags & ~kinds;
  return f->flags & kinds ? f->flags : f->flags | FUNCTION_GENERATOR;
}

static uint32_t *numbers_for(ImageJob *job, const Tuple *items, uint32_t stride) {
  return ARENA_ARRAY(&job->arena, uint32_t, stride * tuple_length(items) + 1);
}

/* A function may lose its docstring with its first constant. */
static uint32_t without_lost_doc(uint32_t flags, const Tuple *consts) {
  bool has_text = tuple_length(consts) && value_is(consts->items[0], str);
  return has_text ? flags : flags & ~(uint32_t)FUNCTION_HAS_DOC;
}

/* add_function: f, its lines still to come. */
static void add_function(ImageJob *job, uint32_t index, const Bytes *linetable, WriterFunction *f) {
  LineWriter *lines = &job->lines;
  buffer_deinit(&lines->out);
  line_writer_init(lines, f->firstlineno);
  code_read_line_table(linetable, f->firstlineno, f->code_size, lines);
  if (lines->out.failed) arena_fail(&job->arena);
  f->lines = lines->out.bytes;
  f->lines_size = lines->out.size;
  writer_add_function(&job->writer, index, f);
}

static bool write_function(ImageJob *job, const CodeFields *fields, uint32_t index) {
  uint32_t *locals = numbers_for(job, fields->varnames, 1),
           *cells = numbers_for(job, fields->cellvars, 2),
           *frees = numbers_for(job, fields->freevars, 1),
           *names = numbers_for(job, fields->names, 1),
           *consts = numbers_for(job, fields->consts, 1);
  WriterFunction f = {.flags = (uint32_t)fields->flags & FUNCTION_CO_FLAGS,
                      .argcount = (uint32_t)fields->argcount,
                      .posonlycount = (uint32_t)fields->posonlyargcount,
                      .kwonlycount = (uint32_t)fields->kwonlyargcount,
                      .firstlineno = (uint32_t)fields->firstlineno,
                      .local_count = (uint32_t)tuple_length(fields->varnames),
                      .cell_count = (uint32_t)tuple_length(fields->cellvars),
                      .free_count = (uint32_t)tuple_length(fields->freevars),
                      .name_count = (uint32_t)tuple_length(fields->names),
                      .constant_count = (uint32_t)tuple_length(fields->consts),
                      .locals = locals,
                      .cells = cells,
                      .frees = frees,
                      .names = names,
                      .constants = consts};
  if (!read_units(job, fields->code, &f)) return refuse(job, "co_code is malformed");
  if (!read_table(job, fields, cells, &f)) return refuse(job, "co_exceptiontable is malformed");
  f.flags = without_lost_doc(honest_flags(&f), fields->consts);
  bool is_far = f.flags & FUNCTION_FAR;
  uint32_t near = is_far && f.local_count > FAR_FROM ? FAR_FROM : f.local_count;
  if (fields->stacksize > REGISTER_MAX || near > REGISTER_MAX)
    return refuse(job, "co_stacksize is too large");
  f.register_count = near + (uint32_t)fields->stacksize;
  if (index == 0) f.flags |= FUNCTION_MODULE;
  for (uint32_t i = 0; i < f.constant_count; i++)
    if (!write_constant(job, fields->consts->items[i], &consts[i])) return false;
  if (!write_text(job, fields->name, &f.name) || !write_text(job, fields->qualname, &f.qualname) ||
      !write_texts(job, fields->varnames, 1, locals) ||
      !write_texts(job, fields->cellvars, 2, cells + 1) ||
      !write_texts(job, fields->freevars, 1, frees) || !write_texts(job, fields->names, 1, names))
    return false;
  add_function(job, index, fields->linetable, &f);
  return true;
}

/* Function 0 of an image runs in a namespace and has no closure: what is not like that follows an
** empty one. */
static bool may_be_first(const CodeFields *fields) {
  const uint8_t *at = fields->exceptiontable->data;
  uint32_t hidden;
  return read_number(&at, at + fields->exceptiontable->length, &hidden) &&
         hidden == FUNCTION_NAMESPACE >> HIDDEN_SHIFT && !tuple_length(fields->freevars);
}

static void write_first(ImageJob *job) {
  uint32_t name = writer_string(&job->writer, "<module>", 8);
  WriterFunction f = {.flags = FUNCTION_NAMESPACE | FUNCTION_MODULE,
                      .name = name,
                      .qualname = name,
                      .firstlineno = 1,
                      .register_count = 1,
                      .code = nothing,
                      .code_size = sizeof nothing,
                      .lines = nowhere,
                      .lines_size = sizeof nowhere};
  writer_add_function(&job->writer, writer_reserve_function(&job->writer), &f);
}

static void write_image(void *data) {
  ImageJob *job = data;
  const CodeFields *fields = job->fields;
  uint32_t filename;
  image_writer_init(&job->writer, &job->arena);
  if (!may_be_first(fields)) {
    write_first(job);
    if (!note_filename(job, fields->filename)) return;
  }
  job->index = writer_reserve_function(&job->writer);
  if (!note_filename(job, fields->filename) || !write_function(job, fields, job->index) ||
      !write_text(job, fields->filename, &filename))
    return;
  job->fine =
      image_writer_finish(&job->writer, filename, (ContentHash){0}, job->out) && !job->out->failed;
  if (!job->fine) raise_memory(job->vm);
}

/* run_job: false: exception pending. */
MUST_USE MAY_RUN static bool run_job(ImageJob *job) {
  arena_init(&job->arena);
  job->writer = (ImageWriter){.arena = &job->arena};
  if (!arena_run(&job->arena, write_image, job)) raise_memory(job->vm);
  image_writer_deinit(&job->writer);
  buffer_deinit(&job->lines.out);
  arena_deinit(&job->arena);
  return job->fine && !error_pending(job->vm);
}

bool code_write_image(VM *vm, Code *code, Buffer *out, uint32_t *index, Tuple **filenames) {
  CodeFields fields;
  List *files = list_new(vm, 0);
  if (!files || !code_fields(vm, code, &fields)) return false;
  ImageJob job = {.vm = vm, .fields = &fields, .filenames = files, .out = out};
  if (!run_job(&job)) return false;
  *index = job.index;
  *filenames = tuple_from_values(vm, list_items(files), list_length(files));
  return *filenames != NULL;
}

/* ---- a code object of fields */
MUST_USE static bool check_counts(VM *vm, const CodeFields *f) {
  struct {
    int32_t n;
    const char *name;
  } counts[] = {{f->argcount, "argcount"},
                {f->posonlyargcount, "posonlyargcount"},
                {f->kwonlyargcount, "kwonlyargcount"},
                {f->nlocals, "nlocals"},
                {f->stacksize, "stacksize"},
                {f->flags, "flags"},
                {f->firstlineno, "firstlineno"}};
  for (size_t i = 0; i < ARRAY_COUNT(counts); i++)
    if (counts[i].n < 0)
      return raise_false(vm, TYPE_OF(ValueError), "code: %s must not be negative", counts[i].name);
  int64_t parameters = (int64_t)f->argcount + f->kwonlyargcount + !!(f->flags & FUNCTION_VARARGS) +
                       !!(f->flags & FUNCTION_VARKEYWORDS);
  if (parameters > (int64_t)tuple_length(f->varnames))
    return raise_false(vm, TYPE_OF(ValueError), "code: co_varnames is too small");
  if ((size_t)f->nlocals != tuple_length(f->varnames))
    return raise_false(vm, TYPE_OF(ValueError), "code: co_nlocals != len(co_varnames)");
  if (f->posonlyargcount > f->argcount)
    return raise_false(vm, TYPE_OF(ValueError), "code: posonlyargcount is larger than argcount");
  return true;
}

/* interned: the same names as instructions and dicts of attributes want them. */
MUST_USE static Tuple *interned(VM *vm, Tuple *names) {
  Tuple *copy = tuple_new(vm, tuple_length(names));
  for (size_t i = 0; copy && i < tuple_length(names); i++) {
    if (!value_is(names->items[i], str))
      return raise_type(vm, "name tuples must contain only strings, not '%T'", names->items[i]),
             NULL;
    Str *name = str_intern(vm, value_object(names->items[i]));
    if (!name) return NULL;
    tuple_set_item(vm, copy, i, value_from(name));
  }
  return copy;
}

MUST_USE static bool intern_names(VM *vm, CodeFields *f) {
  return (f->names = interned(vm, f->names)) && (f->varnames = interned(vm, f->varnames)) &&
         (f->freevars = interned(vm, f->freevars)) && (f->cellvars = interned(vm, f->cellvars));
}

/* prove: the verifier has the last word on what only the fields' author has seen. */
MUST_USE static bool prove(VM *vm, const Buffer *bytes, uint32_t index) {
  Image image;
  const char *why;
  if (image_open(&image, bytes->bytes, bytes->size, &why) && image_verify_tables(&image, &why) &&
      image_verify_function(&image, index, &why))
    return true;
  return raise_false(vm, TYPE_OF(ValueError),
                     "code: the fields do not fit together as Krait's bytecode (%s)", why);
}

Code *code_from_fields(VM *vm, const CodeFields *given) {
  CodeFields fields = *given;
  if (!intern_names(vm, &fields) || !check_counts(vm, &fields)) return NULL;
  Buffer bytes = {0};
  ImageJob job = {.vm = vm, .fields = &fields, .outline = true, .out = &bytes};
  if (!run_job(&job) || !prove(vm, &bytes, job.index)) return buffer_deinit(&bytes), NULL;
  Code *code = code_of_image(vm, bytes.bytes, bytes.size, IMAGE_ALLOCATED, TRUST_COMPILED,
                             fields.filename, job.index);
  if (!code) return NULL;
  code->name = fields.name;
  code->qualname = fields.qualname;
  code->co_flags = (uint32_t)fields.flags;
  code->constants = fields.consts;
  code->names = fields.names;
  code->varnames = fields.varnames;
  code->freevars = fields.freevars;
  code->cellvars = fields.cellvars;
  heap_barrier_any(vm, code);
  return code;
}
