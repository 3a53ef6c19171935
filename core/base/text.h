#pragma once
// Strict text: UTF-8 (RFC 3629), base64 (RFC 4648), hexadecimal. Nothing is repaired: one value has
// one spelling.

#include "base/bytes.h"
#include "base/result.h"

namespace avow::text {

/// Whether `bytes` is UTF-8 without overlong forms, surrogates or values above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view bytes);
/// How many bytes of `bytes` come before the first that breaks this; all of them where none does.
[[nodiscard]] std::size_t utf8_prefix(std::string_view bytes);
/// Number of Unicode code points; `text` must be UTF-8.
[[nodiscard]] std::size_t length(std::string_view text);

/// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::string to_hex(ByteView bytes);
/// Reads exactly `size` bytes of lower-case hexadecimal.
[[nodiscard]] Result<Bytes> from_hex(std::string_view hex, std::size_t size);

/// Which alphabet, and whether `=` fills the last group.
enum class Base64 { standard, standard_unpadded, url };

[[nodiscard]] std::string to_base64(ByteView bytes, Base64 form);
/// Refuses foreign characters, wrong padding and non-zero trailing bits.
[[nodiscard]] Result<Bytes> from_base64(std::string_view text, Base64 form);

/// Text that may stand in HTML content or in a double-quoted attribute.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace avow::text
