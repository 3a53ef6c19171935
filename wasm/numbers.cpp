// The JSON reader refuses fractions (base/json.h), but its parser still hands every one to strtod
// first, and prints control characters with snprintf into messages that nobody reads. The C
// library's versions are a sixth of the core; these do what is left to do.
#include <cstddef>
#include <cstdlib>
#include <cstring>

extern "C" {

double strtod(const char* text, char** end) {
  if (end != nullptr) *end = const_cast<char*>(text) + std::strlen(text);
  return 0;
}
// The C library keeps the three in one object: who replaces one replaces all.
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }

// What the C++ library would say as it stops; it brings all of printf along.
[[noreturn]] void __abort_message(const char*, ...) { std::abort(); }
[[noreturn]] void abort_message(const char*, ...) { std::abort(); }

int snprintf(char* out, std::size_t size, const char*, ...) {
  if (size > 0) out[0] = '\0';
  return 0;
}

// How the C++ library finds the type of what was thrown, and casts at run time: nothing here throws
// or casts so. The tables of two standard exceptions name these, and nobody reads them.
void* _ZTVN10__cxxabiv117__class_type_infoE[8] = {};
void* _ZTVN10__cxxabiv120__si_class_type_infoE[11] = {};
}
