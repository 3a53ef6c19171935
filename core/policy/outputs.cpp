#include "policy/outputs.h"

#include "policy/declaration.h"

namespace avow::policy {
namespace {

/// The declaration says which fields of a receiver are signals: those that refer to purposes.
struct SignalsOf : PassOver {
  std::vector<Signal> out;
  void references(std::string_view name, const Follows& follows, std::size_t, Ids,
                  std::string_view) {
    out.push_back({name, &follows});
  }
};

template <class T>
std::vector<Signal> signals_of(const T& receiver) {
  SignalsOf io;
  declare(io, receiver);
  return io.out;
}

}  // namespace

bool Outputs::empty() const { return !google && !uet && !clarity && data_layer.empty(); }

std::vector<Signal> signals(const GoogleConsent& google) { return signals_of(google); }
std::vector<Signal> signals(const Uet& uet) { return signals_of(uet); }
std::vector<Signal> signals(const Clarity& clarity) { return signals_of(clarity); }

}  // namespace avow::policy
