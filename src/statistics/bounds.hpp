// Both ends of a confidence interval.
#pragma once

namespace topline::statistics {

struct Bounds {
  double low = 0;
  double high = 0;
};

}  // namespace topline::statistics
