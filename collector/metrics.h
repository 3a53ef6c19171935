#pragma once
// Counters of one process, written from two threads, as Prometheus reads them.

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <string>

namespace avow::collector {

/// A cumulative histogram over fixed bounds (Prometheus's `le`).
template <std::size_t N>
class Histogram {
 public:
  explicit constexpr Histogram(const std::array<double, N>& bounds) : bounds_(bounds) {}
  void observe(double value) {
    for (std::size_t i = 0; i < N; ++i) {
      if (value <= bounds_[i]) counts_[i].fetch_add(1, std::memory_order_relaxed);
    }
    count_.fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }
  void write(std::string& out, const char* name, const char* help) const;

 private:
  std::array<double, N> bounds_;
  std::array<std::atomic<std::uint64_t>, N> counts_{};
  std::atomic<std::uint64_t> count_{0};
  std::atomic<double> sum_{0};
};

struct Metrics {
  std::atomic<std::int64_t> records{0};      ///< stored now
  std::atomic<std::int64_t> locked{0};       ///< erased by visitors, kept as proof for a time
  std::atomic<std::int64_t> queue_depth{0};  ///< changes taken and not yet answered
  std::atomic<std::int64_t> connections{0};
  std::atomic<std::uint64_t> connections_refused{0};
  std::atomic<std::uint64_t> records_erased{0};
  std::atomic<std::uint64_t> commit_failures{0};
  std::array<std::atomic<std::uint64_t>, 600> replies{};  ///< by status, every route
  std::array<std::atomic<std::uint64_t>, 600> acks{};     ///< by status, PUT of a record only
  Histogram<8> batch_size{{1, 2, 4, 8, 16, 64, 256, 1024}};
  Histogram<9> commit_seconds{{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5}};

  /// The text exposition format 0.0.4.
  [[nodiscard]] std::string write() const;
};

}  // namespace avow::collector
