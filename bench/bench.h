#pragma once
// Timing for the programs here: repeat for about a second, print the median of the rounds.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace avow::bench {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

inline std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "%s cannot be read\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Prints microseconds a call (median and 99th percentile over batches of `batch` calls) and calls
/// a second.
template <class Work>
void measure(const char* what, int batch, Work work) {
  for (int i = 0; i < batch; ++i) work();  // caches and branch predictors see it once
  std::vector<double> rounds;
  const auto began = Clock::now();
  while (seconds_since(began) < 1.0 || rounds.size() < 20) {
    const auto round = Clock::now();
    for (int i = 0; i < batch; ++i) work();
    rounds.push_back(seconds_since(round) / batch * 1e6);
  }
  std::ranges::sort(rounds);
  const double median = rounds[rounds.size() / 2], p99 = rounds[rounds.size() * 99 / 100];
  std::printf("%-34s %10.2f us  p99 %10.2f us  %12.0f a second\n", what, median, p99, 1e6 / median);
}

}  // namespace avow::bench
