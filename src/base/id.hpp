// Identifiers that are constructed on purpose: a QuestionId is not an OptionId is not an int.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace topline {

template <typename Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(int32_t index) : index_(index) {}
  constexpr explicit Id(size_t index) : index_(static_cast<int32_t>(index)) {}

  [[nodiscard]] constexpr bool valid() const { return index_ >= 0; }
  [[nodiscard]] constexpr size_t index() const { return static_cast<size_t>(index_); }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  int32_t index_ = -1;
};

}  // namespace topline

template <typename Tag>
struct std::hash<topline::Id<Tag>> {
  size_t operator()(const topline::Id<Tag>& id) const noexcept { return id.index(); }
};
