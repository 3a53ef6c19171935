#include "policy/public.h"

#include "base/canonical.h"
#include "policy/public_writer.h"

namespace avow::policy {

std::string write_public(const Policy& policy) {
  return canonical::write(PublicWriter::write(policy));
}

Digest public_hash(const Policy& policy) { return sha256(as_bytes(write_public(policy))); }

}  // namespace avow::policy
