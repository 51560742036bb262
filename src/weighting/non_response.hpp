// Respondents' weights raised for those who did not respond.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace topline {

// Classes within which those who responded stand for those who did not.
struct ResponseClasses {
  std::string name;                 // of the variable, for messages
  std::vector<uint32_t> category;   // by row: code from 0
  std::vector<std::string> labels;  // by code, for messages; may be empty
  std::vector<uint8_t> responded;   // by row: 1 or 0
};

// The adjustment of one class.
struct ClassFactor {
  std::string name;
  double weight = 0;         // of all its rows
  double response_rate = 0;  // weighted
  double factor = 0;         // 1 / response rate
};

struct NonResponseWeights {
  std::vector<double> weights;
  std::vector<ClassFactor> classes;  // those with a weight
  double largest_factor = 1;
};

// Multiplies the weights of a class's respondents by Σ w of all its eligible rows / Σ w of its
// respondents; those who did not respond get 0 (Little and Rubin 2002, Statistical Analysis with
// Missing Data, section 3.3.2; Lohr 2010, Sampling, section 8.5.1). The sums of the classes are
// kept. Rows that are not eligible are to come with weight 0. Faults: what check_weights finds;
// columns of other lengths; a row with a weight and no class; a class without respondents.
Result<NonResponseWeights> adjust_for_non_response(const std::vector<double>& weights,
                                                   const ResponseClasses& classes);

}  // namespace topline
