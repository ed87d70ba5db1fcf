/* harness.cc -- the only C++ of the house: Google Benchmark behind micro.h. */
#include <benchmark/benchmark.h>
#include <cstdio>

#include "micro.h"

static benchmark::State &of(MicroState *state) { return *reinterpret_cast<benchmark::State *>(state); }

extern "C" {

void micro_register(const char *name, void (*run)(MicroState *state)) {
  benchmark::RegisterBenchmark(name, [run](benchmark::State &state) { run(reinterpret_cast<MicroState *>(&state)); });
}

bool micro_running(MicroState *state) { return of(state).KeepRunning(); }

void micro_items(MicroState *state, int64_t each) {
  of(state).SetItemsProcessed(static_cast<int64_t>(of(state).iterations()) * each);
}

void micro_bytes(MicroState *state, int64_t each) {
  of(state).SetBytesProcessed(static_cast<int64_t>(of(state).iterations()) * each);
}

void micro_skip(MicroState *state, const char *why) { of(state).SkipWithError(why); }
}

int main(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  if (!micro_start()) {
    std::fprintf(stderr, "micro: the interpreter does not start\n");
    return 1;
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
