// Random choices read from a list of bytes, so that rapidcheck can make failing cases smaller:
// a shorter tape, or smaller bytes, make a simpler case.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <rapidcheck.h>
#include <string>
#include <vector>

namespace topline {

class Tape {
 public:
  explicit Tape(std::vector<uint8_t> bytes) : bytes_(std::move(bytes)) {}
  // A number from 0 to count - 1; 0 when the tape is at its end.
  int choose(int count) {
    return at_ < bytes_.size() ? static_cast<int>(bytes_[at_++]) % count : 0;
  }
  [[nodiscard]] bool at_end() const { return at_ >= bytes_.size(); }

 private:
  std::vector<uint8_t> bytes_;
  size_t at_ = 0;
};

// Whether `holds` is true of many tapes. The same tapes at each run, unless the environment
// sets RC_PARAMS.
template <typename Holds>
bool holds_for_tapes(const std::string& what, const Holds& holds) {
  ::setenv("RC_PARAMS", "seed=20230904 max_success=2000 max_size=200", 0);
  return rc::check(what, [&](const std::vector<uint8_t>& bytes) { RC_ASSERT(holds(Tape(bytes))); });
}

}  // namespace topline
