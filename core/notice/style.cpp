#include <algorithm>
#include <iterator>

#include "notice/notice.h"

namespace avow::notice {
namespace {

// Hosts theme the notice through the custom properties on `:host` and, its boxes, through
// `::part()`. No part is a control or holds less than both answers, and the host element draws
// nothing: no rule of a page's can stretch, cover or fade one of them alone. Important rules within
// win over important rules without.
// clang-format off

// What the page's own layers and a frame's placeholder share.
constexpr std::string_view kLight = R"css(
--_ink:var(--avow-ink,#16202b);
--_soft:var(--avow-soft,#4a5866);--_paper:var(--avow-paper,#fff);
--_line:var(--avow-line,#c9d1d9);--_fill:var(--avow-fill,#1d4f91);
--_on-fill:var(--avow-on-fill,#fff);--_link:var(--avow-link,#1d4f91);
--_radius:var(--avow-radius,10px);
--_font:var(--avow-font,system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC",
"Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif))css";
constexpr std::string_view kDark = R"css(
--_ink:var(--avow-ink,#e8edf2);
--_soft:var(--avow-soft,#aab6c2);--_paper:var(--avow-paper,#161c23);
--_line:var(--avow-line,#3c4854);--_fill:var(--avow-fill,#a9cbf5);
--_on-fill:var(--avow-on-fill,#0c1a2b);--_link:var(--avow-link,#a9cbf5))css";
constexpr std::string_view kControls = R"css(
button{font:inherit;color:inherit;cursor:pointer;min-height:44px;min-width:44px;
border-radius:var(--_radius)}
.answer{font-weight:600;padding:9px 18px;border:1px solid var(--_fill);background:var(--_fill);
color:var(--_on-fill)}
.answer:hover{background-image:linear-gradient(#ffffff1f,#ffffff1f)}
.quiet{padding:9px 4px;border:0;text-align:center;background:none;color:var(--_link);
text-decoration:underline;text-underline-offset:3px}
)css";

constexpr std::string_view kPageBoxes = R"css(
:host::before,:host::after,[part]::before,[part]::after{content:none!important}
*{box-sizing:border-box}
.banner,.sheet,.door{font:400 16px/1.5 var(--_font);color:var(--_ink);
background:var(--_paper);text-align:start;overflow-wrap:anywhere}
.banner{position:fixed;inset:auto 0 0;z-index:2147483000;display:flex;flex-wrap:wrap;
gap:16px 32px;align-items:center;justify-content:space-between;
padding:20px max(20px,calc(50% - 560px)) calc(20px + env(safe-area-inset-bottom));
border-top:1px solid var(--_line);box-shadow:0 -6px 28px #0000001f;max-height:85vh;overflow:auto}
:is(.banner,.sheet):lang(zh){line-height:1.65}
.words{flex:1 1 22em;max-width:42em}
h2,p{margin:0;padding:0}
h2{font-size:20px;line-height:1.3;font-weight:650}
.words p{margin-top:6px}
.answers,.foot{display:grid;grid-template-columns:repeat(auto-fit,minmax(132px,1fr));
gap:10px 12px}
.answers{flex:0 1 340px}
)css";
constexpr std::string_view kPageRest = R"css(
a.quiet{display:flex;align-items:center;justify-content:center;min-height:44px;
border-radius:var(--_radius)}
:focus-visible{outline:3px solid var(--_link);outline-offset:2px}
a{color:var(--_link);text-underline-offset:3px}
.door{position:fixed;inset-inline-start:12px;bottom:calc(12px + env(safe-area-inset-bottom));
z-index:2147482999;display:grid;grid-template-columns:auto auto 1fr;max-width:calc(100vw - 24px);
border:1px solid var(--_line);border-radius:24px;padding:0 8px;box-shadow:0 2px 12px #00000026}
.door .quiet{padding-inline:12px;border-radius:20px;outline-offset:-4px}
.door output{grid-area:1/1/2/-1;color:var(--_soft)}
.door output:not(:empty){padding:8px 12px 0}
[hidden]{display:none!important}
@media(max-width:560px){.banner{padding:16px 16px calc(16px + env(safe-area-inset-bottom))}
.words,.answers{flex:1 1 100%}}
@media(forced-colors:active){.answer,.quiet,.door,.banner{border:1px solid ButtonText}}
@media print{.banner,.door{display:none}}
)css";

constexpr std::string_view kSheets = R"css(
h2:focus{outline:none}
h3,h4,ul,dl,dd{margin:0;padding:0}
h3{font-size:17px;font-weight:650;margin-top:28px}
h4{font-size:16px;font-weight:600}
ul{list-style:none}
.sheet{position:fixed;inset:0;margin:auto;width:min(680px,100vw);max-width:100vw;
height:fit-content;max-height:min(92vh,860px);padding:0;border:1px solid var(--_line);
border-radius:calc(var(--_radius) + 4px);box-shadow:0 18px 60px #0000004d;overflow:hidden}
.sheet[open]{display:flex;flex-direction:column}
.sheet::backdrop{background:#0a121b8c}
.sheet .head{display:flex;align-items:center;justify-content:space-between;gap:12px;
padding:14px 14px 14px 24px;border-bottom:1px solid var(--_line)}
.close{border:0;background:none;font-size:24px;line-height:1}
.close::before{content:"\00d7"}
.body{flex:1 1 auto;min-height:0;overflow:auto;padding:18px 24px 26px;overscroll-behavior:contain}
.sheet[data-layer=yours] .foot{grid-template-columns:1fr 1fr}
[data-act=withdraw][hidden]+[data-act=change]{grid-column:1/-1}
.sheet:has([data-act=withdraw][hidden]) [data-of=withdraw],
.sheet:has([data-act=erase][hidden]) [data-of=erase]{display:none}
.effect{color:var(--_soft)}
.sheet .foot{padding:14px 24px calc(14px + env(safe-area-inset-bottom));
border-top:1px solid var(--_line)}
.body p{margin-top:8px}
.body p:first-child{margin-top:0}
.purpose{margin-top:12px;padding:10px 16px 14px;border:1px solid var(--_line);
border-radius:var(--_radius)}
.purpose h4{padding:8px 0 0}
.purpose p{color:var(--_soft)}
.control{display:flex;gap:12px;align-items:center;min-height:44px;font-weight:600;cursor:pointer}
input{flex:none;width:24px;height:24px;margin:0;accent-color:var(--_fill)}
summary{min-height:44px;padding:10px 0;color:var(--_link);cursor:pointer}
dl{display:grid;grid-template-columns:minmax(6em,9em) 1fr;gap:6px 16px;margin-top:10px}
dt{color:var(--_soft)}
dd ul li+li{margin-top:14px}
address{font-style:normal;margin-top:8px}
.about a{display:inline-block;padding:2px 0}
.answers-given{margin-top:14px}
.answers-given li{display:flex;justify-content:space-between;gap:16px;padding:10px 0;
border-bottom:1px solid var(--_line)}
.answers-given output{font-weight:600;text-align:end}
.record{margin-block:18px 16px}
@media(max-width:560px){.sheet{width:100vw;height:100dvh;max-height:100dvh;border:0;
border-radius:0}.body{padding:16px 16px 24px}.sheet .head{padding-inline-start:16px}.sheet .foot{
padding-inline:16px}.answer[data-act=save]{grid-column:1/-1}
dl{grid-template-columns:1fr;gap:2px}dd+dt{margin-top:8px}}
@media(forced-colors:active){.purpose{border:1px solid ButtonText}}
)css";
constexpr std::string_view kDeclared = R"css(
:host([answered]) [data-layer=first],:host(:not([answered])) [data-layer=door],
:host([answered=""]) [data-act=withdraw]{display:none!important}
.declared[hidden]{display:contents!important}
)css";
// What stands in the place of a frame takes the frame's box, whatever that is: where it is small,
// the words scroll and the button stays in view. It stands alone, since pages load it alone.
constexpr std::string_view kFrameBox = R"css(
position:absolute;inset:0;overflow:auto;display:flex;flex-direction:column;gap:14px;
align-items:center;justify-content:safe center;padding:24px;border:1px solid var(--_line);
border-radius:var(--_radius);font:400 16px/1.5 var(--_font);letter-spacing:normal;
text-transform:none;white-space:normal;color:var(--_ink);background:var(--_paper);
text-align:center;overflow-wrap:anywhere}
.frame:lang(zh){line-height:1.65}
)css";
constexpr std::string_view kFrameRest = R"css(
button{flex:none}
:focus-visible{outline:3px solid var(--_link);outline-offset:-4px}
.answer:focus-visible{outline-color:var(--_on-fill)}
@container(max-height:230px) or (max-width:280px){.frame{padding:6px;gap:6px}
.answer{position:sticky;bottom:0;padding:4px 12px}}
@media(forced-colors:active){.answer,.quiet{border:1px solid ButtonText}}
)css";
// clang-format on

// Lines end where a sign does (; , { or }), so that a sheet is the same without them.
std::string css(std::initializer_list<std::string_view> pieces) {
  std::string out;
  for (const std::string_view piece : pieces)
    std::copy_if(piece.begin(), piece.end(), std::back_inserter(out),
                 [](char c) { return c != '\n'; });
  return out;
}

}  // namespace

std::string page_style() {
  return css({":host{all:initial!important;display:contents!important;", kLight,
              "}@media(prefers-color-scheme:dark){:host{", kDark, "}}", kPageBoxes, kControls,
              kPageRest});
}
std::string frame_style() {
  return css({"*{box-sizing:border-box}\np{margin:0}\n.frame{", kLight, ";", kFrameBox,
              "@media(prefers-color-scheme:dark){.frame{", kDark, "}}", kControls, kFrameRest});
}
std::string_view declared_style() { return kDeclared; }
std::string_view sheet_style() { return kSheets; }

}  // namespace avow::notice
