#include "io/lf_srm_locale.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace topline::lf_srm {
namespace {

constexpr double kSameText = 0.9;  // of words shared, for a text to be the one that was fielded

struct Pair {
  std::string original;
  std::string translation;
};

// What an original says, for the test whether one translation serves several: all don't knows
// say the same.
std::string meaning(const std::string& text) {
  const MissingReason reason = missing_reason(text);
  if (reason != MissingReason::none)
    return "missing " + std::to_string(static_cast<int>(reason));
  if (is_other(text))
    return "other";
  return comparable(text);
}

bool numbers_agree(const Pair& pair) {
  const std::vector<long long> a = numbers_in(pair.original);
  const std::vector<long long> b = numbers_in(pair.translation);
  return a.empty() || b.empty() || a == b;
}

bool same_text(const std::string& a, const std::string& b) {
  return comparable(a) == comparable(b) || likeness(a, b) >= kSameText;
}

class Matcher {
 public:
  Matcher(const Draft& draft, const MarkdownQuestionnaire& original,
          const std::vector<int>& numbers, const MarkdownQuestionnaire& translated, ImportLog& log)
      : draft_(draft), original_(original), numbers_(numbers), translated_(translated), log_(log) {}

  PoFile match() {
    align();
    find_ambiguous();
    pages();
    for (size_t i = 0; i < pairs_.size(); ++i)
      if (numbers_[i] > 0)
        question(i);
    if (file_.entries.empty())
      return std::move(file_);
    file_.header = {{"Language", translated_.language},
                    {"MIME-Version", "1.0"},
                    {"Content-Type", "text/plain; charset=UTF-8"},
                    {"Content-Transfer-Encoding", "8bit"}};
    log_.add(Topic::decided, translated_.file,
             std::to_string(file_.entries.size()) + " texts became locale/" + translated_.language +
                 ".po; " + std::to_string(left_out_) + " could not be matched with certainty");
    file_.index();
    return std::move(file_);
  }

 private:
  void uncertain(const std::string& where, const std::string& text) {
    ++left_out_;
    log_.add(Topic::unread, where, "no translation into " + translated_.language + ": " + text);
  }

  // Question by question, as long as both questionnaires have the same numbers in a row.
  void align() {
    const size_t most = std::min(original_.questions.size(), translated_.questions.size());
    while (pairs_.size() < most &&
           original_.questions[pairs_.size()].number == translated_.questions[pairs_.size()].number)
      pairs_.emplace_back(&original_.questions[pairs_.size()],
                          &translated_.questions[pairs_.size()]);
    if (pairs_.size() < original_.questions.size() || pairs_.size() < translated_.questions.size())
      log_.add(Topic::unread, translated_.file,
               "from question " + std::to_string(pairs_.size() + 1) +
                   " on, the numbers differ from those of " + original_.file +
                   "; nothing behind it was translated");
  }

  template <typename Each>
  static void each_option(const MarkdownQuestion& a, const MarkdownQuestion& b, Each each) {
    if (a.options.size() == b.options.size())
      for (size_t i = 0; i < a.options.size(); ++i)
        each(Pair{a.options[i], b.options[i]});
    if (a.asked.columns.size() == b.asked.columns.size())
      for (size_t i = 0; i < a.asked.columns.size(); ++i)
        each(Pair{a.asked.columns[i], b.asked.columns[i]});
  }

  // Translations that stand for several originals: one of the lists is in another order.
  void find_ambiguous() {
    std::map<std::string, std::set<std::string>> meanings;
    for (const auto& [a, b] : pairs_)
      each_option(*a, *b, [&](const Pair& pair) {
        meanings[comparable(pair.translation)].insert(meaning(pair.original));
      });
    for (const auto& [translation, originals] : meanings)
      if (originals.size() > 1)
        ambiguous_.insert(translation);
  }

  void pages() {
    if (original_.pages.size() != translated_.pages.size()) {
      log_.add(Topic::unread, translated_.file,
               "it has other pages than " + original_.file +
                   "; their titles and texts were not translated");
      return;
    }
    for (size_t i = 0; i < original_.pages.size(); ++i) {
      for (const DraftPage& page : draft_.pages) {
        if (page.model_id != "md" + std::to_string(i))
          continue;
        page_texts(page, translated_.pages[i]);
      }
    }
  }

  // Texts in which the paragraphs do not correspond were put together differently.
  void page_texts(const DraftPage& page, const MarkdownPage& translation) {
    const auto paragraphs = [](const std::string& text) {
      size_t count = 1;
      for (size_t at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n", at + 2))
        ++count;
      return count;
    };
    if (page.text.empty() != translation.text.empty() ||
        paragraphs(page.text) != paragraphs(translation.text)) {
      uncertain("page." + page.name, "title and text have other paragraphs");
      return;
    }
    add_if_certain("page." + page.name, page.title, translation.title);
    add_if_certain("page." + page.name + ".text", page.text, translation.text);
  }

  void add_if_certain(const std::string& context, const std::string& text,
                      const std::string& translation) {
    if (text.empty() || translation.empty())
      return;
    if (numbers_agree({text, translation}))
      add(context, text, translation);
    else
      uncertain(context, "the two texts hold different numbers");
  }

  void question(size_t index) {
    const auto& [a, b] = pairs_[index];
    const int found = draft_.find_question(numbers_[index]);
    if (found < 0)
      return;
    const DraftQuestion& q = draft_.questions[static_cast<size_t>(found)];
    if (same_text(a->asked.text, q.text))
      add_if_certain(q.name, q.text, b->asked.text);
    else
      uncertain(q.name, "\"" + a->asked.text + "\" is not what was asked");
    if (a->options.size() != b->options.size() ||
        a->asked.columns.size() != b->asked.columns.size()) {
      uncertain(q.name, "the questionnaires list a different number of options");
      return;
    }
    std::vector<Pair> pairs;
    each_option(*a, *b, [&](const Pair& pair) { pairs.push_back(pair); });
    for (const DraftOption& option : q.options)
      text_of(q.name + "." + option.name, option.text, option.missing, pairs);
    for (const DraftRow& row : q.rows)
      text_of(q.name + "." + row.name, row.text, MissingReason::none, pairs);
  }

  void text_of(const std::string& context, const std::string& text, MissingReason missing,
               const std::vector<Pair>& pairs) {
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& pair) {
      return same_text(pair.original, text) ||
             (missing != MissingReason::none && missing_reason(pair.original) == missing);
    });
    if (found == pairs.end())
      uncertain(context, "\"" + text + "\" does not stand in " + original_.file);
    else if (ambiguous_.count(comparable(found->translation)) > 0)
      uncertain(context, "\"" + found->translation + "\" stands for several different options");
    else if (!numbers_agree(*found))
      uncertain(context, "\"" + found->original + "\" and \"" + found->translation +
                             "\" hold different numbers");
    else
      add(context, text, found->translation);
  }

  void add(const std::string& context, const std::string& text, const std::string& translation) {
    const auto literal = [](const std::string& t) {
      return replaced(replaced(t, "{", "{{"), "}", "}}");
    };
    PoEntry entry;
    entry.has_context = true;
    entry.context = context;
    entry.id = literal(text);
    entry.text = literal(translation);
    file_.entries.push_back(std::move(entry));
  }

  const Draft& draft_;
  const MarkdownQuestionnaire& original_;
  const std::vector<int>& numbers_;
  const MarkdownQuestionnaire& translated_;
  ImportLog& log_;
  std::vector<std::pair<const MarkdownQuestion*, const MarkdownQuestion*>> pairs_;
  std::set<std::string> ambiguous_;
  PoFile file_;
  size_t left_out_ = 0;
};

}  // namespace

PoFile locale_file(const Draft& draft, const MarkdownQuestionnaire& original,
                   const std::vector<int>& numbers, const MarkdownQuestionnaire& translated,
                   ImportLog& log) {
  return Matcher(draft, original, numbers, translated, log).match();
}

}  // namespace topline::lf_srm
