#include <algorithm>
#include <iterator>

#include "notice/notice.h"

namespace avow::notice {
namespace {

// Hosts theme the notice through the custom properties on `:host` and, its boxes and words, through
// `::part()`. No part is a control or holds one answer without the other, and the host element
// draws nothing: no rule of a page's can stretch or fade one of them alone, and what covers them is
// measured at the press. Important rules within win over important rules without: how a pair of
// answers shares its row is one of them, and that what ticks stands where its words are, not moved,
// stretched, faded, cut or laid over others.
// clang-format off

// All that a host takes from its page: whether that is light or dark, and its font.
constexpr std::string_view kHost = R"css(
:host{all:initial!important;display:contents!important;color-scheme:inherit!important;
font-family:inherit!important;)css";
// What the page's own layers and a frame's placeholder share. A page that is light stays light
// where the system is dark: colours follow the page's own color-scheme.
constexpr std::string_view kColours = R"css(
--_ink:var(--avow-ink,#16202b);--_soft:var(--avow-soft,#44525f);
--_paper:var(--avow-paper,#fff);--_line:var(--avow-line,#c9d1d9);
--_fill:var(--avow-fill,#1d4f91);--_on-fill:var(--avow-on-fill,#fff);
--_link:var(--avow-link,#1d4f91);--_radius:var(--avow-radius,10px))css";
constexpr std::string_view kDark = R"css(
--_ink:var(--avow-ink,light-dark(#16202b,#e8edf2));
--_soft:var(--avow-soft,light-dark(#44525f,#c9d1d9));
--_paper:var(--avow-paper,light-dark(#fff,#161c23));
--_line:var(--avow-line,light-dark(#c9d1d9,#44525f));
--_fill:var(--avow-fill,light-dark(#1d4f91,#a9cbf5));
--_on-fill:var(--avow-on-fill,light-dark(#fff,#16202b));
--_link:var(--avow-link,light-dark(#1d4f91,#a9cbf5)))css";
constexpr std::string_view kControls = R"css(
button,.quiet{font:inherit;color:inherit;cursor:pointer;min-height:44px;min-width:44px;
border-radius:var(--_radius)}
.answer{font-weight:600;padding:9px 18px;border:1px solid var(--_fill);background:var(--_fill);
color:var(--_on-fill)}
.answer:hover{text-decoration:underline}
.quiet{display:flex;align-items:center;justify-content:center;padding:0 4px;border:0;
background:none;color:var(--_link);text-decoration:underline}
svg{width:24px;fill:none;stroke:currentColor;stroke-width:1.7}
)css";

constexpr std::string_view kPageBoxes = R"css(
:host::before,:host::after,[part]::before,[part]::after,
[part]::first-line,[part]::first-letter{all:unset!important}
*{box-sizing:border-box}
.banner,.sheet,.door{line-height:1.5;color:var(--_ink);
font-family:var(--avow-font,var(--_font,inherit));
background:var(--_paper);overflow-wrap:break-word;border:1px solid var(--_line)}
.banner,.door{position:fixed;z-index:2147483000;display:flex;box-shadow:0 8px 40px #0003}
.banner{flex-direction:column;gap:8px;inset:auto 8px calc(8px + env(safe-area-inset-bottom));
max-width:1120px;margin:0 auto;padding:8px 16px 0;border-radius:calc(var(--_radius) + 6px);
max-height:min(max(40vh,18em),100vh - 16px)}
.banner,.words{overflow:auto}
.words{min-height:3em}
h2,p{margin:0}
h2{font-size:1.125em;line-height:1.3;font-weight:600}
.words p{color:var(--_soft);line-height:1.36;margin-top:4px}
.answers{display:flex!important;flex-flow:wrap!important;gap:2px 12px;flex:none}
.answers>*{flex:1 min-content}
.answers>.answer{flex:max(45%,780em - 5e3%);padding:9px 4px}
)css";
constexpr std::string_view kKorean = ":lang(ko){word-break:keep-all}";
constexpr std::string_view kPageRest = R"css(
:focus-visible{outline:3px solid var(--_link);outline-offset:2px}
.quiet{outline-offset:-4px}
.door{inset-inline-start:12px;
bottom:calc(12px + env(safe-area-inset-bottom));border-radius:24px}
.door .quiet{padding:0 9px;border-radius:24px}
.door output:not(:empty){position:fixed;inset-inline-start:12px;
bottom:calc(68px + env(safe-area-inset-bottom));margin-inline-end:12px;padding:8px 14px;
border:1px solid var(--_ink);border-radius:var(--_radius);background:var(--_ink);
color:var(--_paper)}
[hidden]{display:none!important}
@media(min-width:700px){.banner{inset:auto 16px 16px;flex-direction:row;gap:32px;
align-items:center;padding:18px 24px 10px}.words{flex:1}.answers{width:21em}}
@media(prefers-contrast:more){:host{--_soft:var(--_ink);--_line:var(--_ink)}}
@media print{.banner,.door{display:none}}
)css";

// Where the first layer stands, where it is no card; and how close.
constexpr std::string_view kBar = R"css(
.banner{inset:auto 0 0!important;max-width:none;border-width:1px 0 0;border-radius:0;
padding:16px max(16px,calc(50% - 560px)) calc(16px + env(safe-area-inset-bottom))}
)css";
constexpr std::string_view kCorner = R"css(
@media(min-width:700px){.banner{inset-inline:auto 16px;width:400px;flex-direction:column;gap:14px;
align-items:stretch;max-height:min(32em,100vh - 32px)}.answers{width:auto}}
)css";
constexpr std::string_view kCenter = R"css(
@media(min-width:700px){.banner{inset:16px;margin:auto;width:480px;height:fit-content;
flex-direction:column;gap:16px;align-items:stretch;
max-height:min(36em,100vh - 32px)}.answers{width:auto}}
)css";
constexpr std::string_view kCompact = R"css(
.banner{padding:10px 12px!important;gap:8px 24px!important}.answers{gap:4px 8px}
)css";
// A door without a button is the place of what is told, and nothing else.
constexpr std::string_view kNoEntry = ".door{border:0;box-shadow:none}";
constexpr std::string_view kLogo = ".logo{float:inline-start;height:1.6em;max-height:32px;margin-inline-end:8px}";

constexpr std::string_view kSheets = R"css(
.sheet{overflow-wrap:anywhere}
.sheet:lang(zh,ja){line-height:1.65}
h2:focus{outline:none}
a{color:var(--_link)}
h3,h4,ul,dl,dd{margin:0;padding:0}
h3{font-size:1em;font-weight:650;margin-top:10px}
h4{font-size:1em;font-weight:600;padding-top:10px}
ul{list-style:none}
.sheet{position:fixed;inset:0;margin:auto;width:min(761px,100vw - 32px);max-width:none;
height:fit-content;max-height:min(94dvh,880px);padding:0;
border-radius:calc(var(--_radius) + 6px);box-shadow:0 18px 60px #0000004d;overflow:hidden}
.sheet[open]{display:flex;flex-direction:column;transition:translate .2s}
@starting-style{.sheet[open]{translate:0 24px}}
.sheet::backdrop{background:#0a121b8c}
.sheet .head{display:flex;align-items:center;justify-content:space-between;gap:12px;
padding-block:4px;padding-inline:24px 8px;border-bottom:1px solid var(--_line)}
.close{border:0;background:none;font-size:24px;line-height:1}
.close::before{content:"\00d7"}
.body{flex:1 1 auto;min-height:0;overflow:auto;padding:10px 24px 20px;overscroll-behavior:contain}
.body p{margin-top:6px}
.body>p:first-child{margin-top:0}
.foot{display:grid!important;
grid-template-columns:repeat(auto-fit,minmax(min(7.6em,100%),1fr))!important;
place-items:stretch!important;gap:10px 12px;flex:none;
padding:10px 24px calc(12px + env(safe-area-inset-bottom));border-top:1px solid var(--_line)}
.foot .answer{padding:9px 4px}
.foot [data-act=refuse],.foot [data-act=accept],.foot [data-act=change],
.folds .answer{background:var(--_paper);color:var(--_link)}
.sheet[data-layer=yours] .foot{grid-template-columns:1fr 1fr!important}
.foot output{grid-column:1/-1}
.foot output:has(:empty){margin-top:-10px}
[data-act=withdraw][hidden]+[data-act=change]{grid-column:1/-1}
.sheet:has([data-act=withdraw][hidden]) [data-of=withdraw],
.sheet:has([data-act=erase][hidden]) [data-of=erase],
.sheet:has([data-act=key][hidden]) [data-of=key],
.sheet:has([data-act=receipt][hidden]) [data-of=receipt]{display:none}
.effect,.purpose p,.folds p{color:var(--_soft)}
.purposes{margin-top:6px;border:1px solid var(--_line);border-radius:var(--_radius)}
.purpose{padding:0 16px 2px}
.purpose+.purpose{border-top:1px solid var(--_line)}
.purpose p{margin:-4px 0 0}
.purpose summary{margin-block:-8px -2px}
.control{display:flex;flex-wrap:wrap;gap:0 16px;align-items:center;justify-content:space-between;
min-height:44px;font-weight:600;overflow-wrap:break-word;cursor:pointer}
.control>:first-child,.answers-given li>:first-child{flex:1 min-content;min-width:0}
.switch{flex:none!important;display:flex!important}
.switch,.purpose{position:static!important;inset:auto!important;width:auto!important;
height:auto!important;min-width:0!important;min-height:0!important;margin:0!important;
transform:none!important;translate:none!important;rotate:none!important;scale:none!important;
zoom:1!important;offset:none!important;opacity:1!important;visibility:visible!important;
clip-path:none!important;mask:none!important;filter:none!important;mix-blend-mode:normal!important;
overflow:visible!important;pointer-events:auto!important}
.switch{padding:0!important;border:0!important}
input{appearance:none;position:relative;width:48px;height:28px;margin:0;cursor:pointer;
border:2px solid var(--_soft);border-radius:14px;background:var(--_paper)}
input::before{content:"";position:absolute;top:3px;inset-inline-start:3px;width:18px;height:18px;
border-radius:50%;background:var(--_soft)}
input:checked{border-color:var(--_fill);background:var(--_fill)}
input:checked::before{inset-inline-start:23px;background:var(--_on-fill)}
summary{width:fit-content;min-height:44px;padding:10px 0;color:var(--_link);cursor:pointer;
outline-offset:-4px}
.folds{margin-top:16px}
.folds>details,.folds>div>details{border-top:1px solid var(--_line)}
.folds>.quiet{padding:0 17px}
.folds details[open]{padding-bottom:12px}
dl{display:grid;grid-template-columns:minmax(min-content,9em) 1fr;gap:6px 16px;
align-items:baseline;margin:6px 0 10px}
dt{color:var(--_soft);overflow-wrap:break-word}
dd ul li+li{margin-top:14px}
.list>li{padding-bottom:14px}
.list dl dl{grid-template-columns:1fr;margin:0}
address{font-style:normal;margin-top:8px}
.about{padding-bottom:12px}
.about h3{margin-top:18px}
.about h3:first-child{margin-top:0}
:is(dt,dd,li,.about p)>a:only-of-type,address a{display:inline-block;min-width:44px;
padding-block:10px;margin-block:-3px}
dt>a:only-of-type{display:block;width:fit-content}
.sheet address a{margin:0}
.answers-given{margin-top:10px}
.answers-given li{display:flex;flex-wrap:wrap;gap:0 16px;padding:10px 0;
border-bottom:1px solid var(--_line);overflow-wrap:break-word}
.answers-given li>:last-child{margin-inline-start:auto;font-weight:600;text-align:end}
.record{margin-block:16px}
@media(max-width:560px){.sheet{width:100vw;margin-bottom:0;max-height:92dvh;border-width:1px 0 0;
border-radius:16px 16px 0 0}.body{padding:14px 16px 16px}.sheet .head{padding-inline:16px 8px}
.foot{padding-inline:16px}.answer[data-act=save]{grid-column:1/-1}
dl{grid-template-columns:1fr;gap:2px}dd+dt{margin-top:8px}}
@media(max-width:19em){.sheet[data-layer=yours] .foot{grid-template-columns:1fr!important}}
@media(max-height:480px){.sheet[open]{display:block;overflow:auto}.body{overflow:visible}}
@media(prefers-reduced-transparency:reduce){.sheet::backdrop{background:#44525f}}
@media(prefers-reduced-motion:reduce){.sheet[open]{transition:none}}
@media print{.sheet[open]{display:none}}
@media(forced-colors:active){.purposes{border:1px solid ButtonText}
input{appearance:auto;width:24px;height:24px}input::before{content:none}}
)css";
// A change that is told of: the line above it is the core's, and without it there is none.
constexpr std::string_view kChange = R"css(
.since:empty,.since:empty+.changed{display:none}
.words .since{margin-top:6px;color:var(--_ink);font-weight:600}
.banner:has(.since:not(:empty)){max-height:min(max(76vh,15em),100vh - 16px)}
.changed{margin:8px 0;padding:8px 12px;border-inline-start:4px solid var(--_fill);
border-radius:4px;background:color-mix(in srgb,var(--_fill) 8%,var(--_paper))}
.changed summary{min-height:44px;padding:10px 0;color:var(--_ink);cursor:pointer}
:is(.words,.purpose,.folds) .changed p{margin:6px 0 0;color:var(--_ink)}
.changed dl{display:grid;grid-template-columns:minmax(min-content,11em) 1fr;gap:2px 12px;margin:2px 0}
.changed dl>div{display:grid;grid-template-columns:subgrid;grid-column:1/-1}
.changed dt{color:var(--_soft)}
.changed dd{margin:0;color:var(--_ink)}
.said{white-space:pre-line}
ins{font-weight:600}
@media(max-width:560px){.changed dl,.changed dl>div{display:block}.changed dl>div+div{margin-top:2px}}
)css";
// A change that is announced before it holds: its card, and the whole of it.
constexpr std::string_view kCard = R"css(
h2,h3,p,dl,dd{margin:0}
h2:focus{outline:none}
a{color:var(--_link)}
.card,.whole{line-height:1.5;color:var(--_ink);background:var(--_paper);overflow-wrap:anywhere;
font-family:var(--avow-font,var(--_font,inherit));border:1px solid var(--_line);
border-radius:calc(var(--_radius) + 6px)}
.heard{position:absolute;inset:0;opacity:0;pointer-events:none}
.card{position:fixed;z-index:2147482998;inset:auto 8px calc(64px + env(safe-area-inset-bottom));
padding:14px 16px 6px;max-height:60vh;overflow:auto;box-shadow:0 8px 40px #0003}
.card h2,.head h2{font-size:1.125em;line-height:1.3;font-weight:600}
.card p{margin-top:4px;color:var(--_soft)}
.row{display:flex;flex-wrap:wrap;gap:4px 16px;margin-top:10px}
.row .answer{flex:1 auto}
.whole{position:fixed;inset:0;margin:auto;width:min(720px,100vw - 32px);max-width:none;padding:0;
height:fit-content;max-height:min(94dvh,880px);box-shadow:0 18px 60px #0000004d;overflow:hidden}
.whole[open]{display:flex;flex-direction:column}
.whole::backdrop{background:#0a121b8c}
.head{display:flex;align-items:center;justify-content:space-between;gap:12px;padding-block:4px;
padding-inline:24px 8px;border-bottom:1px solid var(--_line)}
.close{border:0;background:none;font-size:24px;line-height:1}
.close::before{content:"\00d7"}
.body{flex:1 1 auto;min-height:0;overflow:auto;padding:14px 24px 20px;overscroll-behavior:contain}
.body h2{font-size:1.05em;font-weight:650;margin:26px 0 6px}
.meaning{margin-top:14px;padding:12px 16px;border-inline-start:4px solid var(--_fill);
border-radius:4px;background:color-mix(in srgb,var(--_fill) 8%,var(--_paper))}
.meaning h2{margin-top:0}
.said{white-space:pre-line}
.one{padding:14px 0;border-top:1px solid var(--_line)}
.more{border-top-style:dashed}
h3{font-size:1em;font-weight:650}
.label,dt,.none,.soft{color:var(--_soft)}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:10px;margin:8px 0}
.sides>div{padding:8px 12px;border-radius:6px;border:1px solid var(--_line)}
.sides>.is{border-color:var(--_fill);background:color-mix(in srgb,var(--_fill) 8%,var(--_paper))}
ins{font-weight:600}
.asks{margin-top:6px;font-weight:600}
form{display:flex;flex-direction:column;gap:10px;margin-top:12px}
label{display:flex;flex-direction:column;gap:4px}
textarea,input{font:inherit;color:inherit;padding:9px 12px;border:1px solid var(--_soft);
border-radius:var(--_radius);background:var(--_paper)}
textarea{resize:vertical}
form .answer{align-self:flex-start}
.foot{display:flex;padding:4px 24px calc(4px + env(safe-area-inset-bottom));
border-top:1px solid var(--_line)}
:focus-visible{outline:3px solid var(--_link);outline-offset:2px}
@media(min-width:700px){.card{inset:auto 16px 16px auto;inset-inline:auto 16px;width:400px}}
@media(max-width:560px){.whole{width:100vw;margin-bottom:0;max-height:92dvh;border-width:1px 0 0;
border-radius:16px 16px 0 0}.body{padding-inline:16px}.head{padding-inline:16px 8px}
.sides{grid-template-columns:1fr}.foot{padding-inline:16px}}
@media(max-height:480px){.whole[open]{display:block;overflow:auto}.body{overflow:visible}}
@media(prefers-contrast:more){.card,.whole{--_soft:var(--_ink);--_line:var(--_ink)}}
@media(prefers-reduced-transparency:reduce){.whole::backdrop{background:#44525f}}
@media(forced-colors:active){.answer,.quiet{border:1px solid ButtonText}}
@media print{.card,.whole[open]{display:none}}
)css";
constexpr std::string_view kDeclared = R"css(
:host([answered]) [data-layer=first],:host(:not([answered])) [data-layer=door],
:host([answered=""]) [data-act=withdraw]{display:none!important}
.declared[hidden]{display:contents!important}
)css";
// What stands in the place of a frame takes the frame's box, whatever that is: where it is small,
// the words scroll and the button stays in view. It stands alone, since pages load it alone.
constexpr std::string_view kFrameBox = R"css(
position:absolute;inset:0;overflow:hidden;display:flex;flex-direction:column;gap:8px;
align-items:center;justify-content:center;padding:20px;border:1px solid var(--_line);
border-radius:var(--_radius);font-size:medium;line-height:1.5;letter-spacing:normal;
font-family:var(--avow-font,inherit);font-weight:400;
text-transform:none;white-space:normal;color:var(--_ink);background:var(--_paper);
text-align:center;overflow-wrap:anywhere}
.frame:lang(zh,ja){line-height:1.65}
)css";
constexpr std::string_view kFrameRest = R"css(
button,svg{flex:none}
svg{color:var(--_soft)}
svg:first-child{width:40px;stroke-width:1.2}
b:empty,a:not([href]){display:none!important}
.frame p{color:var(--_soft);max-width:36em}
.words{min-height:0;overflow:auto;display:flex;flex-direction:column;gap:4px;align-items:center}
.words[tabindex]{padding-bottom:1em}
.words[tabindex]:not(:focus-visible){mask-image:linear-gradient(#000 calc(100% - 1em),#0000)}
.answers{flex:none;display:flex;flex-wrap:wrap;gap:0 16px;justify-content:center}
:focus-visible{outline:3px solid var(--_link);outline-offset:-4px}
.answer:focus-visible{outline-color:var(--_on-fill)}
@container(max-height:280px) or (max-width:400px){.frame{padding:10px 12px 2px;gap:2px}
svg,.answers a{display:none}.answers{gap:0 8px}.answer{padding:4px 12px}}
@container(max-height:170px) or (max-width:220px){.frame{padding:6px;overflow:auto;
justify-content:safe center}[data-act=show-once]{display:none}
.words,.answers{display:contents}.answer{position:sticky;bottom:0;width:100%;
box-shadow:0 0 0 6px var(--_paper)}}
@media(forced-colors:active){.answer,.quiet{border:1px solid ButtonText}}
@media(prefers-contrast:more){.frame{--_soft:var(--_ink);--_line:var(--_ink)}
.words{mask:none!important}}
@media print{.frame{display:none}}
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

std::string door_style() { return ".door{max-width:calc(100vw - 24px);flex-wrap:wrap}"; }

std::string coming_style() { return css({".words a{color:var(--_link)}", kChange}); }

std::string change_style() { return css({kChange}); }

std::string page_style(const policy::Policy& policy) {
  using policy::Layout;
  const policy::Look& look = policy.look;
  const bool korean = std::ranges::any_of(policy.languages, [](const std::string& one) {
    return one == "ko" || one.starts_with("ko-");
  });
  return css({kHost, kColours, "}@supports(color:light-dark(red,red)){:host{", kDark, "}}",
              kPageBoxes, korean ? kKorean : std::string_view{}, kControls, kPageRest,
              look.layout == Layout::bar      ? kBar
              : look.layout == Layout::corner ? kCorner
              : look.layout == Layout::center ? kCenter
                                              : std::string_view{},
              look.density == policy::Density::compact ? kCompact : std::string_view{},
              look.entry == policy::Entry::none ? kNoEntry : std::string_view{},
              look.logo.empty() ? std::string_view{} : kLogo});
}
std::string frame_style() {
  return css({"*{box-sizing:border-box}\np,b{margin:0}\n.frame{", kColours, ";", kFrameBox,
              "@supports(color:light-dark(red,red)){.frame{", kDark, "}}", kControls, kFrameRest});
}
std::string card_style() {
  return css({kHost, kColours, "}@supports(color:light-dark(red,red)){:host{", kDark, "}}",
              "*{box-sizing:border-box}", kControls, kCard});
}
std::string_view declared_style() { return kDeclared; }
std::string sheet_style() { return css({kSheets}); }

}  // namespace avow::notice
