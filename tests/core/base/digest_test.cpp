#include "base/digest.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace avow {
namespace {

TEST(Digest, Sha256AsFips180) {
  EXPECT_EQ(text::to_hex(sha256({})),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(text::to_hex(sha256(as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(
      text::to_hex(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(text::to_hex(sha256(Bytes(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, LabelsAreSeparatedFromWhatFollows) {
  // sha256sum of the bytes "avow/v1 id", 0, "abc".
  EXPECT_EQ(text::to_hex(labelled_sha256("avow/v1 id", {as_bytes("abc")})),
            "8d833d14f74d4840add8b5090057c58ada188875db11d23f5563ba464dae2237");
  EXPECT_EQ(labelled_sha256("a", {as_bytes("b"), as_bytes("c")}),
            labelled_sha256("a", {as_bytes("bc")}));
  EXPECT_EQ(labelled_sha256("a", {}), sha256(as_bytes(std::string_view("a\0", 2))));
  EXPECT_NE(labelled_sha256("ab", {as_bytes("c")}), labelled_sha256("a", {as_bytes("bc")}));
}

}  // namespace
}  // namespace avow
