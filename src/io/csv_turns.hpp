// Several threads work on the pieces of a file, but some steps must be taken in file order.
#pragma once

#include <atomic>
#include <cstdint>

namespace topline {

class Turns {
 public:
  // Waits until it is the turn of `piece`; false if the work has been given up.
  [[nodiscard]] bool wait(uint64_t piece) const {
    for (;;) {
      const uint64_t now = next_.load(std::memory_order_acquire);
      if (now == piece)
        return true;
      if (now == kGivenUp)
        return false;
      next_.wait(now, std::memory_order_acquire);
    }
  }
  // To be called by the piece whose turn it is.
  void pass() {
    uint64_t now = next_.load(std::memory_order_relaxed);
    while (now != kGivenUp &&
           !next_.compare_exchange_weak(now, now + 1, std::memory_order_acq_rel)) {
    }
    next_.notify_all();
  }
  void give_up() {
    next_.store(kGivenUp, std::memory_order_release);
    next_.notify_all();
  }

 private:
  static constexpr uint64_t kGivenUp = ~uint64_t{0};
  std::atomic<uint64_t> next_ = 0;
};

}  // namespace topline
