/* slice.h -- slice objects, and what they mean for a length. */
#ifndef KRAIT_SLICE_H
#define KRAIT_SLICE_H

#include "vm/memory/heap.h"

typedef struct Slice {
  Object h;
  Value start, stop, step;
} Slice;

MUST_USE Value slice_new(VM *vm, Value start, Value stop, Value step);

/* What a slice asks for before a length is known: None has become the far end. Law: step is neither
** 0 nor INT64_MIN. */
typedef struct SliceBounds {
  int64_t start, stop, step;
} SliceBounds;
/* What it means for `length` items: those at start, start + step, … Law: every one of the `count`
** lies in [0, length); with step 1, start lies in [0, length] even when count is 0. */
typedef struct SliceRange {
  int64_t start, step, count;
} SliceRange;

/* slice_bounds: the three numbers. Runs: __index__ of step, start and stop, in this order. false:
** raised. */
MUST_USE MAY_RUN bool slice_bounds_slow(VM *vm, const Slice *slice, SliceBounds *bounds);
MUST_USE MAY_RUN static inline bool slice_bounds(VM *vm, const Slice *slice, SliceBounds *bounds) {
  Value start = slice->start, stop = slice->stop;
  bool plain = slice->step == VALUE_NONE && (value_is_int(start) || start == VALUE_NONE) &&
               (value_is_int(stop) || stop == VALUE_NONE);
  if (UNLIKELY(!plain)) return slice_bounds_slow(vm, slice, bounds);
  bounds->start = start == VALUE_NONE ? 0 : value_as_int(start);
  bounds->stop = stop == VALUE_NONE ? INT64_MAX : value_as_int(stop);
  bounds->step = 1;
  return true;
}

static inline int64_t slice_clamp_bound(int64_t i, int64_t length, bool down) {
  if (i < 0) i += length;
  if (i < 0) return down ? -1 : 0;
  if (i < length) return i;
  return down ? length - 1 : length;
}

/* slice_clamp: the bounds on a sequence of `length` items. Two steps, because only this one may see
** a length: one that was read before slice_bounds is stale after it. */
static inline SliceRange slice_clamp(const SliceBounds *bounds, int64_t length) {
  int64_t step = bounds->step;
  bool down = step < 0;
  int64_t start = slice_clamp_bound(bounds->start, length, down),
          stop = slice_clamp_bound(bounds->stop, length, down);
  SliceRange range = {.start = start, .step = step, .count = 0};
  int64_t distance = down ? start - stop : stop - start;
  if (distance <= 0) return range;
  if (LIKELY(step == 1)) range.count = distance;
  else range.count = (distance - 1) / (down ? -step : step) + 1;
  return range;
}

/* slice_at: place of the i-th of its items, i < count. A running sum would leave the range of int64
** behind the last one. */
static inline int64_t slice_at(SliceRange range, int64_t i) { return range.start + i * range.step; }

/* slice_from_left: the same items with a positive step, for those who move them. */
static inline SliceRange slice_from_left(SliceRange range) {
  if (range.step > 0 || range.count == 0) return range;
  return (SliceRange){range.start + (range.count - 1) * range.step, -range.step, range.count};
}

#endif
