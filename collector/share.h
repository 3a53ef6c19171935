#pragma once
// How much of something scarce (connections, memory) each address holds at one time, and all of
// them together.

#include <cstddef>
#include <expected>
#include <string>
#include <unordered_map>

namespace avow::collector {

class Shares {
 public:
  enum class Refusal { too_much_for_one, too_much_for_all };

  /// A part that was taken. It goes back when this is destroyed, which must be before the Shares.
  class Share {
   public:
    Share() = default;
    Share(Share&& other) noexcept { *this = std::move(other); }
    Share& operator=(Share&& other) noexcept;
    ~Share() { give_back(); }

   private:
    friend class Shares;
    Share(Shares& from, std::string asker, std::size_t amount)
        : from_(&from),
          asker_(std::move(asker)),
          amount_(amount) {}
    void give_back();

    Shares* from_ = nullptr;
    std::string asker_;
    std::size_t amount_ = 0;
  };

  Shares(std::size_t each, std::size_t all) : each_(each), all_(all) {}

  [[nodiscard]] std::expected<Share, Refusal> take(const std::string& address, std::size_t amount);
  /// For who speaks for many (a trusted proxy): counted among all, as nobody's.
  [[nodiscard]] std::expected<Share, Refusal> take_for_many(std::size_t amount);

 private:
  std::size_t each_;
  std::size_t all_;
  std::size_t taken_ = 0;
  std::unordered_map<std::string, std::size_t> held_;  ///< only of askers that hold something
};

}  // namespace avow::collector
