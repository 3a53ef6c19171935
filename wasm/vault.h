#pragma once
// The one buffer that secrets cross the boundary in, and what makes sure that nothing of them stays
// behind.

#include "session/session.h"

namespace avow::wasm {

[[nodiscard]] session::Vault vault();
[[nodiscard]] unsigned vault_address();
[[nodiscard]] unsigned vault_size();

/// Overwrites what a call that saw secrets left on the stack.
void scrub_stack();

}  // namespace avow::wasm
