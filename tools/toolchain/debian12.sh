# Debian 13's Emscripten on Debian 12's LLVM 19 and node. The rest of the system stays Debian 12:
# only binaryen's programs see the newer C library, through their own loader and search path.

emscripten_unpack() {
  local prefix=$1 stamp=$2 triplet loader name file
  for name in clang-19 wasm-ld-19 patchelf dpkg-deb; do
    command -v "$name" > /dev/null || die "$name is missing: run tools/setup"
  done
  say "Emscripten $emscripten_floor (about 240 MB, once)"
  fresh_scratch
  private_apt_open "$scratch/apt" deb trixie
  mkdir "$scratch/debs" "$scratch/prefix"
  (cd "$scratch/debs" && retry private_apt "$scratch/apt" download \
    emscripten binaryen libc6 libstdc++6 libgcc-s1) || die "the download of Emscripten failed"
  for file in "$scratch"/debs/*.deb; do dpkg-deb -x "$file" "$scratch/prefix"; done
  triplet=$(gcc -print-multiarch)
  loader=$(cd "$scratch/prefix" &&
    find . -name 'ld-linux-*.so.*' -path '*/lib/*' -printf '%P\n' | sort | head -n 1)
  [ -n "$loader" ] || die "no dynamic loader in libc6"
  for file in "$scratch"/prefix/usr/bin/wasm-*; do
    patchelf --set-interpreter "$prefix/$loader" \
      --force-rpath --set-rpath "$prefix/usr/lib/$triplet" "$file"
  done
  mkdir -p "$scratch/prefix/usr/share/emscripten/node_modules"
  ln -sfn /usr/share/nodejs/acorn "$scratch/prefix/usr/share/emscripten/node_modules/acorn"
  echo "$stamp" > "$scratch/prefix/.stamp"
  put "$scratch/prefix" emscripten
}
