/* rate.c -- converting sounds to another rate of frames: straight lines between the samples, which
** are filtered first.
**
** Law of Conversion: `phase` is how far, in units of 1 / in / out of a second, the next frame to
** make lies before the last that was read: it is made while phase >= 0; else another is read. The
** two last frames read are `before` and `now`, of 32 bits. */
#include "vm/modules/audio/rate.h"

#include "vm/base/buffer.h"
#include "vm/base/memory.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

#include <limits.h>
#include <stdlib.h>

typedef struct ChannelState {
  int before, now;
} ChannelState;

typedef struct Conversion {
  Rates rates;
  int phase;
  ChannelState *channels; /* [owned] */
} Conversion;

bool audio_int_of(VM *vm, Value v, int64_t *out) {
  Value index;
  if (!value_index(vm, v, &index)) return false;
  if (!int_to_int64(index, out) || *out != (int)*out)
    return raise_false(vm, TYPE_OF(OverflowError),
                       *out > 0 ? "signed integer is greater than maximum"
                                : "signed integer is less than minimum");
  return true;
}

static int greatest_divisor(int a, int b) {
  while (b) {
    int rest = a % b;
    a = b, b = rest;
  }
  return a;
}

static bool check(VM *vm, const Pin *pin, int width, const Rates *rates) {
  if (!audio_check_width(vm, width)) return false;
  if (rates->channels < 1) return raise_audio(vm, "# of channels should be >= 1");
  if (width > INT_MAX / rates->channels)
    return raise_false(vm, TYPE_OF(OverflowError), "width * nchannels too big for a C int");
  if (rates->new_weight < 1 || rates->old_weight < 0)
    return raise_audio(vm, "weightA should be >= 1, weightB should be >= 0");
  if (pin->n % ((size_t)width * (size_t)rates->channels))
    return raise_audio(vm, "not a whole number of frames");
  return (rates->in > 0 && rates->out > 0) || raise_audio(vm, "sampling rate not > 0");
}

static void reduce(int *a, int *b) {
  int divisor = greatest_divisor(*a, *b);
  *a /= divisor, *b /= divisor;
}

static bool parse_pair(VM *vm, Value v, ChannelState *out) {
  const Tuple *pair = value_has_flag(v, TYPE_TUPLE_SUBCLASS) ? value_object(v) : NULL;
  int64_t before, now;
  if (!pair || tuple_length(pair) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "ratecv(): illegal state argument");
  if (!audio_int_of(vm, pair->items[0], &before) || !audio_int_of(vm, pair->items[1], &now))
    return false;
  *out = (ChannelState){(int)before, (int)now};
  return true;
}

static bool parse_state(VM *vm, Value v, Conversion *to) {
  if (v == VALUE_NONE) return to->phase = -to->rates.out, true;
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "state must be a tuple or None");
  const Tuple *state = value_object(v);
  int64_t phase;
  if (tuple_length(state) != 2 || !value_has_flag(state->items[1], TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "ratecv(): illegal state argument");
  const Tuple *channels = value_object(state->items[1]);
  if (!audio_int_of(vm, state->items[0], &phase)) return false;
  to->phase = (int)phase;
  if (tuple_length(channels) != (size_t)to->rates.channels)
    return raise_audio(vm, "illegal state argument");
  for (int i = 0; i < to->rates.channels; i++)
    if (!parse_pair(vm, channels->items[i], &to->channels[i])) return false;
  return true;
}

static Value state_value(VM *vm, const Conversion *from) {
  Tuple *channels = tuple_new(vm, (size_t)from->rates.channels);
  if (!channels) return VALUE_FAIL;
  for (int i = 0; i < from->rates.channels; i++) {
    const ChannelState *channel = &from->channels[i];
    Value pair = PACK(value_int_unchecked(channel->before), value_int_unchecked(channel->now));
    if (value_is_fail(pair)) return pair;
    tuple_set_item(vm, channels, (size_t)i, pair);
  }
  return PACK(value_int_unchecked(from->phase), value_from(channels));
}

/* A state that no call gave can lead out of an int. */
static int saturate(double value) {
  if (value >= INT_MAX) return INT_MAX;
  return value <= INT_MIN ? INT_MIN : (int)value;
}

static void read_frame(Conversion *state, const Sound *sound, size_t frame) {
  double new_weight = state->rates.new_weight, old_weight = state->rates.old_weight;
  for (int i = 0; i < state->rates.channels; i++) {
    ChannelState *channel = &state->channels[i];
    size_t at = frame * (size_t)state->rates.channels + (size_t)i;
    double sample = sample_widen(sound_at(sound, at), sound->width);
    channel->before = channel->now;
    double filtered = new_weight * sample + old_weight * channel->before;
    channel->now = saturate(filtered / (new_weight + old_weight));
  }
  state->phase += state->rates.out;
}

static bool write_frame(Conversion *state, int width, Buffer *out) {
  double back = state->phase, whole = state->rates.out;
  size_t size = (size_t)width * (size_t)state->rates.channels;
  if (!buffer_reserve(out, size)) return false;
  for (int i = 0; i < state->rates.channels; i++, out->size += (size_t)width) {
    const ChannelState *channel = &state->channels[i];
    int wide = saturate((channel->before * back + channel->now * (whole - back)) / whole);
    sample_store(out->bytes + out->size, width, sample_narrow(wide, width));
  }
  state->phase -= state->rates.in;
  return true;
}

static bool convert(VM *vm, Conversion *state, const Sound *sound, Buffer *out) {
  size_t frames = sound->count / (size_t)state->rates.channels, next = 0;
  for (size_t round = 0; state->phase >= 0 || next < frames; round++) {
    if (state->phase < 0) read_frame(state, sound, next++);
    else if (!write_frame(state, sound->width, out)) return raise_memory(vm), false;
    if (!LISTEN(vm, round)) return false;
  }
  return true;
}

static Value run(VM *vm, const Pin *pin, int width, Value state, Conversion *conversion) {
  Sound sound;
  Buffer out;
  if (!parse_state(vm, state, conversion) || !sound_of(vm, pin, width, &sound)) return VALUE_FAIL;
  buffer_init(&out);
  bool fine = convert(vm, conversion, &sound, &out);
  Value bytes = fine ? value_of(bytes_from_buffer(vm, &out)) : VALUE_FAIL;
  buffer_deinit(&out);
  return value_is_fail(bytes) ? bytes : PACK(bytes, state_value(vm, conversion));
}

Value rate_convert(VM *vm, const Pin *pin, int width, Rates rates, Value state) {
  if (!check(vm, pin, width, &rates)) return VALUE_FAIL;
  reduce(&rates.in, &rates.out);
  reduce(&rates.new_weight, &rates.old_weight);
  Conversion conversion = {rates, 0, NULL};
  conversion.channels = memory_take_zeroed((size_t)rates.channels, sizeof *conversion.channels);
  if (!conversion.channels) return raise_memory(vm);
  Value result = run(vm, pin, width, state, &conversion);
  free(conversion.channels);
  return result;
}
