#include "base/rounding.hpp"

#include <cmath>

namespace topline {

double round_half_up(double value, int decimals) {
  static constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  const double power = powers[decimals];
  const double scaled = std::fabs(value) * power;
  const double rounded = std::floor(scaled * (1 + 1e-12) + 0.5) / power;
  // +0.0 rather than -0.0, so that no "-0" is ever printed.
  return rounded == 0 ? 0.0 : std::copysign(rounded, value);
}

int64_t percent_rounded(int64_t part, int64_t whole, int decimals) {
  __extension__ using Wide = __int128;
  Wide scale = 100;
  for (int i = 0; i < decimals; ++i)
    scale *= 10;
  return static_cast<int64_t>((2 * scale * part + whole) / (2 * static_cast<Wide>(whole)));
}

}  // namespace topline
