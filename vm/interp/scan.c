/* scan.c -- value stacks and suspended generators as roots. perf-note 0045.
**
** A frame is at one instruction: the newest one at vm->pc, its caller where its header says, and so
** on down.
**
**   the callee took over      variables, and temporaries that outlive the instruction (LiveTable).
**                             The window is the callee's.
**   C works on it (running)   the instruction's operands too: a native function's arguments are
**                             still in the window. So it is in the newest frame, and in callers of
**                             frames that return to C (FRAME_ENTRY).
**
** Between a frame and the one that C has pushed above it there may be a window that is being filled
** (VM.entry_top): scanned whole. Registers are looked at as words that may be stale: a temporary
** that is alive on some path may not have been written on this one. Checked by KRAIT_GC_STRESS:
** registers found dead are overwritten with a pointer to nowhere.
*/
#include "vm/interp/frame.h"
#include "vm/interp/interp_verify.h"
#include "vm/interp/counted.h"
#include "vm/interp/liveness.h"

#define POISON ((Value)UINT64_C(0xdead0dead0dead02)) /* a pointer that no machine can follow */

enum {
  LEFTOVERS = 512, /* values above a frame whose size is not known */
  SITES = 64,
  ROW_BYTES = (REGISTER_MAX + 8) / 8,
};

/* An instruction of a function, as far as a scan needs it. Recursion meets the same ones again and
** again. */
typedef struct Site {
  const void *pc;
  const ThreadedCode *code;
  const LiveTable *table;
  const uint8_t *row;
  uint32_t insn;
} Site;

typedef struct Scan {
  Marker *marker;
  Site *sites;      /* [borrowed] SITES of them, by pc */
  Value *base;      /* the frame at work */
  const Site *site; /* where it is */
  uint8_t *alive;   /* [borrowed] its temporaries that are alive, ROW_BYTES */
} Scan;

/* ---- where a frame is */
static bool code_contains(const ThreadedCode *code, const InsnCell *pc) {
  return pc >= code->cells && pc < code->cells + code->cell_count;
}

/* locate: false: the frame runs code that is not known, or no memory: all its registers count. */
static bool locate(Site *site, const Function *function, const InsnCell *pc) {
  if (!function->threaded || function->threaded == &threaded_stub) return false;
  /* its parameters may lie beyond its registers */
  if (function->code->fn.flags & FUNCTION_FAR) return false;
  const ThreadedCode *code = threaded_of(function->threaded, pc);
  if (!code_contains(code, pc)) return false;
  const LiveTable *table = code_live_table(code->code);
  if (!table) return false;
  uint32_t insn = threaded_insn(code, pc);
  *site = (Site){pc, code, table, live_row(table, insn), insn};
  return true;
}

static const Site *find_site(Scan *scan, const Function *function, const InsnCell *pc) {
  Site *site = &scan->sites[((uintptr_t)pc >> 3) % SITES];
  if (site->pc == pc &&
      (site->code == function->threaded || site->code == threaded_of(function->threaded, pc)))
    return site;
  return locate(site, function, pc) ? site : NULL;
}

static Insn insn_at(const ThreadedCode *code, uint32_t number) {
  Insn insn;
  op_decode(code->code->fn.code + code->offsets[number], &insn);
  return insn;
}

/* ---- marking */
static void mark_registers(Marker *marker, const Value *from, const Value *to) {
  for (; from < to; from++)
    if (value_is_pointer(*from)) mark_possible(marker, *from);
}

static void mark_temporaries(Marker *marker, const Value *first, const uint8_t *alive,
                             uint32_t count) {
  for (uint32_t b = 0; b * 8 < count; b++)
    for (unsigned bits = alive[b]; bits; bits &= bits - 1) {
      Value v = first[b * 8 + (uint32_t)__builtin_ctz(bits)];
      if (value_is_pointer(v)) mark_possible(marker, v);
    }
}

static void poison(Value *first, const uint8_t *alive, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (!(alive[i / 8] >> (i % 8) & 1)) first[i] = POISON;
}

/* ---- the instruction that C works on */
static void add_register(void *data, uint32_t reg) {
  Scan *scan = data;
  const LiveTable *table = scan->site->table;
  if (reg >= table->first && reg - table->first < table->count)
    scan->alive[(reg - table->first) / 8] |= (uint8_t)(1 << ((reg - table->first) % 8));
}

static bool is_call(int op) {
  return op == OP_CALL || op == OP_CALL_KW || op == OP_CALL_METHOD || op == OP_CALL_METHOD_KW ||
         op == OP_CALL_EX;
}

/* The bounds that BUILD_SLICE_LOAD and _STORE leave to the instruction behind them. */
static void add_slice_bounds(Scan *scan) {
  const ThreadedCode *code = scan->site->code;
  if (scan->site->insn == 0) return;
  uint32_t before = scan->site->insn - 1;
  const InsnCell *build = code_insn(code, before);
  if (!insn_is(build, T_BUILD_SLICE_LOAD) && !insn_is(build, T_BUILD_SLICE_STORE)) return;
  Insn slice = insn_at(code, before);
  if (slice.op == OP_BUILD_SLICE) insn_operands(&code->code->fn, &slice, add_register, scan);
}

/* The window of a call whose arguments are being bound (enter_slow) holds more than the
** instruction's operands. */
static void mark_window(Scan *scan, const Insn *call) {
  const Value *window = scan->base + OPERANDS(CALL, call)->base + 1;
  mark_registers(scan->marker, window, window + window_filled(window));
}

/* add_operands: what C may still read. The number of temporaries that nobody may spoil meanwhile
** ends at the result. */
static uint32_t add_operands(Scan *scan) {
  const ThreadedCode *code = scan->site->code;
  Insn insn = insn_at(code, scan->site->insn);
  uint32_t count = scan->site->table->count, first = scan->site->table->first;
  if (insn.op == OP_YIELD || insn.op == OP_YIELD_DELEGATE) { /* the value is on its way already */
    if (insn.op == OP_YIELD_DELEGATE)
      add_register(scan, (uint32_t)OPERANDS(YIELD_DELEGATE, &insn)->iterator);
    return count;
  }
  insn_operands(&code->code->fn, &insn, add_register, scan);
  if (insn.op == OP_LOAD_INDEX || insn.op == OP_STORE_INDEX) add_slice_bounds(scan);
  if (!is_call(insn.op)) return count;
  mark_window(scan, &insn);
  uint32_t header = (uint32_t)OPERANDS(CALL, &insn)->base + 1 - FRAME_HEADER;
  return header > first ? header - first : 0;
}

/* ---- frames */
static void mark_header(Marker *marker, const Value *base) {
  const FrameHeader *header = frame_header(base);
  mark_possible(marker, header->function);
  if (frame_has(base, FRAME_INIT | FRAME_GENERATOR)) mark_possible(marker, header->extra);
  if (frame_known(base)) mark_possible(marker, value_from(frame_known(base)));
}

/* scan_known: the frame at scan->base; its temporaries from `limit` on are its callee's. */
static void scan_known(Scan *scan, bool running, const Value *limit) {
  const LiveTable *table = scan->site->table;
  Value *first = scan->base + table->first;
  uint32_t count = table->count, room = limit > first ? (uint32_t)(limit - first) : 0;
  const uint8_t *alive = scan->site->row;
  mark_registers(scan->marker, scan->base, first);
  if (running) {
    memcpy(scan->alive, alive, table->stride);
    alive = scan->alive;
    count = add_operands(scan);
  }
  mark_temporaries(scan->marker, first, alive, table->count);
  if (UNLIKELY(marker_poisons(scan->marker))) poison(first, alive, count < room ? count : room);
}

static Value *end_of_frame(const Value *base, const Site *site) {
  return (Value *)(uintptr_t)base + site->code->frame_size;
}

/* scan_frame: `above`: where the next frame's header begins; the newest frame: where the stack's
** used part ends. */
static void scan_frame(Scan *scan, const InsnCell *pc, bool running, const Value *above) {
  Function *function = frame_function(scan->base);
  mark_header(scan->marker, scan->base);
  scan->site = find_site(scan, function, pc);
  if (!scan->site) {
    mark_registers(scan->marker, scan->base, above);
    return;
  }
  Value *end = end_of_frame(scan->base, scan->site);
  scan_known(scan, running, above);
  if (above > end) mark_conservative(scan->marker, end, above);
}

/* How far the newest frame and a window above it reach. */
static const Value *used_end(const ThreadState *thread) {
  if (thread->entry_top) return thread->entry_top;
  if (!thread->base) return thread->stack;
  const ThreadedCode *code = frame_function(thread->base)->threaded;
  const Value *end = thread->base + (code && code != &threaded_stub ? code->frame_size : LEFTOVERS);
  return end < thread->stack_end ? end : thread->stack_end;
}

void scan_stack(Marker *marker, const ThreadState *thread) {
  Site sites[SITES] = {0};
  uint8_t alive[ROW_BYTES];
  Scan scan = {.marker = marker, .sites = sites, .alive = alive};
  const InsnCell *pc = thread->pc;
  const Value *above = used_end(thread);
  bool running = true;
  if (!thread->base) mark_conservative(marker, thread->stack, above);
  for (Value *base = thread->base; base;) {
    scan.base = base;
    scan_frame(&scan, pc, running, above);
    running = frame_has(base, FRAME_ENTRY);
    pc = frame_caller_insn(base);
    above = base - FRAME_HEADER;
    base = frame_below(base);
  }
}

void vm_mark_stack(Marker *marker, VM *vm) {
  if (!vm->stack) return;
  deep_check(frames_verify(vm));
  scan_stack(marker, &vm->current);
}

/* ---- generators */
void scan_suspended(Marker *marker, Generator *generator) {
  Site site;
  Value *regs = generator->regs, *end = regs + generator->register_count;
  if (!locate(&site, generator->function, insn_before(generator->pc))) {
    mark_registers(marker, regs, end);
    return;
  }
  const Value *first = regs + site.table->first;
  mark_registers(marker, regs, first < end ? first : end);
  if (first >= end) return;
  uint32_t count = (uint32_t)(end - first);
  for (uint32_t i = 0; i < count; i++) {
    bool alive =
        site.row[i / 8] >> (i % 8) & 1 || site.table->first + i == generator->delegate_register;
    if (alive) mark_registers(marker, first + i, first + i + 1);
    else if (UNLIKELY(marker_poisons(marker))) regs[site.table->first + i] = POISON;
  }
}
