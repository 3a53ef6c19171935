# Target `sodium`: the system's libsodium natively; for WebAssembly the few files that Avow uses,
# compiled from the source that tools/toolchain/run fetched.
if(NOT EMSCRIPTEN)
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
  add_library(sodium INTERFACE)
  target_link_libraries(sodium INTERFACE PkgConfig::SODIUM)
  return()
endif()

set(sodium_source "${AVOW_TOOLCHAIN}/libsodium/src/libsodium")
if(NOT EXISTS "${sodium_source}/include/sodium.h")
  message(FATAL_ERROR "No libsodium source under ${AVOW_TOOLCHAIN}: run tools/toolchain/run")
endif()

# randombytes is left out on purpose: entropy reaches the core as a value. A function that asks for
# it (the *_keygen and *_keypair ones) then fails at link, and never quietly yields zeros.
set(sodium_files
  crypto_aead/chacha20poly1305/sodium/aead_chacha20poly1305.c
  crypto_auth/hmacsha256/auth_hmacsha256.c
  crypto_core/ed25519/ref10/ed25519_ref10.c
  crypto_hash/sha256/cp/hash_sha256_cp.c
  crypto_hash/sha256/hash_sha256.c
  crypto_hash/sha512/cp/hash_sha512_cp.c
  crypto_hash/sha512/hash_sha512.c
  crypto_onetimeauth/poly1305/donna/poly1305_donna.c
  crypto_onetimeauth/poly1305/onetimeauth_poly1305.c
  crypto_pwhash/scryptsalsa208sha256/crypto_scrypt-common.c
  crypto_pwhash/scryptsalsa208sha256/nosse/pwhash_scryptsalsa208sha256_nosse.c
  crypto_pwhash/scryptsalsa208sha256/pbkdf2-sha256.c
  crypto_pwhash/scryptsalsa208sha256/pwhash_scryptsalsa208sha256.c
  crypto_pwhash/scryptsalsa208sha256/scrypt_platform.c
  crypto_scalarmult/crypto_scalarmult.c
  crypto_scalarmult/curve25519/ref10/x25519_ref10.c
  crypto_scalarmult/curve25519/scalarmult_curve25519.c
  crypto_sign/crypto_sign.c
  crypto_sign/ed25519/ref10/keypair.c
  crypto_sign/ed25519/ref10/open.c
  crypto_sign/ed25519/ref10/sign.c
  crypto_sign/ed25519/sign_ed25519.c
  crypto_stream/chacha20/ref/chacha20_ref.c
  crypto_stream/chacha20/stream_chacha20.c
  crypto_verify/sodium/verify.c
  sodium/codecs.c
  sodium/runtime.c
  sodium/utils.c)
list(TRANSFORM sodium_files PREPEND "${sodium_source}/")

set(VERSION 1.0.18)
set(SODIUM_LIBRARY_VERSION_MAJOR 10)
set(SODIUM_LIBRARY_VERSION_MINOR 3)
set(SODIUM_LIBRARY_MINIMAL_DEF "")
# The headers are copied, so that the generated one stands among those that it includes.
set(sodium_include "${CMAKE_BINARY_DIR}/libsodium")
file(COPY "${sodium_source}/include/" DESTINATION "${sodium_include}" FILES_MATCHING PATTERN "*.h")
configure_file("${sodium_source}/include/sodium/version.h.in" "${sodium_include}/sodium/version.h" @ONLY)

add_library(sodium STATIC ${sodium_files}
  "${CMAKE_CURRENT_LIST_DIR}/sodium_wasm.c"
  "${CMAKE_CURRENT_LIST_DIR}/sodium_ed25519_base.c")
# Out of the way of sodium_ed25519_base.c; unreferenced, it is dropped with its table.
set_source_files_properties("${sodium_source}/crypto_core/ed25519/ref10/ed25519_ref10.c" PROPERTIES
  COMPILE_DEFINITIONS ge25519_scalarmult_base=ge25519_scalarmult_base_by_table)
# -O3 also where the rest is -Oz: size passes are what might turn constant-time code into branches.
# -w: foreign sources.
target_compile_options(sodium PRIVATE -O3 -w)
# Hashing has no branch to spare: its rounds are the same for every input. Size may have it.
set_source_files_properties(
  "${sodium_source}/crypto_hash/sha256/cp/hash_sha256_cp.c"
  "${sodium_source}/crypto_hash/sha512/cp/hash_sha512_cp.c"
  PROPERTIES COMPILE_OPTIONS -Oz)
target_compile_definitions(sodium
  PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1 HAVE_WEAK_SYMBOLS=1
    # The barrier of sodium_memzero: without it link-time optimisation drops the wipes.
    HAVE_INLINE_ASM=1
  PUBLIC SODIUM_STATIC=1)
target_include_directories(sodium SYSTEM
  PRIVATE "${sodium_include}/sodium"
  PUBLIC "${sodium_include}")
