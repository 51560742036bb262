// An invented sample with margins for tests: the same every time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "weighting/margin.hpp"

namespace topline {

struct Population {
  std::vector<double> weights;
  std::vector<Margin> margins;
};

// Rows in categories of three margins (of 3, 5 and 7), somewhat associated, whose populations add
// up to 100000.
inline Population population(size_t rows) {
  Population people;
  people.margins = {{"sex", {}, {}, {48000, 51000, 1000}},
                    {"age", {}, {}, {10000, 20000, 30000, 25000, 15000}},
                    {"region", {}, {}, {30000, 20000, 15000, 12000, 10000, 8000, 5000}}};
  uint64_t state = 1;
  auto draw = [&](uint32_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<uint32_t>((state >> 33) % below);
  };
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t sex = draw(3);
    people.margins[0].category.push_back(sex);
    people.margins[1].category.push_back(draw(4) == 0 ? sex : draw(5));
    people.margins[2].category.push_back(draw(3) == 0 ? sex + 2 : draw(7));
    people.weights.push_back(0.5 + draw(1000) / 500.0);
  }
  return people;
}

}  // namespace topline
