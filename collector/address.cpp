#include "address.h"

namespace avow::collector {

namespace ip = boost::asio::ip;

std::string spelled(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return ip::make_address_v4(ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

std::string read_address(std::string_view text) {
  boost::system::error_code error;
  const auto address = ip::make_address(text, error);
  return error ? std::string() : spelled(address);
}

}  // namespace avow::collector
