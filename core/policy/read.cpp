#include "policy/read.h"

#include <algorithm>
#include <set>

#include "base/canonical.h"
#include "base/fields.h"
#include "policy/law.h"
#include "policy/shape.h"
#include "policy/spelling.h"
#include "policy/terms.h"

namespace avow::policy {
namespace {

using json::Fields;
using json::Value;

class Reader {
 public:
  explicit Reader(Errors& errors) : errors_(errors) {}

  Policy read(const Value& document) {
    Fields fields(document, "", errors_);
    fields.optional("$schema");
    fields.optional("internal");
    if (fields.integer("avow", 0, 1'000'000) != 1 && errors_.empty())
      fields.error(Code::unknown_version, "avow", "This reads version 1.");
    policy_.site = fields.text("site", {1, 253});
    if (!policy_.site.empty() && !is_site(policy_.site))
      fields.error(Code::wrong_value, "site", "Want a host name in lower case.");
    policy_.version = line(fields, "version", true, {1, 64});
    policy_.effective_at = date(fields, "effective_at");
    languages(fields);
    controller(fields);
    policy_.rules_url = links(fields, "rules_url");
    fields.array("categories", 1, 256,
                 [&](const Value& v, const std::string& at) { category(v, at); });
    fields.array("recipients", 0, 256,
                 [&](const Value& v, const std::string& at) { recipient(v, at); });
    fields.array("purposes", 1, 64, [&](const Value& v, const std::string& at) { purpose(v, at); });
    fields.array("services", 0, 256,
                 [&](const Value& v, const std::string& at) { service(v, at); });
    fields.array("rights", 1, 32, [&](const Value& v, const std::string& at) { right(v, at); });
    fields.array("jurisdictions", 0, 300,
                 [&](const Value& v, const std::string& at) { jurisdiction(v, at); });
    validity(fields);
    policy_.record_refusals =
        fields.optional_choice("record_refusals", kRefusals, RefusalRecord::anonymous);
    fields.array("keys", 1, 4, [&](const Value& v, const std::string& at) { key(v, at); });
    collector(fields);
    fields.finish();
    return std::move(policy_);
  }

 private:
  time::Instant date(Fields& fields, std::string_view name) {
    const std::string text = fields.text(name, {1, 10});
    if (text.empty()) return 0;
    const Result<time::Instant> day = time::read_date(text);
    if (!day) fields.error(day.error().code, name, day.error().detail);
    return day ? *day : 0;
  }

  std::optional<time::Period> period(Fields& fields, std::string_view name, bool required) {
    const std::string text =
        required ? fields.text(name, {1, 16}) : fields.optional_text(name, {1, 16});
    if (text.empty()) return std::nullopt;
    const Result<time::Period> read = time::read_period(text);
    if (read) return *read;
    fields.error(read.error().code, name, "Got \"" + text + "\".");
    return std::nullopt;
  }

  /// One string for every language, or an object with one string a language.
  Text text(Fields& fields, std::string_view name, bool required, json::Length length = {}) {
    Text out;
    const Value* value = required ? fields.required(name) : fields.optional(name);
    if (value == nullptr) return out;
    const auto sound = [&](const Value& spoken, const std::string& at) {
      const std::string* words = spoken.string();
      if (words == nullptr) {
        collect(errors_,
                {Code::wrong_type, at, "Got " + std::string(spoken.type()) + ", want string."});
      } else if (words->size() < length.least || words->size() > length.most) {
        collect(errors_,
                {Code::out_of_range, at,
                 "Got " + std::to_string(words->size()) + " bytes, want " +
                     std::to_string(length.least) + " to " + std::to_string(length.most) + "."});
      } else if (!is_prose(*words)) {
        collect(errors_, {Code::wrong_value, at, "Control characters do not belong in a text."});
      } else {
        return true;
      }
      return false;
    };
    const std::string at = fields.at(name);
    if (const json::Object* spoken = value->object()) {
      for (const std::string& language : policy_.languages) {
        if (const Value* words = spoken->find(language)) {
          if (sound(*words, json::join(at, language)))
            out.languages.emplace_back(language, *words->string());
        } else {
          collect(errors_, {Code::missing_language, at, "Want \"" + language + "\"."});
        }
      }
      for (const auto& [language, words] : spoken->members()) {
        if (std::ranges::find(policy_.languages, language) == policy_.languages.end()) {
          collect(errors_, {Code::unknown_field, json::join(at, language),
                            "The policy does not declare this language."});
        }
      }
    } else if (value->string() != nullptr) {
      const bool good = sound(*value, at);
      for (const std::string& language : policy_.languages) {
        if (good) out.languages.emplace_back(language, *value->string());
      }
    } else {
      collect(errors_, {Code::wrong_type, at,
                        "Got " + std::string(value->type()) +
                            ", want string or object of strings by language."});
    }
    return out;
  }

  /// A text in no language: one line, the same for everybody.
  std::string line(Fields& fields, std::string_view name, bool required, json::Length length) {
    std::string out = required ? fields.text(name, length) : fields.optional_text(name, length);
    if (!is_line(out))
      fields.error(Code::wrong_value, name, "Control characters do not belong here.");
    return out;
  }

  Text links(Fields& fields, std::string_view name) {
    Text out = text(fields, name, true, {1, 500});
    for (const auto& [language, url] : out.languages) {
      if (!is_link(url)) {
        fields.error(
            Code::wrong_value, name,
            "Got \"" + url + "\", want https:, http:, mailto:, tel: or a path on this site.");
        return {};
      }
    }
    return out;
  }

  std::string id(Fields& fields, std::set<std::string>& taken) {
    std::string id = fields.text("id", {1, 64});
    if (id.empty()) return id;
    if (!is_id(id))
      fields.error(Code::wrong_value, "id",
                   "Got \"" + id + "\", want lower-case letters, digits and hyphens.");
    if (!taken.insert(id).second)
      fields.error(Code::duplicate_id, "id", "\"" + id + "\" stands twice.");
    return id;
  }

  void languages(Fields& fields) {
    for (const std::string& tag : fields.texts("languages", 1, 32, {2, 35})) {
      if (is_language(tag)) {
        policy_.languages.push_back(tag);
      } else {
        fields.error(Code::wrong_value, "languages",
                     "Got \"" + tag + "\", want a BCP 47 tag such as zh-CN.");
      }
    }
  }

  void controller(Fields& parent) {
    const Value* value = parent.required("controller");
    if (value == nullptr) return;
    Fields fields(*value, parent.at("controller"), errors_);
    fields.optional("internal");
    policy_.controller.name = text(fields, "name", true, {1, 200});
    policy_.controller.email = line(fields, "email", false, {3, 254});
    policy_.controller.phone = line(fields, "phone", false, {3, 40});
    policy_.controller.address = text(fields, "address", false, {1, 400});
    const bool named = fields.optional("email") != nullptr || fields.optional("phone") != nullptr ||
                       fields.optional("address") != nullptr;
    if (!named && value->object() != nullptr) {
      fields.error(Code::missing_field, "email",
                   "Visitors must be able to reach the controller: email, phone or address.");
    }
    fields.finish();
  }

  void category(const Value& value, const std::string& at) {
    Fields fields(value, at, errors_);
    fields.optional("internal");
    Category category;
    category.id = id(fields, category_ids_);
    category.name = text(fields, "name", true, {1, 200});
    category.sensitive = fields.optional_boolean("sensitive", false);
    fields.finish();
    policy_.categories.push_back(std::move(category));
  }

  void recipient(const Value& value, const std::string& at) {
    Fields fields(value, at, errors_);
    fields.optional("internal");
    Recipient recipient;
    recipient.id = id(fields, recipient_ids_);
    recipient.role = fields.choice("role", kRoles);
    recipient.name = text(fields, "name", true, {1, 200});
    recipient.contact = line(fields, "contact", true, {3, 300});
    recipient.country = fields.text("country", {2, 2});
    if (!recipient.country.empty() && !is_country(recipient.country)) {
      fields.error(Code::wrong_value, "country", "Want two capital letters (ISO 3166-1).");
    }
    recipient.country_name = text(fields, "country_name", false, {1, 100});
    recipient.rights_procedure = text(fields, "rights_procedure", false);
    fields.finish();
    policy_.recipients.push_back(std::move(recipient));
  }

  Retention retention(Fields& parent) {
    Retention out;
    const Value* value = parent.required("retention");
    if (value == nullptr) return out;
    Fields fields(*value, parent.at("retention"), errors_);
    fields.optional("internal");
    out.period = period(fields, "period", false);
    out.criteria = text(fields, "criteria", false);
    const bool has_period = fields.optional("period") != nullptr,
               has_criteria = fields.optional("criteria") != nullptr;
    if (has_period && has_criteria)
      fields.error(Code::wrong_value, "",
                   "Want a period or the criteria that decide it, not both.");
    if (!has_period && !has_criteria && value->object() != nullptr) {
      fields.error(Code::missing_field, "period", "Want a period, or the criteria that decide it.");
    }
    out.after = fields.choice("after", kAfter);
    fields.finish();
    return out;
  }

  void purpose(const Value& value, const std::string& at) {
    Fields fields(value, at, errors_);
    fields.optional("internal");
    Purpose purpose;
    purpose.id = id(fields, purpose_ids_);
    const std::size_t before = errors_.size();
    purpose.kind = fields.choice("kind", kKinds);
    purpose.basis = fields.choice("basis", kBases);
    const bool known = errors_.size() == before;
    purpose.title = text(fields, "title", true, {1, 100});
    purpose.description = text(fields, "description", true, {1, 1'000});
    purpose.method = text(fields, "method", true, {1, 1'000});
    purpose.methods = fields.texts("methods", 1, 32, {1, 64});
    purpose.categories = references(fields, "categories", 1, category_ids_);
    purpose.recipients = references(fields, "recipients", 0, recipient_ids_);
    purpose.retention = retention(fields);
    purpose.separate = fields.optional_boolean("separate", false);
    purpose.necessity = text(fields, "necessity", false);
    purpose.impact = text(fields, "impact", false);
    purpose.revision = fields.optional_integer("revision", 1, 1'000'000, 1);
    fields.finish();
    if (known) check_law(fields, policy_, purpose);
    purpose.terms = terms(policy_, purpose);
    policy_.purposes.push_back(std::move(purpose));
  }

  std::vector<std::string> references(Fields& fields, std::string_view name, std::size_t least,
                                      const std::set<std::string>& ids) {
    std::vector<std::string> out = fields.texts(name, least, 64, {1, 64});
    for (const std::string& one : out) {
      if (ids.contains(one)) continue;
      const json::Array& items = *fields.optional(name)->array();
      const auto place =
          static_cast<std::size_t>(std::ranges::find(items, Value(one)) - items.begin());
      collect(errors_, {Code::unknown_reference, json::join(fields.at(name), place),
                        "Nothing in the policy has the id \"" + one + "\"."});
    }
    return out;
  }

  void service(const Value& value, const std::string& at) {
    Fields fields(value, at, errors_);
    fields.optional("internal");
    Service service;
    service.id = id(fields, service_ids_);
    service.purpose = reference(fields, "purpose", true, purpose_ids_);
    service.name = text(fields, "name", true, {1, 200});
    service.recipient = reference(fields, "recipient", false, recipient_ids_);
    fields.finish();
    policy_.services.push_back(std::move(service));
  }

  std::string reference(Fields& fields, std::string_view name, bool required,
                        const std::set<std::string>& ids) {
    std::string id = required ? fields.text(name, {1, 64}) : fields.optional_text(name, {1, 64});
    if (!id.empty() && !ids.contains(id)) {
      fields.error(Code::unknown_reference, name,
                   "Nothing in the policy has the id \"" + id + "\".");
    }
    return id;
  }

  void right(const Value& value, const std::string& at) {
    Fields fields(value, at, errors_);
    fields.optional("internal");
    Right right;
    right.type = fields.choice("type", kRights);
    right.channel = links(fields, "channel");
    right.procedure = text(fields, "procedure", true, {1, 1'000});
    fields.finish();
    policy_.rights.push_back(std::move(right));
  }

  void jurisdiction(const Value& value, const std::string& at) {
    Fields fields(value, at, errors_);
    fields.optional("internal");
    Jurisdiction jurisdiction;
    jurisdiction.place = fields.text("place", {1, 6});
    if (!jurisdiction.place.empty() && !is_place(jurisdiction.place)) {
      fields.error(Code::wrong_value, "place", "Want an ISO 3166 code such as CN or US-CA, or *.");
    }
    if (!jurisdiction.place.empty() && !places_.insert(jurisdiction.place).second)
      fields.error(Code::duplicate_id, "place");
    jurisdiction.regime = fields.choice("regime", kRegimes);
    fields.finish();
    policy_.jurisdictions.push_back(std::move(jurisdiction));
  }

  void validity(Fields& parent) {
    const Value* value = parent.required("validity");
    if (value == nullptr) return;
    Fields fields(*value, parent.at("validity"), errors_);
    const auto grant = period(fields, "grant", true), refusal = period(fields, "refusal", true);
    fields.finish();
    if (!grant || !refusal) return;
    policy_.grant_validity = *grant;
    policy_.refusal_validity = *refusal;
    if (!time::covers(*refusal, *grant)) {
      fields.error(
          Code::out_of_range, "refusal",
          "A refusal is remembered at least as long as a grant, from any day of the year.");
    }
    if (const std::int64_t days = time::shortest_days(*refusal); days < 30) {
      fields.error(Code::out_of_range, "refusal",
                   "Got " + std::to_string(days) +
                       " days at the shortest, want 30: asking again "
                       "sooner is frequent (网络数据安全管理条例 22(5)).");
    }
  }

  void key(const Value& value, const std::string& at) {
    Fields fields(value, at, errors_);
    fields.optional("internal");
    SealKey key{fields.text("recipient", {1, 100}), line(fields, "label", true, {1, 64})};
    fields.finish();
    if (std::ranges::find(policy_.keys, key.recipient, &SealKey::recipient) != policy_.keys.end()) {
      fields.error(Code::duplicate_id, "recipient", "The same key stands twice.");
    }
    policy_.keys.push_back(std::move(key));
  }

  void collector(Fields& parent) {
    const Value* value = parent.optional("collector");
    if (value == nullptr) return;
    Fields fields(*value, parent.at("collector"), errors_);
    fields.optional("internal");
    policy_.collector = fields.text("url", {1, 500});
    if (!policy_.collector.empty() && !is_endpoint(policy_.collector)) {
      fields.error(Code::wrong_value, "url",
                   "Want https: (http: on loopback only) or a path on this site, without ? and #.");
    }
    policy_.acknowledges_by_echo = fields.optional_choice("acknowledge", kAcknowledge, true);
    fields.finish();
  }

  Errors& errors_;
  Policy policy_;
  std::set<std::string> category_ids_, recipient_ids_, purpose_ids_, service_ids_, places_;
};

/// The document without what no visitor needs to see. `internal` may stand in any object.
Value without_internal(const Value& value) {
  if (const json::Array* items = value.array()) {
    json::Array out;
    for (const Value& item : *items) out.push_back(without_internal(item));
    return out;
  }
  const json::Object* object = value.object();
  if (object == nullptr) return value;
  json::Object out;
  for (const auto& [key, member] : object->members()) {
    if (key != "internal" && key != "$schema") out.set(key, without_internal(member));
  }
  return out;
}

}  // namespace

Checked<Policy> read(std::string_view json) {
  const Checked<Value> document = json::read(json);
  if (!document) return std::unexpected(document.error());
  Errors errors;
  Policy policy = Reader(errors).read(*document);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  policy.id = canonical::digest(without_internal(*document));
  return policy;
}

Checked<std::string> public_form(std::string_view json) {
  const Checked<Policy> checked = read(json);
  if (!checked) return std::unexpected(checked.error());
  return canonical::write(without_internal(*json::read(json)));
}

}  // namespace avow::policy
