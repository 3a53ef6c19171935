# CMake toolchain file: the Emscripten that tools/toolchain/run found or unpacked.
include("${CMAKE_CURRENT_LIST_DIR}/toolchain-directory.cmake")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES AVOW_TOOLCHAIN)

if(NOT EXISTS "${AVOW_TOOLCHAIN}/emscripten.config")
  message(FATAL_ERROR "No Emscripten under ${AVOW_TOOLCHAIN}: run tools/setup and tools/toolchain/run")
endif()

# em++ reads its settings (LLVM, node, the closure compiler) from the file that EM_CONFIG names.
# Set here for CMake's own probes, and in front of each command for the build, which runs without
# the environment of the configure step. TypeScript 5 comes first on PATH for --emit-tsd.
set(ENV{EM_CONFIG} "${AVOW_TOOLCHAIN}/emscripten.config")
set(avow_em_launcher "${CMAKE_COMMAND}" -E env "EM_CONFIG=${AVOW_TOOLCHAIN}/emscripten.config"
    --modify "PATH=path_list_prepend:${AVOW_TOOLCHAIN}/bin"
    --modify "PATH=path_list_prepend:${AVOW_TOOLCHAIN}/tools/bin")
foreach(language C CXX)
  set(CMAKE_${language}_COMPILER_LAUNCHER "${avow_em_launcher}")
  set(CMAKE_${language}_LINKER_LAUNCHER "${avow_em_launcher}")
endforeach()

include("${AVOW_TOOLCHAIN}/emscripten-root/cmake/Modules/Platform/Emscripten.cmake")
