// The columns of the invented survey, known to the program that writes it and the one that
// reads it.
#pragma once

#include <array>
#include <string_view>

namespace topline::bench {

inline constexpr int kCodeColumns = 30;  // single choice, codes 1 to 98
inline constexpr int kPickColumns = 24;  // multiple response: 0, 1 or empty

inline constexpr std::array<std::string_view, 8> kLabels = {
    "Strongly agree",
    "Agree",
    "Neither agree nor disagree",
    "Disagree",
    "Strongly disagree",
    "Don't know, or not sure",
    "Prefer not to say",
    "Not applicable",
};

}  // namespace topline::bench
