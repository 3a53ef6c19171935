// After a record was made and opened, no key is left anywhere in WebAssembly's memory: not on the
// stack, not on the heap. Only there, since only there all memory is one range; and only there
// link-time optimisation once removed the wiping.
#ifdef __EMSCRIPTEN__

#include <algorithm>

#include "trust/given.h"
#include "trust/record.h"

namespace avow::trust {
namespace {

constexpr std::uint8_t kMask =
    0xA7;  // what is looked for is kept masked, so that it does not find itself

/// Bytes that nothing else in memory holds: not the counting ones, which other tests leave behind.
void draw(std::span<std::uint8_t> out, std::uint32_t state) {
  for (std::uint8_t& b : out)
    b = static_cast<std::uint8_t>((state = state * 1'664'525 + 1'013'904'223) >> 24);
}

/// How often the unmasked bytes stand in memory.
int found(const ByteArray<16>& masked) {
  const std::size_t end = __builtin_wasm_memory_size(0) * 65'536ul;
  int hits = 0;
  for (std::size_t at = 1'024; at + masked.size() <= end; ++at) {
    const volatile auto* there = reinterpret_cast<const volatile std::uint8_t*>(at);
    std::size_t same = 0;
    while (same < masked.size() && (there[same] ^ kMask) == masked[same]) ++same;
    hits += same == masked.size();
  }
  return hits;
}

struct Sought {
  const char* name;
  ByteArray<16> masked;
};
Sought sought(const char* name, const std::uint8_t* secret) {
  Sought out{name, {}};
  std::transform(secret, secret + 16, out.masked.begin(),
                 [](std::uint8_t b) { return static_cast<std::uint8_t>(b ^ kMask); });
  return out;
}

/// One visitor's whole use of the trust room. The frame is gone when it returns.
__attribute__((noinline)) std::vector<Sought> make_and_open() {
  std::array<std::uint8_t, 96 + seal_entropy(1)> random;
  draw(random, 2026);
  const Wiping wiped(random);
  const std::vector<Sought> secrets = {sought("device seed", random.data()),
                                       sought("device seed, second half", random.data() + 16),
                                       sought("erase secret", random.data() + 32),
                                       sought("visitor's identity", random.data() + 64),
                                       sought("file key", random.data() + 96),
                                       sought("ephemeral key", random.data() + 128),
                                       sought("ephemeral key, second half", random.data() + 144)};
  Entropy entropy{random};
  const auto seed = entropy.secret(), erase_secret = entropy.secret(), key = entropy.secret();
  const Identity identity{*key};
  Header header;
  header.site = "shop.example";
  header.device = device_key(*seed);
  header.erase_commit = erase_commit(*erase_secret);
  const auto record = make_record(header, json::Object().set("kind", "choice"), 512,
                                  std::vector{recipient_of(identity)}, *seed, entropy);
  EXPECT_TRUE(record);
  EXPECT_TRUE(open_record(*record, {&identity, 1}));
  EXPECT_TRUE(read_identity(write_identity(identity)));
  return secrets;
}

TEST(Memory, HoldsNoKeyAfterwards) {
  for (const Sought& secret : make_and_open()) EXPECT_EQ(found(secret.masked), 0) << secret.name;
}

TEST(Memory, AKeyThatIsThereIsFound) {
  static ByteArray<16> there;
  draw(there, 77);
  EXPECT_GE(found(sought("", there.data()).masked), 1);
}

}  // namespace
}  // namespace avow::trust

#endif
