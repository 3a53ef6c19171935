#pragma once
// Work on every incoming record, on all cores, with the results in the order of the input.

#include <algorithm>
#include <thread>

#include "intake.h"
#include "progress.h"

namespace avow::cli {

/// Calls `work(const Incoming&)` on several threads, then `take(result)` in input order on this
/// one. Memory holds one batch, however long the input is.
template <class Work, class Take>
void in_order(Intake& intake, Progress& progress, Work work, Take take) {
  constexpr std::size_t kBatch = 1'024;  // a twentieth of a second's work, and a few megabytes
  using Outcome = decltype(work(std::declval<const Incoming&>()));
  const std::size_t threads = std::clamp(std::thread::hardware_concurrency(), 1u, 16u);
  std::vector<Incoming> batch;
  std::vector<Outcome> results;
  for (bool more = true; more;) {
    batch.clear();
    while (batch.size() < kBatch) {
      auto incoming = intake.next();
      more = incoming.has_value();
      if (!more) break;
      batch.push_back(std::move(*incoming));
    }
    results.clear();
    results.resize(batch.size());
    const std::size_t share = (batch.size() + threads - 1) / threads;
    std::vector<std::thread> helpers;  // none on one core, as in WebAssembly, which has no threads
    const auto work_from = [&](std::size_t first) {
      for (std::size_t i = first; i < std::min(first + share, batch.size()); ++i)
        results[i] = work(batch[i]);
    };
    for (std::size_t first = share; first < batch.size(); first += share)
      helpers.emplace_back(work_from, first);
    if (!batch.empty()) work_from(0);
    for (std::thread& helper : helpers) helper.join();
    for (Outcome& one : results) take(one);
    progress.tell(batch.size(), intake.percent());
  }
  progress.clear();
}

}  // namespace avow::cli
