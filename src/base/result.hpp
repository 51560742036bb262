// A value, or the one fault that prevented it. Parts that can find many faults at once take a
// Diagnostics& instead; Result is for what either works or does not.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "base/diagnostic.hpp"

namespace topline {

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit
  Result(Diagnostic fault) : state_(std::in_place_index<1>, std::move(fault)) {}  // NOLINT

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Diagnostic& fault() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Diagnostic> state_;
};

struct Done {};  // Result<Done>: it worked, and there is nothing to hand back

// A fault without a line: about a whole file, or about the environment.
inline Diagnostic fault_in(std::string file, std::string message, std::string hint = {}) {
  return {Severity::error, {std::move(file), 0, 0, 0}, std::move(message), std::move(hint)};
}

}  // namespace topline
