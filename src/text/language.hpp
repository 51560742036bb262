// The language of an edition, as a checked BCP-47 tag, and what follows from it: direction,
// script, default face.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace topline {

class Language {
 public:
  Language() : tag_("en"), icu_name_("en"), code_("en"), script_("Latn") {}  // English

  // Reads a BCP-47 tag ("en", "ja", "zh-Hant", "pt-BR"). `place` is where the tag was written;
  // the fault names what is wrong with it. A tag that ICU parses but whose language nobody
  // knows ("qq") is a fault too.
  static Result<Language> parse(std::string_view tag, const Place& place = {});

  [[nodiscard]] const std::string& tag() const { return tag_; }            // canonical: "pt-BR"
  [[nodiscard]] const std::string& code() const { return code_; }          // language only: "pt"
  [[nodiscard]] const std::string& script() const { return script_; }      // ISO 15924: "Latn"
  [[nodiscard]] const std::string& icu_name() const { return icu_name_; }  // for ICU: "pt_BR"
  [[nodiscard]] bool right_to_left() const { return right_to_left_; }

  // True for the languages that are set in a Han face: Japanese, Chinese, Korean.
  [[nodiscard]] bool east_asian() const;

  // The name of this language in `reader`'s language: "Japanese", "日本語".
  [[nodiscard]] std::string name_in(const Language& reader) const;

  auto operator<=>(const Language&) const = default;

 private:
  std::string tag_, icu_name_, code_, script_;
  bool right_to_left_ = false;
};

}  // namespace topline
