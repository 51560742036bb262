// The invented sample that the benchmarks of estimation run on; peer.R makes the same kind.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "design/sample_design.hpp"

namespace topline::bench {

struct Survey {
  SampleDesign design;        // weights, 50 strata of respondents
  SampleDesign replicated;    // the same weights with replicates, successive differences
  std::vector<double> y;      // a measurement
  std::vector<double> cell;   // 4 × 3 cells of two questions
  std::vector<uint32_t> age;  // margins to rake to: 6, 2 and 8 categories
  std::vector<uint32_t> sex;
  std::vector<uint32_t> region;
};

// `replicates` columns of weights take 8 bytes a row each.
inline Survey make_survey(size_t rows, size_t replicates) {
  Survey survey;
  std::mt19937_64 random(20240607);
  auto uniform = [&] { return static_cast<double>(random() >> 11U) * 0x1.0p-53; };
  StageRows stage;
  for (size_t row = 0; row < rows; ++row) {
    survey.design.weights.push_back(50 + 100 * uniform());
    stage.stratum.push_back(static_cast<uint32_t>(random() % 50));
    stage.unit.push_back(static_cast<uint32_t>(row));
    survey.y.push_back(20 + 10 * (uniform() + uniform() + uniform()));
    survey.cell.push_back(static_cast<double>(random() % 12));
    survey.age.push_back(static_cast<uint32_t>(random() % 6));
    survey.sex.push_back(static_cast<uint32_t>(random() % 2));
    survey.region.push_back(static_cast<uint32_t>(random() % 8));
  }
  survey.design.stages.push_back(std::move(stage));
  survey.replicated.weights = survey.design.weights;
  ReplicateRows& replicate_rows = survey.replicated.replicates;
  replicate_rows.scales = {ReplicateType::successive_difference,
                           replicates > 0 ? 4.0 / static_cast<double>(replicates) : 1,
                           std::vector<double>(replicates, 1.0), false};
  replicate_rows.degrees_of_freedom = 79;
  for (size_t r = 0; r < replicates; ++r) {
    std::vector<double> weights;
    weights.reserve(rows);
    for (size_t row = 0; row < rows; ++row)
      weights.push_back(survey.design.weights[row] * (0.7 + 0.6 * uniform()));
    replicate_rows.weights.push_back(std::move(weights));
  }
  return survey;
}

}  // namespace topline::bench
