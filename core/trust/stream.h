#pragma once
// The payload of an age v1 file (c2sp.org/age): a 16-byte nonce, then STREAM in chunks of 64 KiB.

#include "trust/file_key.h"

namespace avow::trust {

constexpr std::size_t kPayloadNonceSize = 16;
using PayloadNonce = ByteArray<kPayloadNonceSize>;

/// Appends nonce and encrypted chunks to `out`.
void encrypt_payload(Bytes& out, const FileKey& file_key, const PayloadNonce& nonce,
                     ByteView plaintext);

/// All of it or nothing (`seal-payload`): every chunk is authentic, in its place, and the last one
/// is the last. The plaintext is the caller's to wipe.
[[nodiscard]] Result<Bytes> decrypt_payload(const FileKey& file_key, ByteView payload);

}  // namespace avow::trust
