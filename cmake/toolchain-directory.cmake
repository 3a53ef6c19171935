# AVOW_TOOLCHAIN: the directory that tools/toolchain/run filled.
# Kept in the cache, so that a later build does not depend on the environment of its shell.
if(NOT AVOW_TOOLCHAIN)
  if(DEFINED ENV{AVOW_TOOLCHAIN} AND NOT "$ENV{AVOW_TOOLCHAIN}" STREQUAL "")
    get_filename_component(AVOW_TOOLCHAIN "$ENV{AVOW_TOOLCHAIN}" ABSOLUTE)
  else()
    get_filename_component(AVOW_TOOLCHAIN "${CMAKE_CURRENT_LIST_DIR}/../build/toolchain" ABSOLUTE)
  endif()
  set(AVOW_TOOLCHAIN "${AVOW_TOOLCHAIN}" CACHE PATH "What tools/toolchain/run filled")
endif()
