#include "policy/schema.h"

#include "policy/schema_writer.h"
#include "policy/table_writer.h"

namespace avow::policy {
namespace schema {

namespace {

Object lacks(std::string_view name) { return Object{}.set("not", there(name)); }
/// The member is there and is this.
Object is(std::string_view name, const Object& value) {
  return Object{}
      .set("required", Array{name})
      .set("properties", Object{}.set(std::string(name), value));
}
Object is(std::string_view name, std::string_view value) {
  return is(name, Object{}.set("const", value));
}
/// The member, where it is there, is this.
Object where_there(std::string_view name, const Object& value) {
  return Object{}.set("properties", Object{}.set(std::string(name), value));
}
/// A list that is there and has something in it.
Object some(std::string_view name) {
  return is(name, Object{}.set("type", "array").set("minItems", 1));
}
Object none(const Object& wrong) { return Object{}.set("items", Object{}.set("not", wrong)); }
Object all(Array of) { return Object{}.set("allOf", std::move(of)); }
Object when(const Object& so, const Object& then) {
  return Object{}.set("if", so).set("then", then);
}
/// Spelled so or left out: the value that is meant then.
Object by_default(std::string_view value) { return Object{}.set("enum", Array{value, Value{}}); }

}  // namespace

template <>
void add_rules<Controller>(Object& schema) {
  schema.set("anyOf", Array{there("email"), there("phone"), there("address")});
}

template <>
void add_rules<Retention>(Object& schema) {
  schema.set("oneOf", Array{all({there("period"), some("after")}), there("criteria")});
  schema.set("allOf",
             Array{when(there("criteria"), all({where_there("from", by_default("collection")),
                                                where_there("bound", by_default("at-most"))}))});
}

template <>
void add_rules<Recipient>(Object& schema) {
  const Object other = is("kind", Object{}.set("enum", Array{"class", "chosen"}));
  const Object unnamed = Object{}.set("contains", Object{}.set("const", kUnnamed));
  schema.set(
      "allOf",
      Array{when(Object{}.set("not", other), all({there("contact"), some("countries")})),
            when(is("kind", "chosen"), there("chosen")),
            when(is("countries", unnamed), where_there("countries", Object{}.set("maxItems", 1)))});
}

template <>
void add_rules<IfRefused>(Object& schema) {
  const Object costs = is("effect", Object{}.set("enum", Array{"this-function", "service"}));
  schema.set("allOf", Array{when(costs, there("loses")),
                            when(is("effect", "none"), all({lacks("loses"), lacks("price")}))});
}

template <>
void add_rules<Erase>(Object& schema) {
  const Object kept = is("mode", "keep-proof");
  schema.set("allOf",
             Array{when(kept, all({there("until"), there("ground")})),
                   when(Object{}.set("not", kept), all({lacks("until"), lacks("ground")}))});
}

template <>
void add_rules<Right>(Object& schema) {
  const Object exercised = all({there("channel"), there("procedure")});
  schema.set("oneOf", Array{there("absent"), exercised});
  schema.set("allOf", Array{when(there("absent"), all({lacks("channel"), lacks("procedure"),
                                                       lacks("identity"), lacks("answer")}))});
}

template <>
void add_rules<Purpose>(Object& schema) {
  Array others;
  for (const auto& [name, basis] : kBases)
    if (basis != Basis::consent) others.emplace_back(name);
  const Object consent = is("basis", "consent");
  schema.set("allOf", Array{when(is("basis", Object{}.set("enum", std::move(others))),
                                 all({where_there("bases", none(all({consent, lacks("when")}))),
                                      where_there("sharing", none(consent)),
                                      where_there("channels", none(is("rule", "asked-here")))}))});
}

template <>
void add_rules<Subdomains>(Object& schema) {
  schema.set("allOf", Array{where_there("domain", Object{}.set("pattern", "\\."))});
}

template <>
void add_rules<Outputs>(Object& schema) {
  const Object own = Object{}.set("type", "string").set("pattern", "^gtm\\.");
  schema.set("allOf", Array{where_there("data_layer", Object{}.set("not", own))});
}

template <>
void add_rules<AuthoredPolicy>(Object& schema) {
  const Object kept = is("defaults", some("retention"));
  const Object consents = Object{}.set("contains", is("basis", "consent"));
  const Object withdraw = all({is("type", "withdraw"), there("absent"), lacks("law")});
  schema.set("allOf", Array{when(Object{}.set("not", kept),
                                 where_there("purposes", Object{}.set("items", some("retention")))),
                            when(is("purposes", consents), where_there("rights", none(withdraw)))});
}

template <>
void add_rules<Stored>(Object& schema) {
  Array any, all;
  const Object whole = Object{}.set("type", "string").set("pattern", "^\\*+$");
  for (const StoredNames& one : lists(Stored{})) {
    any.push_back(there(one.list));
    all.push_back(where_there(one.list, none(whole)));
  }
  schema.set("anyOf", std::move(any)).set("allOf", std::move(all));
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
      "`avow check` has the last word.",
      json::Object{}.set("country", json::Object{}.set("enum", schema::countries())));
}

std::map<std::string, std::string> field_tables() { return tables::of<AuthoredPolicy>(); }

}  // namespace avow::policy
