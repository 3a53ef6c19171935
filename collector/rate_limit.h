#pragma once
// How much one address may ask or send in a time: a token bucket each, in bounded memory.

#include <chrono>
#include <optional>
#include <string>
#include <unordered_map>

namespace avow::collector {

class TokenBuckets {
 public:
  using Clock = std::chrono::steady_clock;
  /// `per_second` 0 means no limit. `burst` is how many may come at once after a pause.
  TokenBuckets(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

  /// Takes tokens, at most `burst` of them; or says after how many whole seconds they will be there
  /// (at least 1).
  [[nodiscard]] std::optional<int> take(const std::string& address, Clock::time_point now,
                                        double amount = 1);

 private:
  struct Bucket {
    double tokens;
    Clock::time_point at;
  };
  void forget_full(Clock::time_point now);

  double per_second_;
  double burst_;
  std::unordered_map<std::string, Bucket> buckets_;
};

/// Who counts as one asker: an IPv4 address, or an IPv6 /64, which is what one household or one
/// machine is given.
[[nodiscard]] std::string asker(const std::string& address);

}  // namespace avow::collector
