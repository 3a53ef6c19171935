#include "sync/outbox.h"

#include <algorithm>

#include "base/text.h"

namespace avow::sync {
namespace {

/// Whether the answer proves that the backend has the very bytes.
bool acknowledges(const Answer& answer, const Digest& digest, Acknowledgement level) {
  if (answer.status < 200 || answer.status > 299) return false;
  if (level == Acknowledgement::status) return true;
  const Checked<json::Value> body =
      json::read(answer.body, {.bytes = 4'096, .depth = 4, .values = 64});
  const json::Object* object = body ? body->object() : nullptr;
  const json::Value* stored = object == nullptr ? nullptr : object->find("stored");
  return stored != nullptr && stored->string() != nullptr &&
         *stored->string() == text::to_hex(digest);
}

/// Time may heal it: what the network, a busy server or a lying proxy said. A 2xx that got here
/// acknowledged nothing.
bool is_passing(std::int64_t status) {
  return status < 400 || status == 408 || status == 425 || status == 429 || status >= 500;
}

/// Full jitter: anywhere between now and the backoff, so that a crowd that failed together does not
/// return together.
Millis backoff(const Entry& entry, const Answer& answer, std::uint32_t random) {
  const std::int64_t doublings = std::min<std::int64_t>(entry.tries, 20);
  const Millis ceiling = std::min(kBackoffCap, kBackoffBase << doublings);
  const Millis jitter = static_cast<Millis>(random) * ceiling / 0x1'0000'0000LL;
  const Millis asked =
      std::clamp<Millis>(answer.retry_after.value_or(0), 0, kRetryAfterCap / 1'000) * 1'000;
  return asked + jitter;
}

void shelve(Entry& entry, Reason reason) {
  entry.state = State::shelved;
  entry.reason = reason;
}

}  // namespace

void enqueue(Outbox& outbox, Entry entry) {
  if (std::ranges::find(outbox, entry.id, &Entry::id) == outbox.end())
    outbox.push_back(std::move(entry));
}

Action next(const Outbox& outbox, Millis now) {
  Action action;
  for (const Entry& entry : outbox) {
    if (entry.state != State::waiting) continue;
    const bool first_of_device = std::ranges::none_of(outbox, [&](const Entry& other) {
      return other.state == State::waiting && other.device == entry.device && other.seq < entry.seq;
    });
    if (!first_of_device) continue;
    if (entry.not_before <= now) return {entry.id, std::nullopt};
    action.at = action.at ? std::min(*action.at, entry.not_before) : entry.not_before;
  }
  return action;
}

Result<Outcome> answer(Outbox& outbox, const Digest& id, const Answer& answer,
                       Acknowledgement level, Millis now, std::uint32_t random) {
  const auto entry = std::ranges::find(outbox, id, &Entry::id);
  if (entry == outbox.end()) return fail(Code::unknown_entry);
  entry->status = answer.status;
  if (acknowledges(answer, entry->digest, level)) {
    outbox.erase(entry);
    return Outcome::delivered;
  }
  if (answer.status == 410) {  // erased at the backend: there is nothing left to deliver
    outbox.erase(entry);
    return Outcome::ended;
  }
  if (!is_passing(answer.status)) {
    shelve(*entry, Reason::refused);
    return Outcome::shelved;
  }
  entry->not_before = now + backoff(*entry, answer, random);
  if (++entry->tries < kMostTries) return Outcome::retried;
  shelve(*entry, Reason::too_many_tries);
  return Outcome::shelved;
}

void revive(Outbox& outbox, Millis now) {
  for (Entry& entry : outbox) {
    if (entry.reason == Reason::too_many_tries) {
      entry.state = State::waiting;
      entry.reason = Reason::none;
      entry.tries = 0;
    }
    // The network may be back: what never reached a server need not wait. What a server asked for
    // stands.
    const Millis latest = entry.status == 0 ? now : now + kRetryAfterCap + kBackoffCap;
    entry.not_before = std::min(entry.not_before, latest);
  }
}

std::string_view spell(Outcome outcome) { return json::spelled(kOutcomes, outcome); }

}  // namespace avow::sync
