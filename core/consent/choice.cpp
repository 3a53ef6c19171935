#include "consent/choice.h"

#include <algorithm>

#include "base/fields.h"
#include "base/text.h"
#include "policy/spelling.h"

namespace avow::consent {
const Answer* Choice::answer(std::string_view purpose) const {
  const auto it = std::ranges::find(answers, purpose, &Answer::purpose);
  return it == answers.end() ? nullptr : &*it;
}

bool Choice::grants() const { return std::ranges::any_of(answers, &Answer::granted); }

json::Value write_choice(const Choice& choice) {
  json::Array answers;
  for (const Answer& answer : choice.answers) {
    answers.push_back(json::Object{}
                          .set("purpose", answer.purpose)
                          .set("granted", answer.granted)
                          .set("terms", text::to_hex(answer.terms))
                          .set("retention_days", answer.retention_days)
                          .set("until", answer.until)
                          .set("asked_first", answer.asked_first));
  }
  return json::Object{}
      .set("v", 2)
      .set("at", choice.at)
      .set("gpc", choice.gpc)
      .set("language", choice.language)
      .set("policy", text::to_hex(choice.policy))
      .set("policy_version", choice.policy_version)
      .set("notice", text::to_hex(choice.notice))
      .set("record", choice.record ? json::Value{text::to_hex(*choice.record)} : json::Value{})
      .set("answers", std::move(answers));
}

Result<Choice> read_choice(const json::Value& stored) {
  Errors errors;
  json::Fields fields(stored, "", errors);
  Choice choice;
  if (fields.integer("v", 0, 1'000'000) != 2) fields.error(Code::unknown_version, "v");
  choice.at = fields.integer("at", 0, time::kLatest);
  choice.gpc = fields.boolean("gpc");
  choice.language = fields.text("language", {2, 35});
  choice.policy = fields.digest("policy");
  choice.policy_version = fields.text("policy_version", {1, 64});
  choice.notice = fields.digest("notice");
  if (fields.optional("record") != nullptr) choice.record = fields.digest("record");
  fields.array("answers", 0, kMostAnswers, [&](const json::Value& item, const std::string& at) {
    json::Fields each(item, at, errors);
    Answer answer;
    answer.purpose = each.text("purpose", {1, 64});
    answer.granted = each.boolean("granted");
    answer.terms = each.digest("terms");
    answer.retention_days = each.integer("retention_days", 0, policy::kLongestRetention);
    answer.until = each.integer("until", 0, time::kLatest);
    answer.asked_first = each.boolean("asked_first");
    each.finish();
    choice.answers.push_back(std::move(answer));
  });
  fields.finish();
  if (errors.empty()) return choice;
  return fail(Code::stored_state, errors.front().where, std::string(name(errors.front().code)));
}

}  // namespace avow::consent
