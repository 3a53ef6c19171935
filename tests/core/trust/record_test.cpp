#include "trust/record.h"

#include <algorithm>

#include "base/canonical.h"
#include "base/text.h"
#include "trust/given.h"

namespace avow::trust {
namespace {

constexpr std::uint8_t kSeed = 40, kErase = 0, kCompany = 1, kVisitor = 2;

Header first_header() {
  Header header;
  header.site = "shop.example";
  header.device = device_key(given::secret(kSeed));
  header.erase_commit = erase_commit(given::secret(kErase));
  return header;
}

json::Object content() {
  json::Object out;
  out.set("kind", "choice");
  out.set("answers", json::Array{json::Object().set("purpose", "measure").set("granted", false)});
  return out;
}

Result<Record> made(const Header& header, json::Object fields = content(), std::size_t size = 512) {
  const std::vector<Recipient> recipients = {given::recipient(kCompany),
                                             given::recipient(kVisitor)};
  const Bytes random = given::counting(seal_entropy(2));
  Entropy entropy{random};
  return make_record(header, std::move(fields), size, recipients, given::secret(kSeed), entropy);
}
Record made() {
  const auto record = made(first_header());
  EXPECT_TRUE(record);
  return record ? *record : Record{};
}

std::string reading(ByteView bytes) { return given::code(read_record(bytes)); }
std::string opening(const Record& record, std::uint8_t who = kCompany) {
  return given::code(open_record(record, std::vector{given::identity(who)}));
}

/// Signs any header line and sealed part with any seed, as FORMAT.md says: what an attacker with a
/// device can do.
Bytes signed_by(const Secret& seed, std::string_view header_line, ByteView sealed) {
  Bytes message = to_bytes(std::string_view("avow/v1 record\0", 15));
  append(message, sha256(as_bytes(header_line)));
  append(message, sha256(sealed));
  Bytes out = to_bytes(header_line);
  out.push_back('\n');
  append(out, as_bytes(text::to_base64(sign(seed, message), text::Base64::standard)));
  out.push_back('\n');
  append(out, sealed);
  return out;
}
/// A record around any plaintext.
Record around(std::string_view plaintext) {
  const Bytes random = given::counting(seal_entropy(1));
  Entropy entropy{random};
  const auto sealed = seal(as_bytes(plaintext), std::vector{given::recipient(kCompany)}, entropy);
  const auto record =
      read_record(signed_by(given::secret(kSeed), write_header(first_header()), *sealed));
  EXPECT_TRUE(record);
  return record ? *record : Record{};
}

TEST(Record, SameEntropySameBytesNativeAndWasm) {
  EXPECT_EQ(write_record(made()), given::file("record.avow"));
}

TEST(Record, IsReadAsWritten) {
  const Record record = made();
  const auto read = read_record(write_record(record));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->header, record.header);
  EXPECT_EQ(read->header_line, record.header_line);
  EXPECT_EQ(read->signature, record.signature);
  EXPECT_EQ(read->sealed, record.sealed);
  EXPECT_EQ(read->id, record.id);
  EXPECT_EQ(read->header, first_header());
}

TEST(Record, IdIsOverHeaderSealAndSignature) {
  const Record record = made();
  Bytes message = to_bytes(std::string_view("avow/v1 id\0", 11));
  append(message, sha256(as_bytes(record.header_line)));
  append(message, sha256(record.sealed));
  append(message, record.signature);
  EXPECT_EQ(record.id, sha256(message));
}

TEST(Record, OpensForCompanyAndVisitorAlone) {
  const Record record = made();
  for (const std::uint8_t who : {kCompany, kVisitor}) {
    const auto opened = open_record(record, std::vector{given::identity(who)});
    ASSERT_TRUE(opened);
    json::Object want = content();
    want.set("v", "avow/v1");
    want.set("binds", text::to_hex(sha256(as_bytes(record.header_line))));
    want.set("device", text::to_hex(record.header.device));
    EXPECT_EQ(canonical::write(*opened), canonical::write(want));
  }
  EXPECT_EQ(opening(record, 99), "seal-no-match");
}

TEST(Record, LengthTellsNothing) {
  const std::size_t want = made().sealed.size();
  for (const bool granted : {false, true}) {
    for (const char* subject :
         {"", "customer 1",
          "a much longer reference to a customer, which must not be seen from outside"}) {
      json::Object fields = content();
      fields.set("granted", granted).set("subject", subject);
      const auto record = made(first_header(), fields);
      ASSERT_TRUE(record);
      EXPECT_EQ(record->sealed.size(), want);
    }
  }
  const auto larger = made(first_header(), content(), 1024);
  ASSERT_TRUE(larger);
  EXPECT_EQ(larger->sealed.size(), want + 512);
}

TEST(Record, AFlippedBitAnywhereIsRefused) {
  const Record record = made();
  const Bytes bytes = write_record(record);
  const std::size_t line = record.header_line.size();
  std::size_t refused_by_signature_in_header = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes altered = bytes;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    const std::string got = reading(altered);
    if (bit / 8 > line) {
      EXPECT_EQ(got, "record-signature") << bit;
    } else if (bit / 8 == line) {
      EXPECT_TRUE(got == "record-header" || got == "unknown-version") << bit << " " << got;
    } else {
      // Another header that is well-formed fails by its signature; any other by its shape.
      const auto header = read_header(std::string_view(as_text(altered)).substr(0, line));
      EXPECT_EQ(got, header ? "record-signature" : given::code(header)) << bit;
      EXPECT_TRUE(header || got == "record-header" || got == "unknown-version")
          << bit << " " << got;
      refused_by_signature_in_header += header.has_value();
    }
  }
  EXPECT_GT(refused_by_signature_in_header,
            300u);  // most bits of the hexadecimal fields: the loop saw both ways
}

TEST(Record, CutAnywhereIsRefused) {
  const Record record = made();
  const Bytes bytes = write_record(record);
  const std::size_t sealed_at = record.header_line.size() + 90;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(reading(ByteView(bytes).first(size)),
              size <= sealed_at ? "record-truncated" : "record-signature")
        << size;
  }
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_EQ(reading(longer), "record-signature");
}

TEST(Record, IsBounded) {
  EXPECT_EQ(reading(Bytes(kLargestRecord + 1, '{')), "record-too-large");
  EXPECT_EQ(reading(Bytes(kLargestRecord, '{')),
            "record-header");  // no end of line where one must be
  EXPECT_EQ(reading(Bytes(100, '{')), "record-truncated");
  EXPECT_EQ(given::code(made(first_header(), content(), kLargestRecord)), "record-too-large");
  const auto largest = made(first_header(), content(), 64'512);
  ASSERT_TRUE(largest);
  EXPECT_EQ(reading(write_record(*largest)), "accepted");
}

TEST(Record, AnyBytesAreRefusedWithoutHarm) {
  const Bytes bytes = write_record(made());
  std::uint32_t state = 1;
  const auto draw = [&state] { return state = state * 1'664'525 + 1'013'904'223, state >> 8; };
  for (int i = 0; i < 2'000; ++i) {
    Bytes altered = bytes;
    for (std::uint32_t n = draw() % 8 + 1; n > 0; --n) {
      const std::size_t at = draw() % altered.size();
      switch (draw() % 3) {
        case 0: altered[at] = static_cast<std::uint8_t>(draw()); break;
        case 1: altered.erase(altered.begin() + static_cast<std::ptrdiff_t>(at)); break;
        default:
          altered.insert(altered.begin() + static_cast<std::ptrdiff_t>(at),
                         static_cast<std::uint8_t>(draw()));
      }
    }
    EXPECT_TRUE(altered == bytes || reading(altered) != "accepted");
  }
}

TEST(Record, AHeaderHasOneSpelling) {
  Header header = first_header();
  header.seq = 7;
  header.prev = RecordId{};
  header.op = Op::erase;
  const std::string line = write_header(header);
  EXPECT_EQ(line, "{\"device\":\"" + text::to_hex(header.device) + "\",\"erase_commit\":\"" +
                      text::to_hex(header.erase_commit) + "\",\"op\":\"erase\",\"prev\":\"" +
                      std::string(64, '0') +
                      "\",\"seq\":7,\"site\":\"shop.example\",\"v\":\"avow/v1\"}");
  const auto read = read_header(line);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, header);
  const auto with = [&line](std::string_view from, std::string_view to) {
    std::string altered = line;
    const std::size_t at = altered.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    altered.replace(at, from.size(), to);
    return given::code(read_header(altered));
  };
  EXPECT_EQ(with("\"seq\":7", "\"seq\": 7"), "record-header");
  EXPECT_EQ(with("\"seq\":7", "\"seq\":7.0"), "record-header");
  EXPECT_EQ(with("\"seq\":7", "\"seq\":07"), "record-header");
  EXPECT_EQ(with("\"seq\":7", "\"seq\":\"7\""), "record-header");
  EXPECT_EQ(with("\"seq\":7", "\"seq\":0"), "record-header");
  EXPECT_EQ(with("\"seq\":7", "\"seq\":-7"), "record-header");
  EXPECT_EQ(with("\"seq\":7", "\"seq\":9007199254740992"), "record-header");
  EXPECT_EQ(with("\"seq\":7", "\"seq\":9007199254740991"), "accepted");
  EXPECT_EQ(with("\"seq\":7", "\"seq\":1"), "record-header");  // with a predecessor
  EXPECT_EQ(with("\"seq\":7,", "\"seq\":7,\"seq\":7,"), "record-header");
  EXPECT_EQ(with("\"seq\":7,", ""), "record-header");
  EXPECT_EQ(with("\"op\":\"erase\"", "\"op\":\"set\""), "accepted");
  EXPECT_EQ(with("\"op\":\"erase\"", "\"op\":\"Set\""), "record-header");
  EXPECT_EQ(with("\"op\":\"erase\"", "\"op\":\"s\\u0065t\""), "record-header");
  EXPECT_EQ(with("\"op\":\"erase\",", "\"op\":\"erase\",\"other\":1,"), "record-header");
  EXPECT_EQ(with("\"prev\":\"" + std::string(64, '0'), "\"prev\":\"" + std::string(63, '0')),
            "record-header");
  EXPECT_EQ(with("\"prev\":\"" + std::string(64, '0'), "\"prev\":\"" + std::string(63, '0') + "A"),
            "record-header");
  EXPECT_EQ(with("\"prev\":\"" + std::string(64, '0') + "\"", "\"prev\":null"),
            "record-header");  // not at seq 1
  EXPECT_EQ(with("\"prev\":\"" + std::string(64, '0') + "\"", "\"prev\":0"), "record-header");
  EXPECT_EQ(with("shop.example", ""), "record-header");
  EXPECT_EQ(with("shop.example", "Shop.example"), "record-header");
  EXPECT_EQ(with("shop.example", "shop.example/x"), "record-header");
  EXPECT_EQ(with("shop.example", std::string(253, 'a')), "accepted");
  EXPECT_EQ(with("shop.example", std::string(254, 'a')), "record-header");
  EXPECT_EQ(with("avow/v1", "avow/v2"), "unknown-version");
  EXPECT_EQ(with("{", " {"), "record-header");
  EXPECT_EQ(with("v1\"}", "v1\"} "), "record-header");
  for (const std::string_view other : {"", "null", "[]", "{}", "{\"v\":\"avow/v1\"}"})
    EXPECT_EQ(given::code(read_header(other)), "record-header");
}

TEST(Record, TheLongestHeaderFits) {
  Header header = first_header();
  header.site = std::string(253, 'a');
  header.seq = (std::int64_t{1} << 53) - 1;
  header.prev = RecordId{};
  header.op = Op::erase;
  EXPECT_EQ(write_header(header).size(), 546u);
  const auto record = made(header);
  ASSERT_TRUE(record);
  EXPECT_EQ(reading(write_record(*record)), "accepted");
}

TEST(Record, RefusesToMakeWhatCouldNotBeRead) {
  Header header = first_header();
  header.seq = 2;
  EXPECT_EQ(given::code(made(header)), "record-header");
  header = first_header();
  header.site = "not a site";
  EXPECT_EQ(given::code(made(header)), "record-header");
}

TEST(Record, AStrangersSignatureIsRefused) {
  const Record record = made();
  EXPECT_EQ(reading(signed_by(given::secret(kSeed), record.header_line, record.sealed)),
            "accepted");
  EXPECT_EQ(reading(signed_by(given::secret(77), record.header_line, record.sealed)),
            "record-signature");
}

TEST(Record, SignaturesOnWhichVerifiersDifferAreTakenByOneRule) {
  // tests/interop/signatures.test.mjs runs the same files over the other verifiers; here they meet
  // WebAssembly's libsodium as well.
  for (const char* attack :
       {"cofactored-only", "non-canonical-key-neutral", "non-canonical-key-of-order-four",
        "non-canonical-r-neutral", "s-not-below-the-order", "small-order-key-negative-zero",
        "small-order-key-neutral", "small-order-key-of-order-eight",
        "small-order-key-of-order-eight-other-y", "small-order-key-of-order-four",
        "small-order-key-of-order-two", "small-order-r-negative-zero", "small-order-r-neutral",
        "small-order-r-of-order-eight"}) {
    EXPECT_EQ(reading(given::file(std::string("signatures/refused/") + attack + ".avow")),
              "record-signature")
        << attack;
  }
  for (const char* kind : {"plain", "mixed-order-key"}) {
    EXPECT_EQ(reading(given::file(std::string("signatures/accepted/") + kind + ".avow")),
              "accepted")
        << kind;
  }
}

TEST(Record, ASealSignedAgainByAStrangerIsRefused) {
  // Whoever carries a record can put his own header and signature around its seal; the device key
  // inside shows it.
  const Record record = made();
  Header stolen = record.header;
  stolen.device = device_key(given::secret(77));
  const auto read = read_record(signed_by(given::secret(77), write_header(stolen), record.sealed));
  ASSERT_TRUE(read);
  EXPECT_EQ(opening(*read), "record-binding");
}

TEST(Record, ASealMovedToAnotherPlaceInTheChainIsRefused) {
  const Record record = made();
  Header later = record.header;
  later.seq = 2;
  later.prev = record.id;
  const auto read =
      read_record(signed_by(given::secret(kSeed), write_header(later), record.sealed));
  ASSERT_TRUE(read);
  EXPECT_EQ(opening(*read), "record-binding");
}

TEST(Record, AnotherDeviceInsideIsRefused) {
  const std::string binds = text::to_hex(sha256(as_bytes(write_header(first_header()))));
  const std::string own = text::to_hex(first_header().device),
                    other = text::to_hex(given::recipient(3).key);
  EXPECT_EQ(
      opening(around("{\"binds\":\"" + binds + "\",\"device\":\"" + own + "\",\"v\":\"avow/v1\"}")),
      "accepted");
  EXPECT_EQ(opening(around("{\"binds\":\"" + binds + "\",\"device\":\"" + other +
                           "\",\"v\":\"avow/v1\"}")),
            "record-binding");
  EXPECT_EQ(
      opening(around("{\"binds\":\"" + other + "\",\"device\":\"" + own + "\",\"v\":\"avow/v1\"}")),
      "record-binding");
  EXPECT_EQ(opening(around("{\"device\":\"" + own + "\",\"v\":\"avow/v1\"}")), "record-binding");
  EXPECT_EQ(opening(around("{\"binds\":\"" + binds + "\",\"v\":\"avow/v1\"}")), "record-binding");
}

TEST(Record, ContentHasOneSpelling) {
  const std::string binds = text::to_hex(sha256(as_bytes(write_header(first_header()))));
  const std::string own = text::to_hex(first_header().device);
  const std::string plain =
      "{\"binds\":\"" + binds + "\",\"device\":\"" + own + "\",\"v\":\"avow/v1\"}";
  EXPECT_EQ(opening(around(plain + std::string(300, ' '))), "accepted");
  EXPECT_EQ(opening(around(" " + plain)), "record-payload");
  EXPECT_EQ(opening(around(plain + "\n")), "record-payload");
  EXPECT_EQ(opening(around(plain + std::string(1, '\0'))), "record-payload");
  EXPECT_EQ(
      opening(around("{\"device\":\"" + own + "\",\"binds\":\"" + binds + "\",\"v\":\"avow/v1\"}")),
      "record-payload");
  EXPECT_EQ(opening(around("{\"v\":\"avow/v1\",\"v\":\"avow/v1\"}")), "record-payload");
  EXPECT_EQ(opening(around("{\"v\":\"avow/v2\"}")), "unknown-version");
  for (const std::string_view other : {"", "   ", "null", "[]", "{}", "{\"v\":1}", "\xFF"})
    EXPECT_EQ(opening(around(other)), "record-payload");
}

#ifndef __EMSCRIPTEN__  // there is no second process to lose there
TEST(RecordDeathTest, BrokenInvariantsStopLoudly) {
  EXPECT_DEATH((void)made(first_header(), content(), 100), "larger than its padded size");
  Header other = first_header();
  other.device = device_key(given::secret(1));
  EXPECT_DEATH((void)made(other), "another device's seed");
}
#endif

TEST(Record, EraseCommitIsLabelled) {
  EXPECT_EQ(text::to_hex(erase_commit(given::secret(0))),
            "1864c550ccce0ec78df3550adb04e227acfb858bb10c30bb75d57cdddbb35158");
}

TEST(Record, ShortNumberIsFortyBitsOfTheId) {
  RecordId id{};
  EXPECT_EQ(short_number(id), "0000-0000");
  id.fill(0xff);
  EXPECT_EQ(short_number(id), "ZZZZ-ZZZZ");
  // 00001 00010 … 01000: one letter after the other.
  const RecordId counted{0x08, 0x86, 0x42, 0x98, 0xe8};
  EXPECT_EQ(short_number(counted), "1234-5678");
  const RecordId high{0xd6, 0x3b, 0x5d, 0xbf, 0x5c};
  EXPECT_EQ(short_number(high), "TRXN-VFTW");
}

}  // namespace
}  // namespace avow::trust
