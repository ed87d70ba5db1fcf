/* rate.h -- converting sounds to another rate of frames. */
#ifndef KRAIT_AUDIO_RATE_H
#define KRAIT_AUDIO_RATE_H

#include "vm/modules/audio/samples.h"

typedef struct Rates {
  int channels, in, out, new_weight, old_weight;
} Rates;

/* rate_convert: (sound, state); state is None or what an earlier call gave. */
MUST_USE MAY_RUN Value rate_convert(VM *vm, const Pin *pin, int width, Rates rates, Value state);
/* audio_int_of: what __index__ says, as a C int. */
MUST_USE MAY_RUN bool audio_int_of(VM *vm, Value v, int64_t *out);

#endif
