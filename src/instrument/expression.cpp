#include "instrument/expression.hpp"

#include <algorithm>

namespace topline {

bool Expression::has_aggregates() const {
  return std::any_of(nodes.begin(), nodes.end(),
                     [](const Node& node) { return is_aggregate(node.op); });
}

std::vector<VariableId> Expression::variables_read() const {
  std::vector<VariableId> all;
  auto add = [&](VariableId id) {
    if (id.valid() && std::find(all.begin(), all.end(), id) == all.end())
      all.push_back(id);
  };
  for (const Node& node : nodes) {
    add(node.variable);
    add(node.other);
    for (VariableId id : node.variables)
      add(id);
  }
  return all;
}

Place place_within(const Place& place, int begin, int length) {
  Place inner = place;
  // Column 0: the expression spans lines or is quoted with escapes, so that offsets in it say
  // nothing about the file; the line is all that is known.
  if (inner.column > 0)
    inner.column += begin;
  inner.length = inner.column > 0 ? length : 0;
  return inner;
}

}  // namespace topline
