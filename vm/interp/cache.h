/* cache.h -- inline caches: what an instruction has learned about its operands, behind them in the
** threaded code.
**
** Which cache an instruction has, its row in opcodes.def says; which form of it a quickened
** instruction reads, its row in quick.def.
**
** Law: a cache holds no reference that keeps anything alive. What it compares (the key of a shape
** or class: core/object.h; the stamp of a dict: objects/dict.h) is unique and dies with what the
** cache points to, so that no stale address is ever followed.
*/
#ifndef KRAIT_CACHE_H
#define KRAIT_CACHE_H

#include "vm/core/object.h"

/* What goes first when the attribute of a super object is called. */
typedef enum SuperReceiver { SUPER_NOTHING, SUPER_SELF, SUPER_CLASS } SuperReceiver;

/* LOAD_ATTR, STORE_ATTR, LOAD_METHOD. Law: `key` is the first of every form: of the receiver's
** shape, or of the receiver itself where that is a class. Offsets are bytes from the receiver's
** address; a dict_offset is where its attributes' dict hangs, or 0: at the cell's end. */
typedef union AttrCache {
  uint32_t key;
  struct {
    uint32_t key, offset;
  } slot;
  /* shape: address of the one to move to */
  struct {
    uint32_t key, offset, shape;
  } added;
  /* in the overflow array, or of a named tuple's field */
  struct {
    uint32_t key, index;
  } item;
  /* function: LOAD_METHOD, if the dict has no such name */
  struct {
    uint32_t key, dict_offset;
    struct Str *name;
    Value function;
  } dict;
  struct {
    uint32_t key, stamp;
    Value *value;
    uint32_t dict_offset;
  } stamped;
  /* owner: the class that the receiver must be */
  struct {
    uint32_t key;
    Value *value;
    Value owner;
  } of_class;
  struct {
    uint32_t key;
    Value function;
    Value owner;
  } callable;
  struct {
    uint32_t key;
    const struct GetSetSpec *spec;
  } getset;
  /* key: of all super objects; asked: of the class behind which it is, of: of the one whose MRO it
  ** is; receiver: a SuperReceiver */
  struct {
    uint32_t key, asked, of;
    uint16_t of_class, receiver;
    Value *value;
  } super;
} AttrCache;

/* LOAD_GLOBAL, STORE_GLOBAL, LOAD_NAME, STORE_NAME: stamps of the function's two dicts, and where
** the value lies in one of them. */
typedef struct GlobalCache {
  uint32_t globals, builtins; /* builtins: only where the value is a builtin */
  Value *value;
} GlobalCache;

#endif
