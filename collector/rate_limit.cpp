#include "rate_limit.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>

namespace avow::collector {

// Above this many, full buckets are forgotten; if none is full, everybody starts again with a full
// one. An attacker with so many addresses is not stopped by counting per address anyway, and memory
// stays bounded.
constexpr std::size_t kMostBuckets = 100'000;

std::optional<int> TokenBuckets::take(const std::string& address, Clock::time_point now,
                                      double amount) {
  if (per_second_ <= 0) return std::nullopt;
  if (buckets_.size() >= kMostBuckets) forget_full(now);
  const auto [entry, fresh] = buckets_.try_emplace(asker(address), Bucket{burst_, now});
  Bucket& bucket = entry->second;
  const double passed = std::chrono::duration<double>(now - bucket.at).count();
  bucket.tokens = std::min(burst_, bucket.tokens + passed * per_second_);
  bucket.at = now;
  if (bucket.tokens >= amount) {
    bucket.tokens -= amount;
    return std::nullopt;
  }
  return std::max(1, static_cast<int>(std::ceil((amount - bucket.tokens) / per_second_)));
}

void TokenBuckets::forget_full(Clock::time_point now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    const double passed = std::chrono::duration<double>(now - entry.second.at).count();
    return entry.second.tokens + passed * per_second_ >= burst_;
  });
  if (buckets_.size() >= kMostBuckets) buckets_.clear();
}

std::string asker(const std::string& address) {
  in6_addr six{};
  if (inet_pton(AF_INET6, address.c_str(), &six) != 1) return address;
  return std::string(reinterpret_cast<const char*>(six.s6_addr), 8);
}

}  // namespace avow::collector
