#pragma once
// The verbs of `avow`, one file each.

#include <span>
#include <string_view>

namespace avow::cli {

using Words = std::span<const std::string_view>;

/// Exit codes, the same for every verb.
constexpr int kFine = 0;
constexpr int kWrong =
    1;  ///< something is wrong with what was checked or opened, or nothing was found
constexpr int kUsage = 2;  ///< the words make no sense, or a file cannot be read or written

struct Verb {
  std::string_view name;
  std::string_view summary;
  std::string_view help;  ///< what `avow VERB --help` prints
  int (*run)(Words words);
};

extern const Verb kCheck, kBuild, kSchema, kPublic, kKeygen, kOpen, kVerify, kFind, kRender, kInit,
    kImport, kChange, kDeliveries;

}  // namespace avow::cli
