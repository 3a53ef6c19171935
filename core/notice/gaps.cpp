#include "notice/gaps.h"

#include "policy/declaration.h"

namespace avow::notice {
namespace {

/// Walks the declaration: whatever is declared as words is filled.
struct NameGaps : policy::PassOver {
  explicit NameGaps(std::span<const Catalog> every) : catalogs(every) {}

  void words(std::string_view, policy::Text& text, json::Length, policy::Need need,
             std::string_view) {
    if (text.empty() && need == policy::Need::optional) return;
    policy::Text whole;
    for (const Catalog& catalog : catalogs) {
      std::string_view said = text.in(catalog.language());
      if (said.empty()) said = catalog.text("gap");
      whole.languages.emplace_back(catalog.language(), said);
    }
    text = std::move(whole);
  }
  template <class T>
  void object(std::string_view, T& value, policy::Need, std::string_view) {
    declare(*this, value);
  }
  template <class T>
  void object(std::string_view, std::optional<T>& value, policy::Need, std::string_view) {
    if (value) declare(*this, *value);
  }
  template <class T>
  void list(std::string_view, std::vector<T>& values, std::size_t, std::size_t, std::string_view) {
    for (T& value : values) declare(*this, value);
  }

  std::span<const Catalog> catalogs;
};

}  // namespace

void name_gaps(policy::Policy& policy, std::span<const Catalog> catalogs) {
  NameGaps io(catalogs);
  declare(io, policy);
}

}  // namespace avow::notice
