/* misses.c -- counts by site why inline caches have not answered, and prints the table of -X
** misses.
**
** A site is an instruction of a code object, whichever of its translations has run. The codes are
** kept alive, classes and shapes are not: their addresses are only compared.
*/
#include "vm/interp/misses.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/interp/frame.h"

enum { KINDS = 4, ROWS = 30, SITES_AT_FIRST = 256 };

typedef struct Kind {
  uint32_t key;
  const void *kind;
  const Type *type;
} Kind;

/* Law: code NULL: the place in the table is free. */
typedef struct MissSite {
  Code *code;         /* [gc] */
  uint32_t offset;    /* of the instruction in its bytecode */
  uint8_t kind_count; /* at most KINDS + 1: more than fit have been met */
  Kind kinds[KINDS], last;
  uint32_t counts[MISS_COUNT];
} MissSite;

typedef struct Misses {
  MissSite *sites;       /* [owned] hashed by code and offset */
  size_t used, capacity; /* capacity: a power of two, at most half used */
  uint64_t lost;         /* there was no memory to count them */
} Misses;

static const char *const reasons[MISS_COUNT] = {
#define MISS(name, text) [MISS_##name] = text,
#include "vm/interp/miss_reasons.def"
#undef MISS
};

static MissSite *find_site(const Misses *m, const Code *code, uint32_t offset) {
  size_t i = ((uintptr_t)code >> 4) * 31 + offset;
  for (;; i++) {
    MissSite *site = &m->sites[i & (m->capacity - 1)];
    if (!site->code || (site->code == code && site->offset == offset)) return site;
  }
}

static bool grow(Misses *m) {
  Misses larger = {memory_take_zeroed(m->capacity * 2, sizeof(MissSite)), m->used, m->capacity * 2,
                   m->lost};
  if (!larger.sites) return false;
  for (size_t i = 0; i < m->capacity; i++)
    if (m->sites[i].code) *find_site(&larger, m->sites[i].code, m->sites[i].offset) = m->sites[i];
  free(m->sites);
  *m = larger;
  return true;
}

static MissSite *site_of(Misses *m, Code *code, uint32_t offset) {
  if (2 * m->used >= m->capacity && !grow(m)) return NULL;
  MissSite *site = find_site(m, code, offset);
  if (!site->code) m->used++;
  site->code = code;
  site->offset = offset;
  return site;
}

/* Of the kinds that the site has met the one with the receiver's key, or (by_key false) of its
** shape; or NULL. */
static const Kind *met(const MissSite *site, const Receiver *r, bool by_key) {
  for (int i = 0; i < site->kind_count && i < KINDS; i++)
    if (by_key ? site->kinds[i].key == r->key : site->kinds[i].kind == r->kind)
      return &site->kinds[i];
  return NULL;
}

static MissReason reason_to_fill(const MissSite *site, const Receiver *r, bool was_known) {
  if (!site->kind_count) return MISS_FIRST;
  if (site->last.key == r->key) return r->type == TYPE_OF(module) ? MISS_MODULE : MISS_GUARD;
  if (site->kind_count > KINDS) return MISS_MEGAMORPHIC;
  if (met(site, r, true)) {
    if (!was_known) return MISS_FORGOTTEN;
  } else if (met(site, r, false)) {
    return MISS_CLASS_CHANGED;
  } else if (site->kind_count == KINDS) {
    return MISS_MEGAMORPHIC;
  }
  return site->last.type == r->type ? MISS_OTHER_SHAPE : MISS_OTHER_CLASS;
}

static void remember(MissSite *site, const Receiver *r) {
  site->last = (Kind){r->key, r->kind, r->type};
  if (site->kind_count > KINDS || met(site, r, true)) return;
  Kind *known = (Kind *)met(site, r, false); /* the same kind under its former key */
  if (known) *known = site->last;
  else if (site->kind_count++ < KINDS) site->kinds[site->kind_count - 1] = site->last;
}

void miss_count(VM *vm, const void *insn, const Receiver *r, MissReason reason) {
  Misses *m = vm->misses;
  const ThreadedCode *code = frame_function(vm->base)->threaded;
  MissSite *site = site_of(m, code->code, threaded_offset(code, insn));
  if (!site) {
    m->lost++;
    return;
  }
  bool fills = reason == MISS_NONE || reason == MISS_KNOWN;
  if (fills) {
    reason = reason_to_fill(site, r, reason == MISS_KNOWN);
    remember(site, r);
  }
  if (site->counts[reason] < UINT32_MAX) site->counts[reason]++;
}

static void mark_codes(Marker *marker, VM *vm, void *data) {
  const Misses *m = data;
  for (size_t i = 0; i < m->capacity; i++) mark_object(marker, m->sites[i].code);
}

bool misses_start(VM *vm) {
  static Misses misses;
  misses = (Misses){.capacity = SITES_AT_FIRST};
  misses.sites = memory_take_zeroed(misses.capacity, sizeof(MissSite));
  if (!misses.sites) return false;
  heap_add_root_scanner(vm, mark_codes, &misses);
  vm->misses = &misses;
  return true;
}

/* ---- the table */
typedef struct Row {
  const MissSite *site;
  MissReason reason;
  uint32_t count;
} Row;

static int more_first(const void *a, const void *b) {
  const Row *x = a, *y = b;
  if (x->count != y->count) return x->count < y->count ? 1 : -1;
  if (x->site->code->first_line != y->site->code->first_line)
    return x->site->code->first_line < y->site->code->first_line ? -1 : 1;
  return x->site->offset < y->site->offset ? -1 : x->site->offset > y->site->offset;
}

/* The instruction's name, and the one that it looks up. */
static void print_site(const Code *code, uint32_t offset) {
  Insn insn;
  op_decode(code->fn.code + offset, &insn);
  const OpInfo *row = &op_info[insn.op];
  const char *name = "";
  for (int i = 0; i < row->operand_count; i++)
    if (row->operands[i].kind == OPERAND_NAME)
      name =
          image_string(code->fn.image, function_name(&code->fn, (uint32_t)insn.operand[i])).bytes;
  fprintf(stderr, "  %-12s %-20s", row->name, name);
}

static void print_row(VM *vm, const Row *row) {
  Code *code = row->site->code;
  const char *file = str_utf8(vm, code->filename, NULL);
  char where[PATH_MAX + 16];
  snprintf(where, sizeof where, "%s:%d", file ? file : "?", code_line(code, row->site->offset));
  fprintf(stderr, "%-30s", where);
  print_site(code, row->site->offset);
  fprintf(stderr, "%10u  %s\n", row->count, reasons[row->reason]);
}

static size_t collect_rows(const Misses *m, Row *rows, uint64_t *totals) {
  size_t n = 0;
  for (size_t i = 0; i < m->capacity; i++) {
    for (MissReason reason = MISS_NONE; m->sites[i].code && reason < MISS_COUNT; reason++) {
      uint32_t count = m->sites[i].counts[reason];
      totals[reason] += count;
      if (count) rows[n++] = (Row){&m->sites[i], reason, count};
    }
  }
  return n;
}

void misses_print(VM *vm) {
  const Misses *m = vm->misses;
  uint64_t totals[MISS_COUNT] = {0};
  Row *rows = memory_take_zeroed(m->used * MISS_COUNT, sizeof(Row));
  if (m->used && !rows) return;
  size_t n = collect_rows(m, rows, totals);
  if (n) qsort(rows, n, sizeof *rows, more_first);
  fputs("misses of inline caches\n", stderr);
  for (size_t i = 0; i < n && i < ROWS; i++) print_row(vm, &rows[i]);
  if (n > ROWS) fprintf(stderr, "… and %zu rows more\n", n - ROWS);
  for (MissReason reason = MISS_NONE; reason < MISS_COUNT; reason++)
    if (totals[reason]) fprintf(stderr, "all%72" PRIu64 "  %s\n", totals[reason], reasons[reason]);
  if (m->lost) fprintf(stderr, "%" PRIu64 " not counted: no memory\n", m->lost);
  free(rows);
}
