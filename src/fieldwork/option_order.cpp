#include "fieldwork/option_order.hpp"

#include <algorithm>

#include "design/counter_random.hpp"

namespace topline {

namespace {

// FNV-1a (Fowler, Noll and Vo): a question keeps its order when others are put before it.
uint32_t stream_of(std::string_view name) {
  uint32_t hash = 2166136261U;
  for (const char c : name)
    hash = (hash ^ static_cast<uint8_t>(c)) * 16777619U;
  return hash;
}

template <typename AnchorOf, typename GroupOf>
std::vector<int> shuffled(int count, const std::string& name, uint64_t seed, AnchorOf anchor_of,
                          GroupOf group_of) {
  std::vector<int> first, last;
  std::vector<std::vector<int>> blocks;  // what stays together; alone where there is no group
  std::vector<int> block_of_group;
  for (int i = 0; i < count; ++i) {
    if (anchor_of(i) == Anchor::start) {
      first.push_back(i);
    } else if (anchor_of(i) == Anchor::end) {
      last.push_back(i);
    } else if (const int group = group_of(i); group < 0) {
      blocks.push_back({i});
    } else {
      block_of_group.resize(std::max(block_of_group.size(), static_cast<size_t>(group) + 1), -1);
      int& block = block_of_group[static_cast<size_t>(group)];
      if (block < 0) {
        block = static_cast<int>(blocks.size());
        blocks.emplace_back();
      }
      blocks[static_cast<size_t>(block)].push_back(i);
    }
  }
  CounterRandom random(seed, 0, 0, stream_of(name));
  random.shuffle(blocks);
  for (std::vector<int>& block : blocks) {
    random.shuffle(block);
    first.insert(first.end(), block.begin(), block.end());
  }
  first.insert(first.end(), last.begin(), last.end());
  return first;
}

std::vector<int> as_listed(size_t count) {
  std::vector<int> order(count);
  for (size_t i = 0; i < count; ++i)
    order[i] = static_cast<int>(i);
  return order;
}

}  // namespace

std::vector<int> option_order(const Question& question, uint64_t seed) {
  const OptionList& options = *question.options;
  if (!question.randomize || question.is_grid())
    return as_listed(options.size());
  return shuffled(
      static_cast<int>(options.size()), question.name, seed,
      [&](int i) { return options[static_cast<size_t>(i)].anchor; },
      [&](int i) { return options[static_cast<size_t>(i)].group; });
}

std::vector<int> row_order(const Question& question, uint64_t seed) {
  if (!question.randomize)
    return as_listed(question.rows.size());
  return shuffled(
      static_cast<int>(question.rows.size()), question.name, seed,
      [&](int i) { return question.rows[static_cast<size_t>(i)].anchor; }, [](int) { return -1; });
}

}  // namespace topline
