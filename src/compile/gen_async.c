/* gen_async.c -- yield, yield from, await.
**
**     iterator; sent = None
**   again:
**     SEND result, iterator, sent -> done
**     YIELD_DELEGATE sent, result, iterator
**     LOOP again
**   done:
*/
#include "src/compile/gen.h"

void emit_delegate(Compiler *c, const void *node, Reg iterator, Reg to) {
  if (is_dead(c)) return;
  Unit *u = c->unit;
  int top = u->top;
  Reg sent = temp_new(c), result = is_temp(c, to) && to != iterator ? to : temp_new(c);
  load_none(c, node, sent);
  Label again = label_place_head(c), done = label_new(c);
  u->labels[done].used = true;
  u->labels[done].flow = u->flow;
  EMIT(c, node, SEND, .to = result, .iterator = iterator, .value = sent, .done = done);
  EMIT(c, node, YIELD_DELEGATE, .sent = sent, .value = result, .iterator = iterator);
  emit_jump(c, node, again);
  label_place(c, done);
  emit_move(c, node, to, result);
  u->top = top;
}

void emit_await(Compiler *c, const void *node, Reg to, Reg value, int context) {
  int top = c->unit->top;
  Reg iterator = temp_new(c);
  EMIT(c, node, GET_AWAITABLE, .to = iterator, .value = value,
       .context = context < 0 ? 0 : context);
  emit_delegate(c, node, iterator, to);
  c->unit->top = top;
}

void gen_yield_to(Compiler *c, AstYield *e, Reg to) {
  if (!scope_is_function(c->unit->scope)) {
    compile_fault(c, e, "'yield' outside function");
    return;
  }
  Reg hint = is_temp(c, to) ? to : REG_NONE;
  Reg value;
  if (e->value) value = gen_hint(c, e->value, hint);
  else load_none(c, e, value = hint == REG_NONE ? temp_new(c) : hint);
  EMIT(c, e, YIELD, .sent = to, .value = value);
}

void gen_yield_from_to(Compiler *c, AstYieldFrom *e, Reg to) {
  if (!scope_is_function(c->unit->scope)) {
    compile_fault(c, e, "'yield' outside function");
    return;
  }
  if (c->unit->is_async) {
    compile_fault(c, e, "'yield from' inside async function");
    return;
  }
  Reg iterator = temp_new(c);
  gen_to(c, e->value, iterator);
  EMIT(c, e, GET_YIELD_FROM_ITER, .to = iterator, .value = iterator);
  emit_delegate(c, e, iterator, to);
}

void gen_await_to(Compiler *c, AstAwait *e, Reg to) {
  Unit *u = c->unit;
  if (!c->options->top_level_await || u->scope->kind != SCOPE_MODULE) {
    if (!scope_is_function(u->names_scope)) {
      compile_fault(c, e, "'await' outside function");
      return;
    }
    if (!u->is_async && u->names_scope->kind != SCOPE_COMPREHENSION) {
      compile_fault(c, e, "'await' outside async function");
      return;
    }
  }
  Reg value = gen_hint(c, e->value, is_temp(c, to) ? to : REG_NONE);
  emit_await(c, e, to, value, 0);
}
