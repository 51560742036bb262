#include "text/po_file.hpp"

#include <gtest/gtest.h>

namespace topline {
namespace {

const std::string kHeader =
    "msgid \"\"\nmsgstr \"\"\n\"Language: ja\\n\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";  // 5 lines

PoFile parse_without_faults(const std::string& text) {
  Diagnostics faults;
  PoFile file = parse_po(text, "locale/ja.po", faults);
  for (const Diagnostic& fault : faults.all())
    ADD_FAILURE() << fault.place.line << ":" << fault.place.column << ": " << fault.message;
  return file;
}

// The only fault of `text`, which is there with or without the header.
Diagnostic only_fault(const std::string& text) {
  Diagnostics faults;
  parse_po(text, "locale/ja.po", faults);
  EXPECT_EQ(faults.all().size(), 1U) << text;
  return faults.empty() ? Diagnostic{} : faults.all().front();
}

TEST(PoParse, ReadsEntriesWithEverything) {
  const PoFile file = parse_without_faults(kHeader +
                                           "# by hand\n"
                                           "#. a hint\n"
                                           "#: questionnaire.yaml:48\n"
                                           "#, fuzzy, c-format\n"
                                           "#| msgid \"before\"\n"
                                           "msgctxt \"Q1\"\n"
                                           "msgid \"Open\"\n"
                                           "msgstr \"オープン\"\n"
                                           "\n"
                                           "msgid \"\"\n"
                                           "\"two \"\n"
                                           "\"lines\\n\"\n"
                                           "\"tab\\t quote\\\" back\\\\ \\x41\\102\"\n"
                                           "msgstr \"\"\n");
  ASSERT_EQ(file.entries.size(), 2U);
  const PoEntry& first = file.entries[0];
  EXPECT_EQ(first.context, "Q1");
  EXPECT_EQ(first.id, "Open");
  EXPECT_EQ(first.text, "オープン");
  EXPECT_TRUE(first.fuzzy);
  EXPECT_FALSE(first.translated());
  EXPECT_EQ(first.flags, std::vector<std::string>{"c-format"});
  EXPECT_EQ(first.comments, std::vector<std::string>{"by hand"});
  EXPECT_EQ(first.extracted, std::vector<std::string>{"a hint"});
  EXPECT_EQ(first.references, std::vector<std::string>{"questionnaire.yaml:48"});
  EXPECT_EQ(first.line, 11);
  EXPECT_EQ(first.text_line, 13);
  EXPECT_EQ(file.entries[1].id, "two lines\ntab\t quote\" back\\ AB");
  EXPECT_EQ(file.entries[1].line, 15);
  EXPECT_FALSE(file.entries[1].translated());
  EXPECT_EQ(file.find("Q1", "Open"), &first);
  EXPECT_EQ(file.find("Open"), nullptr);
  EXPECT_EQ(file.header_field("Language"), "ja");
}

TEST(PoParse, ReadsWindowsLineEndsAndAByteOrderMark) {
  std::string text = "\xEF\xBB\xBF" + kHeader + "msgid \"a\"\nmsgstr \"b\"\n";
  for (size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
    text.insert(at, "\r");
  EXPECT_EQ(parse_without_faults(text).find("a")->text, "b");
}

TEST(PoParse, ObsoleteEntriesAreLeftOut) {
  const PoFile file = parse_without_faults(
      kHeader + "#~ msgid \"old\"\n#~ msgstr \"alt\"\n\nmsgid \"a\"\nmsgstr \"b\"");
  ASSERT_EQ(file.entries.size(), 1U);
  EXPECT_EQ(file.entries[0].id, "a");
}

TEST(PoParse, PluralsFollowTheRuleOfTheHeader) {
  const std::string header =
      "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=utf-8\\n\"\n"
      "\"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
      "(n%100<10 || n%100>=20) ? 1 : 2);\\n\"\n\n";
  const PoFile file = parse_without_faults(header +
                                           "msgid \"case\"\nmsgid_plural \"cases\"\n"
                                           "msgstr[0] \"one\"\nmsgstr[1] \"few\"\n"
                                           "msgstr[2] \"many\"\n");
  ASSERT_EQ(file.entries.size(), 1U);
  EXPECT_EQ(file.entries[0].plural_texts, (std::vector<std::string>{"one", "few", "many"}));
  const auto form = [&](uint64_t n) {
    return file.entries[0].plural_texts[static_cast<size_t>(file.plural_forms.index_for(n))];
  };
  EXPECT_EQ(form(1), "one");
  EXPECT_EQ(form(21), "one");
  EXPECT_EQ(form(11), "many");
  EXPECT_EQ(form(3), "few");
  EXPECT_EQ(form(13), "many");
  EXPECT_EQ(form(0), "many");
  const Diagnostic missing = only_fault(header +
                                        "msgid \"case\"\nmsgid_plural \"cases\"\n"
                                        "msgstr[0] \"one\"\nmsgstr[1] \"few\"\n");
  EXPECT_EQ(missing.place.line, 8);
}

TEST(PluralForms, WrongRulesAreFaults) {
  for (const char* wrong :
       {"", "nplurals=2", "nplurals=2; plural=", "nplurals=0; plural=0", "nplurals=2; plural=m",
        "nplurals=2; plural=(n", "nplurals=2; plural=n == ", "nplurals=2; plural=n ? 1",
        "nplurals=2; plural=0; more", "nplurals=200; plural=0"})
    EXPECT_FALSE(PluralForms::parse(wrong).ok()) << wrong;
  const std::string deep = "nplurals=2; plural=" + std::string(100000, '(');
  EXPECT_FALSE(PluralForms::parse(deep).ok());
  EXPECT_FALSE(PluralForms::parse("nplurals=2; plural=" + std::string(100000, '!')).ok());
}

TEST(PluralForms, NeverPointsPastTheForms) {
  EXPECT_EQ(PluralForms::parse("nplurals=2; plural=n").value().index_for(7), 1);
  EXPECT_EQ(PluralForms::parse("nplurals=2; plural=n/0").value().index_for(7), 0);
  EXPECT_EQ(PluralForms::parse("nplurals=2; plural=n%0").value().index_for(7), 0);
  EXPECT_EQ(PluralForms::parse("nplurals=1; plural=0;").value().index_for(1), 0);
  EXPECT_EQ(PluralForms().index_for(1), 0);
  EXPECT_EQ(PluralForms().index_for(0), 1);
}

TEST(PoParse, FaultsPointAtTheirPlace) {
  struct Case {
    std::string body;
    int line, column;
    std::string part_of_message;
  };
  for (const Case& wrong : {
           Case{"msgid \"a\nmsgstr \"\"\n", 6, 7, "closing quote"},
           Case{"msgid \"a\"\nmsgstr \"b\" c\n", 7, 12, "after the string"},
           Case{"msgid a\nmsgstr \"\"\n", 6, 7, "double quotes"},
           Case{"msgid \"a\"\n  msgstrr \"b\"\nmsgstr \"b\"\n", 7, 3, "not a PO keyword"},
           Case{"msgid \"a\\q\"\nmsgstr \"\"\n", 6, 9, "escape"},
           Case{"msgid \"a\"\nmsgid \"b\"\nmsgstr \"\"\n", 6, 1, "no msgstr"},
           Case{"msgstr \"a\"\n", 6, 1, "no msgid"},
           Case{"\"alone\"\n", 6, 1, "belongs to no keyword"},
           Case{"msgid \"a\"\nmsgstr[0] \"b\"\n", 7, 1, "without a msgid_plural"},
           Case{"msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[1] \"b\"\n", 8, 7, "msgstr[0] expected"},
           Case{"msgid \"a\"\nmsgstr \"1\"\n\nmsgid \"a\"\nmsgstr \"2\"\n", 9, 1, "second time"},
           Case{"msgid \"a\"\nmsgstr \"\xE5\x85\"\n", 7, 9, "not UTF-8"},
       }) {
    const Diagnostic fault = only_fault(kHeader + wrong.body);
    EXPECT_EQ(fault.place.file, "locale/ja.po");
    EXPECT_EQ(fault.place.line, wrong.line) << wrong.body;
    EXPECT_EQ(fault.place.column, wrong.column) << wrong.body;
    EXPECT_NE(fault.message.find(wrong.part_of_message), std::string::npos) << fault.message;
  }
}

TEST(PoParse, TheCharsetMustBeSaidAndBeUtf8) {
  EXPECT_NE(only_fault("").message.find("header is missing"), std::string::npos);
  EXPECT_NE(only_fault("msgid \"a\"\nmsgstr \"b\"\n").hint.find("charset=UTF-8"),
            std::string::npos);
  EXPECT_NE(only_fault("msgid \"\"\nmsgstr \"Language: ja\\n\"\n").message.find("charset"),
            std::string::npos);
  const Diagnostic latin =
      only_fault("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=EUC-JP\\n\"\n");
  EXPECT_NE(latin.message.find("EUC-JP"), std::string::npos);
  EXPECT_EQ(latin.place.line, 2);
}

TEST(PoParse, SameIdInTwoContextsIsNoRepetition) {
  const PoFile file = parse_without_faults(
      kHeader +
      "msgid \"a\"\nmsgstr \"0\"\n\nmsgctxt \"\"\nmsgid \"a\"\nmsgstr \"1\"\n\n"
      "msgctxt \"x\"\nmsgid \"a\"\nmsgstr \"2\"\n");
  EXPECT_EQ(file.find("a")->text, "0");
  EXPECT_EQ(file.find("", "a")->text, "1");
  EXPECT_EQ(file.find("x", "a")->text, "2");
}

TEST(PoWrite, WhatIsWrittenReadsBackTheSame) {
  PoFile file;
  file.header_comments = {"title", ""};
  file.header = {{"Language", "ja"},
                 {"Content-Type", "text/plain; charset=UTF-8"},
                 {"Plural-Forms", "nplurals=1; plural=0;"}};
  PoEntry entry;
  entry.context = "Q1";
  entry.has_context = true;
  entry.id = "line\nnext \"q\" \\ \x01 7\n";
  entry.text = "訳\t";
  entry.comments = {"why"};
  entry.extracted = {"hint"};
  entry.references = {"q.yaml:3"};
  entry.flags = {"no-wrap"};
  entry.fuzzy = true;
  file.entries.push_back(entry);
  PoEntry plural;
  plural.id = "{n} case";
  plural.id_plural = "{n} cases";
  plural.plural_texts = {"{n}件"};
  file.entries.push_back(plural);

  const std::string text = write_po(file);
  EXPECT_NE(text.find("# title\n#\nmsgid \"\"\nmsgstr \"\"\n\"Language: ja\\n\"\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("#, fuzzy, no-wrap\nmsgctxt \"Q1\"\nmsgid \"\"\n\"line\\n\"\n"
                      "\"next \\\"q\\\" \\\\ \\001 7\\n\"\nmsgstr \"訳\\t\"\n"),
            std::string::npos)
      << text;
  const PoFile again = parse_without_faults(text);
  ASSERT_EQ(again.entries.size(), 2U);
  EXPECT_EQ(again.entries[0].id, entry.id);
  EXPECT_EQ(again.entries[0].text, entry.text);
  EXPECT_EQ(again.entries[0].comments, entry.comments);
  EXPECT_EQ(again.entries[1].plural_texts, plural.plural_texts);
  EXPECT_EQ(again.header, file.header);
  EXPECT_EQ(write_po(again), text);
}

}  // namespace
}  // namespace topline
