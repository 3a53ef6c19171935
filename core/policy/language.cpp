#include "policy/language.h"

#include <algorithm>
#include <cstddef>

namespace avow::policy {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// What a tag says, in lower case; empty where it says nothing of it.
struct Tag {
  std::string language, script, region;
};

bool any_of(std::string_view one, std::initializer_list<std::string_view> of) {
  return std::ranges::find(of, one) != of.end();
}

struct Alias {
  std::string_view tag, stands_for;
};

/// Other tags for a language, or for one whose readers read it as their own.
constexpr Alias kAliases[] = {{"iw", "he"},     {"in", "id"},  {"ji", "yi"},
                              {"mo", "ro"},     {"tl", "fil"}, {"sh", "sr-latn"},
                              {"yue", "zh-hk"}, {"no", "nb"},  {"nn", "nb"}};

/// Regions whose readers differ, by language: only these can make a difference below.
constexpr Alias kRegions[] = {
    {"zh", "cn sg my tw hk mo hans hant hans-cn hans-sg hans-hk hant-tw hant-hk hant-mo hant-cn"},
    {"pt", "br pt ao mz cv gw st tl mo lu ch"},
    {"es", "es 419 mx ar co cl pe ve ec gt cu bo do hn py sv ni cr pa uy pr us"},
    {"en", "us gb au nz ie in za sg hk"},
    {"fr", "fr ca be ch"},
    {"de", "de at ch"},
    {"sr", "cyrl latn me"},
};

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// The script that is meant where a tag names none, for languages that have two.
std::string likely_script(const Tag& tag) {
  if (tag.language == "zh") return any_of(tag.region, {"tw", "hk", "mo"}) ? "hant" : "hans";
  if (tag.language == "sr") return tag.region == "me" ? "latn" : "cyrl";
  return {};
}

/// The region that is meant where a tag names none.
std::string likely_region(const Tag& tag) {
  if (tag.language == "zh") return tag.script == "hant" ? "tw" : "cn";
  if (tag.language == "pt") return "br";
  if (tag.language == "en") return "us";
  return tag.language;
}

Tag read(std::string_view text) {
  std::string spelled = lower(text);
  for (const auto& [alias, stands_for] : kAliases) {
    const std::string_view rest =
        std::string_view(spelled).substr(std::min(alias.size(), spelled.size()));
    if (spelled.starts_with(alias) && (rest.empty() || rest[0] == '-')) {
      spelled = std::string(stands_for) + std::string(rest);
      break;
    }
  }
  Tag out;
  for (const std::string& part : split(spelled, '-')) {
    if (out.language.empty())
      out.language = part;
    else if (part.size() == 1)
      break;  // extensions say nothing of what somebody reads
    else if (part.size() == 4 && out.script.empty() && out.region.empty() && part[0] > '9')
      out.script = part;
    else if ((part.size() == 2 || part.size() == 3) && out.region.empty())
      out.region = part;
  }
  if (out.script.empty()) out.script = likely_script(out);
  return out;
}

/// Regions that write alike, where that of the language's name is not what they write like.
std::string_view family(const Tag& tag) {
  if (tag.language == "zh" && any_of(tag.region, {"hk", "mo"})) return "hk";
  if (tag.language == "pt" && tag.region != "br") return "pt";
  if (tag.language == "es" && tag.region != "es") return "419";
  if (tag.language == "en" && tag.region != "us") return "gb";
  return tag.region;
}

/// How far apart two tags of one language are: first the script, then the region.
int distance(const Tag& wanted, const Tag& offered) {
  const int script = wanted.script == offered.script ? 0 : 100;
  if (wanted.region == offered.region) return script;
  Tag from = wanted, to = offered;
  if (from.region.empty()) from.region = likely_region(from);
  if (to.region.empty()) to.region = likely_region(to);
  if (from.region == to.region) return script + 1;
  if (family(from) == family(to)) return script + (family(to) == to.region ? 2 : 3);
  // What names no region is meant for all of them.
  return script + (offered.region.empty() ? 4 : 5);
}

}  // namespace

std::optional<std::string> nearest(std::string_view wanted,
                                   const std::vector<std::string>& offered) {
  const std::string spelled = lower(wanted);
  const Tag tag = read(wanted);
  const std::string* best = nullptr;
  int least = 0;
  for (const std::string& one : offered) {
    if (lower(one) == spelled) return one;
    const Tag other = read(one);
    if (other.language != tag.language) continue;
    const int far = distance(tag, other);
    if (best == nullptr || far < least) {
      best = &one;
      least = far;
    }
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

std::vector<std::pair<std::string, std::string>> spoken(const std::vector<std::string>& offered) {
  std::vector<std::string> probes;
  const auto probe = [&](std::string tag) {
    if (std::ranges::find(probes, tag) == probes.end()) probes.push_back(std::move(tag));
  };
  for (const std::string& one : offered) {
    const std::string language = read(one).language;
    probe(language);
    for (const auto& [tag, regions] : kRegions) {
      if (tag != language) continue;
      for (const std::string& region : split(regions, ' ')) probe(language + "-" + region);
    }
    for (const auto& [alias, stands_for] : kAliases) {
      // Who asks for Cantonese reads traditional characters, or may as well be shown the default.
      const Tag other = read(alias);
      if (other.language == language && other.script == read(one).script) probe(std::string(alias));
    }
    // The tag itself, and what a look-up strips it to.
    std::string tag;
    for (const std::string& part : split(lower(one), '-')) {
      tag += (tag.empty() ? "" : "-") + part;
      probe(tag);
    }
  }
  std::vector<std::pair<std::string, std::string>> out;
  const auto said = [&](std::string tag) -> std::string {
    for (;;) {
      const auto entry = std::ranges::find(out, tag, &std::pair<std::string, std::string>::first);
      if (entry != out.end()) return entry->second;
      const std::size_t end = tag.rfind('-');
      if (end == std::string::npos) return {};
      tag.resize(end);
    }
  };
  // A shorter tag comes first, so that what it says already need not be said again.
  const auto parts = [](const std::string& tag) { return std::ranges::count(tag, '-') + 1; };
  std::ptrdiff_t longest = 0;
  for (const std::string& one : probes) longest = std::max(longest, parts(one));
  for (std::ptrdiff_t length = 1; length <= longest; ++length) {
    for (const std::string& one : probes) {
      if (parts(one) != length) continue;
      const auto found = nearest(one, offered);
      if (found && said(one) != *found) out.emplace_back(one, *found);
    }
  }
  std::vector<std::pair<std::string, std::string>> in_order;
  for (const std::string& language : offered) {
    for (const auto& entry : out) {
      if (entry.second == language) in_order.push_back(entry);
    }
  }
  return in_order;
}

}  // namespace avow::policy
