#pragma once
// A line on stderr that says how far long work has come. Only at a terminal, and only once it takes
// over a second.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace avow::cli {

class Progress {
 public:
  /// `results_on_screen`: whether stdout shows results meanwhile; with both on one terminal there
  /// is no progress line. `things`: what is counted.
  explicit Progress(bool results_on_screen, std::string_view things = "records");
  void tell(std::uint64_t more, std::optional<int> percent);
  /// Takes the line away again.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool wanted_;
  bool shown_ = false;
  std::string_view things_;
  std::uint64_t done_ = 0;
  Clock::time_point began_ = Clock::now(), told_ = began_;
};

}  // namespace avow::cli
