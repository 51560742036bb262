// Topline's own words ("Base", "Total", "Don't know") in the language of an edition. The English
// text stands in the code, inside tr("…"); translations stand in po/<language>.po, which the
// build embeds. To add a message: use it, and give its translation in every po file. A test
// fails for each tr("…") without one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/language.hpp"

namespace topline {

class PoFile;

// Only tr() makes one, so that every message stands in the code where the test finds it.
class MessageId {
 public:
  [[nodiscard]] constexpr std::string_view id() const { return id_; }

 private:
  consteval explicit MessageId(const char* id) : id_(id) {}
  friend consteval MessageId tr(const char* english);
  std::string_view id_;
};

class PluralMessageId {
 public:
  [[nodiscard]] constexpr std::string_view one() const { return one_; }
  [[nodiscard]] constexpr std::string_view many() const { return many_; }

 private:
  consteval PluralMessageId(const char* one, const char* many) : one_(one), many_(many) {}
  friend consteval PluralMessageId tr(const char* english_one, const char* english_many);
  std::string_view one_, many_;
};

// Marks a message, with placeholders by name in braces: tr("Base: {base} (n = {n})").
consteval MessageId tr(const char* english) {
  return MessageId(english);
}
// Singular and plural: tr("{n} respondent", "{n} respondents").
consteval PluralMessageId tr(const char* english_one, const char* english_many) {
  return {english_one, english_many};
}

struct MessageArgument {
  std::string_view name;
  std::string value;
};

// `pattern` with every {name} replaced by its argument; a name without an argument stays as it
// is, "{{" and "}}" give braces. One pass: a value that looks like a placeholder stays as it is.
std::string fill_placeholders(std::string_view pattern,
                              const std::vector<MessageArgument>& arguments);

// The names of the placeholders of `pattern`, sorted, each once.
std::vector<std::string> placeholder_names(std::string_view pattern);

class Messages {
 public:
  // The catalogue for `language`, or for its base language ("ja" for "ja-JP"); English where
  // there is none, and for every message that is not translated.
  static Messages for_language(const Language& language);

  [[nodiscard]] std::string text(MessageId id) const;

  // messages.format(tr("Base: {base} (n = {n})"), {{"base", base}, {"n", "249"}})
  [[nodiscard]] std::string format(MessageId id,
                                   const std::vector<MessageArgument>& arguments) const;

  // The form for `n`; {n} must be among the arguments, formatted as the language wants it.
  [[nodiscard]] std::string format(PluralMessageId id, uint64_t n,
                                   const std::vector<MessageArgument>& arguments) const;

  [[nodiscard]] const Language& language() const { return language_; }

  // The tags that come with a catalogue, sorted; English is not among them.
  static std::vector<std::string> shipped();

 private:
  // `catalogue` lives as long as the program; nullptr: English.
  Messages(Language language, const PoFile* catalogue)
      : language_(std::move(language)), catalogue_(catalogue) {}

  Language language_;
  const PoFile* catalogue_;
};

}  // namespace topline
