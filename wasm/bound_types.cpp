// The types that cross the boundary, and no others. Embind's own source
// (system/lib/embind/bind.cpp) registers every type of the language, with the glue for each, and
// brings printf along for the names of types that are bound nowhere; what is defined here takes its
// place, so that it is not linked.
#include <emscripten/bind.h>

#include <cstdint>
#include <cstring>
#include <limits>

using namespace emscripten::internal;

extern "C" {

/// For messages about types that are bound nowhere; the caller frees it.
const char* __getTypeName(const std::type_info*) { return strdup("type"); }

/// For workers of the module's own, of which there are none: each binding is made as it is
/// constructed.
void _embind_initialize_bindings() {}
void _embind_register_bindings(InitFunc*) {}
}

EMSCRIPTEN_BINDINGS(bound_types) {
  _embind_register_void(TypeID<void>::get(), "void");
  // Nothing here is a bool; but the glue of integers takes a constant from that of bools.
  _embind_register_bool(TypeID<bool>::get(), "bool", true, false);
  _embind_register_integer(TypeID<unsigned>::get(), "unsigned int", sizeof(unsigned), 0,
                           std::numeric_limits<unsigned>::max());
}
