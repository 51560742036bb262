#include "simulation/targets.hpp"

namespace topline {

Expression as_aggregate(const Target& target) {
  Expression whole = target.condition;
  Node root;
  root.op = target.kind == TargetKind::share   ? Op::share
            : target.kind == TargetKind::known ? Op::base_count
                                               : Op::case_count;
  root.children.push_back(static_cast<int32_t>(whole.nodes.size()) - 1);
  if (target.where) {
    const auto shift = static_cast<int32_t>(whole.nodes.size());
    for (Node node : target.where->nodes) {
      for (int32_t& child : node.children)
        child += shift;
      whole.nodes.push_back(std::move(node));
    }
    root.children.push_back(static_cast<int32_t>(whole.nodes.size()) - 1);
  }
  whole.nodes.push_back(std::move(root));
  return whole;
}

std::string printed(const Target& target) {
  if (target.kind != TargetKind::share)
    return std::to_string(target.value);
  int64_t unit = 1;
  for (int i = 0; i < target.decimals; ++i)
    unit *= 10;
  std::string text = std::to_string(target.value / unit);
  if (target.decimals > 0)
    text += "." + std::to_string(unit + target.value % unit).substr(1);
  return text + " %";
}

}  // namespace topline
