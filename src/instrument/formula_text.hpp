// A formula or a name as it stands in a file, not yet parsed.
#pragma once

#include <string>

#include "base/diagnostic.hpp"

namespace topline {

struct FormulaText {
  std::string text;
  Place place;
};

}  // namespace topline
