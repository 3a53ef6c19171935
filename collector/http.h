#pragma once
// HTTP/1.1 as values: a request in, a reply out. Boost (Asio, Beast) stays behind this header.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics.h"

namespace avow::collector {

using HeaderField = std::pair<std::string, std::string>;

struct Request {
  std::string method;  ///< "GET", "PUT", …
  std::string path;   ///< as sent, without the query; of an absolute address, what follows the host
  std::string query;  ///< what follows the first `?`
  std::vector<HeaderField> headers;
  std::string body;
  std::string address;  ///< the peer's, or the one a trusted proxy names

  /// The first field of this name (any case), or nothing.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct Reply {
  int status = 200;
  std::vector<HeaderField> headers;
  std::string body;
  /// When set, the body is what this gives, piece by piece, until it gives nothing.
  std::function<std::string()> next_piece;

  void set(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
  }
};

/// Answers requests. Called on the one HTTP thread.
class Handler {
 public:
  virtual ~Handler() = default;
  /// `done` is called once, from any thread.
  virtual void handle(Request request, std::function<void(Reply)> done) = 0;
  /// What every reply carries, also those that the server makes itself (413, 431 …).
  virtual void finish(const Request& request, Reply& reply) = 0;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 8787;
  std::size_t header_bytes = 8 * 1024;
  std::size_t body_bytes = 64 * 1024;
  std::chrono::seconds read_deadline{10};  ///< for one whole request, and for an idle connection
  std::size_t connections = 10'000;
  std::size_t connections_each = 200;  ///< of one address; behind a proxy: requests at a time
  /// Bodies that are arriving or wait for their answer, all together; one address has an eighth.
  std::size_t body_memory = 64 * 1024 * 1024;
  std::vector<std::string> proxies;  ///< peers whose X-Forwarded-For is believed
};

class Server {
 public:
  /// Binds and listens. Throws std::system_error where it cannot.
  Server(const ServerOptions& options, Handler& handler, Metrics& metrics);
  ~Server();
  [[nodiscard]] unsigned short port() const;
  /// Serves until SIGTERM or SIGINT: then accepts nothing more, finishes what is under way, and
  /// returns.
  void run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace avow::collector
