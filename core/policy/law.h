#pragma once
// What the laws that a policy names ask of it, as data: a row for each law. Linked by tools alone;
// the reader knows no country's law.

#include <span>

#include "policy/policy.h"

namespace avow::policy {

/// One law as far as a policy alone can be held against it.
struct Law {
  std::string_view code;                      ///< "cn"; stands for its parts too, such as "cn-bj"
  std::span<const DataClass> sensitive = {};  ///< what it calls sensitive, or special
  std::string_view sensitive_article = {};    ///< where
  std::span<const Basis> grounds = {};        ///< the grounds that it knows; none: it asks for none
  std::span<const Kind> separate = {};        ///< what it wants a consent of its own for
  std::string_view separate_article = {};     ///< where
  bool sensitive_separate = false;            ///< whether sensitive data wants one
  bool explains_sensitive = false;            ///< whether necessity and impact are told
  bool interest_told = false;                 ///< whether a legitimate interest is told
  bool recipient_abroad_procedure = false;  ///< whether rights against a recipient abroad are told
  /// Countries (ISO 3166) where it lets nothing that rests on consent be done before a yes.
  std::span<const std::string_view> asks_first = {};
  std::string_view asks_first_article = {};
  std::span<const std::string_view> rights = {};  ///< of which visitors are told in any case
  std::string_view rights_article = {};
  /// By which a controller outside of `asks_first` may have to name a representative there.
  std::string_view representative_article = {};
  /// By which a consent that the whole service hangs on is not freely given.
  std::string_view wall_article = {};
};

/// All rows, in the order in which they are told of.
[[nodiscard]] std::span<const Law> known_laws();

/// The row of a law; that of "eu" for "eu-fr". Null where there is none.
[[nodiscard]] const Law* find_law(std::string_view code);

/// Whether one of the policy's laws calls such data sensitive. Where the policy names no law that
/// is known here, what the Union's does: a payment or a password is called so by few.
[[nodiscard]] bool is_sensitive(const Policy& policy, const Category& category);

/// Whether data is sold or shared there until somebody says no.
[[nodiscard]] bool sold_until_no(const Policy& policy, const Jurisdiction& where);

/// Whether visitors have a right to that no, by the policy's own word.
[[nodiscard]] bool offers_no_sale(const Policy& policy);

/// What the policy does not do that a law it names asks for, each at its place.
[[nodiscard]] Errors breaches(const Policy& policy);

}  // namespace avow::policy
