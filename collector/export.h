#pragma once
// The export: everything stored, as lines of JSON in order of arrival, for whoever holds the token.

#include <filesystem>

#include "http.h"
#include "store.h"

namespace avow::collector {

class Export {
 public:
  /// `locked`: the token of what is locked, which the daily export has no business with.
  Export(Store& store, std::string token, std::string locked)
      : store_(store),
        token_(std::move(token)),
        locked_token_(std::move(locked)) {}
  /// `GET /v1/records?after=<id>&limit=<n>`
  [[nodiscard]] Reply answer(const Request& request);
  /// `GET /v1/locked`: what visitors erased and a law lets be kept as proof, all of it.
  [[nodiscard]] Reply locked(const Request& request);

 private:
  /// Why the request may read nothing; nothing where it may.
  [[nodiscard]] static std::optional<Reply> refusal(const Request& request,
                                                    const std::string& token,
                                                    std::string_view file);

  Store& store_;
  std::string token_, locked_token_;
};

/// Reads the token, or makes the file (mode 0600) with a random one. Throws std::runtime_error
/// saying what to do.
[[nodiscard]] std::string read_or_make_token(const std::filesystem::path& file);

}  // namespace avow::collector
