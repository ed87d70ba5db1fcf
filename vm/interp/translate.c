/* translate.c -- bytecode to threaded code, at a function's first call.
** One pass sizes the instructions and maps byte offsets to cells, a second one writes them. See
** threaded.h for the format. */
#include "vm/base/memory.h"
#include "vm/interp/counted.h"
#include "vm/interp/interp_verify.h"
#include "vm/interp/threaded.h"

#include <stdio.h>
#include <stdlib.h>

#include "vm/contracts/error.h"
#include "vm/contracts/recorder.h"
#include "vm/interp/frame.h"
#include "vm/interp/liveness.h"
#include "vm/interp/peephole.h"
#include "vm/interp/slow.h"

ThreadedCode threaded_stub = {.fast_argc = 0xffff};

typedef struct Translator {
  VM *vm;
  Code *source;
  ThreadedCode *code;
  uint32_t *cell_of;   /* [owned] byte offset of an instruction → cell index */
  uint32_t wide_names; /* instructions whose name's number does not fit */
  /* an operand is larger than its field: the compiler makes none, and the verifier lets none
  ** pass */
  bool does_not_fit;
  bool instrumented;
  CodeBlock *blocks; /* [owned by the code] of counted code; else NULL */
  uint32_t block_count;
} Translator;

/* What an instruction takes. NOPs are there for lines without work (`pass`): only who watches lines
** needs them. */
static uint32_t cells_needed(const Translator *t, int op) {
  if (t->instrumented) return 1u + threaded_cells[op];
  return op == OP_NOP && !t->blocks ? 0 : threaded_cells[op];
}

/* has_tally: instruction `insn` has a TALLY cell before it, that of block *next, which is then the
** next one. */
static bool has_tally(const Translator *t, uint32_t insn, uint32_t *next) {
  if (!t->blocks || *next == t->block_count) return false;
  if (t->blocks[*next].first + t->blocks[*next].late != insn) return false;
  (*next)++;
  return true;
}

/* Jumps to jumps that are there for their lines (break) go straight to the end, as long as that is
** forwards: what loops polls. */
static uint32_t final_target(const ImageFunction *fn, uint32_t from, uint32_t target) {
  uint32_t at = target;
  for (int hops = 0; hops < 8 && at < fn->code_size; hops++) {
    uint8_t op = fn->code[at];
    if (LIKELY(op != OP_NOP && op != OP_JUMP && op != OP_LOOP)) break;
    Insn insn;
    const uint8_t *next = op_decode(fn->code + at, &insn);
    uint32_t to = (uint32_t)OPERANDS(JUMP, &insn)->target;
    if (insn.op == OP_NOP) at = (uint32_t)(next - fn->code);
    else if ((insn.op == OP_JUMP || insn.op == OP_LOOP) && to > from && to != at) target = at = to;
    else break;
  }
  return target;
}

/* narrow_name: what stands in the instruction for the name's number. */
static uint16_t narrow_name(Translator *t, uint32_t number, uint32_t cell) {
  if (number <= NARROW_MAX) return (uint16_t)number;
  t->code->wide_names[t->code->wide_count++] = (struct WideName){cell, number};
  return NAME_IS_WIDE;
}

/* distance: of a jump, in bytes. */
static int64_t distance(const Translator *t, const uint8_t *at, uint32_t here, uint32_t target) {
  if (!t->instrumented && !t->blocks)
    target = final_target(&t->source->fn, (uint32_t)(at - t->source->fn.code), target);
  return ((int64_t)t->cell_of[target] - here) * (int64_t)sizeof(InsnCell);
}

/* ---- operands, straight from the bytes into the fields of the row's struct */
static COLD uint32_t take_long(const uint8_t **at) {
  uint32_t n = 0;
  int shift = 0;
  for (; **at & 0x80; shift += 7) n |= (uint32_t)(*(*at)++ & 0x7F) << shift;
  return n | (uint32_t) * (*at)++ << shift;
}

static inline uint32_t take(const uint8_t **at) {
  return LIKELY(**at < 0x80) ? *(*at)++ : take_long(at);
}

static inline uint16_t take_narrow(Translator *t, const uint8_t **at) {
  uint32_t n = take(at);
  if (UNLIKELY(n > UINT16_MAX)) t->does_not_fit = true;
  return (uint16_t)n;
}

static inline int16_t take_int(Translator *t, const uint8_t **at) {
  uint32_t n = take(at);
  int32_t operand = (int32_t)((n >> 1) ^ -(n & 1));
  if (UNLIKELY(operand != (int16_t)operand)) t->does_not_fit = true;
  return (int16_t)operand;
}

static inline uint32_t take_target(const uint8_t **at) {
  const uint8_t *p = *at;
  *at += JUMP_BYTES;
  return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

static int32_t near_distance(Translator *t, int64_t bytes) {
  if (UNLIKELY(bytes != (int32_t)bytes)) t->does_not_fit = true;
  return (int32_t)bytes;
}

#pragma push_macro("NAME") /* objects/str.h has its own */
#undef NAME
#define NO_OPERANDS
#define OUT(n, ...) insn->n = take_narrow(t, &at);
#define INOUT(n, ...) insn->n = take_narrow(t, &at);
#define IN(n, ...) insn->n = take_narrow(t, &at);
#define BASE(n) insn->n = take_narrow(t, &at);
#define COUNT(n) insn->n = take_narrow(t, &at);
#define INDEX(n) insn->n = take_narrow(t, &at);
#define INT(n) insn->n = take_int(t, &at);
#define NAME(n) insn->n = narrow_name(t, take(&at), here);
#define CONST(n) insn->n = constants[take(&at)];
#define JUMP(n) insn->n = near_distance(t, distance(t, start, here, take_target(&at)));
#define FAR_JUMP(n) insn->n = distance(t, start, here, take_target(&at));
#define READS(...)
#define WRITES(...)
/* write_insn: what the bytecode at `start` says, its constants and distances in place of numbers;
** the cache is empty. Returns where the next instruction starts. */
static const uint8_t *write_insn(Translator *t, InsnCell *cell, const uint8_t *start) {
  const Value *constants = t->source->constants->items;
  const uint8_t *at = start;
  uint32_t here __attribute__((unused)) = (uint32_t)(cell - t->code->cells);
  switch ((Opcode)*at++) {
#define OP(op_name, operands, cache, flags, doc)           \
  case OP_##op_name: {                                     \
    Insn_##op_name *insn = (Insn_##op_name *)(void *)cell; \
    quicken(insn, T_##op_name);                            \
    operands break;                                        \
  }
#include "vm/bytecode/opcodes.def"
#undef OP
  case OP_COUNT: break;
  }
  return at;
}
#include "vm/bytecode/operands_end.inc"
#pragma pop_macro("NAME")

static bool has_wide_name(const uint8_t *at) {
  Insn insn;
  op_decode(at, &insn);
  const OpInfo *info = &op_info[insn.op];
  for (int i = 0; i < info->operand_count; i++)
    if (info->operands[i].kind == OPERAND_NAME) return insn.operand[i] > NARROW_MAX;
  return false;
}

static void measure(Translator *t, uint32_t *cells, uint32_t *insns) {
  const ImageFunction *fn = &t->source->fn;
  const uint8_t *at = fn->code, *end = fn->code + fn->code_size;
  bool can_be_wide = fn->name_count > NARROW_MAX;
  uint32_t cell = 0, insn = 0, block = 0;
  for (; at < end; at = op_next(at), insn++) {
    t->cell_of[at - fn->code] = cell;
    cell += has_tally(t, insn, &block);
    cell += cells_needed(t, *at);
    if (UNLIKELY(can_be_wide)) t->wide_names += has_wide_name(at);
  }
  t->cell_of[fn->code_size] = cell;
  *cells = cell, *insns = insn;
}

static void write_tally(InsnCell *cell, const uint64_t *counter) {
  uint64_t address = (uintptr_t)counter;
  assert(address < UINT64_C(1) << 48);
  *(TallyCell *)(void *)cell = (TallyCell){address << 16 | threaded_handler(T_TALLY)};
}

static void write_all(Translator *t) {
  const ImageFunction *fn = &t->source->fn;
  const uint8_t *at = fn->code, *end = fn->code + fn->code_size;
  InsnCell *cell = t->code->cells;
  for (uint32_t i = 0, block = 0; at < end; i++) {
    t->code->starts[i] = (uint32_t)(cell - t->code->cells);
    t->code->offsets[i] = (uint32_t)(at - fn->code);
    uint32_t size = cells_needed(t, *at);
    if (has_tally(t, i, &block)) write_tally(cell++, &t->code->counters[block - 1]);
    if (t->instrumented) *(TraceCell *)cell++ = (TraceCell){threaded_handler(T_TRACE), i}, size--;
    at = size ? write_insn(t, cell, at) : op_next(at);
    cell += size;
  }
  for (uint32_t i = 0; i < fn->range_count; i++) {
    ExceptionRange range = function_range(fn, i);
    t->code->ranges[i] = (ThreadedRange){t->cell_of[range.start], t->cell_of[range.end],
                                         t->cell_of[range.target], (uint16_t)range.reg, false};
  }
}

#if KRAIT_CHECKS >= 1
/* Each operand that is no name and no jump stands in its field as the bytecode has it. */
static bool written_verify(const Translator *t) {
  const ThreadedCode *code = t->code;
  for (uint32_t i = 0; i < code->insn_count; i++) {
    Insn insn;
    op_decode(t->source->fn.code + code->offsets[i], &insn);
    const InsnCell *cell = code_insn(code, i) + t->instrumented;
    const OpInfo *info = &op_info[insn.op];
    if (!cells_needed(t, insn.op)) continue;
    for (int n = 0; n < info->operand_count; n++) {
      OperandKind kind = info->operands[n].kind;
      int64_t written = insn_get(cell, &insn_fields(insn.op)[n], kind);
      if (kind == OPERAND_CONST)
        LAW(written == (int64_t)t->source->constants->items[insn.operand[n]]);
      else if (kind != OPERAND_JUMP && kind != OPERAND_NAME) LAW(written == insn.operand[n]);
    }
  }
  return true;
}
#endif

static void fill_entry(ThreadedCode *code, const ImageFunction *fn) {
  bool plain = !(fn->flags & (FUNCTION_VARARGS | FUNCTION_VARKEYWORDS | FUNCTION_NAMESPACE)) &&
               fn->kwonlycount == 0;
  code->register_count = fn->register_count;
  code->fast_argc = plain && fn->argcount < 0xffff ? (uint16_t)fn->argcount : 0xffff;
  uint32_t parameters = fn->argcount + fn->kwonlycount + !!(fn->flags & FUNCTION_VARARGS) +
                        !!(fn->flags & FUNCTION_VARKEYWORDS);
  code->frame_size =
      (fn->register_count > parameters ? fn->register_count : parameters) + FRAME_SLACK;
  code->clear_from = parameters;
  /* cells too: they count as alive before they are made */
  uint32_t named = code_named_registers(code->code);
  code->clear_to = named > parameters ? named : parameters;
}

static void fill_lines(ThreadedCode *code) {
  LineIterator run;
  uint32_t i = 0;
  line_iterator_init(&run, &code->code->fn);
  while (line_iterator_next(&run))
    for (; i < code->insn_count && code->offsets[i] < run.end; i++)
      code->lines[i] = run.position.line < 0 ? 0 : code_shown_line(code->code, run.position.line);
}

static size_t account_size(const ThreadedCode *code) {
  return sizeof *code + sizeof(InsnCell) * code->cell_count +
         2 * sizeof(uint32_t) * code->insn_count;
}

/* count_blocks: the code's counters, and where its blocks begin. Without them it is not counted. */
static uint64_t *count_blocks(Translator *t) {
  t->blocks = code_blocks(t->source, &t->block_count);
  uint64_t *counters = t->blocks ? count_hook->counters(t->vm, t->block_count) : NULL;
  if (!counters) free(t->blocks), t->blocks = NULL;
  return counters;
}

ThreadedCode *threaded_translate(VM *vm, Code *source, Dict *globals, bool instrumented) {
  Translator t = {.vm = vm, .source = source, .instrumented = instrumented};
  const ImageFunction *fn = &source->fn;
  uint64_t *counters = UNLIKELY(count_hook != NULL) && !instrumented ? count_blocks(&t) : NULL;
  t.cell_of = memory_take(sizeof(uint32_t) * (fn->code_size + 1));
  if (!t.cell_of) return free(t.blocks), raise_memory(vm), NULL;
  uint32_t cells, insns;
  measure(&t, &cells, &insns);
  t.code = memory_take_zeroed(1, sizeof(ThreadedCode) + sizeof(InsnCell) * cells);
  uint32_t columns = instrumented ? 3 : 2;
  size_t wide_bytes = sizeof(struct WideName) * t.wide_names;
  uint32_t *map =
      memory_take_zeroed(1, sizeof(uint32_t) * columns * insns +
                                sizeof(ThreadedRange) * (fn->range_count + 1) + wide_bytes);
  if (!t.code || !map) {
    free(t.cell_of), free(t.code), free(map), free(t.blocks);
    return raise_memory(vm), NULL;
  }
  t.code->counters = counters;
  t.code->blocks = t.blocks;
  t.code->block_count = t.block_count;
  t.code->code = source;
  t.code->globals = globals;
  t.code->cell_count = cells;
  t.code->insn_count = insns;
  t.code->starts = map;
  t.code->offsets = map + insns;
  t.code->ranges = (ThreadedRange *)(map + columns * insns);
  t.code->range_count = fn->range_count;
  if (t.wide_names) t.code->wide_names = (struct WideName *)(t.code->ranges + fn->range_count + 1);
  fill_entry(t.code, fn);
  if (fn->flags & (FUNCTION_GENERATOR | FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR))
    t.code->suspended_count = (uint16_t)suspended_registers(source);
  write_all(&t);
  if (UNLIKELY(t.does_not_fit)) {
    free(t.cell_of), free(t.code), free(map), free(t.blocks);
    return raise_error(vm, TYPE_OF(SystemError), "an operand of '%U' is too large", source->name),
           NULL;
  }
#if KRAIT_CHECKS >= 1
  assert(written_verify(&t));
#endif
  t.code->instrumented = instrumented;
  if (instrumented) t.code->lines = (int32_t *)(map + 2 * insns), fill_lines(t.code);
  else peephole(t.code);
  free(t.cell_of);
  heap_account(vm, (ptrdiff_t)account_size(t.code));
  deep_check(threaded_verify(t.code));
  return t.code;
}

ThreadedCode *threaded_of_globals(const Code *code, const Dict *globals) {
  for (ThreadedCode *known = code->threaded; known; known = known->next)
    if (known->globals == globals) return known;
  return NULL;
}

/* Code that has enough translations (run by exec in ever new namespaces, mostly) lends the one that
** was taken longest ago (perf-note 0041). */
static ThreadedCode *take_over(Code *code, Dict *globals) {
  enum { TRANSLATIONS_MAX = 4 };
  ThreadedCode **link = &code->threaded;
  int count = 1;
  if (!*link) return NULL;
  for (; (*link)->next; link = &(*link)->next) count++;
  if (count < TRANSLATIONS_MAX) return NULL;
  ThreadedCode *last = *link;
  *link = NULL;
  last->next = code->threaded;
  last->globals = globals;
  return code->threaded = last;
}

ThreadedCode *function_threaded(VM *vm, Function *function) {
  if (function->threaded && function->threaded != &threaded_stub) return function->threaded;
  Code *code = function->code;
  ThreadedCode *known = threaded_of_globals(code, function->globals);
  if (!known) known = take_over(code, function->globals);
  if (known) return function->threaded = known;
  if (!code_materialise(vm, code)) return NULL;
  ThreadedCode *made = threaded_translate(vm, code, function->globals, false);
  if (!made) return NULL;
  made->next = code->threaded;
  code->threaded = made;
  function->threaded = made;
  if (UNLIKELY(recorder != NULL)) recorder->translated(vm, made);
  return made;
}

void threaded_free_all(VM *vm, ThreadedCode *first) {
  if (first) attr_forget_sites();
  while (first) {
    ThreadedCode *next = first->next;
    threaded_free_all(vm, first->twin);
    heap_account(vm, -(ptrdiff_t)account_size(first));
    free(first->redirected);
    if (!first->instrumented) free(first->blocks);
    free(first->starts); /* offsets, lines, ranges and wide names are in the same piece */
    free(first);
    first = next;
  }
}

/* Sites are known by their addresses until somebody says that they are gone, which clears a table:
** some codes are collected first. What has run a code looks at its translations later only where it
** was watched (Frame.jump). */
bool threaded_release(VM *vm, Code *code) {
  enum { MANY = 16 };
  static ThreadedCode *released[MANY];
  static int count;
  for (const ThreadedCode *t = code->threaded; t; t = t->next)
    if (t->twin) return false;
  if (code->fn.flags & (FUNCTION_GENERATOR | FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR))
    return false;
  released[count++] = code->threaded;
  code->threaded = NULL;
  if (count < MANY) return true;
  while (count) threaded_free_all(vm, released[--count]);
  return true;
}

/* the last instruction that starts at or before the cell: NOPs without cells of their own are not
** found */
uint32_t threaded_insn(const ThreadedCode *code, const InsnCell *at) {
  uint32_t low = 0, high = code->insn_count,
           cell = at < code->cells ? 0 : (uint32_t)(at - code->cells);
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (code->starts[middle] <= cell) low = middle;
    else high = middle;
  }
  return low;
}

uint32_t threaded_offset(const ThreadedCode *code, const InsnCell *cell) {
  const ThreadedCode *in = threaded_of(code, cell);
  return in->offsets[threaded_insn(in, cell)];
}

uint32_t threaded_wide_name(const ThreadedCode *code, const InsnCell *pc) {
  const ThreadedCode *in = threaded_of(code, pc);
  uint32_t low = 0, high = in->wide_count, cell = (uint32_t)(pc - in->cells);
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (in->wide_names[middle].cell <= cell) low = middle;
    else high = middle;
  }
  return in->wide_names[low].name;
}

void threaded_dump(VM *vm, ThreadedCode *code, void *file) {
  for (uint32_t i = 0; i < code->insn_count; i++) {
    if (i + 1 < code->insn_count && code->starts[i] == code->starts[i + 1]) continue; /* a NOP */
    fprintf(file, "%5u  ", code->starts[i]);
    insn_print(file, &code->cells[code->starts[i]], code->starts[i]);
    fputc('\n', file);
  }
}
