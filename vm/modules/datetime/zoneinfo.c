/* zoneinfo.c -- zoneinfo.ZoneInfo: the class, its caches, and what it says of a datetime. Where the
** files are and what is in them the library's zoneinfo knows (_tzpath, _common).
**
** Two caches: the last STRONG zones asked for, of ZoneInfo itself; and all that are alive, in a
** WeakValueDictionary, one a class. */
#include "vm/contracts/import.h"
#include "vm/modules/datetime/zoneinfo.h"
#include "vm/objects/dict.h"
#include "vm/objects/object.h"

/* ---- a converter: the lowest byte of an int */
typedef uint8_t c_LowByte;
MUST_USE MAY_RUN static bool convert_LowByte(VM *vm, Value v, c_LowByte *out,
                                             const MethodSpec *spec, int i) {
  Value number;
  if (!value_index(vm, v, &number)) return false;
  *out = (uint8_t)int_low_bits(number);
  return true;
}

#define NATIVE_DEF "vm/modules/datetime/zoneinfo.def"
#define NATIVE_PREFIX zoneinfo_
#define NATIVE_SELF ZoneInfo *
#include "vm/contracts/native_class.inc"

enum { STRONG = 8 };
static struct {                      /* registered by the first import */
  Value keys[STRONG], zones[STRONG]; /* the last first; None behind `count` */
  int count;
  Value weak;   /* of ZoneInfo itself */
  Value deltas; /* a dict from seconds to timedelta */
  bool is_registered;
} cache;
/* What is asked for files: as the import of this module found it. */
static struct { Value find_file, open, common; } library;

/* ---- caches */

Value seconds_delta(VM *vm, int64_t seconds) {
  int32_t held = (int32_t)seconds; /* the reference's timedeltas take no more */
  Value key = value_int_unchecked(held), found = dict_get(vm, value_object(cache.deltas), key);
  if (found != VALUE_UNBOUND) return found;
  Value made = delta_new(vm, 0, held, 0);
  if (value_is_fail(made)) return made;
  return dict_set(vm, value_object(cache.deltas), key, made) ? made : VALUE_FAIL;
}

static Value weak_cache_new(VM *vm) {
  Value module = import_module(vm, NAME("weakref"));
  return value_is_fail(module) ? module : call_method0(vm, module, NAME("WeakValueDictionary"));
}
static Value weak_cache_of(VM *vm, Type *cls) {
  if (cls == TYPE_OF(zoneinfo_ZoneInfo)) return cache.weak;
  return get_attribute(vm, value_from(cls), NAME("_weak_cache"));
}

/* zone becomes the first of the last STRONG; those behind where it was stay. */
static void strong_keep(Value key, Value zone) {
  int at = 0;
  while (at < cache.count && cache.zones[at] != zone) at++;
  if (at == cache.count && cache.count < STRONG) cache.count++;
  if (at == STRONG) at--;
  for (; at > 0; at--) cache.keys[at] = cache.keys[at - 1], cache.zones[at] = cache.zones[at - 1];
  cache.keys[0] = key, cache.zones[0] = zone;
}
static void strong_remove(Value zone) {
  int kept = 0;
  for (int i = 0; i < cache.count; i++)
    if (cache.zones[i] != zone)
      cache.keys[kept] = cache.keys[i], cache.zones[kept++] = cache.zones[i];
  for (int i = kept; i < cache.count; i++) cache.keys[i] = cache.zones[i] = VALUE_NONE;
  cache.count = kept;
}
/* The zone of an equal key, or VALUE_UNBOUND. Comparing may run Python that changes the cache: what
** is asked is a copy. */
static Value strong_find(VM *vm, Value key) {
  Value keys[STRONG], zones[STRONG];
  int count = cache.count;
  for (int i = 0; i < count; i++) {
    if (cache.keys[i] == key) return cache.zones[i];
    keys[i] = cache.keys[i], zones[i] = cache.zones[i];
  }
  for (int i = 0; i < count; i++) {
    Answer same = values_equal(vm, key, keys[i]);
    if (same == ANSWER_FAILED) return VALUE_FAIL;
    if (same) return zones[i];
  }
  return VALUE_UNBOUND;
}

/* ---- making */

static ZoneInfo *zone_blank(VM *vm, Type *cls) {
  Value made = object_new(vm, cls);
  if (value_is_fail(made)) return NULL;
  ZoneInfo *zone = value_object(made);
  zone->key = zone->file_repr = VALUE_NONE;
  zone->source = ZONE_UNCACHED;
  return zone;
}

static Value open_key(VM *vm, Value key) {
  Value path = call_values(vm, library.find_file, &key, 1, NULL);
  if (value_is_fail(path)) return path;
  if (path == VALUE_NONE) return call_method1(vm, library.common, NAME("load_tzdata"), key);
  const Value arguments[] = {path, value_from(NAME("rb"))};
  return call_values(vm, library.open, arguments, 2, NULL);
}

/* Not kept by any cache. */
static Value zone_of_key(VM *vm, Type *cls, Value key) {
  Value file = open_key(vm, key);
  if (value_is_fail(file)) return file;
  ZoneInfo *zone = zone_blank(vm, cls);
  bool ok = zone && zone_load(vm, zone, library.common, file);
  Value failure = ok ? VALUE_NONE : error_take(vm);
  Value closed = call_method0(vm, file, NAME("close"));
  if (!ok && value_is_fail(closed)) error_clear(vm);
  if (!ok) return error_restore(vm, failure), VALUE_FAIL;
  if (value_is_fail(closed)) return closed;
  zone->key = key;
  heap_barrier(vm, zone, key);
  return value_from(zone);
}

static Value zone_cached(VM *vm, Type *cls, Value key) {
  Value weak = weak_cache_of(vm, cls);
  if (value_is_fail(weak)) return weak;
  Value found = call_method1(vm, weak, NAME("get"), key);
  if (value_is_fail(found) || found != VALUE_NONE) return found;
  Value made = zone_of_key(vm, cls, key);
  if (value_is_fail(made)) return made;
  found = call_method2(vm, weak, NAME("setdefault"), key, made);
  if (!value_is_fail(found) && value_is_kind(found, TYPE_OF(zoneinfo_ZoneInfo)))
    ((ZoneInfo *)value_object(found))->source = ZONE_CACHED;
  return found;
}

static Value zoneinfo_construct(VM *vm, Type *cls, const zoneinfo_construct_args *a) {
  Value key = a->key;
  if (cls != TYPE_OF(zoneinfo_ZoneInfo)) return zone_cached(vm, cls, key);
  Value zone = strong_find(vm, key);
  if (zone == VALUE_UNBOUND) zone = zone_cached(vm, cls, key);
  if (!value_is_fail(zone)) strong_keep(key, zone);
  return zone;
}

static Value zoneinfo_no_cache(VM *vm, Value cls, const zoneinfo_no_cache_args *a) {
  return zone_of_key(vm, value_object(cls), a->key);
}

static Value zoneinfo_from_file(VM *vm, Value cls, const zoneinfo_from_file_args *a) {
  Value key = a->key, file = a->fobj, shown = value_repr(vm, file);
  if (value_is_fail(shown)) return shown;
  ZoneInfo *zone = zone_blank(vm, value_object(cls));
  if (!zone) return VALUE_FAIL;
  if (!zone_load(vm, zone, library.common, file)) return VALUE_FAIL;
  zone->key = key, zone->file_repr = shown;
  zone->source = ZONE_OF_FILE;
  heap_barrier(vm, zone, key);
  heap_barrier(vm, zone, shown);
  return value_from(zone);
}

static Value zoneinfo_clear_cache(VM *vm, Value cls, const zoneinfo_clear_cache_args *a) {
  Value keys = a->only_keys, weak = weak_cache_of(vm, value_object(cls));
  bool is_strong = value_object(cls) == (void *)TYPE_OF(zoneinfo_ZoneInfo);
  if (value_is_fail(weak)) return weak;
  if (keys == VALUE_NONE) {
    while (is_strong && cache.count) strong_remove(cache.zones[0]);
    Value cleared = call_method0(vm, weak, NAME("clear"));
    return value_is_fail(cleared) ? cleared : VALUE_NONE;
  }
  Value iterator = get_iterator(vm, keys), key;
  if (value_is_fail(iterator)) return iterator;
  while ((key = iterator_next(vm, iterator)) != VALUE_STOP) {
    Value found = value_is_fail(key) ? key : is_strong ? strong_find(vm, key) : VALUE_UNBOUND;
    if (value_is_fail(found)) return found;
    if (found != VALUE_UNBOUND) strong_remove(found);
    if (value_is_fail(call_method2(vm, weak, NAME("pop"), key, VALUE_NONE))) return VALUE_FAIL;
  }
  return VALUE_NONE;
}

static Value zoneinfo_init_subclass(VM *vm, Value cls, const zoneinfo_init_subclass_args *a) {
  Value weak = weak_cache_new(vm);
  return value_none_if(!value_is_fail(weak) && set_attribute(vm, cls, NAME("_weak_cache"), weak));
}

/* ---- pickle and text */

static Value zoneinfo_reduce(VM *vm, ZoneInfo *self, const zoneinfo_reduce_args *a) {
  if (self->source == ZONE_OF_FILE) {
    Value module = import_module(vm, NAME("pickle"));
    Value error = value_is_fail(module) ? module : get_attribute(vm, module, NAME("PicklingError"));
    if (value_is_fail(error)) return error;
    return raise_error(vm, value_object(error),
                       "Cannot pickle a ZoneInfo file from a file stream.");
  }
  Value make = get_attribute(vm, value_from(self), NAME("_unpickle"));
  if (value_is_fail(make)) return make;
  Value arguments = PACK(self->key, value_int_unchecked(self->source == ZONE_CACHED));
  return PACK(make, arguments);
}
static Value zoneinfo_unpickle(VM *vm, Value cls, const zoneinfo_unpickle_args *a) {
  if (!a->from_cache) return zone_of_key(vm, value_object(cls), a->key);
  return zoneinfo_construct(vm, value_object(cls), &(zoneinfo_construct_args){.key = a->key});
}

static Value zoneinfo_op_repr(VM *vm, ZoneInfo *self, const zoneinfo_op_repr_args *a) {
  Type *type = object_type(self);
  if (self->key != VALUE_NONE) return value_of(str_format(vm, "%N(key=%R)", type, self->key));
  return value_of(str_format(vm, "%N.from_file(%S)", type, self->file_repr));
}
static Value zoneinfo_op_str(VM *vm, ZoneInfo *self, const zoneinfo_op_str_args *a) {
  return self->key != VALUE_NONE ? self->key : value_repr(vm, value_from(self));
}

/* ---- asking */

typedef struct Reading {
  int64_t seconds;
  int year, fold;
} Reading;

static bool int_of(VM *vm, Value v, int *out) {
  int64_t number;
  if (value_is_fail(v) || !value_index64(vm, v, &number, false)) return false;
  *out = (int)number;
  return true;
}
static bool field_of(VM *vm, Value dt, Str *name, int *out) {
  return int_of(vm, get_attribute(vm, dt, name), out);
}
static bool year_and_fold(VM *vm, Value dt, Reading *out) {
  if (IS_DATETIME(dt)) {
    const DateTime *moment = value_object(dt);
    out->year = moment->year, out->fold = moment->clock.fold;
    return true;
  }
  if (!field_of(vm, dt, NAME("year"), &out->year) || !field_of(vm, dt, NAME("fold"), &out->fold))
    return false;
  out->fold = out->fold != 0;
  if (out->year >= YEAR_MIN && out->year <= YEAR_MAX) return true;
  return raise_false(vm, TYPE_OF(ValueError), "year %d is out of range", out->year);
}
/* Of what is no datetime, or of a subclass: by its attributes. */
static COLD bool read_other(VM *vm, Value dt, Reading *out) {
  int day, hour, minute, second;
  if (!int_of(vm, call_method0(vm, dt, NAME("toordinal")), &day)) return false;
  if (!field_of(vm, dt, NAME("hour"), &hour) || !field_of(vm, dt, NAME("minute"), &minute) ||
      !field_of(vm, dt, NAME("second"), &second))
    return false;
  out->seconds = ((int64_t)day - EPOCH_ORDINAL) * SECONDS_A_DAY + (int64_t)hour * 3600 +
                 (int64_t)minute * 60 + second;
  return year_and_fold(vm, dt, out);
}
static inline bool read_clock(VM *vm, Value dt, Reading *out) {
  if (UNLIKELY(!value_is(dt, datetime_datetime))) return read_other(vm, dt, out);
  const DateTime *moment = value_object(dt);
  out->seconds = datetime_seconds(moment) - EPOCH_ORDINAL * (int64_t)SECONDS_A_DAY;
  out->year = moment->year, out->fold = moment->clock.fold;
  return true;
}

/* How many of the transitions are not after `seconds`. */
static inline size_t count_until(const int64_t *times, size_t count, int64_t seconds) {
  size_t low = 0;
  while (low < count) {
    size_t middle = (low + count) / 2;
    if (times[middle] > seconds) count = middle;
    else low = middle + 1;
  }
  return low;
}

static inline int kind_at(const ZoneTable *table, const Reading *at) {
  const int64_t *local = table->local[at->fold];
  size_t count = table->count;
  if (count && at->seconds < local[0]) return table->before;
  if (!count || at->seconds > local[count - 1])
    return table->rule_kind + (table->rule.has_summer &&
                               zone_rule_is_summer(&table->rule, at->seconds, at->year, at->fold));
  size_t passed = count_until(local, count, at->seconds);
  return passed ? table->kinds[passed - 1] : table->before;
}

/* One of a kind's three values. */
static Value ask(VM *vm, ZoneInfo *zone, Value dt, int which) {
  const ZoneTable *table = zone->table;
  Reading at;
  int kind;
  if (UNLIKELY(!table)) return VALUE_NONE;
  if (dt == VALUE_NONE) {
    if (!table->is_fixed) return VALUE_NONE;
    kind = table->rule_kind;
  } else {
    if (!read_clock(vm, dt, &at)) return VALUE_FAIL;
    kind = kind_at(table, &at);
  }
  return zone->kinds->items[kind * KIND_WIDTH + which];
}
static Value zoneinfo_utcoffset(VM *vm, ZoneInfo *self, const zoneinfo_utcoffset_args *a) {
  return ask(vm, self, a->dt, KIND_OFFSET);
}
static Value zoneinfo_dst(VM *vm, ZoneInfo *self, const zoneinfo_dst_args *a) {
  return ask(vm, self, a->dt, KIND_DST);
}
static Value zoneinfo_tzname(VM *vm, ZoneInfo *self, const zoneinfo_tzname_args *a) {
  return ask(vm, self, a->dt, KIND_NAME);
}

/* The kind that holds at seconds of UTC, and whether the clock shows this hour again: it was put
** back less than that long ago. By the rule, or, soon after it, by the last transition. */
static int kind_of_rule_at_utc(const ZoneTable *table, const Reading *at, bool *fold) {
  int kind = table->rule_kind;
  if (table->rule.has_summer)
    kind += zone_rule_is_summer_utc(&table->rule, at->seconds, at->year, fold);
  size_t count = table->count;
  if (!count) return kind;
  int old = count > 1 ? table->kinds[count - 2] : table->before;
  int64_t loss = table->offsets[old] - table->offsets[kind];
  if (loss > 0 && at->seconds < wrapping_sum(table->utc[count - 1], loss)) *fold = true;
  return kind;
}
static int kind_at_utc(const ZoneTable *table, const Reading *at, bool *fold) {
  size_t count = table->count;
  *fold = false;
  if (count && at->seconds < table->utc[0]) return table->before;
  if (!count || at->seconds > table->utc[count - 1]) return kind_of_rule_at_utc(table, at, fold);
  size_t passed = count_until(table->utc, count, at->seconds);
  if (!passed) return table->before;
  int kind = table->kinds[passed - 1], old = passed > 1 ? table->kinds[passed - 2] : table->before;
  int64_t since = wrapping_difference(at->seconds, table->utc[passed - 1]);
  *fold = table->offsets[old] - table->offsets[kind] > since;
  return kind;
}

static Value zoneinfo_fromutc(VM *vm, ZoneInfo *self, const zoneinfo_fromutc_args *a) {
  if (!IS_DATETIME(a->dt)) return raise_type(vm, "fromutc: argument must be a datetime");
  DateTime *moment = value_object(a->dt);
  if (moment->zone != value_from(self)) return raise_value(vm, "fromutc: dt.tzinfo is not self");
  Reading at;
  if (!self->table || !read_clock(vm, a->dt, &at)) return VALUE_FAIL;
  bool fold;
  int kind = kind_at_utc(self->table, &at, &fold);
  Value offset = self->kinds->items[kind * KIND_WIDTH + KIND_OFFSET], local;
  if (LIKELY(value_is(a->dt, datetime_datetime)))
    local = datetime_add(vm, moment, value_object(offset), 1);
  else local = binary_op(vm, BINARY_ADD, a->dt, offset);
  if (!fold || value_is_fail(local)) return local;
  if (value_is(local, datetime_datetime)) {
    ((DateTime *)value_object(local))->clock.fold = 1;
    return local;
  }
  Tuple *names = TUPLE(value_from(NAME("fold")));
  const Value one[] = {value_int_unchecked(1)};
  return names ? call_method_values(vm, local, NAME("replace"), one, 0, names) : VALUE_FAIL;
}

/* ---- the class and its module */

static void zoneinfo_trace(Marker *marker, Object *object) {
  const ZoneInfo *zone = (const ZoneInfo *)object;
  mark_value(marker, zone->key);
  mark_value(marker, zone->file_repr);
  mark_object(marker, zone->kinds);
}
static void zoneinfo_destroy(VM *vm, Object *object) { zone_unload(vm, (ZoneInfo *)object); }

/* Every number of a kind leads to a row of `kinds`. */
static bool zoneinfo_verify(const Object *object) {
  const ZoneInfo *zone = (const ZoneInfo *)object;
  const ZoneTable *table = zone->table;
  LAW(zone->source <= ZONE_OF_FILE && (!table || zone->kinds));
  if (!table) return true;
  int kinds = (int)(tuple_length(zone->kinds) / KIND_WIDTH);
  LAW(tuple_length(zone->kinds) % KIND_WIDTH == 0 && table->before >= 0 && table->before < kinds);
  LAW(table->rule_kind >= 0 && table->rule_kind + table->rule.has_summer < kinds);
  for (size_t i = 0; i < table->count; i++) LAW(table->kinds[i] >= 0 && table->kinds[i] < kinds);
  return true;
}

const ClassSpec zoneinfo_ZoneInfo_class = {
    NATIVE_CLASS(zoneinfo_), .verify = VERIFIER(zoneinfo_verify), .basic_size = sizeof(ZoneInfo),
    .trace = zoneinfo_trace, .destroy = zoneinfo_destroy,
};

static void register_value(VM *vm, Value *slot) {
  *slot = VALUE_NONE;
  heap_add_root(vm, slot);
}
static void register_roots(VM *vm) {
  for (int i = 0; i < STRONG; i++) {
    register_value(vm, &cache.keys[i]);
    register_value(vm, &cache.zones[i]);
  }
  Value *const others[] = {&cache.weak, &cache.deltas, &library.find_file, &library.open,
                           &library.common};
  for (size_t i = 0; i < ARRAY_COUNT(others); i++) register_value(vm, others[i]);
  cache.is_registered = true;
}
static bool take_from(VM *vm, const char *module, Str *name, Value *out) {
  Value found = import_module(vm, str_intern_cstr(vm, module));
  if (!value_is_fail(found) && name) found = get_attribute(vm, found, name);
  if (value_is_fail(found)) return false;
  *out = found;
  return true;
}
/* A second import finds the caches as they are. */
static bool make_caches(VM *vm) {
  if (cache.deltas == VALUE_NONE) cache.deltas = value_from(dict_new(vm));
  if (cache.weak != VALUE_NONE) return true;
  Value weak = weak_cache_new(vm);
  if (value_is_fail(weak)) return false;
  cache.weak = weak;
  return true;
}

static bool init(VM *vm, Module *module) {
  if (!cache.is_registered) register_roots(vm);
  if (value_is_fail(import_module(vm, NAME("_datetime")))) return false;
  return make_caches(vm) && module_add_type(vm, module, TYPE_OF(zoneinfo_ZoneInfo)) &&
         take_from(vm, "zoneinfo._tzpath", NAME("find_tzfile"), &library.find_file) &&
         take_from(vm, "io", NAME("open"), &library.open) &&
         take_from(vm, "zoneinfo._common", NULL, &library.common);
}

static const MethodSpec no_functions[] = {{.name = NULL}};
const ModuleSpec _zoneinfo_module = {
    .name = "_zoneinfo",
    .doc = "C implementation of the zoneinfo module",
    .methods = no_functions,
    .nmethods = 0,
    .init = init,
};
