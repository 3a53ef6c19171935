#pragma once
// What a chain verifier found, in words and as JSON.

#include "trust/chain.h"

namespace avow::cli {

/// "chain-fork: device 3f2a…, seq 3: Two records of this device follow the same one. K7QF-2M9T
/// (id), …"
[[nodiscard]] std::string describe(const trust::ChainVerifier::Finding& finding);
/// {"code", "device", "seq", "records": [id…], "text"}
[[nodiscard]] json::Value write_finding(const trust::ChainVerifier::Finding& finding);

}  // namespace avow::cli
