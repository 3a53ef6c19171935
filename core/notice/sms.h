#pragma once
// How long a text message is, as carriers count (3GPP TS 23.038).

#include <cstddef>
#include <string_view>

namespace avow::notice {

struct SmsLength {
  bool gsm = false;          ///< every letter is in the GSM 7-bit alphabet
  std::size_t units = 0;     ///< septets, or UTF-16 units where one letter is not
  std::size_t most = 0;      ///< what one message holds: 160 septets or 70 units
  std::size_t messages = 0;  ///< as how many it is sent, and paid
};

/// `text` is UTF-8.
[[nodiscard]] SmsLength sms_length(std::string_view text);

}  // namespace avow::notice
