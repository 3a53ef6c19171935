#include "problem.h"

#include "base/canonical.h"

namespace avow::collector {
namespace {

Reply write(int status, std::string_view type, std::string_view detail, std::string_view code) {
  json::Object body;
  body.set("type", type).set("title", reason(status)).set("status", status).set("detail", detail);
  if (!code.empty()) body.set("code", code);
  Reply reply{.status = status, .headers = {}, .body = canonical::write(body), .next_piece = {}};
  reply.set("Content-Type", "application/problem+json");
  reply.set("Cache-Control", "no-store");
  return reply;
}

}  // namespace

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 304: return "Not Modified";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 410: return "Gone";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    default: return "Unknown";
  }
}

Reply problem(int status, std::string_view detail) {
  return write(status, "about:blank", detail, {});
}

Reply unverifiable(const Error& error) {
  std::string detail(sentence(error.code));
  if (!error.where.empty()) detail += " At: " + error.where + '.';
  if (!error.detail.empty()) detail += ' ' + error.detail;
  detail += " Do not send it again as it is; keep it for inspection.";
  // The text may quote what was sent; JSON must be UTF-8 whatever came in.
  for (char& c : detail) {
    if (static_cast<unsigned char>(c) >= 0x80 || static_cast<unsigned char>(c) < 0x20) c = '?';
  }
  return write(422, "urn:avow:error:" + std::string(name(error.code)), detail, name(error.code));
}

Reply come_back(int status, int seconds, std::string_view detail) {
  Reply reply = problem(status, detail);
  reply.set("Retry-After", std::to_string(seconds));
  return reply;
}

Reply wrong_method(std::string_view allowed) {
  Reply reply = problem(405, "Use one of these methods: " + std::string(allowed) + ".");
  reply.set("Allow", std::string(allowed));
  return reply;
}

Reply json_reply(int status, std::string text) {
  Reply reply{.status = status, .headers = {}, .body = std::move(text), .next_piece = {}};
  reply.set("Content-Type", "application/json");
  reply.set("Cache-Control", "no-store");
  return reply;
}

}  // namespace avow::collector
