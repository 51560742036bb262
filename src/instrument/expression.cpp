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

Expression part_of(const Expression& expression, int32_t root) {
  const auto count = static_cast<size_t>(root) + 1;
  Expression part;
  part.text = expression.text;
  part.place = expression.place;
  std::vector<int32_t> position(count, -1);
  std::vector<uint8_t> needed(count, 0);
  needed[count - 1] = 1;
  for (size_t i = count; i-- > 0;) {
    if (needed[i] == 0)
      continue;
    for (int32_t child : expression.nodes[i].children)
      needed[static_cast<size_t>(child)] = 1;
  }
  for (size_t i = 0; i < count; ++i) {
    if (needed[i] == 0)
      continue;
    position[i] = static_cast<int32_t>(part.nodes.size());
    Node node = expression.nodes[i];
    for (int32_t& child : node.children)
      child = position[static_cast<size_t>(child)];
    part.nodes.push_back(std::move(node));
  }
  return part;
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
