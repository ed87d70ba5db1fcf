/* audioop.c -- the module audioop: arithmetic on sounds, which are bytes (samples.h). */
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/audio/codes.h"
#include "vm/modules/audio/rate.h"
#include "vm/modules/audio/samples.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"

#include <math.h>

#define NATIVE_DEF "vm/modules/audio/audioop.def"
#define NATIVE_PREFIX audioop_
#include "vm/contracts/native_class.inc"

struct AudioState audio_state = {VALUE_NONE};

/* ---- sounds */
bool audio_check_width(VM *vm, int width) {
  return (width >= 1 && width <= 4) || raise_audio(vm, "Size should be 1, 2, 3 or 4");
}

bool sound_of(VM *vm, const Pin *pin, int width, Sound *out) {
  if (!audio_check_width(vm, width)) return false;
  if (pin->n % (size_t)width) return raise_audio(vm, "not a whole number of frames");
  *out = (Sound){pin->bytes, width, pin->n / (size_t)width};
  return true;
}

/* A new sound of so many samples; NULL: MemoryError. */
static Bytes *sound_new(VM *vm, size_t count, int width) {
  if (count > ((size_t)1 << 47) / (size_t)width) return raise_memory(vm), NULL;
  return bytes_new(vm, NULL, count * (size_t)width);
}

static double clip(double value, int width) {
  double least = sample_least(width), most = -1.0 - least;
  if (value > most) return most;
  return value < least + 1.0 ? least : floor(value);
}

/* ---- single numbers */
static Value audioop_getsample(VM *vm, Value self, const audioop_getsample_args *a) {
  Sound sound;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  if (a->index < 0 || (size_t)a->index >= sound.count) return audio_error(vm, "Index out of range");
  return value_int_unchecked(sound_at(&sound, (size_t)a->index));
}

static Value audioop_max(VM *vm, Value self, const audioop_max_args *a) {
  Sound sound;
  int64_t most = 0;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  for (size_t i = 0; i < sound.count; i++) {
    int64_t sample = sound_at(&sound, i), size = sample < 0 ? -sample : sample;
    if (size > most) most = size;
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_int_unchecked(most);
}

static Value audioop_minmax(VM *vm, Value self, const audioop_minmax_args *a) {
  Sound sound;
  int32_t least = INT32_MAX, most = INT32_MIN;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  for (size_t i = 0; i < sound.count; i++) {
    int32_t sample = sound_at(&sound, i);
    if (sample < least) least = sample;
    if (sample > most) most = sample;
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return PACK(value_int_unchecked(least), value_int_unchecked(most));
}

static Value audioop_avg(VM *vm, Value self, const audioop_avg_args *a) {
  Sound sound;
  double sum = 0;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  for (size_t i = 0; i < sound.count; i++) {
    sum += sound_at(&sound, i);
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_int_unchecked(sound.count ? (int64_t)floor(sum / (double)sound.count) : 0);
}

static Value audioop_rms(VM *vm, Value self, const audioop_rms_args *a) {
  Sound sound;
  double sum = 0;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  for (size_t i = 0; i < sound.count; i++) {
    double sample = sound_at(&sound, i);
    sum += sample * sample;
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_int_unchecked(sound.count ? (int64_t)sqrt(sum / (double)sound.count) : 0);
}

static Value audioop_cross(VM *vm, Value self, const audioop_cross_args *a) {
  Sound sound;
  int64_t crossings = -1; /* the first sample counts as one */
  int side = 2;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  for (size_t i = 0; i < sound.count; i++) {
    int now = sound_at(&sound, i) < 0;
    crossings += now != side;
    side = now;
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_int(vm, crossings);
}

/* Distances between neighbouring peaks: where the samples turn, not counting the first turn's
** distance from the start. */
typedef struct Peaks {
  double sum;
  int64_t count, most;
} Peaks;

static bool find_peaks(VM *vm, const Sound *sound, Peaks *out) {
  enum { UNKNOWN, FALLING, RISING } direction = UNKNOWN;
  bool has_peak = false;
  int32_t peak = 0, before = sound->count ? sound_at(sound, 0) : 0;
  *out = (Peaks){0, 0, 0};
  for (size_t i = 1; i < sound->count; i++) {
    int32_t sample = sound_at(sound, i);
    if (!LISTEN(vm, i)) return false;
    if (sample == before) continue;
    int now = sample < before ? FALLING : RISING;
    if (direction != UNKNOWN && (int)direction != now) {
      int64_t distance = (int64_t)before - peak;
      if (distance < 0) distance = -distance;
      if (has_peak) out->sum += (double)distance, out->count++;
      if (has_peak && distance > out->most) out->most = distance;
      has_peak = true;
      peak = before;
    }
    direction = now;
    before = sample;
  }
  return true;
}

static Value audioop_avgpp(VM *vm, Value self, const audioop_avgpp_args *a) {
  Sound sound;
  Peaks peaks;
  if (!sound_of(vm, &a->fragment, a->width, &sound) || !find_peaks(vm, &sound, &peaks))
    return VALUE_FAIL;
  return value_int_unchecked(peaks.count ? (int64_t)(peaks.sum / (double)peaks.count) : 0);
}
static Value audioop_maxpp(VM *vm, Value self, const audioop_maxpp_args *a) {
  Sound sound;
  Peaks peaks;
  if (!sound_of(vm, &a->fragment, a->width, &sound) || !find_peaks(vm, &sound, &peaks))
    return VALUE_FAIL;
  return value_int_unchecked(peaks.most);
}

/* ---- fitting: of samples of 16 bits, as the energy of differences */
static bool wide_sound(VM *vm, const Pin *pin, Sound *out) {
  if (pin->n % 2) return raise_audio(vm, "Strings should be even-sized");
  *out = (Sound){pin->bytes, 2, pin->n / 2};
  return true;
}

/* The sum of products of n samples from `at` on with those of another. */
static double dot(const Sound *a, size_t at, const Sound *b, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)sound_at(a, at + i) * (double)sound_at(b, i);
  return sum;
}
static double energy(const Sound *sound, size_t at) {
  double sample = sound_at(sound, at);
  return sample * sample;
}

static Value audioop_findfit(VM *vm, Value self, const audioop_findfit_args *a) {
  Sound sound, reference;
  if (!wide_sound(vm, &a->fragment, &sound) || !wide_sound(vm, &a->reference, &reference))
    return VALUE_FAIL;
  if (sound.count < reference.count) return audio_error(vm, "First sample should be longer");
  size_t n = reference.count, best_at = 0;
  double own = dot(&reference, 0, &reference, n), part = dot(&sound, 0, &sound, n);
  double both = dot(&sound, 0, &reference, n), best = (own * part - both * both) / part;
  for (size_t at = 1; at <= sound.count - n; at++) {
    if (!vm_listen(vm)) return VALUE_FAIL;
    part += energy(&sound, at + n - 1) - energy(&sound, at - 1);
    both = dot(&sound, at, &reference, n);
    double misfit = (own * part - both * both) / part;
    if (misfit < best) best = misfit, best_at = at;
  }
  double factor = dot(&sound, best_at, &reference, n) / own;
  return PACK(value_int(vm, (int64_t)best_at), value_float(vm, factor));
}

static Value audioop_findfactor(VM *vm, Value self, const audioop_findfactor_args *a) {
  Sound sound, reference;
  if (!wide_sound(vm, &a->fragment, &sound) || !wide_sound(vm, &a->reference, &reference))
    return VALUE_FAIL;
  if (sound.count != reference.count) return audio_error(vm, "Samples should be same size");
  double own = dot(&reference, 0, &reference, reference.count);
  return value_float(vm, dot(&sound, 0, &reference, reference.count) / own);
}

static Value audioop_findmax(VM *vm, Value self, const audioop_findmax_args *a) {
  Sound sound;
  if (!wide_sound(vm, &a->fragment, &sound)) return VALUE_FAIL;
  if (a->length < 0 || (size_t)a->length > sound.count)
    return audio_error(vm, "Input sample should be longer");
  size_t n = (size_t)a->length, best_at = 0;
  double part = dot(&sound, 0, &sound, n), best = part;
  for (size_t at = 1; at <= sound.count - n; at++) {
    if (!LISTEN(vm, at)) return VALUE_FAIL;
    if (n) part += energy(&sound, at + n - 1) - energy(&sound, at - 1);
    if (part > best) best = part, best_at = at;
  }
  return value_int(vm, (int64_t)best_at);
}

/* ---- one sound from one or two */
static Value audioop_mul(VM *vm, Value self, const audioop_mul_args *a) {
  Sound sound;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  Bytes *out = sound_new(vm, sound.count, a->width);
  for (size_t i = 0; out && i < sound.count; i++) {
    double sample = clip(sound_at(&sound, i) * a->factor, a->width);
    sample_store(out->data + i * (size_t)a->width, a->width, (int32_t)sample);
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value audioop_tomono(VM *vm, Value self, const audioop_tomono_args *a) {
  Sound sound;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  if (sound.count % 2) return audio_error(vm, "not a whole number of frames");
  Bytes *out = sound_new(vm, sound.count / 2, a->width);
  for (size_t i = 0; out && i < sound.count / 2; i++) {
    double left = sound_at(&sound, 2 * i), right = sound_at(&sound, 2 * i + 1);
    double sample = clip(left * a->lfactor + right * a->rfactor, a->width);
    sample_store(out->data + i * (size_t)a->width, a->width, (int32_t)sample);
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value audioop_tostereo(VM *vm, Value self, const audioop_tostereo_args *a) {
  Sound sound;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  Bytes *out = sound_new(vm, 2 * sound.count, a->width);
  for (size_t i = 0; out && i < sound.count; i++) {
    double sample = sound_at(&sound, i);
    uint8_t *to = out->data + 2 * i * (size_t)a->width;
    sample_store(to, a->width, (int32_t)clip(sample * a->lfactor, a->width));
    sample_store(to + a->width, a->width, (int32_t)clip(sample * a->rfactor, a->width));
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value audioop_add(VM *vm, Value self, const audioop_add_args *a) {
  Sound one, other;
  if (!sound_of(vm, &a->fragment1, a->width, &one)) return VALUE_FAIL;
  if (a->fragment1.n != a->fragment2.n) return audio_error(vm, "Lengths should be the same");
  if (!sound_of(vm, &a->fragment2, a->width, &other)) return VALUE_FAIL;
  Bytes *out = sound_new(vm, one.count, a->width);
  int64_t least = sample_least(a->width), most = -1 - least;
  for (size_t i = 0; out && i < one.count; i++) {
    int64_t sum = (int64_t)sound_at(&one, i) + sound_at(&other, i);
    sum = sum < least ? least : sum > most ? most : sum;
    sample_store(out->data + i * (size_t)a->width, a->width, (int32_t)sum);
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value audioop_bias(VM *vm, Value self, const audioop_bias_args *a) {
  Sound sound;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  Bytes *out = sound_new(vm, sound.count, a->width);
  for (size_t i = 0; out && i < sound.count; i++) {
    uint32_t sum = (uint32_t)sound_at(&sound, i) + (uint32_t)a->bias;
    sample_store(out->data + i * (size_t)a->width, a->width, (int32_t)sum);
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value audioop_reverse(VM *vm, Value self, const audioop_reverse_args *a) {
  Sound sound;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  Bytes *out = sound_new(vm, sound.count, a->width);
  size_t width = (size_t)a->width;
  for (size_t i = 0; out && i < sound.count; i++) {
    memcpy(out->data + (sound.count - 1 - i) * width, sound.bytes + i * width, width);
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value audioop_byteswap(VM *vm, Value self, const audioop_byteswap_args *a) {
  Sound sound;
  if (!sound_of(vm, &a->fragment, a->width, &sound)) return VALUE_FAIL;
  Bytes *out = sound_new(vm, sound.count, a->width);
  size_t width = (size_t)a->width;
  for (size_t i = 0; out && i < sound.count; i++) {
    for (size_t k = 0; k < width; k++)
      out->data[i * width + k] = sound.bytes[i * width + width - 1 - k];
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value audioop_lin2lin(VM *vm, Value self, const audioop_lin2lin_args *a) {
  Sound sound;
  if (!sound_of(vm, &a->fragment, a->width, &sound) || !audio_check_width(vm, a->newwidth))
    return VALUE_FAIL;
  Bytes *out = sound_new(vm, sound.count, a->newwidth);
  for (size_t i = 0; out && i < sound.count; i++) {
    int32_t wide = sample_widen(sound_at(&sound, i), a->width);
    sample_store(out->data + i * (size_t)a->newwidth, a->newwidth,
                 sample_narrow(wide, a->newwidth));
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

/* ---- codes of one byte a sample */
static Value encode(VM *vm, const Pin *pin, int width, int bits, uint8_t (*code_of)(int)) {
  Sound sound;
  if (!sound_of(vm, pin, width, &sound)) return VALUE_FAIL;
  Bytes *out = sound_new(vm, sound.count, 1);
  for (size_t i = 0; out && i < sound.count; i++) {
    out->data[i] = code_of(sample_widen(sound_at(&sound, i), width) >> (32 - bits));
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value decode(VM *vm, const Pin *pin, int width, int (*sample_of)(uint8_t)) {
  if (!audio_check_width(vm, width)) return VALUE_FAIL;
  Bytes *out = sound_new(vm, pin->n, width);
  for (size_t i = 0; out && i < pin->n; i++) {
    int32_t wide = sample_widen(sample_of(pin->bytes[i]), 2);
    sample_store(out->data + i * (size_t)width, width, sample_narrow(wide, width));
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return value_of(out);
}

static Value audioop_lin2ulaw(VM *vm, Value self, const audioop_lin2ulaw_args *a) {
  return encode(vm, &a->fragment, a->width, 14, ulaw_encode);
}
static Value audioop_ulaw2lin(VM *vm, Value self, const audioop_ulaw2lin_args *a) {
  return decode(vm, &a->fragment, a->width, ulaw_decode);
}
static Value audioop_lin2alaw(VM *vm, Value self, const audioop_lin2alaw_args *a) {
  return encode(vm, &a->fragment, a->width, 13, alaw_encode);
}
static Value audioop_alaw2lin(VM *vm, Value self, const audioop_alaw2lin_args *a) {
  return decode(vm, &a->fragment, a->width, alaw_decode);
}

/* ---- ADPCM: two codes a byte, the first in its upper half */
static bool parse_adpcm(VM *vm, Value v, const char *function, Adpcm *out) {
  int64_t predicted = 0, index = 0;
  if (v == VALUE_NONE) return *out = (Adpcm){0, 0}, true;
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "state must be a tuple or None");
  const Tuple *state = value_object(v);
  if (tuple_length(state) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "%s(): illegal state argument", function);
  if (!audio_int_of(vm, state->items[0], &predicted) || !audio_int_of(vm, state->items[1], &index))
    return false;
  if (predicted < -0x8000 || predicted > 0x7FFF || index < 0 || index >= ADPCM_STEPS)
    return raise_false(vm, TYPE_OF(ValueError), "bad state");
  *out = (Adpcm){(int)predicted, (int)index};
  return true;
}
static Value with_adpcm(VM *vm, const Bytes *bytes, const Adpcm *state) {
  return PACK(value_of(bytes),
              PACK(value_int_unchecked(state->predicted), value_int_unchecked(state->index)));
}

static Value audioop_lin2adpcm(VM *vm, Value self, const audioop_lin2adpcm_args *a) {
  Sound sound;
  Adpcm state;
  if (!sound_of(vm, &a->fragment, a->width, &sound) ||
      !parse_adpcm(vm, a->state, "lin2adpcm", &state))
    return VALUE_FAIL;
  Bytes *out = sound_new(vm, sound.count / 2, 1);
  if (!out) return VALUE_FAIL;
  for (size_t i = 0; i < sound.count; i++) {
    int code = adpcm_encode(&state, sample_widen(sound_at(&sound, i), a->width) >> 16);
    if (i / 2 == out->length) break;
    if (i % 2) out->data[i / 2] |= (uint8_t)code;
    else out->data[i / 2] = (uint8_t)(code << 4);
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return with_adpcm(vm, out, &state);
}

static Value audioop_adpcm2lin(VM *vm, Value self, const audioop_adpcm2lin_args *a) {
  Adpcm state;
  if (!audio_check_width(vm, a->width) || !parse_adpcm(vm, a->state, "adpcm2lin", &state))
    return VALUE_FAIL;
  size_t count = a->fragment.n * 2;
  Bytes *out = sound_new(vm, count, a->width);
  for (size_t i = 0; out && i < count; i++) {
    int pair = a->fragment.bytes[i / 2], code = i % 2 ? pair & 15 : pair >> 4;
    int32_t wide = sample_widen(adpcm_decode(&state, code), 2);
    sample_store(out->data + i * (size_t)a->width, a->width, sample_narrow(wide, a->width));
    if (!LISTEN(vm, i)) return VALUE_FAIL;
  }
  return out ? with_adpcm(vm, out, &state) : VALUE_FAIL;
}

/* ---- another rate: rate.c */
static Value audioop_ratecv(VM *vm, Value self, const audioop_ratecv_args *a) {
  Rates rates = {a->nchannels, a->inrate, a->outrate, a->weightA, a->weightB};
  return rate_convert(vm, &a->fragment, a->width, rates, a->state);
}

/* ---- the module */
static bool init(VM *vm, Module *module) {
  if (!warn(vm, TYPE_OF(DeprecationWarning), 1,
            "'audioop' is deprecated and slated for removal in Python 3.13"))
    return false;
  return module_keep_error(vm, module, "audioop", TYPE_OF(Exception), &audio_state.error);
}

const ModuleSpec audioop_module = {
    .name = "audioop",
    NATIVE_FUNCTIONS(audioop_),
    .init = init,
};
