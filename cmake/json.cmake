# nlohmann/json's headers. Natively they are on the compiler's own path; for em++ they are a copy,
# since /usr/include would hide Emscripten's own headers.
add_library(avow_json INTERFACE)
# Without exceptions a broken use aborts instead of throwing; parsing is done with a SAX handler or
# the non-throwing overloads.
target_compile_definitions(avow_json INTERFACE JSON_NOEXCEPTION)
if(EMSCRIPTEN)
  # The parser's own sentences are read by nobody: the core says where an error is and what stands
  # there (core/base/json.cpp). They would be a kilobyte of every first visit: this copy has none.
  set(given "${AVOW_TOOLCHAIN}/include/nlohmann")
  set(terse "${CMAKE_BINARY_DIR}/include/nlohmann")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${given}/json.hpp")
  file(COPY "${given}/" DESTINATION "${terse}")
  foreach(header lexer parser)
    set(file "${terse}/detail/input/${header}.hpp")
    file(READ "${file}" text)
    string(REGEX REPLACE "error_message = \"[^\"]+\"" "error_message = \"\"" text "${text}")
    string(REPLACE "std::string error_msg = \"syntax error \"" "return {}; std::string error_msg"
      text "${text}")
    file(WRITE "${file}" "${text}")
  endforeach()
  target_include_directories(avow_json SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/include")
endif()
