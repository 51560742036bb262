// Random samples with their designs, read from a tape of choices.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <vector>

#include "design/sample_design.hpp"
#include "engine/column_rows.hpp"
#include "tape.hpp"

namespace topline {

// What must not be refused; a property that meets a fault fails with its message.
template <typename T>
T must(Result<T> result) {
  if (!result)
    throw std::runtime_error(result.fault().message);
  return std::move(result).value();
}

struct RandomSample {
  SampleDesign design;
  std::vector<double> y;
  std::vector<double> x;      // above 0
  std::vector<double> group;  // 0, 1 or 2
  std::vector<uint8_t> domain;

  [[nodiscard]] size_t rows() const { return design.rows(); }
  [[nodiscard]] StageRows& stage() { return design.stages.front(); }

  // A copy of row `from` of `other`, but for what is then changed.
  void add_row(const RandomSample& other, size_t from) {
    design.weights.push_back(other.design.weights[from]);
    design.stages.resize(other.design.stages.size());
    for (size_t s = 0; s < design.stages.size(); ++s) {
      const StageRows& source = other.design.stages[s];
      design.stages[s].stratum.push_back(source.stratum[from]);
      design.stages[s].unit.push_back(source.unit[from]);
      if (!source.population.empty())
        design.stages[s].population.push_back(source.population[from]);
    }
    y.push_back(other.y[from]);
    x.push_back(other.x[from]);
    group.push_back(other.group[from]);
    domain.push_back(other.domain[from]);
  }
};

// Up to four strata of two to five units with one to four rows each, sometimes with populations
// and then sometimes with the rows as units of a second stage.
inline RandomSample random_sample(Tape& tape) {
  RandomSample sample;
  const bool corrected = tape.choose(2) == 1;
  const bool two_stages = corrected && tape.choose(3) == 1;
  const bool unequal = tape.choose(3) > 0;
  sample.design.stages.resize(two_stages ? 2 : 1);
  uint32_t unit = 0;
  const int strata = 1 + tape.choose(4);
  for (uint32_t stratum = 0; stratum < static_cast<uint32_t>(strata); ++stratum) {
    const int units = 2 + tape.choose(4);
    const double population = units + tape.choose(20);
    for (int u = 0; u < units; ++u, ++unit) {
      // Two rows at least, where they are units of a second stage.
      const int rows = (two_stages ? 2 : 1) + tape.choose(3);
      const double second_population = rows + tape.choose(4);
      for (int row = 0; row < rows; ++row) {
        sample.design.weights.push_back(unequal ? 1 + tape.choose(60) / 8.0 : 2.5);
        sample.stage().stratum.push_back(stratum);
        sample.stage().unit.push_back(unit);
        if (corrected)
          sample.stage().population.push_back(population);
        if (two_stages) {
          StageRows& second = sample.design.stages[1];
          second.stratum.push_back(unit);
          second.unit.push_back(static_cast<uint32_t>(sample.rows()));
          second.population.push_back(second_population);
        }
        sample.y.push_back(tape.choose(40) / 4.0 - 3);
        sample.x.push_back(1 + tape.choose(40) / 8.0);
        sample.group.push_back(tape.choose(3));
        sample.domain.push_back(static_cast<uint8_t>(tape.choose(3) > 0));
      }
    }
  }
  return sample;
}

// One-stage samples only: clusters of rows.
inline RandomSample random_clusters(Tape& tape) {
  RandomSample sample = random_sample(tape);
  sample.design.stages.resize(1);
  return sample;
}

}  // namespace topline
