#pragma once
// Whole files, in and out.

#include <expected>
#include <string>
#include <string_view>

namespace avow::cli {

constexpr std::size_t kLargestFile = 16u << 20;

/// The bytes of a file, or of stdin where the path is "-"; an error is a sentence that names the
/// file.
[[nodiscard]] std::expected<std::string, std::string> read_file(const std::string& path,
                                                                std::size_t most = kLargestFile);

/// Makes a file that only its owner can read and that was not there before; on disk when this
/// returns.
[[nodiscard]] std::expected<void, std::string> write_new_file(const std::string& path,
                                                              std::string_view bytes);

/// "PATH: what the system says about `error`."
[[nodiscard]] std::string file_error(const std::string& path, int error);

}  // namespace avow::cli
