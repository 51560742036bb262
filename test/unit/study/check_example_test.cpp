#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "study_folder.hpp"

namespace topline {
namespace {

// The study that the project shows has nothing to complain of.
TEST(CheckStudy, TheExampleIsWithoutFaults) {
  Diagnostics faults;
  const OpenStudy study =
      open_study(std::string(TOPLINE_SOURCE_DIR) + "/examples/genai-2023", faults);
  check_study(study, faults);
  EXPECT_THAT(told(faults), testing::ElementsAre());
}

}  // namespace
}  // namespace topline
