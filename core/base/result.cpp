#include "base/result.h"

#include <cstdio>
#include <cstdlib>

namespace avow {
namespace {

struct Entry {
  Code code;
  std::string_view name;
  std::string_view sentence;
};

constexpr Entry kEntries[] = {
    {Code::json_syntax, "json-syntax", "The text is not JSON."},
    {Code::json_utf8, "json-utf8", "The text is not valid UTF-8."},
    {Code::json_too_large, "json-too-large", "The document is larger than is read here."},
    {Code::json_too_deep, "json-too-deep", "The document is nested deeper than is read here."},
    {Code::json_too_many, "json-too-many", "The document holds more values than are read here."},
    {Code::json_not_integer, "json-not-integer", "Numbers must be whole and fit in 53 bits."},
    {Code::json_duplicate_key, "json-duplicate-key", "The same key stands twice in one object."},
    {Code::missing_field, "missing-field", "A field that must be there is not."},
    {Code::unknown_field, "unknown-field",
     "The field is not known here; a misspelling is the usual cause."},
    {Code::wrong_type, "wrong-type", "The value has another type than this field takes."},
    {Code::wrong_value, "wrong-value", "The value is not one that this field takes."},
    {Code::out_of_range, "out-of-range",
     "The value is too small, too large, too short or too long."},
    {Code::unknown_version, "unknown-version", "This version of the format is not known here."},
    {Code::missing_language, "missing-language",
     "The text is missing in a language that the policy declares."},
    {Code::unknown_reference, "unknown-reference",
     "The id refers to something the policy does not define."},
    {Code::duplicate_id, "duplicate-id", "Two things have the same id."},
    {Code::separate_required, "separate-required",
     "The law asks a separate consent for this purpose."},
    {Code::basis_conflict, "basis-conflict",
     "The legal basis does not fit the kind of the purpose."},
    {Code::explanation_required, "explanation-required",
     "Sensitive data needs its necessity and its impact explained."},
    {Code::hex_malformed, "hex-malformed",
     "Expected lower-case hexadecimal digits of the exact length."},
    {Code::base64_malformed, "base64-malformed", "The base64 is not in its one canonical form."},
    {Code::utf8_malformed, "utf8-malformed", "The bytes are not valid UTF-8."},
    {Code::time_malformed, "time-malformed",
     "Expected a UTC time such as 2026-11-22T03:04:05Z or a date that exists."},
    {Code::duration_malformed, "duration-malformed",
     "Expected an ISO 8601 duration of years, months, weeks or days, such as P6M."},
    {Code::key_malformed, "key-malformed",
     "The key is not an age X25519 key with a correct checksum."},
    {Code::seal_header, "seal-header", "The sealed part is not an age v1 file."},
    {Code::seal_stanza, "seal-stanza", "A recipient stanza of the sealed part is malformed."},
    {Code::seal_mac, "seal-mac", "The header of the sealed part was altered."},
    {Code::seal_payload, "seal-payload", "The sealed content was altered or cut off."},
    {Code::seal_no_match, "seal-no-match", "None of the keys given opens this."},
    {Code::seal_passphrase, "seal-passphrase", "The passphrase does not open this."},
    {Code::record_truncated, "record-truncated",
     "The record ends before its three parts are there."},
    {Code::record_too_large, "record-too-large", "The record is larger than any record may be."},
    {Code::record_header, "record-header", "The header line is not a canonical avow/v1 header."},
    {Code::record_signature, "record-signature",
     "The signature does not match the header and the sealed part."},
    {Code::record_binding, "record-binding",
     "The sealed content belongs to another header or device."},
    {Code::record_payload, "record-payload", "The sealed content is not an avow/v1 payload."},
    {Code::record_id, "record-id", "The record does not have the id it was given under."},
    {Code::chain_gap, "chain-gap", "A record of this device is missing before this one."},
    {Code::chain_fork, "chain-fork", "Two records of this device follow the same one."},
    {Code::entropy_short, "entropy-short", "Too few random bytes were given."},
    {Code::secret_malformed, "secret-malformed", "The secret has the wrong length."},
    {Code::press_refused, "press-refused", "This act may not grant."},
    {Code::not_loaded, "not-loaded", "No policy and catalog have been loaded."},
    {Code::stored_state, "stored-state", "What was stored on this device is not readable."},
    {Code::answer_mismatch, "answer-mismatch",
     "The server's answer does not acknowledge this record."},
    {Code::unknown_entry, "unknown-entry", "The outbox holds no such entry."},
    {Code::catalog_incomplete, "catalog-incomplete",
     "The catalog of interface texts lacks an entry."},
    {Code::texts_mismatch, "texts-mismatch", "These are not the texts that the facts name."},
    {Code::not_archived, "not-archived", "The archive does not hold what the record names."},
    {Code::unknown_purpose, "unknown-purpose", "The policy has no such purpose."},
    {Code::unknown_layer, "unknown-layer", "The notice has no such layer."},
};

const Entry& entry(Code code) {
  for (const Entry& candidate : kEntries) {
    if (candidate.code == code) return candidate;
  }
  fatal("an error code without an entry");
}

}  // namespace

std::string_view name(Code code) { return entry(code).name; }
std::string_view sentence(Code code) { return entry(code).sentence; }

bool collect(Errors& errors, Error error) {
  if (errors.size() < kMostErrors) errors.push_back(std::move(error));
  return errors.size() < kMostErrors;
}

std::string describe(const Error& error) {
  std::string text(name(error.code));
  if (!error.where.empty()) text += " at " + error.where;
  text += ": ";
  text += sentence(error.code);
  if (!error.detail.empty()) text += " " + error.detail;
  return text;
}

void fatal(const char* what) {
  // No formatting: in the browser's core it would be the only user of it.
  for (const char* part : {"avow: broken invariant: ", what, "\n"}) std::fputs(part, stderr);
  std::abort();
}

}  // namespace avow
