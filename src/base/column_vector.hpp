// A std::vector for large columns of plain values: resize() leaves new elements unset, so that
// several threads can fill them without a first pass of zeros, and large blocks ask the system
// for large pages. Whoever resizes must write every element before it is read.
#pragma once

#include <cstddef>
#include <new>
#include <sys/mman.h>
#include <type_traits>
#include <utility>
#include <vector>

namespace topline {

template <typename T>
class UnsetAllocator {
 public:
  static_assert(std::is_trivially_copyable_v<T>);
  using value_type = T;

  UnsetAllocator() = default;
  template <typename U>
  UnsetAllocator(const UnsetAllocator<U>& /*other*/) {}  // NOLINT: allocators convert

  T* allocate(size_t count) {
    const size_t bytes = count * sizeof(T);
    if (bytes < kLarge)
      return static_cast<T*>(::operator new(bytes));
    void* block = ::operator new (bytes, std::align_val_t{kPage});
    ::madvise(block, bytes, MADV_HUGEPAGE);  // advice only: a refusal changes nothing
    return static_cast<T*>(block);
  }
  void deallocate(T* block, size_t count) {
    if (count * sizeof(T) < kLarge)
      ::operator delete(block);
    else
      ::operator delete (block, std::align_val_t{kPage});
  }
  template <typename U>
  void construct(U* /*place*/) noexcept {}
  template <typename U, typename First, typename... Rest>
  void construct(U* place, First&& first, Rest&&... rest) {
    ::new (static_cast<void*>(place)) U(std::forward<First>(first), std::forward<Rest>(rest)...);
  }
  bool operator==(const UnsetAllocator& /*other*/) const { return true; }

 private:
  static constexpr size_t kPage = size_t{2} << 20;
  static constexpr size_t kLarge = size_t{4} << 20;
};

template <typename T>
using ColumnVector = std::vector<T, UnsetAllocator<T>>;

}  // namespace topline
