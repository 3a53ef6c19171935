#pragma once
// Addresses of those who ask, each in one spelling, so that they can be compared and counted.

#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>

namespace avow::collector {

/// ::ffff:192.0.2.1 is 192.0.2.1: one asker, one spelling.
[[nodiscard]] std::string spelled(const boost::asio::ip::address& address);

/// An IP address in that spelling; empty where the text is none.
[[nodiscard]] std::string read_address(std::string_view text);

}  // namespace avow::collector
