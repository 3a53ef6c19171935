#include "trust/file_key.h"

#include <algorithm>
#include <memory>
#include <new>

#include "base/text.h"
#include "trust/given.h"

namespace avow::trust {
namespace {

TEST(FileKey, DerivesAsRfc5869) {
  // Appendix A.1 and A.3; the first block of their longer outputs is our 32 bytes.
  const Bytes salt = given::counting(13), info = given::counting(10, 0xf0);
  EXPECT_EQ(text::to_hex(hkdf_sha256(Bytes(22, 0x0b), salt, as_text(info)).view()),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  EXPECT_EQ(text::to_hex(hkdf_sha256(Bytes(22, 0x0b), {}, {}).view()),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST(FileKey, IsWipedWhenItGoes) {
  alignas(FileKey) std::uint8_t place[sizeof(FileKey)] = {};
  FileKey* key = new (place) FileKey;
  std::ranges::copy(given::counting(16, 3), key->bytes().begin());
  std::destroy_at(key);
  const volatile std::uint8_t* left =
      place;  // what the memory holds, whatever the compiler thinks of dead objects
  for (std::size_t i = 0; i < sizeof place; ++i) EXPECT_EQ(left[i], 0) << i;
}

TEST(FileKey, UnwrapsOnlyUnderItsKey) {
  FileKey key;
  std::ranges::copy(given::counting(16, 3), key.bytes().begin());
  const Bytes body = wrap(given::secret(1), key);
  ASSERT_EQ(body.size(), kWrappedKeySize);
  const auto opened = unwrap(given::secret(1), body);
  ASSERT_TRUE(opened);
  EXPECT_EQ(Bytes(opened->view().begin(), opened->view().end()), given::counting(16, 3));
  EXPECT_FALSE(unwrap(given::secret(2), body));
  for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
    Bytes altered = body;
    altered[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(unwrap(given::secret(1), altered)) << bit;
  }
}

TEST(FileKey, EachUseHasItsOwnKey) {
  FileKey key;
  const Bytes nonce(16);
  EXPECT_NE(text::to_hex(payload_key(key, nonce).view()),
            text::to_hex(payload_key(key, given::counting(16)).view()));
  EXPECT_NE(header_mac(key, as_bytes("a")), header_mac(key, as_bytes("b")));
}

}  // namespace
}  // namespace avow::trust
