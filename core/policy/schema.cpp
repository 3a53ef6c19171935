#include "policy/schema.h"

#include "policy/schema_writer.h"
#include "policy/table_writer.h"

namespace avow::policy {
namespace schema {

template <>
void add_rules<Controller>(Object& schema) {
  schema.set("anyOf", Array{there("email"), there("phone"), there("address")});
}

template <>
void add_rules<Retention>(Object& schema) {
  schema.set("oneOf", Array{there("period"), there("criteria")});
}

template <>
void add_rules<Erase>(Object& schema) {
  const Object kept = Object{}.set("mode", Object{}.set("const", "keep-proof"));
  schema.set("if", Object{}.set("properties", kept).set("required", Array{"mode"}))
      .set("then", Object{}.set("allOf", Array{there("until"), there("ground")}));
}

template <>
void add_rules<Right>(Object& schema) {
  const Object exercised = Object{}.set("allOf", Array{there("channel"), there("procedure")});
  schema.set("oneOf", Array{there("absent"), exercised});
}

template <>
void add_rules<Stored>(Object& schema) {
  Array any;
  for (const StoredNames& one : lists(Stored{})) any.push_back(there(one.list));
  schema.set("anyOf", std::move(any));
}

template <>
void add_rules<GoogleConsent>(Object& schema) {
  Array any;
  for (const Signal& signal : signals(GoogleConsent{})) any.push_back(there(signal.name));
  schema.set("anyOf", std::move(any));
}

}  // namespace schema

json::Object json_schema() {
  return schema::of<AuthoredPolicy>(
      "Avow policy, version 1",
      "docs/POLICY.md explains every field. Lengths here are characters where the reader counts "
      "UTF-8 bytes, and references, declared languages and dates are the reader's to check: "
      "`avow check` has the last word.");
}

std::map<std::string, std::string> field_tables() { return tables::of<AuthoredPolicy>(); }

}  // namespace avow::policy
