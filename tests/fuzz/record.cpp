// Any bytes as a record; and, since no fuzzer finds a signature, any bytes as what a device that
// signs well has sealed.
#include "trust/record.h"

#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "promise.h"

using namespace avow;
using namespace avow::trust;
using avow::fuzz::promise;

namespace {

Bytes counting(std::size_t size, std::uint8_t first) {
  Bytes out(size);
  for (std::uint8_t& b : out) b = first++;
  return out;
}

Secret secret(std::uint8_t first) {
  const Bytes bytes = counting(32, first);
  return Secret(std::span<const std::uint8_t, 32>(bytes.data(), 32));
}

// The device and the company of tests/vectors/trust/record.avow.
const Secret kSeed = secret(40);
const Identity kCompany{secret(1)};
const Recipient kTo = recipient_of(kCompany);

const std::string& header_line() {
  static const std::string line = [] {
    Header header;
    header.site = "shop.example";
    header.device = device_key(kSeed);
    header.erase_commit = erase_commit(secret(0));
    return write_header(header);
  }();
  return line;
}

Bytes signed_around(ByteView sealed) {
  Bytes message = to_bytes(std::string_view("avow/v1 record\0", 15));
  append(message, sha256(as_bytes(header_line())));
  append(message, sha256(sealed));
  Bytes out = to_bytes(header_line());
  out.push_back('\n');
  append(out, as_bytes(text::to_base64(sign(kSeed, message), text::Base64::standard)));
  out.push_back('\n');
  append(out, sealed);
  return out;
}

void as_record(ByteView bytes) {
  const auto record = read_record(bytes);
  if (!record) return;
  promise(write_record(*record) == Bytes(bytes.begin(), bytes.end()),
          "a record that is read is written again as the same bytes");
  promise(write_header(record->header) == record->header_line, "a header has one spelling");
}

void as_header(std::string_view line) {
  const auto header = read_header(line);
  if (!header) return;
  promise(write_header(*header) == line, "a header line has one spelling");
  promise(line.size() <= 546, "a header line has at most 546 bytes");
}

void as_sealed(ByteView bytes) {
  // What is not age is refused by its first line; signing costs more than that.
  if (!as_text(bytes).starts_with("age-encryption.org/v1\n")) return;
  const auto record = read_record(signed_around(bytes));
  promise(record.has_value(), "what is signed well is read");
  (void)open_record(*record, {&kCompany, 1});
}

void as_payload(std::string_view text) {
  // Opening costs four multiplications; what is no JSON is the other target's.
  if (!json::read(text, {.bytes = kLargestRecord})) return;
  const Bytes random = counting(seal_entropy(1), 0);
  Entropy entropy{random};
  const auto sealed = seal(as_bytes(text), {&kTo, 1}, entropy);
  const auto record = read_record(signed_around(*sealed));
  promise(record.has_value(), "what is signed well is read");
  const auto opened = open_record(*record, {&kCompany, 1});
  if (!opened) return;
  while (text.ends_with(' ')) text.remove_suffix(1);
  promise(canonical::write(*opened) == text, "a payload has one spelling");
  const auto says = [&](const char* member, const Digest& what) {
    const json::Value* value = opened->object()->find(member);
    return value != nullptr && *value == json::Value{text::to_hex(what)};
  };
  promise(says("binds", sha256(as_bytes(record->header_line))), "it names its own header");
  promise(says("device", record->header.device), "it names its own device");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const std::string_view text = as_text(bytes);
  as_record(bytes);
  as_header(text.substr(0, text.find('\n')));
  if (size < 60'000) as_sealed(bytes);
  if (size < 60'000) as_payload(text);
  return 0;
}
