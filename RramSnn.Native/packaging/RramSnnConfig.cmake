# find_package(RramSnn) gives the target RramSnn::rramsnn.
get_filename_component(_rramsnn_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET RramSnn::rramsnn)
  add_library(RramSnn::rramsnn SHARED IMPORTED)
  set_target_properties(RramSnn::rramsnn PROPERTIES
    IMPORTED_LOCATION "${_rramsnn_prefix}/lib/librramsnn.so"
    IMPORTED_SONAME "librramsnn.so"
    INTERFACE_INCLUDE_DIRECTORIES "${_rramsnn_prefix}/include")
endif()
unset(_rramsnn_prefix)
