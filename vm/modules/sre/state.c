/* state.c -- preparing a match: the text, the window that is looked at, marks, the first part of
** the stack. */
#include "vm/base/memory.h"
#include "vm/modules/sre/sre.h"
#include "vm/objects/bytes.h"

#include <stdlib.h>

static bool check_kind(VM *vm, const SrePattern *pattern, bool text_is_bytes) {
  if (pattern->is_bytes < 0 || pattern->is_bytes == text_is_bytes) return true;
  return raise_false(vm, TYPE_OF(TypeError),
                     text_is_bytes ? "cannot use a string pattern on a bytes-like object"
                                   : "cannot use a bytes pattern on a string-like object");
}

static int64_t clamp(int64_t n, int64_t low, int64_t high) {
  return n < low ? low : n > high ? high : n;
}

bool sre_state_init(VM *vm, SreState *s, SrePattern *pattern, Value string, int64_t pos,
                    int64_t endpos) {
  const SreProgram *p = pattern->program;
  s->vm = vm;
  s->program = p;
  s->string = string;
  s->viewed = false;
  int64_t length;
  if (LIKELY(value_is_str(string))) {
    if (!check_kind(vm, pattern, false)) return false;
    const Str *text = value_object(string);
    s->text = str_data(text);
    s->unit = 1 << str_kind(text);
    length = (int64_t)text->length;
  } else {
    if (!value_is_bytes_like(string))
      return raise_false(vm, TYPE_OF(TypeError),
                         "expected string or bytes-like object, got '%.200T'", string);
    if (!check_kind(vm, pattern, true)) return false;
    s->unit = 1;
    if (value_is(string, bytes)) {
      const Bytes *bytes = value_object(string);
      s->text = bytes->data;
      length = (int64_t)bytes->length;
    } else {
      if (!buffer_acquire(vm, string, &s->view, false)) { /* released, or not contiguous */
        error_clear(vm);
        return raise_false(vm, TYPE_OF(TypeError),
                           "expected string or bytes-like object, got '%.200T'", string);
      }
      s->viewed = true;
      s->text = s->view.bytes;
      length = (int64_t)s->view.size;
    }
  }
  s->start = clamp(pos, 0, length);
  s->end = clamp(endpos, 0, length); /* may be before start: then nothing matches */
  s->full = s->must_advance = s->dirty = false;
  s->used = s->barrier = 0;
  s->stack = s->stack_room;
  s->capacity = SRE_STACK_ROOM;
  uint32_t marks = 2 * p->groups;
  s->marks = marks <= SRE_MARK_ROOM ? s->mark_room : memory_take(marks * sizeof *s->marks);
  s->loops = p->slots <= SRE_LOOP_ROOM ? s->loop_room : memory_take(p->slots * sizeof *s->loops);
  if (UNLIKELY(!s->marks || !s->loops)) {
    sre_state_deinit(s);
    return raise_memory(vm), false;
  }
  for (uint32_t k = 0; k < marks; k++) s->marks[k] = -1;
  return true;
}

void sre_state_deinit(SreState *s) {
  if (s->viewed) buffer_release(s->vm, &s->view);
  if (s->marks != s->mark_room) free(s->marks);
  if (s->loops != s->loop_room) free(s->loops);
  if (s->stack != s->stack_room) free(s->stack);
}

Value sre_slice(VM *vm, Value string, int64_t start, int64_t end) {
  if (LIKELY(value_is_str(string))) {
    Str *s = value_object(string);
    if (start == 0 && end == (int64_t)s->length && value_is(string, str)) return string;
    return value_of(str_substring(vm, s, (size_t)start, (size_t)end));
  }
  if (value_is(string, bytes)) {
    const Bytes *bytes = value_object(string);
    if (start == 0 && end == (int64_t)bytes->length) return string;
  }
  BufferView view;
  if (!buffer_acquire(vm, string, &view, false)) return VALUE_FAIL;
  int64_t size = (int64_t)view.size; /* it may have shrunk since the match */
  start = clamp(start, 0, size), end = clamp(end, start, size);
  Bytes *part = bytes_new(vm, view.bytes + start, (size_t)(end - start));
  buffer_release(vm, &view);
  return value_of(part);
}
