#pragma once
// What the gate reads: the decision, spelled for the loader, with the inputs it rests on. Data
// alone: no markup and no style.

#include "session/request.h"

namespace avow::session {

/// Adds regime, ask, layer, number, granted, reasons, warnings and verdict to an answer. The
/// verdict is null while a question is open: only an answer is remembered, a default never is. It
/// holds
///   policy (its id), place, regime, gpc: all must equal the live ones;
///   not_before, until: the time outside which it must be decided afresh;
///   granted[], withdrawable, number: what holds, and what the door says of it.
void write_decision(json::Object& out, const Loaded& loaded, const Visit& visit,
                    const consent::Decision& decision, const Errors& warnings);

}  // namespace avow::session
