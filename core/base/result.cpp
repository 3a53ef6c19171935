#include "base/result.h"

namespace avow {
namespace {

struct Entry {
  Code code;
  std::string_view name;
};

constexpr Entry kEntries[] = {
    {Code::json_syntax, "json-syntax"},
    {Code::json_utf8, "json-utf8"},
    {Code::json_too_large, "json-too-large"},
    {Code::json_too_deep, "json-too-deep"},
    {Code::json_too_many, "json-too-many"},
    {Code::json_not_integer, "json-not-integer"},
    {Code::json_duplicate_key, "json-duplicate-key"},
    {Code::missing_field, "missing-field"},
    {Code::unknown_field, "unknown-field"},
    {Code::wrong_type, "wrong-type"},
    {Code::wrong_value, "wrong-value"},
    {Code::out_of_range, "out-of-range"},
    {Code::unknown_version, "unknown-version"},
    {Code::missing_language, "missing-language"},
    {Code::unknown_reference, "unknown-reference"},
    {Code::duplicate_id, "duplicate-id"},
    {Code::separate_required, "separate-required"},
    {Code::basis_conflict, "basis-conflict"},
    {Code::explanation_required, "explanation-required"},
    {Code::hex_malformed, "hex-malformed"},
    {Code::base64_malformed, "base64-malformed"},
    {Code::utf8_malformed, "utf8-malformed"},
    {Code::time_malformed, "time-malformed"},
    {Code::duration_malformed, "duration-malformed"},
    {Code::key_malformed, "key-malformed"},
    {Code::seal_header, "seal-header"},
    {Code::seal_stanza, "seal-stanza"},
    {Code::seal_mac, "seal-mac"},
    {Code::seal_payload, "seal-payload"},
    {Code::seal_no_match, "seal-no-match"},
    {Code::seal_passphrase, "seal-passphrase"},
    {Code::record_truncated, "record-truncated"},
    {Code::record_too_large, "record-too-large"},
    {Code::record_header, "record-header"},
    {Code::record_signature, "record-signature"},
    {Code::record_binding, "record-binding"},
    {Code::record_payload, "record-payload"},
    {Code::record_id, "record-id"},
    {Code::chain_gap, "chain-gap"},
    {Code::chain_fork, "chain-fork"},
    {Code::entropy_short, "entropy-short"},
    {Code::secret_malformed, "secret-malformed"},
    {Code::press_refused, "press-refused"},
    {Code::notice_unfair, "notice-unfair"},
    {Code::not_loaded, "not-loaded"},
    {Code::stored_state, "stored-state"},
    {Code::answer_mismatch, "answer-mismatch"},
    {Code::unknown_entry, "unknown-entry"},
    {Code::catalog_incomplete, "catalog-incomplete"},
    {Code::texts_mismatch, "texts-mismatch"},
    {Code::not_archived, "not-archived"},
    {Code::unknown_purpose, "unknown-purpose"},
    {Code::unknown_layer, "unknown-layer"},
};

const Entry& entry(Code code) {
  for (const Entry& candidate : kEntries) {
    if (candidate.code == code) return candidate;
  }
  fatal("an error code without an entry");
}

}  // namespace

std::string_view name(Code code) { return entry(code).name; }

bool collect(Errors& errors, Error error) {
  if (errors.size() < kMostErrors) errors.push_back(std::move(error));
  return errors.size() < kMostErrors;
}

std::string describe(const Error& error) {
  std::string text(name(error.code));
  if (!error.where.empty()) text += " at " + error.where;
  text += ':';
  for (const std::string_view part : {sentence(error.code), std::string_view(error.detail)}) {
    if (!part.empty()) text.append(" ").append(part);
  }
  return text;
}

}  // namespace avow
