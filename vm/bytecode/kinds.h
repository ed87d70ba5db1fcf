/* kinds.h -- the verifier's last step: what each register may hold, by data flow over a function's
** instructions.
**
** Handlers trust the compiler where an instruction of its own made an operand: LIST_APPEND takes
** R[list] for a list, LOAD_CELL R[cell] for a cell, RERAISE R[exception] for an exception, and
** nobody reads what a call left in the callee's window. This step proves that trust: a set of kinds
** for each register, joined where paths meet, until nothing changes.
**
** Laws: sets only grow, so it ends. Only LOOP and handlers go backwards: code without them takes
** one pass. A register that was never written, or that lay in a call's window, is JUNK, which no
** instruction may read; one that may be UNBOUND must pass CHECK_LOCAL first (opcodes.def). R[0] of
** namespace code is the namespace and is never written. */
#ifndef KRAIT_KINDS_H
#define KRAIT_KINDS_H

#include "vm/bytecode/flow.h"

/* kinds_verify: f: whose instructions have operands in range and jump to instructions. false: *at
** is the one that may get what it cannot take. Functions whose states would take more than
** KINDS_MEMORY_MAX bytes are let through, and those for which there is no memory: no compiled
** program has come near. Cost: O(instructions + joins * registers). */
enum { KINDS_MEMORY_MAX = 64 << 20 };
MUST_USE bool kinds_verify(const ImageFunction *f, uint32_t *at);

/* kinds_visit: `visit` is told of each instruction that can be reached what the registers hold
** before it. false: no memory. */
typedef void KindsVisitor(void *data, uint32_t insn, const Kinds *registers);
MUST_USE bool kinds_visit(const FlowCode *flow, KindsVisitor *visit, void *data);

#endif
