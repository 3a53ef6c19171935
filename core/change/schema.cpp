#include "change/schema.h"

#include "change/declaration.h"
#include "policy/schema_writer.h"
#include "policy/table_writer.h"

namespace avow::change {

json::Object json_schema() {
  return policy::schema::of<Announcement>(
      "Avow change, version 1",
      "docs/CHANGE.md explains every member. Lengths here are characters where the reader counts "
      "UTF-8 bytes; the two policies, declared languages and dates are the tool's to compare: "
      "`avow check --change` has the last word.");
}

std::map<std::string, std::string> field_tables() { return policy::tables::of<Announcement>(); }

}  // namespace avow::change
