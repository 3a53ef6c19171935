#pragma once
// The packed web module (web/build.mjs), from which `avow build` makes what a company serves.

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace avow::cli {

/// Stands once in each packed file that knows of a policy, for what is baked into it.
inline constexpr std::string_view kBaked = "AVOW_BAKED";

/// Stands in what reads or writes the visitor's storage, for the prefix of its names.
inline constexpr std::string_view kStore = "AVOW_STORE";

struct Module {
  std::string loader, rest, head, shared, embed, beside, others, press, core, core_wasm, own,
      own_wasm, defaults, outputs, clear, announce, transient;
};

/// Reads it from `folder`; else from the folder that the environment's AVOW_MODULE names; else from
/// beside the tool. An error is a sentence.
[[nodiscard]] std::expected<Module, std::string> read_module(
    const std::optional<std::string>& folder);

}  // namespace avow::cli
