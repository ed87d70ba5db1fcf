/* codes.c -- u-law, a-law, ADPCM. */
#include "vm/modules/audio/codes.h"

/* ---- G.711: a sign, three bits that tell the segment, four that tell the place in it. Segments
** double in size, but for the first two of a-law. */

/* How often `value` can be halved until it is at most `first`. */
static int segment_of(int value, int first) {
  int segment = 0;
  for (; value > first; value >>= 1) segment++;
  return segment;
}

int ulaw_decode(uint8_t code) {
  enum { BIAS = 0x84 };
  code = (uint8_t)~code;
  int magnitude = (((code & 15) << 3) + BIAS) << (code >> 4 & 7);
  return code & 0x80 ? BIAS - magnitude : magnitude - BIAS;
}

uint8_t ulaw_encode(int value) {
  enum { BIAS = 33, MOST = 8159 };
  uint8_t mask = value < 0 ? 0x7F : 0xFF;
  int magnitude = value < 0 ? -value : value;
  magnitude = (magnitude > MOST ? MOST : magnitude) + BIAS;
  int segment = segment_of(magnitude, 0x3F);
  if (segment >= 8) return 0x7F ^ mask;
  return (uint8_t)(segment << 4 | (magnitude >> (segment + 1) & 15)) ^ mask;
}

int alaw_decode(uint8_t code) {
  code ^= 0x55;
  int segment = code >> 4 & 7, magnitude = (code & 15) << 4;
  magnitude = segment ? (magnitude + 0x108) << (segment - 1) : magnitude + 8;
  return code & 0x80 ? magnitude : -magnitude;
}

uint8_t alaw_encode(int value) {
  uint8_t mask = value < 0 ? 0x55 : 0xD5;
  int magnitude = value < 0 ? -value - 1 : value;
  int segment = segment_of(magnitude, 0x1F);
  if (segment >= 8) return 0x7F ^ mask;
  return (uint8_t)(segment << 4 | (magnitude >> (segment < 2 ? 1 : segment) & 15)) ^ mask;
}

/* ---- ADPCM: the difference from the last sample, in quarters of a step that follows the signal */
static const int steps[ADPCM_STEPS] = {
    7,     8,     9,     10,    11,    12,    13,    14,    16,    17,    19,   21,    23,
    25,    28,    31,    34,    37,    41,    45,    50,    55,    60,    66,   73,    80,
    88,    97,    107,   118,   130,   143,   157,   173,   190,   209,   230,  253,   279,
    307,   337,   371,   408,   449,   494,   544,   598,   658,   724,   796,  876,   963,
    1060,  1166,  1282,  1411,  1552,  1707,  1878,  2066,  2272,  2499,  2749, 3024,  3327,
    3660,  4026,  4428,  4871,  5358,  5894,  6484,  7132,  7845,  8630,  9493, 10442, 11487,
    12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};

static int clamp(int n, int least, int most) { return n < least ? least : n > most ? most : n; }

/* Moves on by the difference that the code means. */
static void follow(Adpcm *state, int code, int difference) {
  static const int changes[8] = {-1, -1, -1, -1, 2, 4, 6, 8};
  int next = state->predicted + (code & 8 ? -difference : difference);
  state->predicted = clamp(next, -0x8000, 0x7FFF);
  state->index = clamp(state->index + changes[code & 7], 0, ADPCM_STEPS - 1);
}

int adpcm_decode(Adpcm *state, int code) {
  int step = steps[state->index], difference = step >> 3;
  if (code & 4) difference += step;
  if (code & 2) difference += step >> 1;
  if (code & 1) difference += step >> 2;
  follow(state, code, difference);
  return state->predicted;
}

int adpcm_encode(Adpcm *state, int sample) {
  int left = sample - state->predicted, step = steps[state->index], difference = step >> 3;
  int code = left < 0 ? 8 : 0;
  if (left < 0) left = -left;
  for (int bit = 4; bit; bit >>= 1, step >>= 1) {
    if (left < step) continue;
    code |= bit;
    left -= step;
    difference += step;
  }
  follow(state, code, difference);
  return code;
}
