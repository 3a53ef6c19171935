#pragma once
// What every call is given, read once.

#include "base/fields.h"
#include "consent/decision.h"
#include "consent/shared.h"
#include "notice/texts.h"
#include "session/keyring.h"
#include "session/keys.h"

namespace avow::session {

struct Visit {
  time::Instant now = 0;
  std::string language;
  consent::Signals signals;
  std::optional<consent::Choice> held;
  std::optional<Chain> chain;
  std::string shared;  ///< what another sub-domain told; `held` has it already
};

struct Loaded {
  policy::Facts facts;
  std::vector<trust::Recipient> recipients;  ///< one a key, in order
  notice::Texts texts;
};

/// The common members of a request; `errors` gets what makes it unusable, `warnings` what was
/// stored and is unreadable.
[[nodiscard]] Visit read_visit(const Loaded& loaded, json::Fields& fields, Errors& warnings);

/// `{"ok":false,"errors":[…]}`
[[nodiscard]] std::string failure(const Errors& errors);
[[nodiscard]] json::Array write_errors(const Errors& errors);

/// Runs `body` over the parsed request; unreadable requests and errors that `body` collects become
/// failures.
template <class Body>
std::string answer(std::string_view request, Body body) {
  const Checked<json::Value> document =
      json::read(request, {.bytes = 8u << 20, .depth = 16, .values = 200'000});
  if (!document) return failure(document.error());
  Errors errors;
  json::Fields fields(*document, "", errors);
  std::string out = body(fields, errors);
  return errors.empty() ? out : failure(errors);
}

/// The same with what the session has loaded.
template <class Body>
std::string answer(const Session& session, std::string_view request, Body body) {
  if (session.loaded == nullptr) return failure({{Code::not_loaded, {}, {}}});
  const Loaded& loaded = *session.loaded;
  return answer(request,
                [&](json::Fields& fields, Errors& errors) { return body(loaded, fields, errors); });
}

}  // namespace avow::session
