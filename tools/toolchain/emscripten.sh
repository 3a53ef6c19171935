# Emscripten: the machine's own where it is new enough, else what debian12.sh unpacks.

emcc_version() { "$1" --version 2>/dev/null | sed -n '1s/.* \([0-9][0-9.]*\).*/\1/p'; }

emscripten_part() {
  local found version
  for found in "${EMSDK:+$EMSDK/upstream/emscripten/emcc}" "$(command -v emcc || true)"; do
    [ -n "$found" ] && [ -x "$found" ] || continue
    version=$(emcc_version "$found")
    if [ -n "$version" ] && at_least "$version" "$emscripten_floor"; then
      found=$(readlink -f "$found")
      emscripten_link "$(dirname "$found")"
      return
    fi
  done

  local prefix=$here/emscripten stamp
  # The unpacked programs name their own place, so a moved directory is unpacked anew.
  stamp="$emscripten_floor at $prefix"
  if [ "$(cat "$prefix/.stamp" 2>/dev/null || true)" != "$stamp" ]; then
    [ "$os_id $os_codename" = "debian bookworm" ] ||
      die "install Emscripten $emscripten_floor or newer (emsdk.py, or your distribution's" \
        "package) and put emcc on PATH or set EMSDK"
    emscripten_unpack "$prefix" "$stamp"
  fi
  emscripten_link "$prefix/usr/share/emscripten"
}

# cmake/emscripten.cmake reads what is written here.
emscripten_link() { # emscripten_link DIR_OF_EMCC
  local dir=$1 config=$here/emscripten.config
  [ -r "$dir/cmake/Modules/Platform/Emscripten.cmake" ] ||
    die "no CMake toolchain file beside $dir/emcc"
  ln -sfn "$dir" "$here/emscripten-root"
  {
    if [ "$dir" = "$here/emscripten/usr/share/emscripten" ]; then
      echo "LLVM_ROOT = '/usr/lib/llvm-19/bin'"
      echo "BINARYEN_ROOT = '$here/emscripten/usr'"
      echo "CACHE = '$here/emscripten/usr/share/emscripten/cache'"
      echo "FROZEN_CACHE = True"
    else
      # The system's own settings, with ours added below.
      local own
      for own in "${EM_CONFIG:-}" "$dir/.emscripten" /etc/emscripten.config; do
        if [ -n "$own" ] && [ -r "$own" ] && [ "$own" != "$config" ]; then cat "$own"; break; fi
      done
    fi
    echo "NODE_JS = '$here/bin/node'"
    echo "CLOSURE_COMPILER = ['$here/tools/closure-compiler']"
  } > "$config.new"
  # Left alone when equal: a changed date would relink everything.
  if cmp -s "$config.new" "$config"; then rm "$config.new"; else mv "$config.new" "$config"; fi
}
