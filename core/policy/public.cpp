#include "policy/public.h"

#include "base/canonical.h"
#include "policy/public_writer.h"

namespace avow::policy {

std::string write_public(const Policy& policy) {
  return canonical::write(PublicWriter::write(policy));
}

}  // namespace avow::policy
