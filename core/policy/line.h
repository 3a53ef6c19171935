#pragma once
// Texts in no language, the same bytes for everybody, and the shapes that they may be asked to
// have.

#include "base/fields.h"

namespace avow::policy {

struct Line {
  enum class Shape {
    plain,
    site,
    country,
    country_or_unnamed,
    place,
    law,
    digest,
    endpoint,
    age_key,
    image,
    cookie
  };
  json::Length length;
  Shape shape = Shape::plain;
};

constexpr Line plain(std::size_t least, std::size_t most) { return {{least, most}}; }
inline constexpr Line kSite{{1, 253}, Line::Shape::site};
inline constexpr Line kCountry{{2, 2}, Line::Shape::country};
inline constexpr Line kCountryOrUnnamed{{2, 7}, Line::Shape::country_or_unnamed};
inline constexpr Line kLaw{{2, 15}, Line::Shape::law};
inline constexpr Line kDigest{{64, 64}, Line::Shape::digest};
inline constexpr Line kPlace{{1, 6}, Line::Shape::place};
inline constexpr Line kEndpoint{{1, 500}, Line::Shape::endpoint};
inline constexpr Line kImage{{1, 500}, Line::Shape::image};
inline constexpr Line kCookie{{1, 64}, Line::Shape::cookie};
inline constexpr Line kAgeKey{{1, 100}, Line::Shape::age_key};

[[nodiscard]] bool has_shape(Line::Shape shape, std::string_view line);

/// How a shape is told: apart from the shapes, so that the browser's core does without.
struct ShapeWords {
  std::string_view want;     ///< what an error says where a line does not have it
  std::string_view type;     ///< what the documentation calls it
  std::string_view pattern;  ///< the same as a regular expression, as far as one can tell
};
[[nodiscard]] ShapeWords words_of(Line::Shape shape);

}  // namespace avow::policy
