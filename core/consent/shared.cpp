#include "consent/shared.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "policy/spelling.h"

namespace avow::consent {
namespace {

constexpr std::size_t kTermsDigits = 8;
constexpr std::int64_t kLatestDay = time::kLatest / time::kDay;

std::string first_digits(const Digest& terms) {
  return text::to_hex(terms).substr(0, kTermsDigits);
}

/// A no is not forgotten sooner for having been told in days, nor does a yes last longer.
std::int64_t last_day(const Answer& answer) {
  return (answer.until + (answer.granted ? 0 : time::kDay - 1)) / time::kDay;
}

/// The text before the next `end`, which is taken off with it.
std::string_view next(std::string_view& rest, char end) {
  const std::size_t at = rest.find(end);
  const std::string_view out = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return out;
}

std::optional<std::int64_t> number(std::string_view digits, std::int64_t most) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc{} || end != digits.data() + digits.size() || out < 0 || out > most)
    return std::nullopt;
  return out;
}

std::optional<bool> yes(std::string_view word) {
  return word == "y" ? std::optional(true) : word == "n" ? std::optional(false) : std::nullopt;
}

/// "n", "y", and "d" of a yes where it was done before anyway.
char spell(const Answer& answer) { return !answer.granted ? 'n' : answer.asked_first ? 'y' : 'd'; }

/// One purpose's answer, as it stands under this policy: other terms than its own are no terms.
std::optional<Answer> read_answer(std::string_view entry, const policy::Facts& facts) {
  Answer out;
  out.purpose = next(entry, '.');
  const std::string_view said = next(entry, '.');
  const std::string_view terms = next(entry, '.');
  const auto until = number(next(entry, '.'), kLatestDay);
  const auto retention = number(entry, policy::kLongestRetention);
  if ((said != "n" && said != "y" && said != "d") || terms.size() != kTermsDigits || !until ||
      !retention)
    return std::nullopt;
  const policy::Facts::Purpose* const purpose = facts.purpose(out.purpose);
  if (purpose != nullptr && first_digits(purpose->terms) == terms) out.terms = purpose->terms;
  out.granted = said != "n";
  out.asked_first = said == "y";
  out.until = *until * time::kDay;
  out.retention_days = *retention;
  return out;
}

std::optional<Choice> read_shared(std::string_view text, const policy::Facts& facts) {
  if (text.size() > kLongestShared || text.ends_with('~')) return std::nullopt;
  std::string_view head = next(text, '~');
  if (next(head, '.') != "2") return std::nullopt;
  const auto gpc = yes(next(head, '.'));
  const auto day = number(head, kLatestDay);
  if (!gpc || !day) return std::nullopt;
  Choice out;
  out.at = *day * time::kDay;
  out.gpc = *gpc;
  while (!text.empty()) {
    std::optional<Answer> answer = read_answer(next(text, '~'), facts);
    if (!answer || out.answers.size() == kMostAnswers) return std::nullopt;
    out.answers.push_back(std::move(*answer));
  }
  return out;
}

/// Whether the device's own answer says what the shared one does, only more exactly.
bool same(const Answer& own, const Answer& shared) {
  return spell(own) == spell(shared) && own.terms == shared.terms &&
         own.retention_days == shared.retention_days && last_day(own) * time::kDay == shared.until;
}

}  // namespace

std::optional<Shared> write_shared(const Choice& choice, const policy::Facts& facts,
                                   time::Instant now) {
  Shared out;
  out.text =
      std::string("2.") + (choice.gpc ? "y." : "n.") + std::to_string(choice.at / time::kDay);
  for (const Answer& answer : choice.answers) {
    const policy::Facts::Purpose* const purpose = facts.purpose(answer.purpose);
    if (purpose == nullptr || answer.until <= now || (purpose->separate && answer.granted))
      continue;
    const std::int64_t day = last_day(answer);
    out.text += "~" + answer.purpose + "." + spell(answer) + "." + first_digits(answer.terms) +
                "." + std::to_string(day) + "." + std::to_string(answer.retention_days);
    out.until = std::max(out.until, day * time::kDay);
  }
  if (out.until <= now || out.text.size() > kLongestShared) return std::nullopt;
  return out;
}

std::optional<Choice> with_shared(std::optional<Choice> held, std::string_view text,
                                  const policy::Facts& facts) {
  const std::optional<Choice> shared = read_shared(text, facts);
  if (!shared) return held;
  Choice out = held.value_or(Choice{});
  bool news = false;
  for (const Answer& answer : shared->answers) {
    const policy::Facts::Purpose* const purpose = facts.purpose(answer.purpose);
    if (purpose == nullptr || !purpose->asks || (purpose->separate && answer.granted)) continue;
    const auto own = std::ranges::find(out.answers, answer.purpose, &Answer::purpose);
    if (own == out.answers.end())
      out.answers.push_back(answer);
    else if (same(*own, answer))
      continue;
    else
      *own = answer;
    news = true;
  }
  if (!news) return held;
  // Nothing here was recorded of it, or shown for it.
  out.at = shared->at;
  out.gpc = shared->gpc;
  out.policy = facts.id;
  out.policy_version = facts.version;
  out.notice = Digest{};
  out.record.reset();
  return out;
}

}  // namespace avow::consent
