#include "text/messages.hpp"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.hpp"
#include "text/po_file.hpp"

namespace topline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Language language(std::string_view tag) {
  return Language::parse(tag).value();
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                            const std::vector<std::string>& extensions) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    for (const std::string& extension : extensions)
      if (entry.path().extension() == extension)
        found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::string source_text(const std::filesystem::path& path) {
  return read_file(path.string(), path.string()).value();
}

PoFile catalogue(const std::filesystem::path& path) {
  Diagnostics faults;
  PoFile file = parse_po(source_text(path), path.filename().string(), faults);
  for (const Diagnostic& fault : faults.all())
    ADD_FAILURE() << path << ":" << fault.place.line << ": " << fault.message;
  return file;
}

std::string without_comments(const std::string& source) {
  std::string code;
  bool in_string = false;
  for (size_t i = 0; i < source.size(); ++i) {
    if (in_string && source[i] == '\\') {
      code += source[i++];
    } else if (source[i] == '"') {
      in_string = !in_string;
    } else if (source[i] == '\n') {
      in_string = false;
    } else if (!in_string && source.compare(i, 2, "//") == 0) {
      i = std::min(source.find('\n', i), source.size() - 1);
    }
    code += source[i];
  }
  return code;
}

struct Marked {
  std::string id;
  std::string plural;  // empty where tr() was given one form
};

// The string literals in the parentheses after each call of tr, neighbours joined.
std::vector<Marked> marked_messages(const std::string& source) {
  const std::string code = without_comments(source);
  std::vector<Marked> found;
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  for (size_t at = 0; (at = code.find("tr(", at)) != std::string::npos; ++at) {
    if (at > 0 && is_word(code[at - 1]))
      continue;
    Marked marked;
    std::string* into = &marked.id;
    for (size_t i = at + 3; i < code.size() && code[i] != ')'; ++i) {
      if (code[i] == ',')
        into = &marked.plural;
      if (code[i] != '"')
        continue;
      for (++i; i < code.size() && code[i] != '"'; ++i) {
        if (code[i] == '\\')
          ++i;
        *into += code[i];
      }
    }
    if (!marked.id.empty())
      found.push_back(marked);
  }
  return found;
}

std::vector<std::string> ids_of(const std::vector<Marked>& marked) {
  std::vector<std::string> ids;
  for (const Marked& message : marked)
    ids.push_back(message.id);
  return ids;
}

const std::filesystem::path kRoot = TOPLINE_SOURCE_DIR;

TEST(Catalogues, HaveEveryMessageOfTheSources) {
  std::vector<Marked> all;
  for (const auto& path : files_in(kRoot / "src", {".cpp", ".hpp"}))
    for (Marked& message : marked_messages(source_text(path)))
      all.push_back(std::move(message));
  ASSERT_THAT(ids_of(all), testing::Contains("{n} point")) << "the scan finds nothing";
  const auto catalogues = files_in(kRoot / "po", {".po"});
  ASSERT_FALSE(catalogues.empty());
  for (const auto& path : catalogues) {
    const PoFile file = catalogue(path);
    for (const Marked& message : all) {
      const PoEntry* entry = file.find(message.id);
      EXPECT_TRUE(entry != nullptr && entry->translated() && entry->id_plural == message.plural)
          << path.filename() << " does not translate: " << message.id
          << (message.plural.empty() ? "" : " / " + message.plural);
    }
  }
}

TEST(Catalogues, KeepThePlaceholdersOfEachMessage) {
  for (const auto& path : files_in(kRoot / "po", {".po"})) {
    const PoFile file = catalogue(path);
    EXPECT_GT(file.entries.size(), 50U);
    for (const PoEntry& entry : file.entries) {
      EXPECT_TRUE(entry.translated()) << entry.id;
      std::vector<std::string> texts = entry.plural_texts;
      if (entry.id_plural.empty())
        texts.push_back(entry.text);
      for (const std::string& text : texts)
        EXPECT_EQ(placeholder_names(text), placeholder_names(entry.id))
            << path.filename() << ":" << entry.text_line;
    }
  }
}

TEST(Catalogues, TheScanReadsWhatCompilersRead) {
  const auto marked = marked_messages(
      "x = m.text(tr(\"One\" \" two\")); // tr(\"comment\")\n"
      "tr(\"{n} a\", \"{n} as\"); ptr(\"no\"); tr(\n    \"Quote \\\"x\\\"\");");
  EXPECT_THAT(ids_of(marked), ElementsAre("One two", "{n} a", "Quote \"x\""));
  EXPECT_EQ(marked[1].plural, "{n} as");
  EXPECT_EQ(marked[2].plural, "");
  EXPECT_THAT(ids_of(marked_messages("consteval MessageId tr(const char* english);")), IsEmpty());
}

TEST(Messages, EnglishIsTheIdItself) {
  const Messages english = Messages::for_language(language("en"));
  EXPECT_EQ(english.text(tr("Base")), "Base");
  EXPECT_EQ(english.format(tr("Base: {base} (n = {n})"), {{"base", "all"}, {"n", "249"}}),
            "Base: all (n = 249)");
  EXPECT_EQ(english.format(tr("{n} respondent", "{n} respondents"), 1, {{"n", "1"}}),
            "1 respondent");
  EXPECT_EQ(english.format(tr("{n} respondent", "{n} respondents"), 249, {{"n", "249"}}),
            "249 respondents");
}

TEST(Messages, JapaneseComesFromTheCatalogueThatIsEmbedded) {
  for (const char* tag : {"ja", "ja-JP"}) {
    const Messages japanese = Messages::for_language(language(tag));
    EXPECT_EQ(japanese.text(tr("Base")), "回答者ベース");
    EXPECT_EQ(japanese.text(tr("Total")), "全体");
    EXPECT_EQ(japanese.format(tr("Base: {base} (n = {n})"), {{"base", "全員"}, {"n", "249"}}),
              "回答者ベース：全員（n = 249）");
    EXPECT_EQ(japanese.format(tr("{n} respondent", "{n} respondents"), 1, {{"n", "1"}}),
              "回答者1人");
  }
  EXPECT_THAT(Messages::shipped(), testing::Contains("ja"));
}

TEST(Messages, WhatIsNotTranslatedIsEnglish) {
  EXPECT_EQ(Messages::for_language(language("sw")).text(tr("Base")), "Base");
}

TEST(Placeholders, FilledInOnePass) {
  EXPECT_EQ(fill_placeholders("{a}{b}", {{"a", "{b}"}, {"b", "2"}}), "{b}2");
  EXPECT_EQ(fill_placeholders("{a} {unknown}", {{"a", "1"}}), "1 {unknown}");
  EXPECT_EQ(fill_placeholders("{{a}} {", {{"a", "1"}}), "{a} {");
  EXPECT_EQ(fill_placeholders("", {}), "");
  EXPECT_THAT(placeholder_names("{n} of {base}, {n}"), ElementsAre("base", "n"));
}

}  // namespace
}  // namespace topline
