#include "announcing.h"

#include <algorithm>

#include "base/text.h"
#include "catalogs.h"
#include "change/read.h"
#include "change/rules.h"
#include "compiling.h"
#include "notice/sms.h"
#include "policy/spelling.h"
#include "reading.h"
#include "screen.h"
#include "session/request.h"

namespace avow::cli {
namespace {

std::optional<policy::AuthoredPolicy> read_one(const Verb& verb, const std::string& file,
                                               int& code) {
  auto loaded = read_policy(verb, file, code);
  if (!loaded) return std::nullopt;
  if (loaded->policy.draft) {
    print_errors(stderr, file, loaded->policy.gaps);
    complain(verb, safe(file) + " is a draft: nothing of it can be announced.");
    code = kWrong;
    return std::nullopt;
  }
  return std::move(loaded->policy);
}

bool speaks(const std::vector<std::string>& languages, const std::string& language) {
  return std::ranges::find(languages, language) != languages.end();
}

/// Calls `see` with the announcement in each language that it has texts in.
template <class See>
void in_each_language(const change::Announcement& announcement, const TwoPolicies& policies,
                      See see) {
  for (std::size_t i = 0; i < policies.newer_catalogs.size(); ++i) {
    const std::string& language = policies.newer_catalogs[i].language();
    if (speaks(announcement.languages, language)) see(announced_in(announcement, policies, i));
  }
}

/// What web/announce/announce.ts is baked with.
json::Object announcing(const notice::Announced& announced) {
  const policy::Policy& policy = announced.older.policy;
  const notice::Catalog& catalog = announced.newer.catalog;
  notice::Cards cards = notice::announce_as_cards(announced);
  json::Array keys;
  for (const policy::SealKey& key : policy.keys) keys.emplace_back(key.recipient);
  return json::Object{}
      .set("change", text::to_hex(change::id_of(announced.change)))
      .set("language", catalog.language())
      .set("card", std::move(cards.card))
      .set("whole", std::move(cards.whole))
      .set("css", notice::card_style())
      .set("sent", catalog.text("change.sent"))
      .set("unsent", catalog.text("change.unsent"))
      .set("until", announced.change.feedback_until + time::kDay)
      .set("collector", policy.collector.url)
      .set("acknowledge", json::spelled(policy::kAcknowledge, policy.collector.acknowledge))
      .set("site", policy.site)
      .set("keys", std::move(keys));
}

/// The change as the newer policy's facts have it: what each purpose that people are asked about
/// again was.
policy::ChangeTo change_to(const change::Announcement& announcement, const TwoPolicies& policies) {
  policy::ChangeTo out{change::id_of(announcement), {}};
  if (std::ranges::none_of(announcement.changed, &change::Changed::asks_again)) return out;
  for (const policy::Purpose& now : policies.newer.purposes) {
    const policy::Purpose* before = policies.older.purpose(now.id);
    if (!now.asks()) continue;
    if (before == nullptr || !before->asks())
      out.was[now.id] = {};
    else if (before->terms != now.terms || before->kept_days() < now.kept_days())
      out.was[now.id] = {before->terms, before->kept_days()};
  }
  return out;
}

}  // namespace

std::optional<TwoPolicies> read_two(const Verb& verb, const std::string& older,
                                    const std::string& newer,
                                    const std::vector<std::string>& catalogs, int& code) {
  auto before = read_one(verb, older, code);
  if (!before) return std::nullopt;
  auto now = read_one(verb, newer, code);
  if (!now) return std::nullopt;
  auto spoken = read_catalogs(verb, *now, catalogs, code);
  if (!spoken) return std::nullopt;
  TwoPolicies out{std::move(*before), std::move(*now), {}, std::move(*spoken)};
  for (const std::string& language : out.older.languages) {
    const auto also = std::ranges::find(out.newer_catalogs, language, &notice::Catalog::language);
    if (also != out.newer_catalogs.end()) {
      out.older_catalogs.push_back(*also);
    } else if (auto brought = embedded_catalog(language)) {
      out.older_catalogs.push_back(std::move(brought->catalog));
    } else {
      complain(verb, "there are no interface texts in \"" + safe(language) + "\".");
      code = kUsage;
      return std::nullopt;
    }
  }
  return out;
}

std::optional<change::Announcement> read_announcement(const Verb& verb, const std::string& file,
                                                      int& code) {
  const auto text = read_text(verb, file, code);
  if (!text) return std::nullopt;
  auto read = change::read(*text);
  if (read) return std::move(*read);
  print_errors(stderr, file, read.error());
  code = kWrong;
  return std::nullopt;
}

notice::Announced announced_in(const change::Announcement& announcement,
                               const TwoPolicies& policies, std::size_t language) {
  const notice::Catalog& catalog = policies.newer_catalogs[language];
  const auto also =
      std::ranges::find(policies.older_catalogs, catalog.language(), &notice::Catalog::language);
  const notice::Catalog& before =
      also == policies.older_catalogs.end() ? policies.older_catalogs[0] : *also;
  constexpr auto kRegime = policy::Regime::opt_in;
  return {announcement,
          {policies.older, before, {{}, kRegime}},
          {policies.newer, catalog, {{}, kRegime}}};
}

Telling told_on(time::Instant day, const change::Announcement& announcement,
                const TwoPolicies& policies) {
  Telling out;
  out.change = change::write_public(announcement);
  out.from = announcement.notify_from;
  out.announced = announcement.notify_from <= day && day < announcement.effective_at;
  out.newer.since = change_to(announcement, policies);
  in_each_language(announcement, policies, [&](const notice::Announced& announced) {
    const std::string& language = announced.newer.catalog.language();
    out.newer.told.emplace(language, notice::told_since(announced));
    if (!out.announced || !speaks(policies.older.languages, language)) return;
    out.older.told.emplace(language, notice::told_before(announced));
    out.cards.emplace(language, announcing(announced));
  });
  return out;
}

Errors breaches_of(const change::Announcement& announcement, const TwoPolicies& policies) {
  Errors out = change::breaches(announcement, policies.older, policies.newer);
  if (announcement.by(change::Way::sms)) {
    in_each_language(announcement, policies, [&](const notice::Announced& announced) {
      for (Error& error : notice::sms_breaches(announced)) collect(out, std::move(error));
    });
  }
  return out;
}

std::vector<std::string> advice_of(const change::Announcement& announcement,
                                   const TwoPolicies& policies) {
  std::vector<std::string> out = change::advice(announcement, policies.older, policies.newer);
  if (!announcement.by(change::Way::sms)) return out;
  in_each_language(announcement, policies, [&](const notice::Announced& announced) {
    const notice::SmsLength length = notice::sms_length(notice::announce_as_sms(announced));
    if (length.messages > 1 && notice::sms_breaches(announced).empty())
      out.push_back("In \"" + announced.newer.catalog.language() +
                    "\" the text message is sent, and paid, as " + std::to_string(length.messages) +
                    ": " + std::to_string(length.units) + " characters, of which one holds " +
                    std::to_string(length.most) + ".");
  });
  return out;
}

int check_announcement(const Verb& verb, const std::string& file, const TwoPolicies& policies,
                       bool json) {
  int code = kFine;
  const auto text = read_text(verb, file, code);
  if (!text) return code;
  const auto read = change::read(*text);
  const Errors problems = read ? breaches_of(*read, policies) : read.error();
  const std::vector<std::string> advice =
      read ? advice_of(*read, policies) : std::vector<std::string>();
  json::Array notes(advice.begin(), advice.end());
  json::Object out = json::Object{}.set("file", safe(file)).set("ok", problems.empty());
  if (read) out.set("notes", std::move(notes));
  if (!problems.empty()) {
    if (json)
      print(stdout, json_line(out.set("errors", session::write_errors(problems))));
    else
      print_errors(stdout, file, problems);
    if (!json) {
      for (const std::string& note : advice) print(stdout, safe(file) + ": note: " + note + "\n");
    }
    return kWrong;
  }
  const std::string id = text::to_hex(change::id_of(*read));
  const auto asking = std::ranges::count_if(read->changed, &change::Changed::asks_again);
  if (json) {
    out.set("change", id)
        .set("changed", static_cast<std::int64_t>(read->changed.size()))
        .set("asking", static_cast<std::int64_t>(asking));
    print(stdout, json_line(out));
    return kFine;
  }
  const auto row = [](std::string_view label, const std::string& value) {
    std::string line = "  " + std::string(label);
    line.resize(13, ' ');
    print(stdout, line + safe(value) + "\n");
  };
  print(stdout, safe(file) + ": good\n");
  row("change id", id);
  row("changed", std::to_string(read->changed.size()) + ", of which people are asked about " +
                     std::to_string(asking));
  row("announced", "from " + time::write_date(read->notify_from) + ", in effect from " +
                       time::write_date(read->effective_at) + ", feedback until " +
                       time::write_date(read->feedback_until));
  if (read->by(change::Way::sms)) {
    in_each_language(*read, policies, [&](const notice::Announced& announced) {
      const notice::SmsLength length = notice::sms_length(notice::announce_as_sms(announced));
      row("sms", announced.newer.catalog.language() + ": " + std::to_string(length.units) + " of " +
                     std::to_string(length.most));
    });
  }
  for (const std::string& note : advice) row("note", note);
  return kFine;
}

}  // namespace avow::cli
