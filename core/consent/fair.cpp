#include "consent/fair.h"

namespace avow::consent {

std::optional<Error> unfair(const Stood& stood, bool framed_allowed) {
  for (std::size_t i = 0; i < std::size(kFigures); ++i) {
    const Figure& figure = kFigures[i];
    const std::int64_t got = stood.figures[i];
    if (got >= figure.least || (got == 0 && !figure.known)) continue;
    return Error{
        Code::notice_unfair, "/press/stood/" + std::string(figure.name),
        "Got " + std::to_string(got) + ", want " + std::to_string(figure.least) + " or more."};
  }
  if (stood.framed == Framing::unseen && !framed_allowed)
    return Error{Code::notice_unfair, "/press/stood/framed",
                 "The browser does not say that the notice was seen in this frame."};
  return std::nullopt;
}

}  // namespace avow::consent
