/* samples.h -- sounds as bytes: samples of one to four bytes, signed, as the machine writes them.
**
** Law: a Sound's `count` samples of `width` bytes lie within its pinned bytes. Where samples of
** different widths meet they are scaled to 32 bits. */
#ifndef KRAIT_SAMPLES_H
#define KRAIT_SAMPLES_H

#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/core/vm.h"
#include "vm/objects/bytes.h"

typedef struct Sound {
  const uint8_t *bytes;
  int width;
  size_t count;
} Sound;

extern struct AudioState {
  Value error; /* the class audioop.error; registered by the import */
} audio_state;
#define audio_error(vm, ...) raise_error((vm), value_object(audio_state.error), __VA_ARGS__)
#define raise_audio(vm, ...) (audio_error(vm, __VA_ARGS__), false)

/* sound_of: false: no width, or not whole samples. */
MUST_USE bool sound_of(VM *vm, const Pin *pin, int width, Sound *out);
MUST_USE bool audio_check_width(VM *vm, int width);

static inline int32_t sample_load(const uint8_t *at, int width) {
  switch (width) {
  case 1: return (int8_t)at[0];
  case 2: {
    int16_t sample;
    memcpy(&sample, at, 2);
    return sample;
  }
  case 3: {
    uint32_t sample = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
    return (int32_t)(sample << 8) >> 8;
  }
  default: {
    int32_t sample;
    memcpy(&sample, at, 4);
    return sample;
  }
  }
}
static inline void sample_store(uint8_t *at, int width, int32_t sample) {
  switch (width) {
  case 1: at[0] = (uint8_t)sample; break;
  case 2: {
    int16_t narrow = (int16_t)sample;
    memcpy(at, &narrow, 2);
    break;
  }
  case 3:
    at[0] = (uint8_t)sample, at[1] = (uint8_t)(sample >> 8), at[2] = (uint8_t)(sample >> 16);
    break;
  default: memcpy(at, &sample, 4); break;
  }
}
static inline int32_t sound_at(const Sound *sound, size_t i) {
  return sample_load(sound->bytes + i * (size_t)sound->width, sound->width);
}
/* as 32 bits wide */
static inline int32_t sample_widen(int32_t sample, int width) {
  return (int32_t)((uint32_t)sample << (32 - 8 * width));
}
static inline int32_t sample_narrow(int32_t wide, int width) { return wide >> (32 - 8 * width); }

/* sample_least: the lowest sample of a width; the highest is -1 - that. */
static inline int32_t sample_least(int width) { return INT32_MIN >> (32 - 8 * width); }

/* LISTEN: true unless a signal's handler raised; asks once in so many rounds. */
#define LISTEN(vm, i) (((i)&0xFFFFF) != 0xFFFFF || vm_listen(vm))

#endif
