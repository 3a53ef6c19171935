#pragma once
// The shapes that ids, tags, places and links of a policy must have.

#include <string_view>

namespace avow::policy {

/// A policy may have so many languages.
constexpr std::size_t kMostLanguages = 64;

[[nodiscard]] bool is_id(std::string_view id);
[[nodiscard]] bool is_language(std::string_view tag);
[[nodiscard]] bool is_country(std::string_view code);
[[nodiscard]] bool is_law(std::string_view code);
[[nodiscard]] bool is_digest(std::string_view hex);
[[nodiscard]] bool is_place(std::string_view place);
[[nodiscard]] bool is_site(std::string_view site);
[[nodiscard]] bool is_link(std::string_view url);
[[nodiscard]] bool is_endpoint(std::string_view url);
[[nodiscard]] bool is_cookie(std::string_view name);
/// Characters that show nothing: those that Unicode 16 calls White_Space or lets a font ignore
/// (Default_Ignorable_Code_Point), and the blank of Braille.
struct Unseen {
  char32_t first, last;
};
inline constexpr Unseen kUnseen[] = {
    {0x0009, 0x000D}, {0x0020, 0x0020},   {0x0085, 0x0085},   {0x00A0, 0x00A0},  {0x00AD, 0x00AD},
    {0x034F, 0x034F}, {0x061C, 0x061C},   {0x115F, 0x1160},   {0x1680, 0x1680},  {0x17B4, 0x17B5},
    {0x180B, 0x180F}, {0x2000, 0x200F},   {0x2028, 0x202F},   {0x205F, 0x206F},  {0x2800, 0x2800},
    {0x3000, 0x3000}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
/// Whether there is something in it, and nothing that is seen. In UTF-8.
[[nodiscard]] bool is_blank(std::string_view text);
[[nodiscard]] bool is_line(std::string_view text);
[[nodiscard]] bool is_prose(std::string_view text);

}  // namespace avow::policy
