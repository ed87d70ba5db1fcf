/* count.c -- see count.h. All but the first needs the global lock: it is the interpreter that
** calls. */
#include "vm/profile/count.h"

#include <string.h>

#include "vm/base/memory.h"
#include "vm/profile/file.h"
#include "vm/profile/table.h"

static struct {
  IdTable left;      /* by code and instruction: index of its counter */
  uint64_t **places; /* [owned] by index, from 1 on */
  uint32_t count, capacity;
} counts;

static uint64_t *take_counters(VM *vm, uint32_t count) {
  uint64_t offset;
  log_lock();
  uint64_t *counters = log_counters(count, &offset);
  log_unlock();
  return counters;
}

/* ---- exceptions that leave an instruction */
static bool make_room(void) {
  if (table_is_crowded(&counts.left)) table_grow(&counts.left);
  if (counts.count + 1 < counts.capacity) return true;
  uint32_t wanted = counts.capacity ? 2 * counts.capacity : 256;
  uint64_t **larger = memory_resize_array(counts.places, wanted, sizeof *larger);
  if (!larger) return false;
  counts.places = larger;
  counts.capacity = wanted;
  return true;
}

/* write_left: the counter of an instruction that nothing has left before; NULL: no room for it. */
static uint64_t *write_left(uint32_t code, uint32_t insn) {
  struct {
    uint32_t code, insn;
    uint64_t offset;
  } row = {code, insn, 0};
  log_lock();
  uint64_t *counter = log_counters(1, &row.offset);
  void *payload = counter ? log_reserve(RECORD_LEFT, 0, sizeof row) : NULL;
  if (payload) {
    memcpy(payload, &row, sizeof row);
    log_commit();
  }
  log_unlock();
  return payload ? counter : NULL;
}

static void count_left(VM *vm, const ThreadedCode *code, uint32_t insn) {
  if (!code->counters || !code->recorded) return;
  uint64_t key = key_mix(code->recorded, (uint64_t)insn + 1);
  uint32_t known = table_find(&counts.left, key);
  if (LIKELY(known)) {
    ++*counts.places[known];
    return;
  }
  if (!make_room()) return;
  uint64_t *counter = write_left(code->recorded, insn);
  if (!counter || !table_add(&counts.left, key, counts.count + 1)) return;
  counts.places[++counts.count] = counter;
  *counter = 1;
}

/* ---- codes */
void count_code(const ThreadedCode *code) {
  struct {
    uint32_t code, count;
    uint64_t offset;
  } head = {code->recorded, code->block_count, 0};
  if (!code->counters || !code->recorded) return;
  log_lock();
  head.offset = log_counter_offset(code->counters);
  uint32_t size = (uint32_t)(sizeof head + sizeof(RecordBlock) * head.count);
  char *payload = head.offset ? log_reserve(RECORD_COUNTS, 0, size) : NULL;
  if (payload) {
    memcpy(payload, &head, sizeof head);
    RecordBlock *row = (RecordBlock *)(void *)(payload + sizeof head);
    for (uint32_t i = 0; i < head.count; i++) {
      const CodeBlock *block = &code->blocks[i];
      uint32_t flags =
          (block->falls_through ? BLOCK_FALLS_THROUGH : 0) | (block->late ? BLOCK_LATE : 0);
      row[i] = (RecordBlock){.first = block->first, .target = block->target, .flags = flags};
    }
    log_commit();
  }
  log_unlock();
}

bool count_begin(void) {
  static const CountHook mine = {take_counters, count_left};
  if (!table_init(&counts.left, 1 << 10)) return false;
  count_hook = &mine;
  return true;
}

void count_stop(void) { count_hook = NULL; }
