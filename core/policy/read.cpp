#include "policy/read.h"

#include "policy/law.h"
#include "policy/reader.h"
#include "policy/terms.h"

namespace avow::policy {
namespace {

/// What an authored policy must hold beyond the shape of its fields.
struct Authored {
  static constexpr bool kWords = true;
  static std::string_view want(Line::Shape shape) { return words_of(shape).want; }

  template <class T>
  static void check(json::Fields&, const Policy&, const T&) {}

  static void check(json::Fields& fields, const Policy&, const Controller&) {
    const bool named = fields.optional("email") != nullptr || fields.optional("phone") != nullptr ||
                       fields.optional("address") != nullptr;
    if (!named && fields.is_object())
      fields.error(Code::missing_field, "email",
                   "Visitors must be able to reach the controller: email, phone or address.");
  }

  static void check(json::Fields& fields, const Policy&, const Retention&) {
    const bool has_period = fields.optional("period") != nullptr;
    const bool has_criteria = fields.optional("criteria") != nullptr;
    if (has_period && has_criteria)
      fields.error(Code::wrong_value, "",
                   "Want a period or the criteria that decide it, not both.");
    if (!has_period && !has_criteria && fields.is_object())
      fields.error(Code::missing_field, "period", "Want a period, or the criteria that decide it.");
  }

  static void check(json::Fields& fields, const Policy& policy, const Purpose& purpose) {
    // Nothing can be said of a kind or a basis that could not be read.
    if (!fields.wrong("kind") && !fields.wrong("basis")) check_law(fields, policy, purpose);
  }

  static void check(json::Fields& fields, const Policy&, const Validity& validity) {
    const auto& [grant, refusal] = validity;
    if (grant == time::Period{} || refusal == time::Period{}) return;
    if (!time::covers(refusal, grant))
      fields.error(
          Code::out_of_range, "refusal",
          "A refusal is remembered at least as long as a grant, from any day of the year.");
    if (const std::int64_t days = time::shortest_days(refusal); days < 30)
      fields.error(Code::out_of_range, "refusal",
                   "Got " + std::to_string(days) +
                       " days at the shortest, want 30: asking again sooner is frequent "
                       "(网络数据安全管理条例 22(5)).");
  }
};

}  // namespace

Checked<Policy> read(std::string_view json) {
  const Checked<json::Value> document = json::read(json);
  if (!document) return std::unexpected(document.error());
  Errors errors;
  Policy policy;
  json::Fields fields(*document, "", errors);
  fields.optional("$schema");
  Reader<Authored>(policy, errors).walk(fields, policy);
  fields.finish();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  add_terms(policy);
  return policy;
}

}  // namespace avow::policy
