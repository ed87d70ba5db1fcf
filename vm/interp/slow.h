/* slow.h -- the named slow paths of the loop: never inlined, so that handlers stay small.
** All but the misses fail with VALUE_FAIL or false and an exception pending; vm->pc is saved before
** each. */
#ifndef KRAIT_SLOW_H
#define KRAIT_SLOW_H

#include "vm/contracts/protocol.h"
#include "vm/interp/frame.h"
#include "vm/objects/list.h"

/* ---- operators (slow_operator.c) */
MUST_USE MAY_RUN NOINLINE Value slow_binary(VM *vm, BinaryOp op, Value left, Value right);
MUST_USE MAY_RUN NOINLINE Value slow_inplace(VM *vm, BinaryOp op, Value left, Value right);
MUST_USE MAY_RUN NOINLINE Value slow_compare(VM *vm, CompareOp op, Value left, Value right);
MUST_USE MAY_RUN NOINLINE Answer slow_compare_truth(VM *vm, CompareOp op, Value left, Value right);
MUST_USE MAY_RUN NOINLINE Value slow_load_index(VM *vm, Value object, Value key);
MUST_USE MAY_RUN NOINLINE bool slow_store_index(VM *vm, Value object, Value key, Value v);
/* slow_slice_load, slow_slice_store: object[bounds[0]:bounds[1]:bounds[2]] without a slice object
** where nobody can see it. */
MUST_USE MAY_RUN NOINLINE Value slow_slice_load(VM *vm, Value object, const Value *bounds);
MUST_USE MAY_RUN NOINLINE bool slow_slice_store(VM *vm, Value object, const Value *bounds, Value v);
MUST_USE MAY_RUN NOINLINE Value slow_load_slice(VM *vm, Value object, Value start, Value stop);

/* ---- names (slow_name.c): look up in full, and quicken the site */
MUST_USE MAY_RUN NOINLINE Value load_global_miss(VM *vm, Insn_LOAD_GLOBAL *insn, Value *base);
MUST_USE NOINLINE bool store_global_miss(VM *vm, Insn_STORE_GLOBAL *insn, Value *base);
MUST_USE MAY_RUN NOINLINE Value load_name_miss(VM *vm, Insn_LOAD_NAME *insn, Value *base);
MUST_USE MAY_RUN NOINLINE bool store_name_miss(VM *vm, Insn_STORE_NAME *insn, Value *base);
MUST_USE NOINLINE bool slow_delete_global(VM *vm, Value *base, uint32_t name);
MUST_USE MAY_RUN NOINLINE bool slow_delete_name(VM *vm, Value *base, uint32_t name);
MUST_USE MAY_RUN NOINLINE Value slow_class_free(VM *vm, Value *base, Value cell, uint32_t name);
/* Variables beyond FAR_FROM: entries of the dict in R[FAR_FROM]. */
MUST_USE NOINLINE Value slow_make_far(VM *vm, Value *base);
typedef Value UnboundError(VM *vm, Value *base, uint32_t name); /* unbound_local or unbound_free */
MUST_USE NOINLINE Value slow_load_far(VM *vm, Value *base, Value far, uint32_t name,
                                      UnboundError *complain);
/* v UNBOUND: delete */
MUST_USE NOINLINE bool slow_store_far(VM *vm, Value *base, Value far, uint32_t name, Value v);
MUST_USE NOINLINE Value slow_free_far(VM *vm, const Value *base, Value index);
MUST_USE MAY_RUN NOINLINE bool slow_setup_annotations(VM *vm, Value *base);
COLD Value unbound_local(VM *vm, Value *base, uint32_t name); /* UnboundLocalError; VALUE_FAIL */
COLD Value unbound_free(VM *vm, Value *base, uint32_t name);  /* NameError; VALUE_FAIL */
/* frame_name: what the name operand of this instruction of the frame stands for. */
Str *frame_name(const void *insn, const Value *base, uint32_t operand);

/* ---- attributes (slow_attr.c) */
/* slow_read_descriptor: of LOAD_ATTR_DESCRIPTOR: what the native __get__ gives for this object. */
MUST_USE MAY_RUN Value slow_read_descriptor(VM *vm, Value descriptor, Value object);
/* slow_dict_address: where the dict hangs of an object of variable size. */
NOINLINE Dict **slow_dict_address(Object *object);
/* What a site has learned about one more key: a site that meets several shapes takes its inline
** cache back from here. */
typedef struct AttrSite {
  uint32_t key;
  uint16_t handler; /* the quickened one */
  const AttrInsn *site;
  AttrCache cache;
} AttrSite;
enum { ATTR_SITES = 512 };
extern AttrSite attr_sites[ATTR_SITES];
extern bool attr_sites_learn; /* false: the tables stay empty (KRAIT_IC=eager) */
static inline AttrSite *attr_site(const void *insn, uint32_t key) {
  return &attr_sites[((uint32_t)((uintptr_t)insn >> 3) + key * 61) % ATTR_SITES];
}
void attr_forget_sites(void); /* code is gone: other code may come to lie there */
/* attr_reprime: the site's inline cache from the second-level cache, if that knows the receiver;
** then the instruction is tried again. */
NOINLINE bool attr_reprime(VM *vm, AttrInsn *insn, Value v, const Str *name, ThreadedOp op);
MUST_USE MAY_RUN NOINLINE Value load_attr_miss(VM *vm, Insn_LOAD_ATTR *insn, Value *base);
MUST_USE MAY_RUN NOINLINE bool store_attr_miss(VM *vm, Insn_STORE_ATTR *insn, Value *base);
MUST_USE MAY_RUN NOINLINE bool load_method_miss(VM *vm, Insn_LOAD_METHOD *insn, Value *base);
/* ---- calls (slow_call.c) */
MUST_USE MAY_RUN NOINLINE Value slow_call(VM *vm, Value callee, Value *args, int argc,
                                          Tuple *kwnames);
MUST_USE MAY_RUN NOINLINE Value slow_native(VM *vm, NativeFunction *native, Value self,
                                            const Value *args, int argc, Tuple *kwnames);
/* slow_enter: what CALL and CALL_METHOD do when the callee is no Python function with its arguments
** in order: its frame is pushed, or it is called and its result stored. The pc to go on at
** (vm->base is its frame), or NULL. The callee is in the window's header. */
MUST_USE MAY_RUN NOINLINE InsnCell *slow_enter(VM *vm, Value callee, Value *window, uint32_t argc,
                                               uint32_t to, InsnCell *back);
/* slow_enter_keywords: the same; the last of the argc arguments are those of these names. */
MUST_USE MAY_RUN NOINLINE InsnCell *slow_enter_keywords(VM *vm, Value *window, uint32_t argc,
                                                        Tuple *names, uint32_t to, InsnCell *back);
/* slow_call_ex: f(*window[0], **window[1]), called from C; the callee is in the window's header.
** slow_enter_spread: the same as slow_enter does it (slow_spread.c). */
MUST_USE MAY_RUN NOINLINE Value slow_call_ex(VM *vm, Value *window);
MUST_USE MAY_RUN NOINLINE InsnCell *slow_enter_spread(VM *vm, Value *window, uint32_t to,
                                                      InsnCell *back);
/* enter_function: pushes the frame of the function in the window's header. NULL: it cannot be
** called so. */
MUST_USE MAY_RUN InsnCell *enter_function(VM *vm, Value *window, uint32_t npos, Tuple *names,
                                          uint64_t flags, uint32_t to, InsnCell *back);
/* bind_plain: a function without * and **, called with few keywords that are its very names
** (compiled code interns both). false: nothing has been touched, the general way decides. */
bool bind_plain(VM *vm, Function *function, ThreadedCode *code, Value *window, uint32_t npos,
                const Value *kwnames, size_t nkw);
/* window_turn: the call becomes one of `function`, with `self` before the other arguments. */
static inline void window_turn(Value *window, uint32_t argc, Value function, Value self) {
  for (uint32_t i = argc; i > 0; i--) window[i] = window[i - 1];
  window[0] = self;
  frame_header(window)->function = function;
}
/* class_is_plain: does calling it make an instance, run an __init__ written in Python, and nothing
** else? */
static inline bool class_is_plain(const Type *type) {
  const uint32_t special = TYPE_HEAP | TYPE_ABSTRACT | TYPE_VAR_SIZE | TYPE_DISALLOW_NEW;
  return (type->flags & special) == TYPE_HEAP &&
         type->specials[SPECIAL_new] == TYPE_OF(object)->specials[SPECIAL_new] &&
         value_is(type->specials[SPECIAL_init], function);
}
/* enter_polled: prepares a Python call that needs binding or translation: the code to run, or NULL.
** Without a poll: what that runs would overwrite a window above the stack's top. The window's
** header has the function, or gets one with the code to run, if that was replaced while arguments
** were bound. */
MUST_USE MAY_RUN NOINLINE ThreadedCode *enter_polled(VM *vm, Function *function, Value *window,
                                                     int argc, Tuple *kwnames);
MUST_USE MAY_RUN Value callee_name(VM *vm, Value callee);
/* run_method: with self before args */
MUST_USE MAY_RUN Value run_method(VM *vm, Function *function, Value self, const Value *args,
                                  int npos, Tuple *kwnames);
MUST_USE NOINLINE Value slow_make_function(VM *vm, const Insn_MAKE_FUNCTION *insn, Value *base);

/* ---- being watched (trace.c) */
/* trace_instruction: the cell to go on at; NULL: an exception is pending */
MUST_USE MAY_RUN NOINLINE InsnCell *trace_instruction(VM *vm, Value *base, InsnCell *pc);
NOINLINE InsnCell *trace_switch(VM *vm, Value *base, InsnCell *pc);

/* ---- frames ending */
/* return_slow: leaves the frame at vm->base with `result` where flags ask for attention.
** Where to go on, or NULL: leave the loop with *leaving. */
/* an entry for the frame at base to the pending exception */
void traceback_add(VM *vm, Value *base, const InsnCell *pc);
MUST_USE MAY_RUN NOINLINE InsnCell *return_slow(VM *vm, Value result, Value *leaving);
MUST_USE NOINLINE InsnCell *yield_slow(VM *vm, Value result, Value *leaving, InsnCell *resume_at,
                                       uint32_t sent_register, uint32_t delegate);
/* generator_enter: pushes the generator's frame above the current one. Where it goes on; vm->base
** is its frame; NULL: raised. */
MUST_USE Value async_wrap(VM *vm, Value v); /* what an async generator yields */
MUST_USE InsnCell *generator_enter(VM *vm, Generator *generator, Value sent, uint64_t flags,
                                   uint32_t destination, InsnCell *return_to);

/* ---- building, iteration, imports, match … (slow_misc.c) */
/* for_iter_miss: makes the loop's head one for this kind of iterator, if there is such a one. */
NOINLINE void for_iter_miss(VM *vm, Insn_FOR_ITER *insn, Value iterator);
/* slow_pair_next: the next pair of an enumerate, dict items iterator or zip of two; PAIR_OTHER: it
** is none of them. */
typedef enum PairStep { PAIR_OTHER = -2, PAIR_FAILED, PAIR_END, PAIR_STORED } PairStep;
MUST_USE MAY_RUN NOINLINE PairStep slow_pair_next(VM *vm, Value iterator, Value *to);
MUST_USE MAY_RUN NOINLINE bool slow_unpack(VM *vm, Value *to, Value v, uint32_t count);
MUST_USE MAY_RUN NOINLINE bool slow_unpack_star(VM *vm, Value *to, Value v, uint32_t before,
                                                uint32_t after);
/* slow_unpack_list: after None: exactly count items, else a star and that many behind it. */
MUST_USE MAY_RUN NOINLINE Value slow_unpack_list(VM *vm, Value v, Value count, Value after);
MUST_USE MAY_RUN NOINLINE Value slow_build_set(VM *vm, const Value *items, uint32_t count);
MUST_USE MAY_RUN NOINLINE Value slow_build_dict(VM *vm, const Value *items, uint32_t pairs);
MUST_USE MAY_RUN NOINLINE Value slow_const_dict(VM *vm, const Value *values, Tuple *keys);
MUST_USE NOINLINE Value slow_build_string(VM *vm, const Value *parts, uint32_t count);
MUST_USE MAY_RUN NOINLINE Value slow_format(VM *vm, Value v, int conversion, Value spec);
MUST_USE MAY_RUN NOINLINE bool slow_list_extend(VM *vm, List *list, Value iterable);
MUST_USE MAY_RUN NOINLINE bool slow_dict_update(VM *vm, Dict *dict, Value mapping);
MUST_USE MAY_RUN NOINLINE bool slow_dict_merge(VM *vm, Dict *dict, Value mapping, Value callee);
MUST_USE MAY_RUN NOINLINE Value slow_import(VM *vm, Value *base, uint32_t name, Value fromlist,
                                            int level);
MUST_USE MAY_RUN NOINLINE Value slow_import_from(VM *vm, Value module, Str *name);
MUST_USE MAY_RUN NOINLINE bool slow_import_star(VM *vm, Value *base, Value module);
MUST_USE MAY_RUN NOINLINE Value slow_match_keys(VM *vm, Value subject, Value keys);
MUST_USE MAY_RUN NOINLINE Value slow_match_class(VM *vm, Value subject, Value cls,
                                                 uint32_t positional, Value names);
MUST_USE MAY_RUN NOINLINE bool slow_match_group(VM *vm, Value *to, Value exception, Value classes);
MUST_USE MAY_RUN NOINLINE Value slow_reraise_star(VM *vm, Value original, Value raised);
MUST_USE MAY_RUN NOINLINE bool slow_with_enter(VM *vm, Value *to, Value manager, bool is_async);
MUST_USE MAY_RUN NOINLINE Value slow_with_exit(VM *vm, Value exit, Value exception);
MUST_USE MAY_RUN NOINLINE Value slow_get_aiter(VM *vm, Value v);
MUST_USE MAY_RUN NOINLINE Value slow_get_anext(VM *vm, Value aiter);
MUST_USE MAY_RUN NOINLINE Value slow_yield_from_iter(VM *vm, Value *base, Value v);
MUST_USE NOINLINE Value slow_build_class(VM *vm, Value *base);
MUST_USE MAY_RUN NOINLINE bool slow_print_expression(VM *vm, Value v);
COLD void raise_again(VM *vm);
/* cause VALUE_MISSING: none given */
COLD void raise_statement(VM *vm, Value exception, Value cause);

/* texts_same: are two exact strs equal, as far as their first units tell? -1: not strs, or look
** closer. */
static inline int texts_same(Value l, Value r) {
  if (!value_is(l, str) || !value_is(r, str)) return -1;
  const Str *a = value_object(l), *b = value_object(r);
  if (a == b) return 1;
  if (a->length != b->length) return 0;
  if (str_kind(a) + str_kind(b)) return -1;
  if (*(const uint8_t *)str_data(a) != *(const uint8_t *)str_data(b)) return 0;
  return a->length <= 1 ? 1 : -1;
}

#endif
