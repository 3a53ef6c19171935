#pragma once
// The facade that hosts use: JSON text in, JSON text out, secrets as bytes. Nothing about a visitor
// is kept between calls; what a call needs to know it is given, what must be remembered it returns,
// and every answer is `{"ok":true,…}` or
// `{"ok":false,"errors":[{"code","where","detail","text"}…]}`.
//
// `load` reads the facts of a policy and the texts of one language, once. Every other function
// reads one object, `request`, that holds at least
//
//   now       seconds since 1970
//   language  one of the policy's
//   place     ISO 3166 code, "" where it is not known
//   gpc       navigator.globalPrivacyControl
//   refused   whether the device remembers a no that `held` does not tell
//   held      what `press` returned as "choice", or null
//   chain     what `press` returned as "chain", or null
//
// With `refused`, what has no answer of its own is refused, unasked. Stored state that cannot be
// read is reported in "warnings" and counts as absent: it never grants.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace avow::session {

/// Secrets in and out of `press`, `erase`, `own` and `say`: one buffer that the caller owns.
///
///   [0, 96)    device seed, visitor's X25519 identity, erase secret: what the host stores, zero
///   where
///              there is none yet
///   [96, 384)  fresh random bytes for this call, wiped before it returns
///
/// After `press`, [0, 96) is what the host must store now (all zero: nothing). The host wipes the
/// buffer after copying.
constexpr std::size_t kKeyringSize = 96;
constexpr std::size_t kVaultSize = 384;
using Vault = std::span<std::uint8_t, kVaultSize>;

/// The core's version, as records name it.
[[nodiscard]] std::string_view version();

struct Loaded;

/// A policy's facts and texts, read and checked. Empty until `load` has succeeded; every other call
/// then fails (not-loaded).
struct Session {
  struct Unload {
    void operator()(const Loaded* old) const;
  };
  std::unique_ptr<const Loaded, Unload> loaded;
};

/// Reads both; errors carry their JSON pointers, all at once. The texts must be the ones that the
/// facts name (texts-mismatch). → policy (its id), site, collector (where records are put, or "").
/// A failure leaves `session` empty.
[[nodiscard]] std::string load(Session& session, std::string_view facts, std::string_view texts);

/// What may run now, and what rests on the screen. → regime, ask (a question is open), layer
/// (first, door or none), granted[], reasons{}, number, verdict (for the loader; null while
/// asking).
[[nodiscard]] std::string decide(const Session& session, std::string_view request);

/// What a layer of the notice says to this visitor; its HTML was rendered when the policy was
/// compiled. Also reads layer, purpose (frames), delivery. → notice, when, day, slots{}, ticked[],
/// hidden[].
[[nodiscard]] std::string view(const Session& session, std::string_view request);

/// Carries out the visitor's act. Also reads press {control, layer, via, trusted, at, selected[]},
/// subject. → choice, chain, record {id, number, bytes}, entry (for the outbox), and all
/// that `decide` returns. A grant that stood before needs nothing; a new one needs `trusted`
/// (press-refused otherwise).
[[nodiscard]] std::string press(const Session& session, std::string_view request, Vault vault);

/// A signed record that makes the backend delete this chain, and a refusal of everything in its
/// place. → all that `press` returns; chain is null and the keyring comes back all zero.
[[nodiscard]] std::string erase(const Session& session, std::string_view request, Vault vault);

/// The visitor's own copy: reads records [base64…]. → export {identity, erase{device, secret},
/// records[…opened]}.
[[nodiscard]] std::string own(std::string_view request, Vault vault);

/// What a visitor says to the company about an announced change, as a record: sealed to the
/// company, signed with a key that is thrown away, the same size whatever is said; of its time it
/// holds the day. Reads now, site, keys[], policy, change, language, message, reply. → id, digest,
/// bytes.
[[nodiscard]] std::string say(std::string_view request, Vault vault);

/// One step of delivery. Reads outbox[], event {kind: start | tick | answer, id, status, body,
/// retry_after}, now_ms, random. → outbox[], outcome, send (an id) or at (milliseconds).
[[nodiscard]] std::string deliver(const Session& session, std::string_view request);

}  // namespace avow::session
