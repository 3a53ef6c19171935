#include "change/read.h"

#include "base/canonical.h"
#include "change/declaration.h"
#include "policy/public_writer.h"
#include "policy/reader.h"

namespace avow::change {
namespace {

/// What members ask of each other is asked with the policies at hand: rules.cpp.
struct Shape {
  template <class T>
  static void check(json::Fields&, const Announcement&, const T&) {}
};

}  // namespace

Checked<Announcement> read(std::string_view json) {
  // Twice what a policy may be: it has the words of two.
  const Checked<json::Value> document = json::read(json, {.bytes = 2u << 20, .values = 100'000});
  if (!document) return std::unexpected(document.error());
  Errors errors;
  Announcement out;
  json::Fields fields(*document, "", errors);
  fields.optional("$schema");
  policy::Reader<Shape, Announcement>(out, errors).walk(fields, out);
  fields.finish();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

std::string write_public(const Announcement& announcement) {
  Announcement told = announcement;
  for (Changed& one : told.changed) one.decided_by.clear();
  return canonical::write(policy::PublicWriter::write(told));
}

Digest id_of(const Announcement& announcement) {
  return sha256(as_bytes(write_public(announcement)));
}

}  // namespace avow::change
