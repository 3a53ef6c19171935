# libsodium's source, compiled for WebAssembly by cmake/sodium.cmake.

libsodium_part() {
  [ -r "$here/libsodium/src/libsodium/include/sodium.h" ] && return
  fresh_scratch
  if [ -n "${AVOW_LIBSODIUM_SOURCE:-}" ]; then
    [ -r "$AVOW_LIBSODIUM_SOURCE/src/libsodium/include/sodium.h" ] ||
      die "AVOW_LIBSODIUM_SOURCE holds no libsodium source"
    say "libsodium's source from AVOW_LIBSODIUM_SOURCE"
    cp -R "$AVOW_LIBSODIUM_SOURCE" "$scratch/libsodium"
  elif [ "$os_id" = debian ]; then
    say "libsodium's source"
    private_apt_open "$scratch/apt" deb-src "$os_codename" "$os_codename-security"
    (cd "$scratch" && retry private_apt "$scratch/apt" source libsodium > "$scratch/log" 2>&1) ||
      { cat "$scratch/log" >&2; die "the download of libsodium's source failed"; }
    mv "$scratch"/libsodium-*/ "$scratch/libsodium"
  else
    die "set AVOW_LIBSODIUM_SOURCE to an unpacked libsodium source tree, 1.0.18 or newer"
  fi
  put "$scratch/libsodium" libsodium
}
