// What each error means, in one sentence. Apart, so that the browser's core can do without them.
#include "base/result.h"

namespace avow {
namespace {

struct Entry {
  Code code;
  std::string_view sentence;
};

constexpr Entry kEntries[] = {
    {Code::json_syntax, "The text is not JSON."},
    {Code::json_utf8, "The text is not valid UTF-8."},
    {Code::json_too_large, "The document is larger than is read here."},
    {Code::json_too_deep, "The document is nested deeper than is read here."},
    {Code::json_too_many, "The document holds more values than are read here."},
    {Code::json_not_integer, "Numbers must be whole and fit in 53 bits."},
    {Code::json_duplicate_key, "The same key stands twice in one object."},
    {Code::missing_field, "A field that must be there is not."},
    {Code::unknown_field, "The field is not known here; a misspelling is the usual cause."},
    {Code::wrong_type, "The value has another type than this field takes."},
    {Code::wrong_value, "The value is not one that this field takes."},
    {Code::out_of_range, "The value is too small, too large, too short or too long."},
    {Code::unknown_version, "This version of the format is not known here."},
    {Code::missing_language, "The text is missing in a language that the policy declares."},
    {Code::unknown_reference, "The id refers to something the policy does not define."},
    {Code::duplicate_id, "Two things have the same id."},
    {Code::separate_required, "The law asks a separate consent for this purpose."},
    {Code::basis_conflict, "The legal basis does not fit the kind of the purpose."},
    {Code::explanation_required, "Sensitive data needs its necessity and its impact explained."},
    {Code::hex_malformed, "Expected lower-case hexadecimal digits of the exact length."},
    {Code::base64_malformed, "The base64 is not in its one canonical form."},
    {Code::utf8_malformed, "The bytes are not valid UTF-8."},
    {Code::time_malformed,
     "Expected a UTC time such as 2026-11-22T03:04:05Z or a date that exists."},
    {Code::duration_malformed,
     "Expected an ISO 8601 duration of years, months, weeks or days, such as P6M."},
    {Code::key_malformed, "The key is not an age X25519 key with a correct checksum."},
    {Code::seal_header, "The sealed part is not an age v1 file."},
    {Code::seal_stanza, "A recipient stanza of the sealed part is malformed."},
    {Code::seal_mac, "The header of the sealed part was altered."},
    {Code::seal_payload, "The sealed content was altered or cut off."},
    {Code::seal_no_match, "None of the keys given opens this."},
    {Code::seal_passphrase, "The passphrase does not open this."},
    {Code::record_truncated, "The record ends before its three parts are there."},
    {Code::record_too_large, "The record is larger than any record may be."},
    {Code::record_header, "The header line is not a canonical avow/v1 header."},
    {Code::record_signature, "The signature does not match the header and the sealed part."},
    {Code::record_binding, "The sealed content belongs to another header or device."},
    {Code::record_payload, "The sealed content is not an avow/v1 payload."},
    {Code::record_id, "The record does not have the id it was given under."},
    {Code::chain_gap, "A record of this device is missing before this one."},
    {Code::chain_fork, "Two records of this device follow the same one."},
    {Code::entropy_short, "Too few random bytes were given."},
    {Code::secret_malformed, "The secret has the wrong length."},
    {Code::press_refused, "This act may not grant."},
    {Code::notice_unfair,
     "The notice did not stand where and as a visitor can see it: nothing was granted."},
    {Code::not_loaded, "No policy and catalog have been loaded."},
    {Code::stored_state, "What was stored on this device is not readable."},
    {Code::answer_mismatch, "The server's answer does not acknowledge this record."},
    {Code::unknown_entry, "The outbox holds no such entry."},
    {Code::catalog_incomplete, "The catalog of interface texts lacks an entry."},
    {Code::texts_mismatch, "These are not the texts that the facts name."},
    {Code::not_archived, "The archive does not hold what the record names."},
    {Code::unknown_purpose, "The policy has no such purpose."},
    {Code::unknown_layer, "The notice has no such layer."},
};

}  // namespace

std::string_view sentence(Code code) {
  for (const Entry& candidate : kEntries) {
    if (candidate.code == code) return candidate.sentence;
  }
  fatal("an error code without a sentence");
}

}  // namespace avow
