#pragma once
// Delivery as a state machine of values (docs/ARCHITECTURE.md, Sync): what waits, what to do next,
// what an answer means. There is no network and no clock in here; the browser and the tests run the
// same code.

#include <optional>
#include <span>

#include "base/digest.h"
#include "base/fields.h"
#include "base/time.h"
#include "trust/record.h"

namespace avow::sync {

/// Milliseconds since 1970: delivery counts finer than records do.
using Millis = std::int64_t;

enum class State {
  waiting,  ///< to be sent at or after `not_before`
  shelved,  ///< the backend will not take it: kept, visible, exportable
};
inline constexpr json::Spelling<State> kStates[] = {{"waiting", State::waiting},
                                                    {"shelved", State::shelved}};

/// Why an entry is on the shelf.
enum class Reason { none, refused, too_many_tries };
inline constexpr json::Spelling<Reason> kReasons[] = {{"none", Reason::none},
                                                      {"refused", Reason::refused},
                                                      {"too-many-tries", Reason::too_many_tries}};

/// One record on its way. The bytes themselves stay with the host.
struct Entry {
  Digest id{};
  Digest digest{};  ///< SHA-256 of the record's bytes: what an acknowledgement echoes
  Digest device{};  ///< records of one device go in order, one at a time
  std::int64_t seq = 1;
  trust::Op op = trust::Op::set;
  State state = State::waiting;
  Reason reason = Reason::none;
  std::int64_t status = 0;  ///< the last HTTP status, 0 for none
  std::int64_t tries = 0;
  Millis not_before = 0;
  friend bool operator==(const Entry&, const Entry&) = default;
};

using Outbox = std::vector<Entry>;

/// What counts as taken: the body's digest repeated, or any 2xx. `echo` cannot be faked by an error
/// page.
enum class Acknowledgement { echo, status };

/// What came back, or that nothing did.
struct Answer {
  std::int64_t status = 0;                  ///< 0: network error, timeout or an opaque answer
  std::string body;                         ///< at most a few KiB
  std::optional<std::int64_t> retry_after;  ///< seconds, where the server asked
};

/// What happened to the entry.
enum class Outcome { delivered, ended, retried, shelved };
inline constexpr json::Spelling<Outcome> kOutcomes[] = {{"delivered", Outcome::delivered},
                                                        {"ended", Outcome::ended},
                                                        {"retried", Outcome::retried},
                                                        {"shelved", Outcome::shelved}};

/// What to do now: send `id`, or come back at `at`, or nothing at all.
struct Action {
  std::optional<Digest> send;
  std::optional<Millis> at;
};

constexpr Millis kBackoffBase = 1'000;
constexpr Millis kBackoffCap = 300'000;
constexpr Millis kRetryAfterCap = 3'600'000;
constexpr std::int64_t kMostTries = 100;

/// Adds an entry; adding one that is there already changes nothing.
void enqueue(Outbox& outbox, Entry entry);
/// The next thing to do: of each device only its lowest waiting seq may be sent.
[[nodiscard]] Action next(const Outbox& outbox, Millis now);
/// Takes in an answer. `random` is a fresh 32-bit number: retries are spread by full jitter.
[[nodiscard]] Result<Outcome> answer(Outbox& outbox, const Digest& id, const Answer& answer,
                                     Acknowledgement level, Millis now, std::uint32_t random);
/// A new page: entries that merely tried too often wait again, and backoffs that a wrong clock put
/// far off are pulled in.
void revive(Outbox& outbox, Millis now);

[[nodiscard]] json::Value write_outbox(const Outbox& outbox);
/// Entries that cannot be read are reported and left out; the host keeps their bytes.
[[nodiscard]] Outbox read_outbox(const json::Value& stored, Errors& errors);
[[nodiscard]] std::string_view spell(Outcome outcome);

}  // namespace avow::sync
