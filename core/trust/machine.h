#pragma once
// The processor under a native tool.

namespace avow::trust {

/// Lets libsodium choose the fastest code for this processor (vector instructions); otherwise its
/// portable code runs: the same bytes, at about half the speed. A native tool calls it once, before
/// it starts threads. WebAssembly has one code only, and there it does nothing.
void use_fastest_code();

}  // namespace avow::trust
