#include "policy/read.h"

#include <algorithm>

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

  static void check(json::Fields& fields, const Policy& policy, const GoogleConsent& google) {
    const std::vector<Signal> all = signals(google);
    const auto named = [&](const Signal& one) { return fields.optional(one.name) != nullptr; };
    if (fields.is_object() && std::ranges::none_of(all, named))
      fields.error(Code::missing_field, "ad_storage", "Want a signal that follows a purpose.");
    check_signals(fields, policy, all);
  }
  static void check(json::Fields& fields, const Policy& policy, const Uet& uet) {
    check_signals(fields, policy, signals(uet));
  }
  static void check(json::Fields& fields, const Policy& policy, const Clarity& clarity) {
    check_signals(fields, policy, signals(clarity));
  }

  static void check(json::Fields& fields, const Policy&, const Stored& stored) {
    const std::vector<StoredNames> all = lists(stored);
    if (std::ranges::all_of(all, [](const StoredNames& one) { return one.names->empty(); }) &&
        fields.is_object())
      fields.error(Code::missing_field, "cookies", "Want a name of something that is stored.");
    for (const auto& [list, names] : all) {
      for (const std::string& name : *names)
        if (name.find_first_not_of('*') == std::string::npos)
          fields.error(Code::wrong_value, list,
                       "\"" + name + "\" is the name of everything that your site keeps.");
    }
  }

  static void check(json::Fields& fields, const Policy&, const Outputs& outputs) {
    if (outputs.data_layer.starts_with("gtm."))
      fields.error(Code::wrong_value, "data_layer", "Such names are Tag Manager's own.");
  }

 private:
  /// A separate consent is given to one act by one party: a signal, which tells a stranger of it in
  /// a word for many acts, would carry it further (PIPL 23, 25, 29, 39).
  static void check_signals(json::Fields& fields, const Policy& policy,
                            const std::vector<Signal>& all) {
    for (const Signal& signal : all) {
      for (const std::string& id : *signal.follows) {
        const Purpose* purpose = policy.purpose(id);
        if (purpose == nullptr || !purpose->separate) continue;
        const json::Array& items = *fields.optional(signal.name)->array();
        const auto place = std::ranges::find(items, json::Value(id)) - items.begin();
        collect(
            fields.errors(),
            {Code::wrong_value, json::join(fields.at(signal.name), static_cast<std::size_t>(place)),
             "\"" + id + "\" asks for a consent of its own, which no signal may carry."});
      }
    }
  }
};

}  // namespace

Checked<AuthoredPolicy> read(std::string_view json) {
  const Checked<json::Value> document = json::read(json);
  if (!document) return std::unexpected(document.error());
  Errors errors;
  AuthoredPolicy policy;
  json::Fields fields(*document, "", errors);
  fields.optional("$schema");
  Reader<Authored>(policy, errors).walk(fields, policy);
  fields.finish();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  add_terms(policy);
  return policy;
}

}  // namespace avow::policy
