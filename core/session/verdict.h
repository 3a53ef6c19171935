#pragma once
// What the gate reads: the decision, spelled for the loader, with the inputs it rests on.

#include "session/request.h"

namespace avow::session {

/// Adds regime, ask, number, granted, reasons, warnings and verdict to an answer. The verdict is
/// null while a question is open: only an answer is remembered, a default never is. It holds
///   policy (SHA-256 of the fetched text), language, place, gpc, not_before, until: all must equal
///   the live ones; granted[]; entry and frames{}: the markup the loader shows without the core;
///   css.
void write_decision(json::Object& out, const Loaded& loaded, const Visit& visit,
                    const consent::Decision& decision, const Errors& warnings);

}  // namespace avow::session
