/* dump_runtime.c -- what only a program that has run can show: threaded code, inline caches, the
** heap. */
#include "vm/base/memory.h"
#include "src/driver/dump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm/interp/threaded.h"
#include "vm/memory/heap.h"

/* ---- threaded code and inline caches: of every code object that was translated */
static void print_title(VM *vm, const Code *code) {
  printf("%s (%s:%d)\n", str_utf8(vm, code->qualname, NULL), str_utf8(vm, code->filename, NULL),
         code->first_line);
}

/* One line a site: cell, source line, form it has now, key or stamp it compares. */
static void print_caches(ThreadedCode *code) {
  for (uint32_t i = 0; i < code->insn_count; i++) {
    const InsnCell *cell = &code->cells[code->starts[i]];
    int op = threaded_op(cell);
    bool nop = i + 1 < code->insn_count && code->starts[i] == code->starts[i + 1];
    if (nop || !insn_has_cache(op)) continue;
    printf("%5u  line %-5d %-22s ", code->starts[i], code_line(code->code, code->offsets[i]),
           threaded_names[op]);
    insn_print_cache(stdout, cell);
    putchar('\n');
  }
}

typedef struct CodeDump {
  VM *vm;
  bool caches;
} CodeDump;

static void dump_code(Object *object, void *data) {
  const CodeDump *dump = data;
  if (object->shape != SHAPE_OF(code)) return;
  Code *code = (Code *)object;
  for (ThreadedCode *threaded = code->threaded; threaded; threaded = threaded->next) {
    print_title(dump->vm, code);
    if (dump->caches) print_caches(threaded);
    else threaded_dump(dump->vm, threaded, stdout);
  }
}

/* ---- the heap: live objects by class */
typedef struct ClassCount {
  Type *type;
  size_t count, bytes;
} ClassCount;
/* classes [owned] */
typedef struct HeapDump {
  ClassCount *classes;
  size_t used, capacity;
} HeapDump;

static void count_object(Object *object, void *data) {
  HeapDump *dump = data;
  Type *type = object_type(object);
  size_t i = 0;
  while (i < dump->used && dump->classes[i].type != type) i++;
  if (i == dump->capacity) {
    dump->capacity = dump->capacity ? dump->capacity * 2 : 256;
    dump->classes = memory_resize(dump->classes, dump->capacity * sizeof(ClassCount));
    if (!dump->classes) memory_end("the dump");
  }
  if (i == dump->used) dump->classes[dump->used++] = (ClassCount){type, 0, 0};
  dump->classes[i].count++;
  dump->classes[i].bytes += heap_cell_size(object);
}

static int by_bytes(const void *a, const void *b) {
  size_t x = ((const ClassCount *)a)->bytes, y = ((const ClassCount *)b)->bytes;
  return (x < y) - (x > y);
}

static void dump_heap(VM *vm) {
  HeapDump dump = {0};
  heap_collect(vm, 2);
  HeapStats stats = heap_stats(vm);
  heap_walk(vm, count_object, &dump);
  qsort(dump.classes, dump.used, sizeof(ClassCount), by_bytes);
  printf("%12s %10s  class\n", "bytes", "objects");
  for (size_t i = 0; i < dump.used; i++)
    printf("%12zu %10zu  %s\n", dump.classes[i].bytes, dump.classes[i].count,
           str_utf8(vm, dump.classes[i].type->qualname, NULL));
  printf("live %zu bytes; %zu minor and %zu full collections, longest pause %.3f ms\n",
         stats.live_bytes, stats.minor_collections, stats.full_collections,
         (double)stats.pause_ns_max / 1e6);
  free(dump.classes);
}

bool dump_needs_run(const char *kind) {
  return !strcmp(kind, "threaded") || !strcmp(kind, "ic") || !strcmp(kind, "heap");
}

void dump_after_run(VM *vm, const char *kind) {
  CodeDump dump = {vm, !strcmp(kind, "ic")};
  if (!strcmp(kind, "heap")) dump_heap(vm);
  else heap_walk(vm, dump_code, &dump);
  fflush(stdout);
}
