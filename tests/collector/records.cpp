// Prints valid records for the collector's tests, one JSON object a line:
//   avow-records DEVICES RECORDS_EACH [--fork] [--erase] [--seed TEXT] [--site SITE] [--size BYTES]
// Records of one device come in seq order. --fork: each device's last record comes twice, with one
// `prev` and two contents. --erase: an erase record follows. The same arguments print the same
// bytes: the seed feeds everything.

#include <charconv>
#include <iostream>
#include <span>

#include "base/text.h"
#include "trust/record.h"

namespace {

using namespace avow;

struct Plan {
  int devices = 1;
  int records = 1;
  bool fork = false;
  bool erase = false;
  std::string seed = "avow";
  std::string site = "shop.example";
  std::size_t size = 1024;
};

/// Bytes that look random and are the same every time: SHA-256 of seed, purpose and counter.
class Stream {
 public:
  explicit Stream(std::string seed) : seed_(std::move(seed)) {}
  Bytes take(std::size_t size) {
    Bytes out;
    while (out.size() < size) append(out, sha256(as_bytes(seed_ + '/' + std::to_string(count_++))));
    out.resize(size);
    return out;
  }
  trust::Secret secret() { return trust::Secret(std::span<const std::uint8_t, 32>(take(32))); }

 private:
  std::string seed_;
  std::uint64_t count_ = 0;
};

class Device {
 public:
  Device(Stream& stream, const Plan& plan, std::span<const trust::Recipient> company)
      : stream_(stream),
        plan_(plan),
        seed_(stream.secret()),
        erase_secret_(stream.secret()),
        recipients_(company.begin(), company.end()) {
    recipients_.push_back(trust::recipient_of({stream.secret()}));
  }

  /// The next record of the chain; a fork leaves the chain's head where it was.
  void print(trust::Op op, bool moves_head = true) {
    trust::Header header{.site = plan_.site,
                         .device = trust::device_key(seed_),
                         .seq = seq_ + 1,
                         .prev = head_,
                         .erase_commit = trust::erase_commit(erase_secret_),
                         .op = op};
    const Bytes random = stream_.take(trust::seal_entropy(recipients_.size()));
    trust::Entropy entropy(random);
    json::Object content;
    content.set("note", "A record for tests, number " + std::to_string(header.seq) + '.');
    const auto record =
        trust::make_record(header, std::move(content), plan_.size, recipients_, seed_, entropy);
    if (!record) fatal("a record for a test could not be made");
    if (moves_head) {
      head_ = record->id;
      ++seq_;
    }
    std::cout << "{\"id\":\"" << text::to_hex(record->id) << "\",\"device\":\""
              << text::to_hex(header.device) << "\",\"seq\":" << header.seq << ",\"op\":\""
              << (op == trust::Op::set ? "set" : "erase") << "\",\"secret\":\""
              << text::to_hex(erase_secret_.view()) << "\",\"record\":\""
              << text::to_base64(trust::write_record(*record), text::Base64::standard) << "\"}\n";
  }

 private:
  Stream& stream_;
  const Plan& plan_;
  trust::Secret seed_;
  trust::Secret erase_secret_;
  std::vector<trust::Recipient> recipients_;
  std::optional<trust::RecordId> head_;
  std::int64_t seq_ = 0;
};

int number(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  Plan plan;
  int place = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--fork")
      plan.fork = true;
    else if (word == "--erase")
      plan.erase = true;
    else if (word == "--seed" && i + 1 < argc)
      plan.seed = argv[++i];
    else if (word == "--site" && i + 1 < argc)
      plan.site = argv[++i];
    else if (word == "--size" && i + 1 < argc)
      plan.size = static_cast<std::size_t>(number(argv[++i]));
    else
      (place++ == 0 ? plan.devices : plan.records) = number(word);
  }
  if (place != 2 || plan.devices < 1 || plan.records < 1) {
    std::cerr << "Usage: avow-records DEVICES RECORDS_EACH [--fork] [--erase] [--seed TEXT] "
                 "[--site SITE] [--size BYTES]\n";
    return 2;
  }
  Stream stream(plan.seed);
  const trust::Recipient company = trust::recipient_of({stream.secret()});
  for (int d = 0; d < plan.devices; ++d) {
    Device device(stream, plan, {&company, 1});
    for (int r = 1; r < plan.records; ++r) device.print(trust::Op::set);
    if (plan.fork) device.print(trust::Op::set, false);
    device.print(trust::Op::set);
    if (plan.erase) device.print(trust::Op::erase);
  }
}
