#include "notice/sms.h"

#include <cstdint>

namespace avow::notice {
namespace {

constexpr std::string_view kBasic =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Each takes the place of two.
constexpr std::string_view kExtended = "^{}\\[]~|€\f";

std::size_t size_of(char lead) {
  const auto byte = static_cast<std::uint8_t>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

SmsLength sms_length(std::string_view text) {
  std::size_t septets = 0, units = 0;
  bool gsm = true;
  while (!text.empty()) {
    const std::string_view letter = text.substr(0, size_of(text[0]));
    text.remove_prefix(letter.size());
    units += letter.size() == 4 ? 2 : 1;
    if (kExtended.contains(letter))
      septets += 2;
    else if (kBasic.contains(letter))
      septets += 1;
    else
      gsm = false;
  }
  SmsLength out{.gsm = gsm, .units = gsm ? septets : units, .most = gsm ? 160u : 70u};
  // A message that is one of several holds fewer: it says which one it is.
  const std::size_t part = gsm ? 153 : 67;
  out.messages = out.units <= out.most ? 1 : (out.units + part - 1) / part;
  return out;
}

}  // namespace avow::notice
