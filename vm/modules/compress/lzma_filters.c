/* lzma_filters.c -- filter specifiers (dicts) to liblzma's filters and back. */
#include "vm/base/libraries.h"
#if WITH_LZMA
#include "vm/modules/compress/lzma_filters.h"

#include "vm/contracts/protocol.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

typedef struct Field {
  const char *name;
  size_t offset;
} Field;

static const Field lzma_fields[] = {
    {"dict_size", offsetof(lzma_options_lzma, dict_size)},
    {"lc", offsetof(lzma_options_lzma, lc)},
    {"lp", offsetof(lzma_options_lzma, lp)},
    {"pb", offsetof(lzma_options_lzma, pb)},
    {"mode", offsetof(lzma_options_lzma, mode)},
    {"nice_len", offsetof(lzma_options_lzma, nice_len)},
    {"mf", offsetof(lzma_options_lzma, mf)},
    {"depth", offsetof(lzma_options_lzma, depth)},
};
static const Field delta_fields[] = {{"dist", offsetof(lzma_options_delta, dist)}};
static const Field bcj_fields[] = {{"start_offset", offsetof(lzma_options_bcj, start_offset)}};
static_assert(sizeof(lzma_mode) == 4 && sizeof(lzma_match_finder) == 4, "options are 32-bit words");

bool unsigned_option(VM *vm, Value v, uint64_t most, uint64_t *out) {
  if (!value_is_any_int(v)) return raise_false(vm, TYPE_OF(TypeError), "an integer is required");
  if (int_sign(v) < 0)
    return raise_false(vm, TYPE_OF(OverflowError), "can't convert negative int to unsigned");
  if (int_to_uint64(v, out) && *out <= most) return true;
  return raise_false(vm, TYPE_OF(OverflowError), "Value too large for %s type",
                     most == UINT32_MAX ? "uint32_t" : "lzma_vli");
}

/* Options given by name into a struct of 32-bit words. false: one of them is not known or no such
** number. */
static bool parse_fields(VM *vm, Value spec, const Field *fields, size_t count,
                         bool preset_is_known, const char *kind, void *options) {
  Value items = call_method0(vm, spec, NAME("items"));
  Value iterator = items == VALUE_FAIL ? items : get_iterator(vm, items), item;
  if (iterator == VALUE_FAIL) return false;
  bool known = true;
  while (known && (item = iterator_next(vm, iterator)) != VALUE_STOP) {
    const Value *pair;
    size_t size, i = 0;
    if (item == VALUE_FAIL) return false;
    known = sequence_view(item, &pair, &size) && size == 2 && value_is_str(pair[0]);
    if (!known || str_equal_cstr(value_object(pair[0]), "id") ||
        (preset_is_known && str_equal_cstr(value_object(pair[0]), "preset")))
      continue;
    while (i < count && !str_equal_cstr(value_object(pair[0]), fields[i].name)) i++;
    uint64_t n;
    known = i < count && unsigned_option(vm, pair[1], UINT32_MAX, &n);
    if (known) memcpy((char *)options + fields[i].offset, &(uint32_t){(uint32_t)n}, 4);
  }
  if (known) return true;
  if (error_pending(vm)) error_clear(vm);
  return raise_false(vm, TYPE_OF(ValueError), "Invalid filter specifier for %s filter", kind);
}

/* spec[name], or MISSING. */
static Value entry_of(VM *vm, Value spec, Str *name) {
  Value v = get_item(vm, spec, value_from(name));
  return v == VALUE_FAIL && error_clear_if(vm, TYPE_OF(KeyError)) ? VALUE_MISSING : v;
}

static bool parse_lzma(VM *vm, Value spec, lzma_options_lzma *options) {
  uint64_t preset = LZMA_PRESET_DEFAULT;
  Value given = entry_of(vm, spec, NAME("preset"));
  if (given == VALUE_FAIL ||
      (given != VALUE_MISSING && !unsigned_option(vm, given, UINT32_MAX, &preset)))
    return false;
  if (lzma_lzma_preset(options, (uint32_t)preset))
    return raise_lzma(vm, "Invalid compression preset: %lld", (long long)preset);
  return parse_fields(vm, spec, lzma_fields, ARRAY_COUNT(lzma_fields), true, "LZMA", options);
}

bool filter_parse(VM *vm, Value spec, FilterChain *chain, int at) {
  lzma_filter *filter = &chain->filters[at];
  filter->options = &chain->options[at];
  memset(filter->options, 0, sizeof chain->options[at]);
  if (!value_is_pointer(spec) || !value_has_special(spec, SPECIAL_getitem) ||
      value_has_flag(spec, TYPE_LIST_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError),
                       "Filter specifier must be a dict or dict-like object");
  Value id = entry_of(vm, spec, NAME("id"));
  if (id == VALUE_FAIL) return false;
  if (id == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(ValueError), "Filter specifier must have an \"id\" entry");
  if (!unsigned_option(vm, id, UINT64_MAX, &filter->id)) return false;
  switch (filter->id) {
  case LZMA_FILTER_LZMA1:
  case LZMA_FILTER_LZMA2: return parse_lzma(vm, spec, filter->options);
  case LZMA_FILTER_DELTA:
    *(lzma_options_delta *)filter->options =
        (lzma_options_delta){.type = LZMA_DELTA_TYPE_BYTE, .dist = 1};
    return parse_fields(vm, spec, delta_fields, ARRAY_COUNT(delta_fields), false, "delta",
                        filter->options);
  case LZMA_FILTER_X86:
  case LZMA_FILTER_POWERPC:
  case LZMA_FILTER_IA64:
  case LZMA_FILTER_ARM:
  case LZMA_FILTER_ARMTHUMB:
  case LZMA_FILTER_SPARC:
    return parse_fields(vm, spec, bcj_fields, ARRAY_COUNT(bcj_fields), false, "BCJ",
                        filter->options);
  default:
    return raise_false(vm, TYPE_OF(ValueError), "Invalid filter ID: %lld", (long long)filter->id);
  }
}

bool filters_parse(VM *vm, Value specs, FilterChain *chain) {
  if (value_has_flag(specs, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "%T is not a sequence", specs);
  int64_t count = value_length(vm, specs);
  if (count < 0) return false;
  if (count > LZMA_FILTERS_MAX)
    return raise_false(vm, TYPE_OF(ValueError),
                       "Too many filters - liblzma supports a maximum of %d", LZMA_FILTERS_MAX);
  for (int i = 0; i < (int)count; i++) {
    Value spec = get_item(vm, specs, value_int_unchecked(i));
    if (spec == VALUE_FAIL || !filter_parse(vm, spec, chain, i)) return false;
  }
  chain->filters[count].id = LZMA_VLI_UNKNOWN;
  return true;
}

Value filter_describe(VM *vm, const lzma_filter *filter) {
  Dict *spec = dict_new(vm);
  size_t count = 0;
  const Field *fields = NULL;
  switch (filter->id) {
  /* the rest is the encoder's own */
  case LZMA_FILTER_LZMA1: fields = lzma_fields, count = 4; break;
  case LZMA_FILTER_LZMA2: fields = lzma_fields, count = 1; break;
  case LZMA_FILTER_DELTA: fields = delta_fields, count = 1; break;
  case LZMA_FILTER_X86:
  case LZMA_FILTER_POWERPC:
  case LZMA_FILTER_IA64:
  case LZMA_FILTER_ARM:
  case LZMA_FILTER_ARMTHUMB:
  case LZMA_FILTER_SPARC: fields = bcj_fields, count = filter->options != NULL; break;
  default: return raise_value(vm, "Invalid filter ID: %lld", (long long)filter->id);
  }
  if (!dict_set_str(vm, spec, NAME("id"), int_from_uint64(vm, filter->id))) return VALUE_FAIL;
  for (size_t i = 0; i < count; i++) {
    uint32_t n;
    memcpy(&n, (const char *)filter->options + fields[i].offset, 4);
    if (!dict_set_str(vm, spec, str_intern_cstr(vm, fields[i].name), value_int_unchecked(n)))
      return VALUE_FAIL;
  }
  return value_from(spec);
}

bool lzma_check_code(VM *vm, lzma_ret code) {
  switch (code) {
  case LZMA_OK:
  case LZMA_GET_CHECK:
  case LZMA_NO_CHECK:
  case LZMA_STREAM_END: return true;
  case LZMA_UNSUPPORTED_CHECK: return raise_lzma(vm, "Unsupported integrity check");
  case LZMA_MEM_ERROR: return raise_memory(vm), false;
  case LZMA_MEMLIMIT_ERROR: return raise_lzma(vm, "Memory usage limit exceeded");
  case LZMA_FORMAT_ERROR: return raise_lzma(vm, "Input format not supported by decoder");
  case LZMA_OPTIONS_ERROR: return raise_lzma(vm, "Invalid or unsupported options");
  case LZMA_DATA_ERROR: return raise_lzma(vm, "Corrupt input data");
  case LZMA_BUF_ERROR: return raise_lzma(vm, "Insufficient buffer space");
  case LZMA_PROG_ERROR: return raise_lzma(vm, "Internal error");
  default: return raise_lzma(vm, "Unrecognized error from liblzma: %d", (int)code);
  }
}
#else
const char lzma_filters_are_absent = 0;
#endif
