#include "trust/stream.h"

#include <algorithm>

#include "base/text.h"
#include "trust/given.h"

namespace avow::trust {
namespace {

constexpr std::size_t kChunk = 65'536, kSealed = kChunk + 16;

Bytes encrypted(std::size_t size) {
  Bytes out;
  encrypt_payload(out, FileKey{}, PayloadNonce{}, given::counting(size));
  return out;
}
std::string decrypt(const Bytes& payload) {
  return given::code(decrypt_payload(FileKey{}, payload));
}

TEST(Stream, EverySizeAroundAChunkComesBack) {
  for (const std::size_t size : {0ul, 1ul, 15ul, 16ul, 17ul, 511ul, 65'535ul, 65'536ul, 65'537ul,
                                 131'072ul, 131'073ul, 200'000ul}) {
    const Bytes payload = encrypted(size);
    EXPECT_EQ(payload.size(),
              16 + size + 16 * std::max<std::size_t>(1, (size + kChunk - 1) / kChunk))
        << size;
    const auto opened = decrypt_payload(FileKey{}, payload);
    ASSERT_TRUE(opened) << size;
    EXPECT_EQ(*opened, given::counting(size)) << size;
  }
}

TEST(Stream, CutAnywhereIsRefused) {
  const Bytes whole = encrypted(kChunk + 40);
  for (std::size_t size = 0; size < whole.size();
       size += size > 40 && size < kSealed - 40 ? 997 : 1) {
    EXPECT_EQ(decrypt(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))),
              size < 16 ? "seal-header" : "seal-payload")
        << size;
  }
}

TEST(Stream, CutAtAChunksEndIsRefused) {
  const Bytes whole = encrypted(3 * kChunk);
  for (std::size_t chunks = 1; chunks < 3; ++chunks) {
    EXPECT_EQ(decrypt(Bytes(whole.begin(),
                            whole.begin() + static_cast<std::ptrdiff_t>(16 + chunks * kSealed))),
              "seal-payload");
  }
}

TEST(Stream, SwappedChunksAreRefused) {
  Bytes payload = encrypted(3 * kChunk);
  std::swap_ranges(payload.begin() + 16, payload.begin() + 16 + kSealed,
                   payload.begin() + 16 + kSealed);
  EXPECT_EQ(decrypt(payload), "seal-payload");
}

TEST(Stream, ARepeatedChunkIsRefused) {
  const Bytes whole = encrypted(2 * kChunk);
  Bytes payload = whole;
  payload.insert(payload.begin() + 16, whole.begin() + 16, whole.begin() + 16 + kSealed);
  EXPECT_EQ(decrypt(payload), "seal-payload");
}

TEST(Stream, TrailingBytesAreRefused) {
  for (const std::size_t size : {0ul, 10ul, 65'536ul}) {
    for (const std::size_t more : {1ul, 15ul, 16ul, 17ul}) {
      Bytes payload = encrypted(size);
      payload.resize(payload.size() + more);
      EXPECT_EQ(decrypt(payload), "seal-payload") << size << " + " << more;
    }
  }
}

TEST(Stream, AnAuthenticEmptyLastChunkAfterOthersIsRefused) {
  // The key's holder can make one: a full chunk marked as not the last, then an empty chunk marked
  // as the last. The first chunk of a longer text is just such a full chunk.
  const Bytes longer = encrypted(kChunk + 1);
  Bytes payload(longer.begin(), longer.begin() + 16 + kSealed);
  const auto empty_last_chunk =
      text::from_hex("14ff8e6e109f414c8f718cb7edb7a13b", 16);  // counter 1, last
  ASSERT_TRUE(empty_last_chunk);
  append(payload, *empty_last_chunk);
  EXPECT_EQ(decrypt(payload), "seal-payload");
}

}  // namespace
}  // namespace avow::trust
