#include "findings.h"

#include "base/text.h"

namespace avow::cli {

std::string describe(const trust::ChainVerifier::Finding& finding) {
  std::string out(name(finding.code));
  out += ": device " + text::to_hex(finding.device) + ", seq " + std::to_string(finding.seq) + ": ";
  out += sentence(finding.code);
  for (std::size_t i = 0; i < finding.records.size(); ++i) {
    out += (i == 0 ? " " : ", ") + trust::short_number(finding.records[i]) + " (" +
           text::to_hex(finding.records[i]) + ")";
  }
  return out;
}

json::Value write_finding(const trust::ChainVerifier::Finding& finding) {
  json::Array records;
  for (const trust::RecordId& id : finding.records) records.emplace_back(text::to_hex(id));
  return json::Object{}
      .set("code", name(finding.code))
      .set("device", text::to_hex(finding.device))
      .set("seq", finding.seq)
      .set("records", std::move(records))
      .set("text", describe(finding));
}

}  // namespace avow::cli
