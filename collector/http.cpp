#include "http.h"

#include <sys/resource.h>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <set>

#include "address.h"
#include "framing.h"
#include "problem.h"
#include "share.h"

// One thread, one coroutine a connection. Nothing in here blocks; what takes time (a commit)
// answers later. Arguments of awaited calls are named variables: g++ 12 destroys some temporaries
// in a co_await expression twice.

namespace avow::collector {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kShutdownGrace =
    std::chrono::seconds(5);  // for requests still arriving when we are told to stop
constexpr auto kLinger = std::chrono::seconds(2);
constexpr std::size_t kLingerBytes = 256 * 1024;
constexpr std::size_t kPiece = 8 * 1024;  // of a body, on its way from the socket into the request
constexpr int kComeBack = 5;              // seconds until somebody else's share may be free

using Parser = http::request_parser<http::string_body>;

/// IMF-fixdate (RFC 9110, 5.6.7), made once a second.
const std::string& http_date() {
  static std::time_t made = 0;
  static std::string text;
  if (const std::time_t now = std::time(nullptr); now != made) {
    made = now;
    std::tm parts{};
    gmtime_r(&now, &parts);
    char out[40];
    std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    text = out;
  }
  return text;
}

/// Who asks: the peer, or whom a trusted proxy names.
std::string asking(const Head& head, const std::string& peer, bool proxied) {
  if (!proxied) return peer;
  // Only the last entry is the proxy's own word; what stands before it is whatever the client sent.
  const auto range = head.equal_range("X-Forwarded-For");
  std::string_view named;
  for (auto field = range.first; field != range.second; ++field) named = field->value();
  named.remove_prefix(std::min(named.size(), named.rfind(',') + 1));
  while (named.starts_with(' ')) named.remove_prefix(1);
  const std::string asker = read_address(named);
  return asker.empty() ? peer : asker;
}

Request to_request(Head& message, std::string address) {
  Request request;
  request.method = std::string(message.method_string());
  const std::string target = origin_form(message.target()).value_or("");
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) request.query = target.substr(mark + 1);
  for (const auto& field : message)
    request.headers.emplace_back(field.name_string(), field.value());
  request.body = std::move(message.body());
  request.address = std::move(address);
  return request;
}

Reply too_much_at_once(Shares::Refusal refusal) {
  if (refusal == Shares::Refusal::too_much_for_one) {
    return come_back(429, kComeBack,
                     "Too much at once from this address. Try again after Retry-After.");
  }
  return come_back(503, kComeBack, "Too much is being sent at once. Try again after Retry-After.");
}

/// The reply to something that is not a request, or too much of one.
Reply refusal(const error_code& error) {
  if (error == http::error::body_limit)
    return problem(413, "Send a smaller body; a record has at most 65536 bytes.");
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return problem(431, "Send fewer or shorter header fields.");
  }
  return problem(400, "Send a well-formed HTTP/1.1 request (" + error.message() + ").");
}

bool has_no_body(int status) { return status == 204 || status == 304; }

}  // namespace

std::string_view Request::header(std::string_view name) const {
  for (const HeaderField& field : headers) {
    if (beast::iequals(field.first, name)) return field.second;
  }
  return {};
}

class Server::Impl {
 public:
  Impl(const ServerOptions& options, Handler& handler, Metrics& metrics);
  [[nodiscard]] unsigned short port() const { return acceptor_.local_endpoint().port(); }
  void run();

 private:
  /// A connection.
  struct Open {
    beast::tcp_stream stream;
    std::string peer;
    bool proxied = false;  ///< the peer is a proxy whose word on the client's address is taken
    bool idle = true;
  };

  /// Lists a connection for as long as its coroutine lives, however that ends.
  class Registered {
   public:
    Registered(Impl& server, Open& open) : server_(server), open_(open) {
      server_.open_.insert(&open_);
      server_.metrics_.connections = static_cast<std::int64_t>(server_.open_.size());
    }
    ~Registered() {
      server_.open_.erase(&open_);
      server_.metrics_.connections = static_cast<std::int64_t>(server_.open_.size());
      if (server_.stopping_ && server_.open_.empty()) server_.grace_.cancel();
    }
    Registered(const Registered&) = delete;
    Registered& operator=(const Registered&) = delete;

   private:
    Impl& server_;
    Open& open_;
  };

  asio::awaitable<void> accept();
  asio::awaitable<void> turn_away(tcp::socket socket, Reply reply);
  asio::awaitable<void> serve(tcp::socket socket, std::string peer, Shares::Share share);
  asio::awaitable<bool> serve_one(Open& open, beast::flat_buffer& buffer);
  asio::awaitable<error_code> read_head(Open& open, beast::flat_buffer& buffer, Parser& parser);
  asio::awaitable<bool> end_with(Open& open, const Request& request, Reply reply);
  asio::awaitable<Reply> ask(Request request);
  asio::awaitable<bool> write(Open& open, const Request& request, Reply reply, unsigned version,
                              bool keep_alive);
  asio::awaitable<bool> write_pieces(Open& open, Reply& reply,
                                     http::response<http::empty_body> head);
  asio::awaitable<void> linger(Open& open);
  void stop();
  [[nodiscard]] bool speaks_for_many(const std::string& peer) const;

  ServerOptions options_;
  Handler& handler_;
  Metrics& metrics_;
  Shares connections_;
  Shares proxied_;  // requests that proxies bring, by the address that they name
  Shares bodies_;   // bytes
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  asio::signal_set signals_{io_, SIGTERM, SIGINT};
  asio::steady_timer grace_{io_};
  std::set<Open*> open_;
  std::size_t being_turned_away_ = 0;
  bool stopping_ = false;
};

Server::Impl::Impl(const ServerOptions& options, Handler& handler, Metrics& metrics)
    : options_(options),
      handler_(handler),
      metrics_(metrics),
      connections_(options.connections_each, options.connections),
      proxied_(options.connections_each, options.connections),
      bodies_(options.body_memory / 8, options.body_memory) {
  // A connection is a file descriptor; take as many as the system lets us.
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  const tcp::endpoint endpoint(asio::ip::make_address(options_.address), options_.port);
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  acceptor_.bind(endpoint);
  acceptor_.listen();
}

void Server::Impl::run() {
  signals_.async_wait([this](const error_code& error, int) {
    if (!error) stop();
  });
  asio::co_spawn(io_, accept(), asio::detached);
  io_.run();
}

void Server::Impl::stop() {
  stopping_ = true;
  error_code ignored;
  acceptor_.close(ignored);
  for (Open* open : open_) {
    if (open->idle) open->stream.cancel();
  }
  grace_.expires_after(kShutdownGrace);
  grace_.async_wait([this](const error_code& error) {
    if (error) return;
    for (Open* open : open_) open->stream.close();
  });
  if (open_.empty()) grace_.cancel();
}

asio::awaitable<void> Server::Impl::accept() {
  while (!stopping_) {
    error_code error;
    tcp::socket socket(io_);
    co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
    if (stopping_) co_return;
    if (error) {
      // Out of descriptors, most likely: without a pause this loop would turn in place.
      asio::steady_timer pause(io_, std::chrono::milliseconds(50));
      co_await pause.async_wait(asio::use_awaitable);
      continue;
    }
    const tcp::endpoint endpoint = socket.remote_endpoint(error);
    if (error) continue;  // gone again already
    std::string peer = spelled(endpoint.address());
    auto share = speaks_for_many(peer) ? connections_.take_for_many(1) : connections_.take(peer, 1);
    if (share) {
      asio::co_spawn(io_, serve(std::move(socket), std::move(peer), std::move(*share)),
                     asio::detached);
      continue;
    }
    ++metrics_.connections_refused;
    // Beyond these few the socket is closed without a word: courtesy must not be what exhausts us.
    if (being_turned_away_ < 64) {
      asio::co_spawn(io_, turn_away(std::move(socket), too_much_at_once(share.error())),
                     asio::detached);
    }
  }
}

bool Server::Impl::speaks_for_many(const std::string& peer) const {
  return std::ranges::find(options_.proxies, peer) != options_.proxies.end();
}

asio::awaitable<void> Server::Impl::turn_away(tcp::socket socket, Reply reply) {
  ++being_turned_away_;
  Open open{.stream = beast::tcp_stream(std::move(socket)), .peer = {}};
  open.stream.expires_after(kLinger);
  const Request unread;
  co_await end_with(open, unread, std::move(reply));
  --being_turned_away_;
}

asio::awaitable<void> Server::Impl::serve(tcp::socket socket, std::string peer,
                                          Shares::Share share) {
  const Shares::Share held = std::move(share);
  error_code error;
  socket.set_option(tcp::no_delay(true), error);
  const bool proxied = speaks_for_many(peer);
  Open open{
      .stream = beast::tcp_stream(std::move(socket)), .peer = std::move(peer), .proxied = proxied};
  const Registered registered(*this, open);
  beast::flat_buffer buffer(options_.header_bytes + kPiece);
  while (co_await serve_one(open, buffer)) {}
}

/// Reads to the end of the header.
asio::awaitable<error_code> Server::Impl::read_head(Open& open, beast::flat_buffer& buffer,
                                                    Parser& parser) {
  FoldedLines folded;
  std::size_t looked_at = 0;  // of what is in the buffer
  for (;;) {
    const asio::const_buffer bytes = buffer.data();
    const std::string_view text(static_cast<const char*>(bytes.data()), bytes.size());
    if (folded.in(text.substr(looked_at))) co_return http::error::bad_obs_fold;
    error_code error;
    const std::size_t used = parser.put(bytes, error);
    buffer.consume(used);
    looked_at = buffer.size();
    if (error && error != http::error::need_more) co_return error;
    if (parser.is_header_done()) co_return error_code();
    const std::size_t room = beast::read_size(buffer, kPiece);
    if (room == 0) co_return http::error::buffer_overflow;
    error = {};
    const std::size_t read = co_await open.stream.async_read_some(
        buffer.prepare(room), asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::eof) co_return http::error::partial_message;
    if (error) co_return error;
    buffer.commit(read);
  }
}

/// Answers what is not read to its end. Nobody can say where the next request would begin, so the
/// connection ends with the answer. Always false, as the connection is over.
asio::awaitable<bool> Server::Impl::end_with(Open& open, const Request& request, Reply reply) {
  co_await write(open, request, std::move(reply), 11, false);
  co_await linger(open);
  co_return false;
}

/// Reads one request and answers it. False when the connection is over.
asio::awaitable<bool> Server::Impl::serve_one(Open& open, beast::flat_buffer& buffer) {
  error_code error;
  if (buffer.size() == 0) {
    if (stopping_) co_return false;
    buffer.shrink_to_fit();  // who only waits holds no memory
    open.idle = true;
    open.stream.expires_after(options_.read_deadline);
    const std::size_t read = co_await open.stream.async_read_some(
        buffer.prepare(2048), asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
    buffer.commit(read);
    open.idle = false;
  }

  // The deadline is for the whole request: one byte every nine seconds does not hold a connection.
  open.stream.expires_after(options_.read_deadline);
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(options_.header_bytes));
  parser.body_limit(options_.body_bytes);
  error = co_await read_head(open, buffer, parser);
  const Head& head = parser.get();
  const unsigned version = head.version();
  if (!error && version >= 11 && head.count(http::field::host) != 1) {
    error = http::error::bad_field;
  }
  if (!error && !origin_form(head.target())) error = http::error::bad_target;

  // Both are held until the answer has gone out: a body waits for the disk in memory.
  std::expected<Shares::Share, Shares::Refusal> at_a_time;
  std::expected<Shares::Share, Shares::Refusal> memory;
  const std::string address = asking(head, open.peer, open.proxied);
  if (!error) {
    std::optional<Reply> refused = misframed(head);
    if (!refused && open.proxied) {
      at_a_time = proxied_.take(address, 1);
      if (!at_a_time) refused = too_much_at_once(at_a_time.error());
    }
    if (!refused) {
      // Before a byte of it is taken: what is only announced is reserved too.
      const std::size_t announced =
          parser.chunked() ? options_.body_bytes
                           : static_cast<std::size_t>(parser.content_length().value_or(0));
      memory = bodies_.take(address, announced);
      if (!memory) refused = too_much_at_once(memory.error());
    }
    if (refused) {
      const Request asked = to_request(parser.get(), address);
      Reply reply = std::move(*refused);
      co_return co_await end_with(open, asked, std::move(reply));
    }
  }
  if (!error && version >= 11 && beast::iequals(head[http::field::expect], "100-continue")) {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(open.stream, asio::buffer(go_on),
                               asio::redirect_error(asio::use_awaitable, error));
  }
  if (!error)
    co_await http::async_read(open.stream, buffer, parser,
                              asio::redirect_error(asio::use_awaitable, error));

  if (error == http::error::end_of_stream || error == beast::error::timeout ||
      error == asio::error::operation_aborted) {
    co_return false;
  }
  Request request = to_request(parser.get(), address);
  if (error) {
    Reply reply = refusal(error);
    co_return co_await end_with(open, request, std::move(reply));
  }
  const bool keep_alive = parser.get().keep_alive();
  Request asked{.method = request.method,
                .path = {},
                .query = {},
                .headers = request.headers,
                .body = {},
                .address = {}};
  open.stream.expires_never();
  Reply reply = co_await ask(std::move(request));
  open.stream.expires_after(options_.read_deadline);
  co_return co_await write(open, asked, std::move(reply), version, keep_alive && !stopping_);
}

/// Waits for the handler, which may answer from the writer's thread.
asio::awaitable<Reply> Server::Impl::ask(Request request) {
  const auto start = [this](auto completion, Request asked) {
    auto shared = std::make_shared<decltype(completion)>(std::move(completion));
    // The guard keeps the loop turning while the answer is with the other thread.
    auto guard = std::make_shared<asio::executor_work_guard<asio::io_context::executor_type>>(
        io_.get_executor());
    handler_.handle(std::move(asked), [this, shared, guard](Reply reply) {
      asio::post(io_, [shared, guard, reply = std::move(reply)]() mutable {
        (*shared)(std::move(reply));
      });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(Reply)>(
      start, asio::use_awaitable, std::move(request));
}

/// False when the connection cannot go on.
asio::awaitable<bool> Server::Impl::write(Open& open, const Request& request, Reply reply,
                                          unsigned version, bool keep_alive) {
  handler_.finish(request, reply);
  const auto status = static_cast<std::size_t>(reply.status);
  if (status < metrics_.replies.size()) ++metrics_.replies[status];

  http::response<http::empty_body> head;
  head.version(version < 11 ? 10 : 11);
  head.result(static_cast<unsigned>(reply.status));
  head.reason(reason(reply.status));
  head.set(http::field::date, http_date());
  head.set("X-Content-Type-Options", "nosniff");
  for (const HeaderField& field : reply.headers) head.insert(field.first, field.second);
  const bool body_goes = request.method != "HEAD" && !has_no_body(reply.status);
  if (reply.next_piece && version < 11) keep_alive = false;  // its end is the end of the connection
  head.keep_alive(keep_alive);
  if (reply.next_piece && body_goes) {
    co_return co_await write_pieces(open, reply, std::move(head)) && keep_alive;
  }
  if (!reply.next_piece && !has_no_body(reply.status)) head.content_length(reply.body.size());
  std::string out;
  {
    beast::flat_buffer text;
    http::response_serializer<http::empty_body> serializer(head);
    error_code error;
    serializer.split(true);
    serializer.next(error, [&](error_code&, const auto& buffers) {
      out.reserve(beast::buffer_bytes(buffers) + reply.body.size());
      for (const auto buffer : beast::buffers_range_ref(buffers)) {
        out.append(static_cast<const char*>(buffer.data()), buffer.size());
      }
    });
  }
  if (body_goes) out += reply.body;
  error_code error;
  co_await asio::async_write(open.stream, asio::buffer(out),
                             asio::redirect_error(asio::use_awaitable, error));
  co_return !error && keep_alive;
}

asio::awaitable<bool> Server::Impl::write_pieces(Open& open, Reply& reply,
                                                 http::response<http::empty_body> head) {
  const bool chunked = head.version() == 11;
  head.chunked(chunked);
  http::response_serializer<http::empty_body> serializer(head);
  error_code error;
  co_await http::async_write_header(open.stream, serializer,
                                    asio::redirect_error(asio::use_awaitable, error));
  while (!error) {
    std::string piece;
    try {
      piece = reply.next_piece();
    } catch (const std::exception&) {
      co_return false;  // no last chunk: the reader sees that something is missing
    }
    open.stream.expires_after(options_.read_deadline);
    if (piece.empty()) {
      if (chunked) {
        co_await asio::async_write(open.stream, http::make_chunk_last(),
                                   asio::redirect_error(asio::use_awaitable, error));
      }
      break;
    }
    if (chunked) {
      co_await asio::async_write(open.stream, http::make_chunk(asio::buffer(piece)),
                                 asio::redirect_error(asio::use_awaitable, error));
    } else {
      co_await asio::async_write(open.stream, asio::buffer(piece),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
  }
  co_return !error;
}

/// Reads on for a moment before closing: closing with bytes unread would reset the connection, and
/// the client would see that instead of the answer.
asio::awaitable<void> Server::Impl::linger(Open& open) {
  error_code error;
  open.stream.socket().shutdown(tcp::socket::shutdown_send, error);
  open.stream.expires_after(kLinger);
  std::array<char, 4096> waste;
  std::size_t wasted = 0;
  while (!error && wasted < kLingerBytes) {
    wasted += co_await open.stream.async_read_some(
        asio::buffer(waste), asio::redirect_error(asio::use_awaitable, error));
  }
}

Server::Server(const ServerOptions& options, Handler& handler, Metrics& metrics) try
    : impl_(std::make_unique<Impl>(options, handler, metrics)) {
} catch (const boost::system::system_error& error) {
  throw std::system_error(error.code());
}
Server::~Server() = default;
unsigned short Server::port() const { return impl_->port(); }
void Server::run() { impl_->run(); }

}  // namespace avow::collector
