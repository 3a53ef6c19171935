// Any bytes as a change.json; and any policy as the newer one, whose announcement is drafted,
// checked and rendered.
#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "change/read.h"
#include "change/rules.h"
#include "notice/announcement.h"
#include "notice/draft.h"
#include "policy/read.h"
#include "promise.h"

using namespace avow;
using avow::fuzz::promise;

namespace {

std::string file(const std::string& path) {
  std::FILE* file = std::fopen((AVOW_ROOT + path).c_str(), "rb");
  promise(file != nullptr, "the repository's files are there");
  std::string text(1 << 18, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

void check_announcement(const change::Announcement& announcement) {
  const std::string written = change::write_public(announcement);
  const auto again = change::read(written);
  promise(again.has_value(), "what is published is an announcement again");
  promise(change::write_public(*again) == written, "with one spelling");
}

void check_errors(const Errors& errors) {
  promise(!errors.empty(), "a refusal says why");
  for (const Error& error : errors)
    promise(text::is_utf8(error.where) && text::is_utf8(error.detail), "errors are UTF-8");
}

void say(policy::Text& text) {
  for (auto& [language, words] : text.languages)
    if (words.empty()) words = "<script>";
}

void check_newer(const policy::AuthoredPolicy& newer) {
  static const std::vector<notice::Catalog> kCatalogs{
      *notice::read_catalog(file("/locales/zh-CN.json")),
      *notice::read_catalog(file("/locales/en.json"))};
  static const policy::AuthoredPolicy kOlder =
      *policy::read(file("/tests/vectors/policy/sample.json"));
  if (newer.draft || newer.languages != kOlder.languages) return;
  change::Announcement draft = notice::draft_of({kOlder, kCatalogs}, {newer, kCatalogs});
  for (change::Changed& one : draft.changed) say(one.why);
  for (policy::Text* text : {&draft.meaning, &draft.refuse}) say(*text);
  for (const Error& error : change::breaches(draft, kOlder, newer)) {
    // Words may hide a difference: then the author finds others.
    promise(!error.where.starts_with("/changed") || error.where.ends_with("/is"),
            "a draft names every difference in words, and none that is none");
  }
  for (const notice::Catalog& catalog : kCatalogs) {
    constexpr auto kRegime = policy::Regime::opt_in;
    const notice::Announced announced{
        draft, {kOlder, catalog, {{}, kRegime}}, {newer, catalog, {{}, kRegime}}};
    promise(!notice::announce_as_page(announced).contains("<script"), "no page holds a script");
    promise(!notice::announce_as_sms(announced).contains('\n'), "a text message is one line");
    const std::string mail = notice::announce_as_mail(announced);
    promise(mail.find('\n') == mail.find("\n\n"), "a mail has one header");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const auto announcement = change::read(text);
  if (announcement)
    check_announcement(*announcement);
  else
    check_errors(announcement.error());
  if (const auto newer = policy::read(text)) check_newer(*newer);
  return 0;
}
