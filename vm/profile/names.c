/* names.c -- see names.h. */
#include "vm/profile/names.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "vm/base/buffer.h"
#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/objects/dict.h"
#include "vm/objects/str.h"
#include "vm/profile/file.h"
#include "vm/profile/source.h"
#include "vm/profile/table.h"

typedef enum FileState { FILE_UNSEEN, FILE_WANTED, FILE_WRITTEN } FileState;

/* A file that code is of. */
typedef struct SourceFile {
  char *path; /* [owned] as code objects have it */
  uint32_t path_string;
  FileState state;
} SourceFile;

static struct {
  IdTable strings, natives, codes, files, stacks;
  uint32_t string_count, code_count, file_count, stack_count;
  uint32_t *file_of; /* [owned] by code */
  size_t file_of_capacity;
  SourceFile *sources; /* [owned] by file */
  size_t source_capacity;
  volatile bool wants_source;
  uint32_t activities[ACTIVITY_NAME_COUNT];
} names;

bool names_init(void) {
  return table_init(&names.strings, 1 << 14) && table_init(&names.natives, 1 << 13) &&
         table_init(&names.codes, 1 << 13) && table_init(&names.files, 1 << 10) &&
         table_init(&names.stacks, 1 << 17);
}

bool names_want(void) {
  return names.wants_source || table_is_crowded(&names.stacks) ||
         table_is_crowded(&names.strings) || table_is_crowded(&names.natives);
}

void names_grow(void) {
  IdTable *all[] = {&names.strings, &names.natives, &names.codes, &names.files, &names.stacks};
  for (size_t i = 0; i < ARRAY_COUNT(all); i++)
    if (table_is_crowded(all[i])) table_grow(all[i]);
}

/* ---- texts */
uint32_t name_string(const char *text, size_t size) {
  uint64_t key = key_mix(XXH3_64bits(text, size), size);
  uint32_t known = table_find(&names.strings, key);
  if (known || size > UINT16_MAX) return known;
  uint32_t head[2] = {names.string_count + 1, (uint32_t)size};
  if (!table_add(&names.strings, key, head[0])) return 0;
  char *payload = log_reserve(RECORD_STRING, 0, (uint32_t)(sizeof head + size));
  if (!payload) return 0;
  memcpy(payload, head, sizeof head);
  if (size) memcpy(payload + sizeof head, text, size);
  log_commit();
  return names.string_count = head[0];
}

static uint32_t name_text(const char *text) { return name_string(text, strlen(text)); }

/* ---- code */
static uint32_t add_code(RecordCode code, const int32_t *lines, const uint8_t *opcodes) {
  size_t n = code.insn_count;
  code.id = names.code_count + 1;
  char *payload = log_reserve(RECORD_CODE, 0, (uint32_t)(sizeof code + 5 * n));
  if (!payload) return 0;
  memcpy(payload, &code, sizeof code);
  if (n) {
    memcpy(payload + sizeof code, lines, 4 * n);
    memcpy(payload + sizeof code + 4 * n, opcodes, n);
  }
  log_commit();
  return names.code_count = code.id;
}

bool names_begin(void) {
#define ACTIVITY(name, text) [ACTIVITY_NAME_##name] = (text),
  static const char *const texts[ACTIVITY_NAME_COUNT] = {ACTIVITIES};
#undef ACTIVITY
  for (int i = 0; i < ACTIVITY_NAME_COUNT; i++) {
    RecordCode code = {.kind = CODE_ACTIVITY, .name = name_text(texts[i])};
    names.activities[i] = add_code(code, NULL, NULL);
  }
  return names.activities[ACTIVITY_NAME_COUNT - 1] != 0;
}

uint32_t name_activity(ActivityName activity) { return names.activities[activity]; }

/* add_native: of C: owner "" : a function of the module, else a method. */
static uint32_t add_native(uint64_t key, const char *owner, const char *name, const char *module) {
  char both[160];
  size_t n = strlen(owner), m = strlen(name);
  if (n + m + 2 > sizeof both) n = 0, m = m < sizeof both ? m : sizeof both - 1;
  memcpy(both, owner, n);
  if (n) both[n++] = '.';
  memcpy(both + n, name, m);
  RecordCode code = {
      .kind = CODE_NATIVE, .name = name_string(both, n + m), .module = name_text(module)};
  uint32_t id = code.name ? add_code(code, NULL, NULL) : 0;
  return id && table_add(&names.natives, key, id) ? id : 0;
}

/* text_of: a short text of ASCII in place, as names in C are; "" for any other. */
static const char *text_of(Value v, char *out, size_t room) {
  *out = 0;
  if (!value_is_pointer(v) || !value_is(v, str)) return out;
  const Str *text = value_object(v);
  if (!str_is_ascii(text) || text->length >= room) return out;
  memcpy(out, str_data(text), text->length);
  out[text->length] = 0;
  return out;
}

/* The name of a built-in class may be `module.name`, its spec's; owner "" for plain functions. */
static const char *class_name(const Type *type, char *out, size_t room) {
  return type && type->name ? text_of(value_from(type->name), out, room) : (*out = 0, out);
}

uint32_t name_native(const NativeFunction *function) {
  char owner[64], module[64];
  uint64_t key = key_mix((uintptr_t)function->spec, (uintptr_t)function->owner);
  uint32_t known = table_find(&names.natives, key);
  if (known) return known;
  return add_native(key, class_name(function->owner, owner, sizeof owner), function->spec->name,
                    text_of(function->module, module, sizeof module));
}

uint32_t name_class(const Type *type) {
  char name[64];
  uint64_t key = key_mix((uintptr_t)type, 0);
  uint32_t known = table_find(&names.natives, key);
  if (known) return known;
  return add_native(key, "", class_name(type, name, sizeof name), "");
}

/* ---- stacks */
uint32_t name_stack(uint32_t caller, uint32_t code, uint32_t insn) {
  uint64_t key = key_mix((uint64_t)caller << 32 | code, insn);
  uint32_t known = table_find(&names.stacks, key);
  if (known) return known;
  uint32_t row[4] = {names.stack_count + 1, caller, code, insn};
  if (!table_add(&names.stacks, key, row[0])) return 0;
  void *payload = log_reserve(RECORD_STACK, 0, sizeof row);
  if (!payload) return 0;
  memcpy(payload, row, sizeof row);
  log_commit();
  uint32_t file = code < names.file_of_capacity ? names.file_of[code] : 0;
  if (file && names.sources[file].state == FILE_UNSEEN) {
    names.sources[file].state = FILE_WANTED;
    names.wants_source = true;
  }
  return names.stack_count = row[0];
}

/* ---- Python's code: its texts are taken first, which may collect, then the lock */
typedef struct CodeText {
  Buffer file, name, module; /* [owned] */
  int32_t *lines;            /* [owned] */
  uint8_t *opcodes;          /* [owned] */
} CodeText;

static void take_text(VM *vm, Str *text, Buffer *out) {
  size_t size;
  buffer_init(out);
  const char *utf8 = str_utf8(vm, text, &size);
  if (utf8) buffer_add(out, utf8, size);
  else error_clear(vm);
}

static void take_module(VM *vm, const ThreadedCode *code, Buffer *out) {
  buffer_init(out);
  Value name = code->globals ? dict_get_str(vm, code->globals, NAME("__name__")) : VALUE_UNBOUND;
  if (value_is(name, str)) take_text(vm, value_object(name), out);
}

static bool take_instructions(const ThreadedCode *code, CodeText *out) {
  const ImageFunction *fn = &code->code->fn;
  out->lines = memory_take_zeroed(code->insn_count + 1, sizeof *out->lines);
  out->opcodes = memory_take(code->insn_count + 1);
  if (!out->lines || !out->opcodes) return false;
  for (uint32_t i = 0; i < code->insn_count; i++) out->opcodes[i] = fn->code[code->offsets[i]];
  LineIterator run;
  uint32_t i = 0;
  line_iterator_init(&run, fn);
  while (line_iterator_next(&run))
    for (; i < code->insn_count && code->offsets[i] < run.end; i++)
      if (run.position.line >= 0) out->lines[i] = code_shown_line(code->code, run.position.line);
  return true;
}

static bool take_all(VM *vm, const ThreadedCode *code, CodeText *out) {
  take_text(vm, code->code->filename, &out->file);
  take_text(vm, code->code->qualname, &out->name);
  take_module(vm, code, &out->module);
  return take_instructions(code, out);
}

static void release_text(CodeText *text) {
  buffer_deinit(&text->file);
  buffer_deinit(&text->name);
  buffer_deinit(&text->module);
  free(text->lines);
  free(text->opcodes);
}

static uint64_t key_of(const ThreadedCode *code, const CodeText *text) {
  uint64_t h = XXH3_64bits(text->file.bytes, text->file.size);
  h = XXH3_64bits_withSeed(text->name.bytes, text->name.size, h);
  h = XXH3_64bits_withSeed(text->module.bytes, text->module.size, h);
  h = XXH3_64bits_withSeed(text->lines, code->insn_count * sizeof *text->lines, h);
  h = XXH3_64bits_withSeed(text->opcodes, code->insn_count, h);
  return key_mix(h, (uint64_t)code->code->first_line << 32 | code->code->co_flags);
}

/* grow: twice as many items, the new ones zero; false: refused. */
static bool grow(void **items, size_t *capacity, size_t item_size) {
  size_t wanted = *capacity ? *capacity * 2 : 64;
  char *larger = memory_resize_array(*items, wanted, item_size);
  if (!larger) return false;
  memset(larger + *capacity * item_size, 0, (wanted - *capacity) * item_size);
  *items = larger;
  *capacity = wanted;
  return true;
}

static bool add_file(uint32_t id, uint32_t path_string, const Buffer *path) {
  struct {
    uint32_t id, path;
    uint64_t hash;
    uint32_t size, zero;
  } row = {.id = id, .path = path_string};
  while (id >= names.source_capacity)
    if (!grow((void **)&names.sources, &names.source_capacity, sizeof *names.sources)) return false;
  char *copy = memory_copy(path->bytes, path->size);
  void *payload = copy ? log_reserve(RECORD_FILE, 0, sizeof row) : NULL;
  if (!payload) return free(copy), false;
  memcpy(payload, &row, sizeof row);
  log_commit();
  names.sources[id] = (SourceFile){copy, path_string, FILE_UNSEEN};
  return true;
}

static uint32_t name_file(const Buffer *path) {
  uint64_t key = key_mix(XXH3_64bits(path->bytes, path->size), path->size);
  uint32_t known = table_find(&names.files, key), id = names.file_count + 1;
  if (known) return known;
  uint32_t string = name_string((const char *)path->bytes, path->size);
  if (!string || !add_file(id, string, path)) return 0;
  names.file_count = id;
  return table_add(&names.files, key, id) ? id : 0;
}

static bool remember_file(uint32_t code, uint32_t file) {
  while (code >= names.file_of_capacity)
    if (!grow((void **)&names.file_of, &names.file_of_capacity, sizeof *names.file_of))
      return false;
  names.file_of[code] = file;
  return true;
}

static uint32_t add_python(const ThreadedCode *code, const CodeText *text, uint64_t key) {
  const Code *source = code->code;
  RecordCode row = {
      .kind = CODE_PYTHON,
      .file = name_file(&text->file),
      .name = name_string((const char *)text->name.bytes, text->name.size),
      .module = name_string((const char *)text->module.bytes, text->module.size),
      .first_line = source->first_line > 0 ? (uint32_t)source->first_line : 0,
      .insn_count = code->insn_count,
      .flags = source->co_flags,
  };
  uint32_t id = add_code(row, text->lines, text->opcodes);
  if (!id || !table_add(&names.codes, key, id) || !remember_file(id, row.file)) return 0;
  return id;
}

uint32_t name_code(VM *vm, const ThreadedCode *code) {
  CodeText text = {0};
  uint32_t id = 0;
  if (take_all(vm, code, &text)) {
    uint64_t key = key_of(code, &text);
    log_lock();
    names_grow();
    id = table_find(&names.codes, key);
    if (!id) id = add_python(code, &text, key);
    log_unlock();
  }
  release_text(&text);
  return id;
}

/* ---- sources */
static void write_source(uint32_t id) {
  SourceText text;
  log_lock();
  SourceFile *file = &names.sources[id];
  bool wanted = file->state == FILE_WANTED;
  const char *path = file->path; /* it stays where it is */
  uint32_t path_string = file->path_string;
  if (wanted) file->state = FILE_WRITTEN;
  log_unlock();
  if (!wanted || !source_take(path, &text)) return;
  struct {
    uint32_t id, path;
    uint64_t hash;
    uint32_t size, zero;
  } row = {id, path_string, text.hash, text.size, 0};
  log_lock();
  char *payload = log_reserve(RECORD_FILE, 0, (uint32_t)(sizeof row + text.deflated_size));
  if (payload) {
    memcpy(payload, &row, sizeof row);
    memcpy(payload + sizeof row, text.deflated, text.deflated_size);
    log_commit();
  }
  log_unlock();
  free(text.deflated);
}

void names_write_sources(void) {
  if (!names.wants_source) return;
  names.wants_source = false;
  for (uint32_t id = 1; id <= names.file_count; id++)
    if (names.sources[id].state == FILE_WANTED) write_source(id);
}
