#include "trust/record.h"

#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"

namespace avow::trust {
namespace {

constexpr std::string_view kVersion = "avow/v1";
constexpr std::string_view kSignatureLabel = "avow/v1 record";
constexpr std::string_view kIdLabel = "avow/v1 id";
constexpr std::string_view kEraseLabel = "avow/v1 erase";
constexpr std::size_t kLargestHeader = 1'024;  // the longest canonical one has 546 bytes
constexpr std::size_t kSignatureLine = 88;     // base64 of 64 bytes, padded

std::unexpected<Error> bad_header(std::string where, std::string detail) {
  return fail(Code::record_header, std::move(where), std::move(detail));
}

/// 32 bytes of hexadecimal from a member.
std::optional<Digest> hash_in(const json::Object& object, std::string_view key) {
  const json::Value* value = object.find(key);
  if (value == nullptr || value->string() == nullptr) return std::nullopt;
  const auto bytes = text::from_hex(*value->string(), 32);
  if (!bytes) return std::nullopt;
  Digest out{};
  std::ranges::copy(*bytes, out.begin());
  return out;
}

const std::string* text_in(const json::Object& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? nullptr : value->string();
}

/// What a device signs. Two hashes of fixed length after a label: no other cut of the same bytes
/// exists.
Bytes signed_message(std::string_view header_line, ByteView sealed) {
  Bytes message = to_bytes(kSignatureLabel);
  message.push_back(0);
  append(message, sha256(as_bytes(header_line)));
  append(message, sha256(sealed));
  return message;
}

RecordId id_of(const Record& record) {
  return labelled_sha256(
      kIdLabel, {sha256(as_bytes(record.header_line)), sha256(record.sealed), record.signature});
}

/// Canonical payload and trailing spaces, exactly `size` bytes.
Bytes pad(const json::Object& content, std::size_t size) {
  std::string written = canonical::write(content);
  const Wiping wiped(written);
  if (written.size() > size) fatal("a payload larger than its padded size");
  Bytes out(size, ' ');
  std::ranges::copy(written, out.begin());
  return out;
}

}  // namespace

bool is_site(std::string_view site) {
  return !site.empty() && site.size() <= 253 && std::ranges::all_of(site, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

std::string write_header(const Header& header) {
  json::Object object;
  object.set("device", text::to_hex(header.device));
  object.set("erase_commit", text::to_hex(header.erase_commit));
  object.set("op", json::spelled(kOps, header.op));
  object.set("prev", header.prev ? json::Value(text::to_hex(*header.prev)) : json::Value());
  object.set("seq", header.seq);
  object.set("site", header.site);
  object.set("v", kVersion);
  return canonical::write(object);
}

Result<Header> read_header(std::string_view line) {
  const auto value = json::read(line, {.bytes = kLargestHeader, .depth = 1, .values = 8});
  if (!value) return bad_header(value.error()[0].where, describe(value.error()[0]));
  const json::Object* object = value->object();
  if (object == nullptr) return bad_header({}, "Not an object.");
  const std::string* version = text_in(*object, "v");
  if (version == nullptr) return bad_header("/v", "Missing, or not a text.");
  if (*version != kVersion) return fail(Code::unknown_version, "/v", "Want avow/v1.");

  Header header;
  const std::string* site = text_in(*object, "site");
  if (site == nullptr || !is_site(*site))
    return bad_header("/site", "Want 1 to 253 of a-z, 0-9, dot and hyphen.");
  header.site = *site;
  const auto device = hash_in(*object, "device");
  if (!device) return bad_header("/device", "Want 64 hexadecimal digits.");
  header.device = *device;
  const auto commit = hash_in(*object, "erase_commit");
  if (!commit) return bad_header("/erase_commit", "Want 64 hexadecimal digits.");
  header.erase_commit = *commit;
  const std::string* op = text_in(*object, "op");
  const auto* known =
      op == nullptr ? std::end(kOps) : std::ranges::find(kOps, *op, &json::Spelling<Op>::name);
  if (known == std::end(kOps)) return bad_header("/op", "Want set or erase.");
  header.op = known->value;
  const json::Value* seq = object->find("seq");
  if (seq == nullptr || seq->integer() == nullptr || *seq->integer() < 1)
    return bad_header("/seq", "Want a number from 1.");
  header.seq = *seq->integer();
  header.prev = hash_in(*object, "prev");
  const json::Value* prev = object->find("prev");
  if (prev == nullptr || prev->is_null() == header.prev.has_value())
    return bad_header("/prev", "Want null or 64 hexadecimal digits.");
  if (header.prev.has_value() == (header.seq == 1))
    return bad_header("/prev", "Want null at seq 1 and nowhere else.");
  // Spelling it again settles order, white space, escapes and members that are not ours, all at
  // once.
  if (write_header(header) != line) return bad_header({}, "Not the canonical spelling.");
  return header;
}

Digest erase_commit(const Secret& erase_secret) {
  return labelled_sha256(kEraseLabel, {erase_secret.view()});
}

Result<Record> read_record(ByteView bytes) {
  if (bytes.size() > kLargestRecord) {
    return fail(Code::record_too_large, {},
                "Got " + std::to_string(bytes.size()) + " bytes, at most " +
                    std::to_string(kLargestRecord) + ".");
  }
  const std::string_view text = as_text(bytes);
  const std::size_t end = text.substr(0, kLargestHeader + 1).find('\n');
  if (end == std::string_view::npos) {
    if (text.size() <= kLargestHeader) return fail(Code::record_truncated, "line 1");
    return bad_header("line 1", "The line is too long.");
  }
  Record record;
  record.header_line = text.substr(0, end);
  auto header = read_header(record.header_line);
  if (!header) return std::unexpected(std::move(header.error()));
  record.header = std::move(*header);

  const std::string_view rest = text.substr(end + 1);
  if (rest.size() < kSignatureLine + 2)
    return fail(Code::record_truncated, rest.size() > kSignatureLine ? "sealed" : "line 2");
  if (rest[kSignatureLine] != '\n')
    return fail(Code::record_signature, "line 2", "Want 88 characters of base64.");
  const auto signature = text::from_base64(rest.substr(0, kSignatureLine), text::Base64::standard);
  if (!signature || signature->size() != record.signature.size()) {
    return fail(Code::record_signature, "line 2", "Want 64 bytes of canonical base64.");
  }
  std::ranges::copy(*signature, record.signature.begin());
  const ByteView sealed = as_bytes(rest.substr(kSignatureLine + 1));
  record.sealed.assign(sealed.begin(), sealed.end());
  if (!verify(record.header.device, record.signature,
              signed_message(record.header_line, record.sealed))) {
    return fail(Code::record_signature);
  }
  record.id = id_of(record);
  return record;
}

Bytes write_record(const Record& record) {
  Bytes out = to_bytes(record.header_line);
  out.push_back('\n');
  append(out, as_bytes(text::to_base64(record.signature, text::Base64::standard)));
  out.push_back('\n');
  append(out, record.sealed);
  return out;
}

Result<Record> make_record(const Header& header, json::Object content, std::size_t padded_size,
                           std::span<const Recipient> recipients, const Secret& seed,
                           Entropy& entropy) {
  if (header.device != device_key(seed)) fatal("a record signed with another device's seed");
  Record record;
  record.header = header;
  record.header_line = write_header(header);
  if (auto readable = read_header(record.header_line); !readable)
    return std::unexpected(std::move(readable.error()));
  content.set("v", kVersion);
  content.set("binds", text::to_hex(sha256(as_bytes(record.header_line))));
  content.set("device", text::to_hex(header.device));
  Bytes plaintext = pad(content, padded_size);
  const Wiping wiped(plaintext);
  auto sealed = seal(plaintext, recipients, entropy);
  if (!sealed) return std::unexpected(std::move(sealed.error()));
  record.sealed = std::move(*sealed);
  const std::size_t size = record.header_line.size() + kSignatureLine + 2 + record.sealed.size();
  if (size > kLargestRecord)
    return fail(Code::record_too_large, {}, "Got " + std::to_string(size) + " bytes.");
  record.signature = sign(seed, signed_message(record.header_line, record.sealed));
  record.id = id_of(record);
  return record;
}

Result<json::Value> open_record(const Record& record, std::span<const Identity> identities) {
  auto plaintext = open(record.sealed, identities);
  if (!plaintext) return std::unexpected(std::move(plaintext.error()));
  const Wiping wiped(*plaintext);
  std::string_view text = as_text(*plaintext);
  while (text.ends_with(' ')) text.remove_suffix(1);
  auto content = json::read(text, {.bytes = kLargestRecord});
  if (!content)
    return fail(Code::record_payload, content.error()[0].where, describe(content.error()[0]));
  const json::Object* object = content->object();
  if (object == nullptr) return fail(Code::record_payload, {}, "Not an object.");
  const std::string* version = text_in(*object, "v");
  if (version == nullptr) return fail(Code::record_payload, "/v", "Missing, or not a text.");
  if (*version != kVersion) return fail(Code::unknown_version, "/v", "Want avow/v1.");
  std::string again = canonical::write(*content);
  const Wiping wiped_again(again);
  if (again != text) return fail(Code::record_payload, {}, "Not the canonical spelling.");
  // age has no associated data: without these two a stranger could put his own header and signature
  // around this seal.
  if (hash_in(*object, "binds") != sha256(as_bytes(record.header_line)))
    return fail(Code::record_binding, "/binds");
  if (hash_in(*object, "device") != record.header.device)
    return fail(Code::record_binding, "/device");
  return std::move(*content);
}

std::string short_number(const RecordId& id) {
  constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | id[i];
  std::string out;
  for (int shift = 35; shift >= 0; shift -= 5) {
    if (shift == 15) out += '-';
    out += kCrockford[bits >> shift & 31];
  }
  return out;
}

}  // namespace avow::trust
