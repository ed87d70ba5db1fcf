/* zone_load.c -- a ZoneInfo's table from the data of its file, which zoneinfo._common reads.
**
** Nothing is believed of a file: numbers of kinds are looked at, transitions may be in any order,
** and sums of seconds wrap as they do in the reference. */
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/modules/datetime/zoneinfo.h"

/* Kinds of the rule stand behind those of the file. */
enum { RULE_KINDS = 2 };

typedef struct Data { /* what _common.load_data gives, in its order */
  Tuple *which, *utc, *offsets, *summers, *names;
  Value rule;
  size_t kinds; /* in the file */
} Data;

/* The part of a tuple; no tuple, no such part: raised. */
static Value part_of(VM *vm, Value whole, size_t i) {
  if (!value_has_flag(whole, TYPE_TUPLE_SUBCLASS))
    return raise_error(vm, TYPE_OF(SystemError), "bad argument to internal function");
  const Tuple *tuple = value_object(whole);
  if (i >= tuple_length(tuple))
    return raise_error(vm, TYPE_OF(IndexError), "tuple index out of range");
  return tuple->items[i];
}
static bool int_at(VM *vm, const Tuple *tuple, size_t i, int64_t *out) {
  Value part = part_of(vm, value_from((Tuple *)tuple), i);
  return !value_is_fail(part) && value_index64(vm, part, out, false);
}

static bool ask_data(VM *vm, Value common, Value file, Data *data) {
  Value loaded = call_method1(vm, common, NAME("load_data"), file);
  if (value_is_fail(loaded)) return false;
  if (!value_is(loaded, tuple)) /* the reference names no type either */
    return raise_false(vm, TYPE_OF(TypeError), "Invalid data result type: %%r");
  Tuple **const fields[] = {&data->which, &data->utc, &data->offsets, &data->summers, &data->names};
  for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
    Value part = part_of(vm, loaded, i);
    if (value_is_fail(part)) return false;
    if (!value_has_flag(part, TYPE_TUPLE_SUBCLASS))
      return raise_false(vm, TYPE_OF(SystemError), "bad argument to internal function");
    *fields[i] = value_object(part);
  }
  data->rule = part_of(vm, loaded, ARRAY_COUNT(fields));
  data->kinds = tuple_length(data->offsets);
  return !value_is_fail(data->rule);
}

static ZoneTable *table_create(VM *vm, size_t count, size_t kinds) {
  size_t words = 3 * count + kinds + RULE_KINDS;
  size_t size = sizeof(ZoneTable) + words * sizeof(int64_t) + count * sizeof(int);
  ZoneTable *table = memory_take_zeroed(1, size);
  if (!table) return raise_memory(vm), NULL;
  table->size = size, table->count = count;
  table->utc = (int64_t *)(table + 1);
  table->local[0] = table->utc + count, table->local[1] = table->local[0] + count;
  table->offsets = table->local[1] + count;
  table->kinds = (int *)(table->offsets + kinds + RULE_KINDS);
  return table;
}

static bool fill_transitions(VM *vm, ZoneTable *table, const Data *data) {
  for (size_t i = 0; i < table->count; i++) {
    int64_t kind;
    if (!int_at(vm, data->utc, i, &table->utc[i]) || !int_at(vm, data->which, i, &kind))
      return false;
    if (kind < 0 || (uint64_t)kind >= data->kinds)
      return raise_false(vm, TYPE_OF(ValueError),
                         "Invalid transition index found while reading TZif: %lld", kind);
    table->kinds[i] = (int)kind;
  }
  for (size_t i = 0; i < data->kinds; i++)
    if (!int_at(vm, data->offsets, i, &table->offsets[i])) return false;
  return true;
}

/* What the clock shows at each transition: before and after it. */
static void fill_readings(ZoneTable *table) {
  for (size_t i = 0; i < table->count; i++) {
    int64_t old = table->offsets[i ? table->kinds[i - 1] : 0],
            new = table->offsets[table->kinds[i]];
    table->local[0][i] = wrapping_sum(table->utc[i], old > new ? old : new);
    table->local[1][i] = wrapping_sum(table->utc[i], old > new ? new : old);
  }
}

/* A file says that a kind is summer time, not by how much: by what was, or comes, beside it. */
static void guess_gains(const ZoneTable *table, const bool *is_summer, size_t kinds,
                        int64_t *gains) {
  for (size_t i = 1; i < table->count; i++) {
    int kind = table->kinds[i], before = table->kinds[i - 1];
    if (!is_summer[kind] || gains[kind]) continue;
    int64_t gain = is_summer[before] ? 0 : table->offsets[kind] - table->offsets[before];
    if (!gain && (size_t)kind + 1 < kinds && i + 1 < table->count) {
      int after = table->kinds[i + 1];
      if (is_summer[after]) continue;
      gain = table->offsets[kind] - table->offsets[after];
    }
    gains[kind] = gain;
  }
  for (size_t i = 0; i < kinds; i++)
    if (is_summer[i] && !gains[i]) gains[i] = 3600;
}

static bool set_kind(VM *vm, Tuple *all, size_t number, int64_t offset, int64_t gain, Value name) {
  Value delta = seconds_delta(vm, offset);
  if (value_is_fail(delta)) return false;
  tuple_set_item(vm, all, number * KIND_WIDTH + KIND_OFFSET, delta);
  delta = seconds_delta(vm, gain);
  if (value_is_fail(delta)) return false;
  tuple_set_item(vm, all, number * KIND_WIDTH + KIND_DST, delta);
  tuple_set_item(vm, all, number * KIND_WIDTH + KIND_NAME, name);
  return true;
}

static bool fill_kinds(VM *vm, ZoneTable *table, Tuple *all, const Data *data, bool *is_summer,
                       int64_t *gains) {
  size_t kinds = data->kinds;
  for (size_t i = kinds; i-- > 0;) {
    Value part = part_of(vm, value_from(data->summers), i);
    Answer summer = value_is_fail(part) ? ANSWER_FAILED : value_truth(vm, part);
    if (summer == ANSWER_FAILED) return false;
    is_summer[i] = summer == ANSWER_YES;
    if (!is_summer[i]) table->before = (int)i;
  }
  guess_gains(table, is_summer, kinds, gains);
  for (size_t i = 0; i < kinds; i++) {
    Value name = part_of(vm, value_from(data->names), i);
    if (value_is_fail(name)) return false;
    if (!set_kind(vm, all, i, table->offsets[i], gains[i], name)) return false;
  }
  return true;
}
static bool load_kinds(VM *vm, ZoneTable *table, Tuple *all, const Data *data) {
  int64_t *gains = memory_take_zeroed(data->kinds + 1, sizeof *gains + sizeof(bool));
  if (!gains) return raise_memory(vm), false;
  bool *is_summer = (bool *)(gains + data->kinds + 1);
  bool ok = fill_kinds(vm, table, all, data, is_summer, gains);
  free(gains);
  return ok;
}

/* The two kinds of the rule, behind those of the file. */
static bool fill_rule(VM *vm, ZoneTable *table, Tuple *all, const Data *data) {
  if (!value_has_flag(data->rule, TYPE_BYTES_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "expected bytes, %T found", data->rule);
  size_t kinds = data->kinds;
  RuleName names[2];
  ZoneRule *rule = &table->rule;
  const Bytes *text = value_object(data->rule);
  const char *wrong = zone_rule_parse((const char *)text->data, rule, names);
  if (wrong) return raise_false(vm, TYPE_OF(ValueError), wrong, data->rule);
  table->rule_kind = (int)kinds;
  table->offsets[kinds] = rule->standard, table->offsets[kinds + 1] = rule->summer;
  Str *name = str_new_ascii(vm, names[0].start, names[0].length);
  if (!name || !set_kind(vm, all, kinds, rule->standard, 0, value_from(name))) return false;
  if (!rule->has_summer) return true;
  name = str_new_ascii(vm, names[1].start, names[1].length);
  int64_t gain = rule->summer - rule->standard;
  return name && set_kind(vm, all, kinds + 1, rule->summer, gain, value_from(name));
}

/* Without a rule what the file says last goes on. */
static bool load_rule(VM *vm, ZoneTable *table, Tuple *all, const Data *data) {
  Answer has_rule = value_truth(vm, data->rule);
  if (has_rule == ANSWER_FAILED) return false;
  if (has_rule) return fill_rule(vm, table, all, data);
  if (!data->kinds) return raise_false(vm, TYPE_OF(ValueError), "No time zone information found.");
  table->rule_kind = table->count ? table->kinds[table->count - 1] : (int)data->kinds - 1;
  return true;
}

/* Does the zone say the same whatever the datetime? */
static Answer is_fixed(VM *vm, const ZoneTable *table, const Tuple *all, size_t kinds) {
  if (kinds > 1 || table->rule.has_summer) return ANSWER_NO;
  const Value *last = all->items + table->rule_kind * KIND_WIDTH;
  for (int i = 0; kinds && i < KIND_WIDTH; i++) {
    Answer same = values_equal(vm, all->items[i], last[i]);
    if (same != ANSWER_YES) return same;
  }
  return ANSWER_YES;
}

static bool fill(VM *vm, ZoneTable *table, Tuple *all, const Data *data) {
  if (!fill_transitions(vm, table, data)) return false;
  fill_readings(table);
  if (!load_kinds(vm, table, all, data) || !load_rule(vm, table, all, data)) return false;
  Answer fixed = is_fixed(vm, table, all, data->kinds);
  table->is_fixed = fixed == ANSWER_YES;
  return fixed != ANSWER_FAILED;
}

bool zone_load(VM *vm, ZoneInfo *zone, Value common, Value file) {
  Data data;
  if (!ask_data(vm, common, file, &data)) return false;
  Tuple *all = tuple_new(vm, (data.kinds + RULE_KINDS) * KIND_WIDTH);
  if (!all) return false;
  for (size_t i = 0; i < tuple_length(all); i++) tuple_set_item(vm, all, i, VALUE_NONE);
  ZoneTable *table = table_create(vm, tuple_length(data.utc), data.kinds);
  if (!table) return false;
  if (!fill(vm, table, all, &data)) return free(table), false;
  zone->kinds = all, zone->table = table;
  heap_barrier(vm, zone, value_from(all));
  heap_account(vm, (ptrdiff_t)table->size);
  return true;
}

void zone_unload(VM *vm, ZoneInfo *zone) {
  if (!zone->table) return;
  heap_account(vm, -(ptrdiff_t)zone->table->size);
  free(zone->table);
  zone->table = NULL;
}
