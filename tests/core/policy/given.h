#pragma once
// What the policy tests are given: files of tests/vectors/policy/ and changes to them.

#include <gtest/gtest.h>

#include <dirent.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/canonical.h"
#include "policy/facts.h"
#include "policy/read.h"

namespace avow::policy::given {

inline const std::string kFolder = AVOW_VECTORS "/policy/";

inline std::string file(const std::string& name) {
  std::FILE* from = std::fopen((kFolder + name).c_str(), "rb");
  EXPECT_NE(from, nullptr) << name;
  std::string out;
  if (from == nullptr) return out;
  char part[65'536];
  for (std::size_t got; (got = std::fread(part, 1, sizeof part, from)) > 0;) out.append(part, got);
  std::fclose(from);
  return out;
}

/// What the file says, for a comparison with `got`; tests/update has `got` written first.
inline std::string vector(const std::string& name, std::string_view got) {
  if (std::getenv("AVOW_UPDATE_VECTORS") != nullptr) {
    std::FILE* to = std::fopen((kFolder + name).c_str(), "wb");
    EXPECT_NE(to, nullptr) << name;
    if (to == nullptr) return {};
    EXPECT_EQ(std::fwrite(got.data(), 1, got.size(), to), got.size());
    EXPECT_EQ(std::fclose(to), 0);
  }
  return file(name);
}

/// The names in a folder that end so, without that ending, sorted.
inline std::vector<std::string> names_in(const std::string& folder, std::string_view ending) {
  std::vector<std::string> out;
  DIR* open = opendir((kFolder + folder).c_str());
  EXPECT_NE(open, nullptr) << folder;
  if (open == nullptr) return out;
  while (const dirent* entry = readdir(open)) {
    const std::string name = entry->d_name;
    if (name.ends_with(ending)) out.push_back(name.substr(0, name.size() - ending.size()));
  }
  closedir(open);
  std::ranges::sort(out);
  return out;
}

inline std::string sample() { return file("sample.json"); }

/// The text with its one occurrence of `from` replaced.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at == std::string::npos) return text;
  EXPECT_EQ(text.find(from, at + 1), std::string::npos) << from << " stands twice";
  return text.replace(at, from.size(), to);
}

inline Policy good(const std::string& text) {
  Checked<Policy> policy = read(text);
  if (policy) return std::move(*policy);
  for (const Error& error : policy.error()) ADD_FAILURE() << describe(error);
  return {};
}

/// The facts of a good policy, whose texts are nobody's.
inline Facts facts(const Policy& policy = good(sample())) {
  return facts_of(policy, std::vector<Digest>(policy.languages.size()));
}

/// "code where" of each error, a line each: what `.expected` files hold.
inline std::string lines(const Errors& errors) {
  std::string out;
  for (const Error& error : errors) {
    out += std::string(name(error.code)) + (error.where.empty() ? "" : " " + error.where) + "\n";
  }
  return out;
}

template <class T>
std::string refusals(const Checked<T>& result) {
  return result ? "accepted" : lines(result.error());
}

}  // namespace avow::policy::given
