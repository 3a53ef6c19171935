#pragma once
// Every request and answer of the facade, declared once: each member's name, type, bounds and
// meaning. The core reads requests by it (wire_reader.h) and web/consent/wire.ts is printed from it
// (tests/web/wire_types.cpp). Answers are written where they are made, since a writer that walks
// costs every browser 800 bytes; a test walks their declaration over what is really answered.
//
// `Io` is what walks: it has one member function for each type of member. The meaning is last and
// is dropped by the compiler wherever `Io` ignores it, so that no browser carries it.

#include <concepts>

#include "policy/spelling.h"
#include "session/act.h"
#include "sync/outbox.h"

namespace avow::session {

/// The same declaration serves what is filled and what is only read.
template <class T, class Wanted>
concept Of = std::same_as<std::remove_const_t<T>, Wanted>;

struct Range {
  std::int64_t least, most;
};

/// What becomes of a request without the member: `expected` is said by every page, and the core
/// does without it; `optional` means something by its absence.
enum class Need { required, expected, optional };

// -----------------------------------------------------------------------------------------
// requests

/// How far a record has come, and what the notice says of it.
inline constexpr json::Spelling<std::string_view> kDeliveries[] = {
    {"none", "delivery.none"},        {"saved", "delivery.saved"},
    {"waiting", "delivery.waiting"},  {"delivered", "delivery.delivered"},
    {"shelved", "delivery.shelved"},  {"unsaved", "delivery.unsaved"},
    {"erasing", "delivery.erasing"},  {"erased", "delivery.erased"},
    {"unerased", "delivery.unerased"}};

/// What the page's last act was, and what the notice says of it.
inline constexpr json::Spelling<std::string_view> kSaidOf[] = {
    {"accept", "said.accepted"}, {"refuse", "said.refused"}, {"save", "said.saved"},
    {"frame", "said.saved"},     {"grant", "said.saved"},    {"identify", "said.saved"},
    {"show-once", ""},           {"erase", "said.erased"},   {"withdraw", "said.withdrawn"}};

/// `view`, beside the visit.
struct ViewRequest {
  std::string layer, purpose;
  std::string_view said;
  std::string_view delivery = "delivery.none";
};

enum class Event { start, tick, answer };
inline constexpr json::Spelling<Event> kEvents[] = {
    {"start", Event::start}, {"tick", Event::tick}, {"answer", Event::answer}};

struct DeliveryEvent {
  Event kind = Event::start;
  Digest id{};          ///< of an answer
  sync::Answer answer;  ///< likewise
};

struct DeliverRequest {
  sync::Millis now = 0;
  std::int64_t random = 0;
  sync::Outbox outbox;
  DeliveryEvent event;
};

struct OwnRequest {
  std::vector<std::string> records;
};

/// The longest message and reply, in bytes of UTF-8: 2,000 and 200 letters of any script.
inline constexpr std::size_t kLongestMessage = 8'000, kLongestReply = 800;

struct SayRequest {
  time::Instant now = 0;
  std::string site;
  std::vector<std::string> keys;
  Digest policy{}, change{};
  std::string language, message, reply;
};

template <class Io, Of<Visit> T>
void declare(Io& io, T& visit) {
  io.integer("now", visit.now, Range{0, time::kLatest}, "seconds since 1970");
  io.text("language", visit.language, {2, 35}, Need::required, "one of the policy's");
  io.flag("gpc", visit.signals.gpc, Need::expected, "navigator.globalPrivacyControl");
  io.place("place", visit.signals.place, {0, 400}, "ISO 3166 code, \"\" where it is not known");
  io.flag("refused", visit.signals.refused, Need::expected,
          "whether the device remembers a no that `held` does not tell");
  io.stored("held", visit.held, "what `press` returned as `choice`, or null");
  io.stored("chain", visit.chain, "what `press` returned as `chain`, or null");
  io.text("shared", visit.shared, {0, consent::kLongestShared}, Need::optional,
          "what another sub-domain told by the policy's cookie");
}

template <class Io, Of<ViewRequest> T>
void declare(Io& io, T& request) {
  io.text("layer", request.layer, {1, 16}, Need::required, "which layer of the notice");
  io.text("purpose", request.purpose, {1, 64}, Need::optional, "of a frame");
  io.one_of_or("said", request.said, kSaidOf, "the last act, where this page did it");
  io.one_of_or("delivery", request.delivery, kDeliveries, "how far the last record has come");
}

/// What each of `consent::kFigures` is, for those who read the declaration.
inline constexpr std::string_view kFigureMeanings[std::size(consent::kFigures)] = {
    "percent of the larger answer's area that the smaller one has",
    "100, or 0 where the top layer shows something over them",
    "of their words and the question's, in hundredths (WCAG 2.2); 0: cannot be told",
    "pixels of the lowest",
    "percent, through all that they stand in",
    "percent of probed points at which a press would have reached them"};

template <class Io, Of<consent::Stood> T>
void declare(Io& io, T& stood) {
  for (std::size_t i = 0; i < std::size(consent::kFigures); ++i) {
    const consent::Figure& figure = consent::kFigures[i];
    io.integer(figure.name, stood.figures[i], Range{0, figure.most}, kFigureMeanings[i]);
  }
  io.one_of_or("framed", stood.framed, consent::kFramings,
               "whether a page of another origin stands around it, and the control was seen there");
}

template <class Io, Of<Act> T>
void declare(Io& io, T& act) {
  io.one_of("control", act.control, kControls, "which control was used");
  io.text("layer", act.layer, {0, 16}, Need::optional,
          "the layer it stood on; left out where the host's own interface was used");
  io.one_of("via", act.via, kVias, "whose interface it was");
  io.flag("trusted", act.trusted, Need::expected, "a real event (isTrusted) of the visitor's");
  io.flag("stored", act.stored, Need::optional,
          "it waited in the page's storage, where every script can write");
  io.integer_or("at", act.at, Range{0, time::kLatest}, Need::optional,
                "when it was pressed, in seconds since 1970; `now` where it is left out");
  io.texts("selected", act.selected, 64, {1, 64}, Need::expected,
           "save, grant: the purposes said yes to; frame: exactly one");
  io.object_if("stood", act.stood, "how the notice stood when it was pressed");
  io.flag("framed", act.framed, Need::optional,
          "the host's own control stood in a frame of another origin");
  io.flag("told", act.told, Need::optional, "the slot `changed` stood there, filled");
}

template <class Io, Of<PressRequest> T>
void declare(Io& io, T& request) {
  io.line("subject", request.act.subject, {1, kLongestSubject},
          "Control characters do not belong in an account reference.",
          "the host's account reference, to seal into the record");
  io.object("press", request.act, "what was pressed");
}

template <class Io, Of<DeliveryEvent> T>
void declare(Io& io, T& event) {
  io.cases("kind", event.kind, kEvents, Event::answer, [&] {
    io.digest("id", event.id, "the record that was sent");
    io.integer("status", event.answer.status, Range{0, 999}, "HTTP status; 0: no answer came");
    io.text("body", event.answer.body, {0, 65'536}, Need::optional, "what the backend answered");
    io.integer_if("retry_after", event.answer.retry_after, Range{0, 1'000'000'000},
                  "seconds, where the backend asked for them");
  });
}

template <class Io, Of<DeliverRequest> T>
void declare(Io& io, T& request) {
  io.integer("now_ms", request.now, Range{0, time::kLatest * 1'000}, "milliseconds since 1970");
  io.integer_or("random", request.random, Range{0, 0xFFFF'FFFF}, Need::expected,
                "32 fresh bits, to spread retries");
  io.stored("outbox", request.outbox, "what the last step returned, and every new entry");
  io.object("event", request.event, "why this step is taken");
}

template <class Io, Of<OwnRequest> T>
void declare(Io& io, T& request) {
  io.records("records", request.records, 10'000, "the records' bytes, base64");
}

template <class Io, Of<SayRequest> T>
void declare(Io& io, T& request) {
  io.integer("now", request.now, Range{0, time::kLatest}, "seconds since 1970");
  io.text("site", request.site, {1, 253}, Need::required, "the policy's");
  io.texts("keys", request.keys, 4, {1, 100}, Need::required, "the company's");
  io.digest("policy", request.policy, "the id of the policy that holds");
  io.digest("change", request.change, "the announcement's id");
  io.text("language", request.language, {2, 35}, Need::required, "in which it was announced");
  io.text("message", request.message, {1, kLongestMessage}, Need::required, "what they think");
  io.text("reply", request.reply, {0, kLongestReply}, Need::optional,
          "where the visitor wants an answer");
}

// ------------------------------------------------------------------------------------------
// answers

/// An answer to `load`.
struct LoadAnswer {
  Digest policy{};
  std::string_view site, collector;
};

struct Reason {
  bool granted = false;
  std::string_view why;
};

struct VerdictAnswer {
  Digest policy{};
  std::string_view place, regime;
  bool gpc = false;
  time::Instant not_before = 0, until = 0;
  std::vector<std::string> granted;
  bool withdrawable = false;
  std::optional<std::string> number;
};

/// An answer to `decide`.
struct Decided {
  std::string_view regime;
  bool ask = false;
  std::string_view layer;
  std::optional<std::string> number;
  std::vector<std::string> granted = {};
  std::vector<std::pair<std::string, Reason>> reasons = {};
  std::optional<VerdictAnswer> verdict = {};
  std::optional<consent::Shared> shared = {};
  Errors warnings;
};

/// An answer to `view`.
struct Shown {
  Digest notice{};
  std::optional<std::int64_t> when;
  bool day = false;
  std::vector<std::pair<std::string, std::string>> slots;
  std::vector<std::string> ticked, hidden;
};

struct RecordAnswer {
  Digest id{};
  std::string number;
  std::int64_t seq = 0;
  std::string bytes;
};

/// What `press` and `erase` answer beside what `decide` does.
struct SealedRecord {
  json::Value choice, chain;
  std::optional<RecordAnswer> record = {};
  std::optional<sync::Entry> entry = {};
};

/// An answer to `deliver`.
struct Step {
  sync::Outbox outbox;
  std::string_view outcome;
  std::optional<Digest> send;
  std::optional<sync::Millis> at;
  Errors warnings;
};

struct EraseSecret {
  Digest device{};
  std::string secret;
};

struct OwnExport {
  std::string identity;
  EraseSecret erase;
  json::Array records;
};

/// An answer to `own`.
struct OwnAnswer {
  OwnExport exported;
};

/// An answer to `say`.
struct SayAnswer {
  Digest id{}, digest{};
  std::string bytes;
};

/// An error as answers tell it; also a warning.
struct Problem {
  std::string_view code;
  std::string where, detail, text;
};

/// The answer to a request that was refused.
struct Failure {
  Errors errors;
};

template <class Io, Of<Problem> T>
void declare(Io& io, T& problem) {
  io.text("code", problem.code, "its stable name");
  io.text("where", problem.where, "a JSON pointer, a line or a byte offset; may be empty");
  io.text("detail", problem.detail, "what was found there, and what is wanted");
  io.text("text", problem.text, "all of it in one line, for a log");
}

template <class Io, Of<Failure> T>
void declare(Io& io, T& answer) {
  io.constant("ok", false, "");
  io.problems("errors", answer.errors, "all that is wrong, at least one");
}

template <class Io, Of<LoadAnswer> T>
void declare(Io& io, T& answer) {
  io.constant("ok", true, "");
  io.digest("policy", answer.policy, "the policy's id");
  io.text("site", answer.site, "what records name");
  io.text("collector", answer.collector, "where records are put, or \"\"");
}

template <class Io, Of<Reason> T>
void declare(Io& io, T& reason) {
  io.flag("granted", reason.granted, "");
  io.named("why", reason.why, consent::kWhys, "");
}

template <class Io, Of<VerdictAnswer> T>
void declare(Io& io, T& verdict) {
  io.constant("v", 2, "the version of this form");
  io.digest("policy", verdict.policy, "the policy's id");
  io.text("place", verdict.place, "");
  io.text("regime", verdict.regime, "with the place, where that has exceptions");
  io.flag("gpc", verdict.gpc, "");
  io.integer("not_before", verdict.not_before,
             "seconds since 1970; outside [not_before, until) it has to be decided afresh");
  io.integer("until", verdict.until, "");
  io.texts("granted", verdict.granted, "");
  io.flag("withdrawable", verdict.withdrawable,
          "whether anything was granted that can be taken back");
  io.text_or_null("number", verdict.number, "");
}

template <class Io, Of<consent::Shared> T>
void declare(Io& io, T& shared) {
  io.text("text", shared.text, "core/consent/shared.h tells its form");
  io.integer("until", shared.until, "seconds since 1970: nothing in it stands any longer then");
}

template <class Io, Of<Decided> T>
void declare(Io& io, T& answer) {
  io.constant("ok", true, "");
  io.text("regime", answer.regime, "with the place, where that has exceptions");
  io.flag("ask", answer.ask, "whether a question is open");
  io.named("layer", answer.layer, consent::kResting, "what rests on the screen");
  io.text_or_null("number", answer.number, "the short number of the record that is held");
  io.texts("granted", answer.granted, "purposes that may run");
  io.map("reasons", answer.reasons, "of every purpose");
  io.object_or_null("verdict", answer.verdict, "for the loader; null while a question is open");
  io.object_or_null("shared", answer.shared, "for the policy's cookie; null: nothing to tell");
  io.problems("warnings", answer.warnings, "what was stored and cannot be read");
}

template <class Io, Of<Shown> T>
void declare(Io& io, T& answer) {
  io.constant("ok", true, "");
  io.digest("notice", answer.notice, "SHA-256 of the layer's HTML, as it was compiled");
  io.integer_or_null("when", answer.when,
                     "when the answer that is held was given, in seconds since 1970");
  io.flag("day", answer.day, "whether only the day of it is kept (UTC)");
  io.map("slots", answer.slots, "texts by the name of the slot they go to");
  io.texts("ticked", answer.ticked, "purposes whose control is on");
  io.texts("hidden", answer.hidden, "acts that there is nothing for");
}

template <class Io, Of<RecordAnswer> T>
void declare(Io& io, T& record) {
  io.digest("id", record.id, "");
  io.text("number", record.number, "its short number, for people");
  io.integer("seq", record.seq, "1, 2, … within one device key");
  io.text("bytes", record.bytes, "base64");
}

template <class Io, Of<sync::Entry> T>
void declare(Io& io, T& entry) {
  io.digest("id", entry.id, "the record's");
  io.digest("digest", entry.digest, "SHA-256 of the record's bytes");
  io.digest("device", entry.device, "records of one device go in order, one at a time");
  io.integer("seq", entry.seq, "1, 2, … within one device key");
  io.named("op", json::spelled(trust::kOps, entry.op), trust::kOps, "");
  io.named("state", json::spelled(sync::kStates, entry.state), sync::kStates, "");
  io.named("reason", json::spelled(sync::kReasons, entry.reason), sync::kReasons,
           "why it is on the shelf: what a later page may try again, or what the backend refused");
  io.integer("status", entry.status, "the last HTTP status, 0 for none");
  io.integer("tries", entry.tries, "");
  io.integer("not_before", entry.not_before, "milliseconds since 1970");
}

template <class Io, Of<SealedRecord> T>
void declare(Io& io, T& answer) {
  io.opaque("choice", answer.choice, "to store, and to hand back as `held`");
  io.opaque_or_null("chain", answer.chain, "to store, and to hand back; null: no key is kept");
  io.object_or_null("record", answer.record, "null where the policy records no refusals");
  io.entry_or_null("entry", answer.entry, "for the outbox");
}

template <class Io, Of<Step> T>
void declare(Io& io, T& answer) {
  io.constant("ok", true, "");
  io.entries("outbox", answer.outbox, "what is left to send, and what is on the shelf");
  io.named_or("outcome", answer.outcome, sync::kOutcomes, "gone",
              "what an answer did; gone: another tab has delivered it meanwhile");
  io.digest_or_null("send", answer.send, "the id of the record to send now");
  io.integer_or_null("at", answer.at, "milliseconds since 1970: when to take the next step");
  io.problems("warnings", answer.warnings, "entries that cannot be read");
}

template <class Io, Of<EraseSecret> T>
void declare(Io& io, T& erase) {
  io.digest("device", erase.device, "");
  io.text("secret", erase.secret, "");
}

template <class Io, Of<OwnExport> T>
void declare(Io& io, T& exported) {
  io.constant("v", "avow/v1 export", "");
  io.text("identity", exported.identity, "an age X25519 identity");
  io.object("erase", exported.erase, "what proves the right to have the chain deleted");
  io.list("records", exported.records, "each with its opened payload, or why it cannot be opened");
}

template <class Io, Of<SayAnswer> T>
void declare(Io& io, T& answer) {
  io.constant("ok", true, "");
  io.digest("id", answer.id, "the record's");
  io.digest("digest", answer.digest, "SHA-256 of its bytes: what a backend acknowledges");
  io.text("bytes", answer.bytes, "the record, base64");
}

template <class Io, Of<OwnAnswer> T>
void declare(Io& io, T& answer) {
  io.constant("ok", true, "");
  io.object("export", answer.exported, "");
}

}  // namespace avow::session
