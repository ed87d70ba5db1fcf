/* walk.c -- see walk.h. */
#include "vm/profile/walk.h"

#include <string.h>
#include <sys/mman.h>

#include "vm/contracts/native.h"
#include "vm/interp/counted.h"
#include "vm/interp/frame.h"
#include "vm/memory/space.h"

enum { LARGEST_FRAME = 70000 }; /* values behind the end of the stack (interp/poll.c) */

static size_t walker_bytes(void) { return 2 * (WALK_MAX + 1) * sizeof(Level); }

bool walker_init(Walker *walker) {
  walker->now = space_reserve(walker_bytes());
  walker->seen = walker->now + WALK_MAX + 1;
  walker->seen_count = 0;
  return walker->now != NULL;
}

void walker_deinit(Walker *walker) {
  Level *pages = walker->now < walker->seen ? walker->now : walker->seen;
  if (walker->now) munmap(pages, walker_bytes());
  walker->now = walker->seen = NULL;
}

/* ---- is it what it seems to be? */
extern char __executable_start, _end; /* of the program, by the linker */

static SIGNAL_SAFE const Object *object_at(Value v) {
  if (!value_is_pointer(v)) return NULL;
  const char *object = (const char *)(uintptr_t)(v - 2);
  bool is_static = object >= &__executable_start && object < &_end;
  return is_static || heap_contains(object) ? (const Object *)(const void *)object : NULL;
}

static SIGNAL_SAFE bool is_in_stack(const ThreadState *state, const Value *base) {
  return (uintptr_t)base % sizeof(Value) == 0 && base >= state->stack + FRAME_HEADER &&
         base < state->stack_end + LARGEST_FRAME;
}

/* code_at: what the frame at base runs; NULL: torn. */
static SIGNAL_SAFE const ThreadedCode *code_at(const ThreadState *state, const Value *base) {
  if (!is_in_stack(state, base)) return NULL;
  const Object *object = object_at(frame_header(base)->function);
  if (!object || object->shape != SHAPE_OF(function)) return NULL;
  const ThreadedCode *code = ((const Function *)(const void *)object)->threaded;
  return code != &threaded_stub ? code : NULL;
}

SIGNAL_SAFE const ThreadedCode *walk_newest(const ThreadState *state, bool *torn) {
  const ThreadedCode *code = state->base ? code_at(state, state->base) : NULL;
  *torn = state->base && !code;
  return code;
}

/* ---- what C does for an instruction */
static SIGNAL_SAFE uint32_t name_callee(Value callee) {
  const Object *object = object_at(callee);
  if (!object) return 0;
  uint32_t shape = object->shape;
  if (shape == SHAPE_OF(builtin_function_or_method) || shape == SHAPE_OF(method_descriptor) ||
      shape == SHAPE_OF(classmethod_descriptor) || shape == SHAPE_OF(wrapper_descriptor) ||
      shape == SHAPE_OF(method_wrapper))
    return name_native((const NativeFunction *)(const void *)object);
  const Type *type = (const Type *)(const void *)object;
  return shape == SHAPE_OF(type) && !(type->flags & TYPE_HEAP) ? name_class(type) : 0;
}

static SIGNAL_SAFE uint32_t leaf_of(const ThreadedCode *code, const Level *level) {
  if (!level->pc) return 0;
  const ThreadedCode *in = threaded_of(code, level->pc);
  uint32_t insn = threaded_insn(in, level->pc);
  const InsnCell *cell = code_insn(in, insn) + in->instrumented;
  switch ((Opcode)code->code->fn.code[in->offsets[insn]]) {
  case OP_CALL:
  case OP_CALL_KW:
  case OP_CALL_METHOD:
  case OP_CALL_METHOD_KW:
  case OP_CALL_EX: return name_callee(level->base[((const Insn_CALL *)(const void *)cell)->base]);
  case OP_IMPORT_NAME: return name_activity(ACTIVITY_NAME_IMPORT);
  default: return 0;
  }
}

/* ---- from the newest frame down */
/* how_many: frames to tell of a stack that is `depth` deep: what is left out is a multiple of STEP,
** so that the oldest that is told stays the same while the depth changes a little. */
static SIGNAL_SAFE uint32_t how_many(int depth) {
  enum { STEP = WALK_MAX / 2 };
  return depth <= WALK_MAX ? WALK_MAX : (uint32_t)(STEP + depth % STEP);
}

/* collect: the levels, newest first; false: torn. *whole: the last one is the first frame. */
static SIGNAL_SAFE bool collect_levels(Level *levels, uint32_t *count, const ThreadState *state,
                                       Place place, bool *whole) {
  const Value *base = state->base;
  const InsnCell *pc = place.pc;
  bool in_c = place.in_c;
  uint32_t n = 0, most = how_many(the_vm->recursion_limit - state->recursion_left);
  while (base && n < most) {
    const ThreadedCode *code = code_at(state, base);
    if (!code || (pc && !code_has(code, (uintptr_t)pc))) return false;
    levels[n] = (Level){.base = base, .pc = pc, .code = code->recorded};
    if (in_c) levels[n].leaf = leaf_of(code, &levels[n]);
    n++;
    const FrameHeader *header = frame_header(base);
    const Value *below = header->link >> 32 ? link_caller(base, header->link) : NULL;
    if (below && below >= base) return false;
    pc = frame_caller_insn(base);
    in_c = header->link & FRAME_ENTRY;
    base = below;
  }
  *whole = !base;
  *count = n;
  return true;
}

static SIGNAL_SAFE uint32_t insn_of(const Level *level) {
  const ThreadedCode *code =
      ((const Function *)(const void *)object_at(frame_header(level->base)->function))->threaded;
  return level->pc ? threaded_insn(threaded_of(code, level->pc), level->pc) : INSN_UNKNOWN;
}

static SIGNAL_SAFE uint32_t name_level(const Level *level, uint32_t caller) {
  bool known = level->code != 0;
  uint32_t code = known ? level->code : name_activity(ACTIVITY_NAME_UNKNOWN);
  uint32_t stack = name_stack(caller, code, known ? insn_of(level) : 0);
  return stack && level->leaf ? name_stack(stack, level->leaf, 0) : stack;
}

static SIGNAL_SAFE bool is_same(const Level *a, const Level *b) {
  return a->base == b->base && a->pc == b->pc && a->code == b->code && a->leaf == b->leaf;
}

/* name_levels: oldest first; those that the last walk has seen at the same place, above the same
** ones, have their number. 0: a table is full. */
static SIGNAL_SAFE uint32_t name_levels(Walker *walker, uint32_t count, uint32_t root) {
  uint32_t caller = root;
  Level *levels = walker->now;
  bool goes_on = root == walker->seen_root;
  for (uint32_t i = 0; i < count; i++) {
    Level *level = &levels[count - 1 - i];
    const Level *seen = &walker->seen[walker->seen_count - 1 - i];
    goes_on = goes_on && i < walker->seen_count && is_same(level, seen);
    if (goes_on) level->stack = seen->stack;
    else level->stack = name_level(level, caller);
    caller = level->stack;
    if (!caller) return 0;
  }
  walker->now = walker->seen;
  walker->seen = levels;
  walker->seen_count = count;
  walker->seen_root = root;
  return caller;
}

SIGNAL_SAFE Walk walk(Walker *walker, const ThreadState *state, Place place) {
  Walk result = {0};
  uint32_t count = 0;
  bool whole = true;
  if (!state->base) return result;
  if (!collect_levels(walker->now, &count, state, place, &whole)) return (Walk){.torn = true};
  uint32_t root = whole ? 0 : name_stack(0, name_activity(ACTIVITY_NAME_CUT), 0);
  result.stack = name_levels(walker, count, root);
  result.imprecise = !place.pc || place.is_guess;
  return result;
}
