#include "session/request.h"

#include <algorithm>

#include "base/canonical.h"
#include "policy/shape.h"
#include "session/wire_reader.h"

namespace avow::session {

/// What a device stored, if it is an object; anything else is a warning, since storage is
/// anybody's.
template <class T>
void RequestReader::kept(std::string_view name, std::optional<T>& out,
                         Result<T> (&read)(const json::Value&)) {
  const json::Value* value = fields_->optional(name);
  if (value == nullptr) return;
  const std::string at = fields_->at(name);
  if (value->object() == nullptr) {
    warnings_.push_back({Code::stored_state, at, "Got " + std::string(value->type()) + "."});
    return;
  }
  Result<T> got = read(*value);
  if (got)
    out = std::move(*got);
  else
    warnings_.push_back({got.error().code, at + got.error().where, got.error().detail});
}

void RequestReader::stored(std::string_view name, std::optional<consent::Choice>& out,
                           std::string_view) {
  kept(name, out, consent::read_choice);
}

void RequestReader::stored(std::string_view name, std::optional<Chain>& out, std::string_view) {
  kept(name, out, read_chain);
}

void RequestReader::line(std::string_view name, std::string& out, json::Length length,
                         const char* want, std::string_view) {
  out = fields_->optional_text(name, length);
  if (std::ranges::any_of(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
    fields_->error(Code::wrong_value, name, want);
}

void RequestReader::place(std::string_view name, std::string& out, json::Length length,
                          std::string_view) {
  out = fields_->optional_text(name, length);
  if (out.empty() || (out != "*" && policy::is_place(out))) return;
  // Not knowing where somebody is asks first; a host's misspelling must not do less.
  warnings_.push_back({Code::wrong_value, fields_->at(name),
                       "Want an ISO 3166 code such as CN or US-CA; taken as unknown."});
  out.clear();
}

Visit read_visit(const Loaded& loaded, json::Fields& fields, Errors& warnings) {
  Visit visit;
  RequestReader(fields, warnings).walk(visit);
  visit.held = consent::with_shared(std::move(visit.held), visit.shared, loaded.facts);
  return visit;
}

json::Array write_errors(const Errors& errors) {
  json::Array out;
  for (const Error& error : errors) {
    out.push_back(json::Object{}
                      .set("code", name(error.code))
                      .set("where", error.where)
                      .set("detail", error.detail)
                      .set("text", describe(error)));
  }
  return out;
}

std::string failure(const Errors& errors) {
  return canonical::write(json::Object{}.set("ok", false).set("errors", write_errors(errors)));
}

}  // namespace avow::session
