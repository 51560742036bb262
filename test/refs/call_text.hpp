// Numbers out of the text of a call, as "prop.test(c(49,12),c(64,64),correct=FALSE)" has them.
#pragma once

#include <string>
#include <vector>

namespace topline::refs {

// All numbers of the text in their order; a digit within a name ("log10") is none.
std::vector<double> numbers_of(const std::string& text);

// The numbers of the index-th "c(…)" in the text, from 0.
std::vector<double> vector_of(const std::string& text, size_t index = 0);

bool has(const std::string& text, const std::string& part);

}  // namespace topline::refs
