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

/// Puts the bytes under `path`, readable by everybody, in one step: who reads meanwhile finds the
/// old file or the new one. On disk when this returns.
[[nodiscard]] std::expected<void, std::string> replace_file(const std::string& path,
                                                            std::string_view bytes);

/// Makes the folder, and those above it, where they are not there.
[[nodiscard]] std::expected<void, std::string> make_folder(const std::string& path);

/// "PATH: what the system says about `error`."
[[nodiscard]] std::string file_error(const std::string& path, int error);

}  // namespace avow::cli
