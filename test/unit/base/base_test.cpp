#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>

#include "base/diagnostic.hpp"
#include "base/files.hpp"
#include "base/rounding.hpp"

namespace topline {
namespace {

TEST(Rounding, HalvesGoUp) {
  EXPECT_EQ(round_half_up(62.5), 63);
  EXPECT_EQ(round_half_up(-62.5), -63);
  EXPECT_EQ(round_half_up(0.5), 1);
  EXPECT_EQ(round_half_up(1.005, 2), 1.01);
  EXPECT_EQ(round_half_up(62.4999999), 62);
  EXPECT_FALSE(std::signbit(round_half_up(-0.2)));
}

TEST(Rounding, PercentOfCountsIsExact) {
  EXPECT_EQ(percent_rounded(5, 8), 63);  // 62.5
  EXPECT_EQ(percent_rounded(1, 3), 33);
  EXPECT_EQ(percent_rounded(2, 3, 1), 667);
  EXPECT_EQ(percent_rounded(0, 7), 0);
  EXPECT_EQ(percent_rounded(7, 7), 100);
  EXPECT_EQ(percent_rounded(9'000'000'000'000'000, 9'000'000'000'000'001, 2), 10000);
}

TEST(NearestName, FindsSlips) {
  EXPECT_EQ(nearest_name("owm", {"ready", "own", "custom"}), "own");
  EXPECT_EQ(nearest_name("q17", {"Q1", "Q17"}), "Q17");
  EXPECT_EQ(nearest_name("zebra", {"own", "ready"}), "");
  EXPECT_EQ(nearest_name("form", {"from"}), "from");
  EXPECT_EQ(nearest_name("", {"a"}), "");
}

TEST(Diagnostics, SortsByPlaceAndDropsRepetitions) {
  Diagnostics faults;
  faults.error({"b.yaml", 2, 1, 0}, "second");
  faults.error({"a.yaml", 9, 1, 0}, "third");
  faults.error({"b.yaml", 1, 4, 0}, "first");
  faults.error({"b.yaml", 1, 4, 0}, "first");
  faults.sort({"b.yaml"});
  ASSERT_EQ(faults.all().size(), 3U);
  EXPECT_EQ(faults.all()[0].message, "first");
  EXPECT_EQ(faults.all()[1].message, "second");
  EXPECT_EQ(faults.all()[2].message, "third");
}

TEST(Files, WriteReplacesAndFailureLeavesTheOldFile) {
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) / "topline_files_test";
  std::filesystem::remove_all(folder);
  const std::string path = (folder / "deep" / "file.txt").string();
  ASSERT_TRUE(write_file(path, "one").ok());
  ASSERT_TRUE(write_file(path, "two").ok());
  EXPECT_EQ(read_file(path, "file.txt").value(), "two");
  // A folder in the way: nothing is written, nothing is left beside it.
  std::filesystem::create_directories(folder / "taken" / "x");
  EXPECT_FALSE(write_file((folder / "taken").string(), "three").ok());
  int entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder))
    ++entries;
  EXPECT_EQ(entries, 2);
  EXPECT_NE(read_file((folder / "none").string(), "none").fault().message.find("no such file"),
            std::string::npos);
}

TEST(Files, ALinkStaysAndADeviceIsNotReplaced) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "topline_files_links";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const auto path = [&](const char* name) { return (folder / name).string(); };
  fs::create_symlink("real.txt", path("link"));
  ASSERT_TRUE(write_file(path("link"), "new").ok());
  ASSERT_TRUE(write_file(path("link"), "newer").ok());
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(read_file(path("real.txt"), "real.txt").value(), "newer");
  fs::create_symlink("round", path("round"));
  EXPECT_FALSE(write_file(path("round"), "lost").ok());
  fs::create_symlink("/dev/full", path("full"));
  if (fs::is_character_file(path("full"))) {
    EXPECT_FALSE(write_file(path("full"), "lost").ok());
    EXPECT_TRUE(fs::is_character_file(path("full")));
  }
}

}  // namespace
}  // namespace topline
