#pragma once
// How anything here fails: a value with a code, a place and what was found there.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace avow {

/// Every way bad input can be refused. `name()` gives the stable kebab-case spelling, `sentence()`
/// the meaning.
enum class Code : std::uint8_t {
  // reading JSON
  json_syntax,
  json_utf8,
  json_too_large,
  json_too_deep,
  json_too_many,
  json_not_integer,
  json_duplicate_key,
  // reading fields
  missing_field,
  unknown_field,
  wrong_type,
  wrong_value,
  out_of_range,
  unknown_version,
  // policies
  missing_language,
  unknown_reference,
  duplicate_id,
  separate_required,
  basis_conflict,
  explanation_required,
  // encodings
  hex_malformed,
  base64_malformed,
  utf8_malformed,
  time_malformed,
  duration_malformed,
  key_malformed,
  // sealed files (age v1)
  seal_header,
  seal_stanza,
  seal_mac,
  seal_payload,
  seal_no_match,
  seal_passphrase,
  // records
  record_truncated,
  record_too_large,
  record_header,
  record_signature,
  record_binding,
  record_payload,
  record_id,
  chain_gap,
  chain_fork,
  // pressing, keeping and delivering
  entropy_short,
  secret_malformed,
  press_refused,
  notice_unfair,
  not_loaded,
  stored_state,
  answer_mismatch,
  unknown_entry,
  // the notice
  catalog_incomplete,
  texts_mismatch,
  not_archived,
  unknown_purpose,
  unknown_layer,
};

/// One refusal: what (`code`), where (a JSON pointer, a line or a byte offset; may be empty), and
/// got/want in words.
struct Error {
  Code code;
  std::string where;
  std::string detail;
  friend bool operator==(const Error&, const Error&) = default;
};

using Errors = std::vector<Error>;
/// Nobody reads more, and a hostile document could make more than memory holds.
constexpr std::size_t kMostErrors = 200;

/// Adds an error that one document of many can cause, up to `kMostErrors`; false from then on.
bool collect(Errors& errors, Error error);

/// A value, or the first thing that is wrong with the input.
template <class T>
using Result = std::expected<T, Error>;
/// A value, or everything that is wrong with the input (never empty).
template <class T>
using Checked = std::expected<T, Errors>;

[[nodiscard]] std::string_view name(Code code);
[[nodiscard]] std::string_view sentence(Code code);
/// "code at where: detail", in one line, for a terminal or a log.
[[nodiscard]] std::string describe(const Error& error);

[[nodiscard]] inline std::unexpected<Error> fail(Code code, std::string where = {},
                                                 std::string detail = {}) {
  return std::unexpected(Error{code, std::move(where), std::move(detail)});
}

/// A broken invariant of ours (never bad input): says where and stops.
[[noreturn]] void fatal(const char* what);

}  // namespace avow
