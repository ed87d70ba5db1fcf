/* codes.h -- three ways to write a sample in less: u-law and a-law (ITU G.711), and IMA's ADPCM. */
#ifndef KRAIT_AUDIO_CODES_H
#define KRAIT_AUDIO_CODES_H

#include "vm/base/common.h"

int ulaw_decode(uint8_t code);  /* 16 bits */
uint8_t ulaw_encode(int value); /* of 14 bits */
int alaw_decode(uint8_t code);  /* 16 bits */
uint8_t alaw_encode(int value); /* of 13 bits */

/* What decoder and encoder remember. Law: `predicted` is a sample of 16 bits, 0 <= index <
** ADPCM_STEPS. */
enum { ADPCM_STEPS = 89 };
typedef struct Adpcm {
  int predicted, index;
} Adpcm;
int adpcm_decode(Adpcm *state, int code);   /* of 4 bits; the sample */
int adpcm_encode(Adpcm *state, int sample); /* of 16 bits; the code */

#endif
