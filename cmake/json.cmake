# nlohmann/json's headers. Natively they are on the compiler's own path; for em++ they are a copy,
# since /usr/include would hide Emscripten's own headers.
add_library(avow_json INTERFACE)
# Without exceptions a broken use aborts instead of throwing; parsing is done with a SAX handler or
# the non-throwing overloads.
target_compile_definitions(avow_json INTERFACE JSON_NOEXCEPTION)
if(EMSCRIPTEN)
  target_include_directories(avow_json SYSTEM INTERFACE "${AVOW_TOOLCHAIN}/include")
endif()
