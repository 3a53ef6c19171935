#include "policy/line.h"

#include "policy/policy.h"
#include "policy/shape.h"

namespace avow::policy {

bool has_shape(Line::Shape shape, std::string_view line) {
  switch (shape) {
    case Line::Shape::plain: return is_line(line);
    case Line::Shape::site: return is_site(line);
    case Line::Shape::country: return is_country(line);
    case Line::Shape::country_or_unnamed: return line == kUnnamed || is_country(line);
    case Line::Shape::place: return is_place(line);
    case Line::Shape::law: return is_law(line);
    case Line::Shape::digest: return is_digest(line);
    case Line::Shape::endpoint: return is_endpoint(line);
    case Line::Shape::age_key: return true;  // the trust room reads it
    case Line::Shape::image:
      return is_link(line) && (line.starts_with("https://") || line.starts_with("/"));
    case Line::Shape::cookie: return is_cookie(line);
  }
  fatal("a shape without a rule");
}

ShapeWords words_of(Line::Shape shape) {
  switch (shape) {
    case Line::Shape::plain:
      return {"Control characters do not belong here.", "line", "^[^\\u0000-\\u001F\\u007F]*$"};
    case Line::Shape::site:
      return {"Want a host name in lower case.", "host name in lower case", "^[a-z0-9.-]+$"};
    case Line::Shape::country:
      return {"Want two capital letters (ISO 3166-1).", "two capital letters, ISO 3166-1",
              "^[A-Z]{2}$"};
    case Line::Shape::country_or_unnamed:
      return {"Want two capital letters (ISO 3166-1), or \"unnamed\".",
              "two capital letters, ISO 3166-1; or `unnamed`", "^([A-Z]{2}|unnamed)$"};
    case Line::Shape::law:
      return {"Want a country's code in lower case, or a part of it, such as cn, eu, us-ca.",
              "law, such as `cn`, `eu`, `eu-fr`, `us-ca`", "^[a-z]{2}(-[a-z0-9]{1,12})?$"};
    case Line::Shape::digest:
      return {"Want a SHA-256: 64 hexadecimal digits in lower case.",
              "SHA-256, 64 hexadecimal digits", "^[0-9a-f]{64}$"};
    case Line::Shape::place:
      return {"Want an ISO 3166 code such as CN or US-CA, or *.",
              "ISO 3166 code, `CN` or `US-CA`; or `*`", "^(\\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)$"};
    case Line::Shape::endpoint:
      return {"Want https: (http: on loopback only) or a path on this site, without ? and #.",
              "`https://…`, a path on the site, or `http://` on loopback for tests",
              "^(https://[^/\\u0000-\\u0020\\u007F\\\\?#]|"
              "http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[0-9]*)?(/|$)|/(?!/))"
              "[^\\u0000-\\u0020\\u007F\\\\?#]*$"};
    case Line::Shape::age_key:
      return {{}, "`age1…`, an age X25519 public key", "^age1[02-9ac-hj-np-z]{58}$"};
    case Line::Shape::image:
      return {"Want https: or a path on this site.", "`https://…`, or a path on the site",
              "^(https://|/(?!/))[^\\u0000-\\u0020\\u007F\\\\]*$"};
    case Line::Shape::cookie:
      return {"Want letters, digits, _ and -.", "letters, digits, `_` and `-`", "^[A-Za-z0-9_-]+$"};
  }
  fatal("a shape without words");
}

}  // namespace avow::policy
