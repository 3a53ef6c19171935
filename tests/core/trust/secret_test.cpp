#include "trust/secret.h"

#include <memory>
#include <new>

#include "trust/given.h"

namespace avow::trust {
namespace {

TEST(Secret, IsWipedWhenItGoes) {
  alignas(Secret) std::uint8_t place[sizeof(Secret)] = {};
  Secret* secret = new (place) Secret(given::secret(1));
  ASSERT_EQ(secret->view()[0], 1);
  std::destroy_at(secret);
  // Read through volatile: what is asked is what the memory holds, not what the compiler thinks of
  // dead objects.
  const volatile std::uint8_t* left = place;
  for (std::size_t i = 0; i < sizeof place; ++i) EXPECT_EQ(left[i], 0) << i;
}

TEST(Secret, WipingCoversBuffersOnEveryWayOut) {
  Bytes bytes = given::counting(100, 1);
  std::string text(100, 'x'), small = "short";
  {
    const Wiping wiped(bytes);
    const Wiping wiped_text(text);
    const Wiping wiped_small(small);
  }
  EXPECT_EQ(bytes, Bytes(100));
  EXPECT_EQ(text, std::string(100, '\0'));
  EXPECT_EQ(small, std::string(5, '\0'));
}

TEST(Entropy, GivesEachByteOnce) {
  const Bytes random = given::counting(64);
  Entropy entropy{random};
  const auto first = entropy.secret();
  Bytes second(32);
  ASSERT_TRUE(first);
  ASSERT_TRUE(entropy.fill(second));
  EXPECT_EQ(Bytes(first->view().begin(), first->view().end()), given::counting(32));
  EXPECT_EQ(second, given::counting(32, 32));
  std::uint8_t one = 0;
  EXPECT_EQ(given::code(entropy.fill({&one, 1})), "entropy-short");
  EXPECT_EQ(given::code(entropy.secret()), "entropy-short");
}

TEST(Entropy, TooLittleFillsNothing) {
  const Bytes random = given::counting(31, 7);
  Entropy entropy{random};
  EXPECT_EQ(given::code(entropy.secret()), "entropy-short");
  Bytes rest(31);
  EXPECT_TRUE(entropy.fill(rest));
  EXPECT_EQ(rest, random);
}

}  // namespace
}  // namespace avow::trust
