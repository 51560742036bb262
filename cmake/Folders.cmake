# One target per folder: topline_folder(name [folders it may use...] [LIBS libraries...])
# and, for its unit tests, topline_unit_tests(name [LIBS ...]). TOPLINE_FOLDERS are the folders of
# src/ in the order in which they build on one another.

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/folders.txt)
file(STRINGS ${PROJECT_SOURCE_DIR}/src/folders.txt TOPLINE_FOLDERS REGEX "^[a-z]+:")
list(TRANSFORM TOPLINE_FOLDERS REPLACE ":.*" "")

add_library(topline_build INTERFACE)
target_compile_features(topline_build INTERFACE cxx_std_20)
# -ffp-contract=off: the same sums on machines with and without fused multiply-add.
# -ffile-prefix-map: the same program whatever the folder it was built in.
target_compile_options(topline_build INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -ffp-contract=off
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
if(TOPLINE_SANITIZE)
  target_compile_options(topline_build INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(topline_build INTERFACE -fsanitize=address,undefined)
endif()

function(topline_folder name)
  cmake_parse_arguments(ARG "" "" "LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(sources)
    add_library(topline_${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(topline_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(topline_${name} ${scope} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(topline_${name} ${scope} topline_build Threads::Threads)
  foreach(before IN LISTS ARG_UNPARSED_ARGUMENTS)
    target_link_libraries(topline_${name} ${scope} topline_${before})
  endforeach()
  if(ARG_LIBS)
    target_link_libraries(topline_${name} ${scope} ${ARG_LIBS})
  endif()
endfunction()

# Every .cpp in test/unit/<name> becomes the program test_<name>, and each of its tests the ctest
# test unit/<name>/<suite>.<test>.
function(topline_unit_tests name)
  cmake_parse_arguments(ARG "" "" "LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE topline_${name} ${ARG_LIBS} GTest::gtest_main GTest::gmock)
  # What is tested is optimized; the tests themselves are compiled more often than they run.
  target_compile_options(test_${name} PRIVATE -O0)
  target_compile_definitions(test_${name} PRIVATE
    TOPLINE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(test_${name} TEST_PREFIX unit/${name}/ DISCOVERY_TIMEOUT 60)
endfunction()
