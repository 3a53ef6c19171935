#pragma once
// What the law asks of a purpose beyond the shape of its fields.

#include "base/fields.h"
#include "policy/policy.h"

namespace avow::policy {

/// Reports, at the purpose's own fields, where kind, basis, data and recipients want more than the
/// purpose says (PIPL 13, 23, 25, 29, 30, 39). `policy` holds the categories and recipients that
/// the purpose names.
void check_law(json::Fields& fields, const Policy& policy, const Purpose& purpose);

}  // namespace avow::policy
