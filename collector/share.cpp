#include "share.h"

#include <utility>

#include "rate_limit.h"

namespace avow::collector {

Shares::Share& Shares::Share::operator=(Share&& other) noexcept {
  if (this == &other) return *this;
  give_back();
  from_ = std::exchange(other.from_, nullptr);
  asker_ = std::move(other.asker_);
  amount_ = other.amount_;
  return *this;
}

void Shares::Share::give_back() {
  if (from_ == nullptr) return;
  from_->taken_ -= amount_;
  if (const auto held = from_->held_.find(asker_); held != from_->held_.end()) {
    held->second -= amount_;
    // Who holds nothing is forgotten: the memory is bounded by what can be taken.
    if (held->second == 0) from_->held_.erase(held);
  }
  from_ = nullptr;
}

std::expected<Shares::Share, Shares::Refusal> Shares::take(const std::string& address,
                                                           std::size_t amount) {
  if (amount == 0) return Share();
  std::string name = asker(address);
  const auto held = held_.find(name);
  const std::size_t before = held == held_.end() ? 0 : held->second;
  // First the asker's own bound, so that who takes too much is told that, and not that all do.
  if (amount > each_ || before > each_ - amount) {
    return std::unexpected(Refusal::too_much_for_one);
  }
  auto share = take_for_many(amount);
  if (!share) return share;
  held_[name] = before + amount;
  share->asker_ = std::move(name);
  return share;
}

std::expected<Shares::Share, Shares::Refusal> Shares::take_for_many(std::size_t amount) {
  if (amount > all_ || taken_ > all_ - amount) return std::unexpected(Refusal::too_much_for_all);
  taken_ += amount;
  return Share(*this, {}, amount);
}

}  // namespace avow::collector
