#pragma once
// A record (docs/FORMAT.md): header line, signature line, sealed part. One press makes one record;
// none is ever rewritten.

#include <optional>

#include "base/fields.h"
#include "trust/seal.h"

namespace avow::trust {

using RecordId = Digest;
constexpr std::size_t kLargestRecord = 65'536;

enum class Op { set, erase };
inline constexpr json::Spelling<Op> kOps[] = {{"set", Op::set}, {"erase", Op::erase}};

/// What the backend may see. Never the choice, the notice, the policy or the time.
struct Header {
  std::string site;              ///< the policy's site id, 1 to 253 bytes of [a-z0-9.-]
  PublicKey device{};            ///< Ed25519
  std::int64_t seq = 1;          ///< 1, 2, … within one device key
  std::optional<RecordId> prev;  ///< the record before, none exactly at seq 1
  Digest erase_commit{};  ///< SHA-256("avow/v1 erase\0" ‖ secret), the same in the whole chain
  Op op = Op::set;
  friend bool operator==(const Header&, const Header&) = default;
};

/// A record whose shape, canonical form and signature have been checked.
struct Record {
  Header header;
  std::string header_line;  ///< canonical JSON, without its line feed
  Signature signature{};
  Bytes sealed;  ///< an age v1 file
  RecordId id{};
};

/// Whether a text can be a header's site.
[[nodiscard]] bool is_site(std::string_view site);
/// The header's one spelling (RFC 8785).
[[nodiscard]] std::string write_header(const Header& header);
[[nodiscard]] Result<Header> read_header(std::string_view line);

[[nodiscard]] Digest erase_commit(const Secret& erase_secret);

/// Reads and verifies: size, lines, canonical header, strict base64, Ed25519 signature. Opens
/// nothing.
[[nodiscard]] Result<Record> read_record(ByteView bytes);
[[nodiscard]] Bytes write_record(const Record& record);

/// Seals `content` (an object without "binds" and "device", which are added) padded with spaces to
/// exactly `padded_size` bytes, and signs. `padded_size` smaller than the content is a broken
/// invariant.
[[nodiscard]] Result<Record> make_record(const Header& header, json::Object content,
                                         std::size_t padded_size,
                                         std::span<const Recipient> recipients, const Secret& seed,
                                         Entropy& entropy);

/// Opens a verified record and compares what is inside with the header outside (record-binding).
/// Returns the content as written by `make_record`, "binds" and "device" included.
[[nodiscard]] Result<json::Value> open_record(const Record& record,
                                              std::span<const Identity> identities);

/// "K7QF-2M9T": the first 40 bits of the id in Crockford's base 32, what a visitor reads out over
/// the telephone.
[[nodiscard]] std::string short_number(const RecordId& id);

}  // namespace avow::trust
