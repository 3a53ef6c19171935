# nlohmann/json's headers, apart from the system's other headers.
# /usr/include itself must not be on em++'s path: it would hide Emscripten's own headers.

nlohmann-json_part() {
  local from
  [ -r "$here/include/nlohmann/json.hpp" ] && return
  for from in /usr/include /usr/local/include /opt/homebrew/include; do
    [ -r "$from/nlohmann/json.hpp" ] || continue
    fresh_scratch
    mkdir "$scratch/include"
    cp -RL "$from/nlohmann" "$scratch/include/nlohmann"
    put "$scratch/include" include
    return
  done
  die "nlohmann/json's headers are missing: run tools/setup"
}
