#include "io/lf_srm_assemble.hpp"

#include <algorithm>

#include "io/lf_srm_fields.hpp"
#include "io/lf_srm_logic.hpp"
#include "io/lf_srm_names.hpp"
#include "io/lf_srm_question.hpp"

namespace topline::lf_srm {
namespace {

constexpr double kSameQuestion = 0.7;    // of words shared, to be the same question
constexpr double kOtherQuestion = 0.34;  // less: under this number something else was asked

class Assembler {
 public:
  Assembler(const Sources& sources, ImportLog& log, Diagnostics& faults)
      : sources_(sources), raw_(sources.raw), log_(log), faults_(faults) {}

  Draft assemble() {
    if (!sources_.markdown.empty())
      markdown_number_ = match_by_wording(raw_, sources_.markdown.front());
    if (sources_.model)
      check_model(*sources_.model);
    make_pages();
    build_questions();
    number_questions();
    build_fields(raw_, model(), draft_, log_);
    drop_empty_pages();
    name_pages();
    LogicSources logic;
    logic.model = model();
    logic.criteria = sources_.criteria ? &*sources_.criteria : nullptr;
    logic.markdown = use_markdown_pages() ? &sources_.markdown.front() : nullptr;
    logic.raw_number_of = markdown_number_;
    apply_logic(draft_, raw_, logic, log_);
    list_unused();
    return std::move(draft_);
  }

 private:
  [[nodiscard]] const ReferenceModel* model() const {
    return sources_.model ? &*sources_.model : nullptr;
  }
  [[nodiscard]] bool use_markdown_pages() const {
    return !sources_.model && !sources_.markdown.empty();
  }

  // Whether reference model and data are of the same survey.
  void check_model(const ReferenceModel& model) {
    draft_.title = model.title;
    size_t found = 0;
    for (const RawQuestion& question : raw_.questions) {
      const ModelQuestion* same = model.find(question.number);
      if (same != nullptr && (question.asked.text.empty() ||
                              likeness(same->asked.text, question.asked.text) >= kOtherQuestion))
        ++found;
    }
    if (found * 2 < raw_.questions.size())
      faults_.error({raw_.file, 1, 0, 0},
                    "only " + std::to_string(found) + " of the " +
                        std::to_string(raw_.questions.size()) +
                        " questions in the head of the raw data are asked under their number in " +
                        model.file,
                    "the two files seem to be of different surveys, or of different versions");
  }

  // --- pages ---

  void make_pages() {
    if (sources_.model) {
      for (const ModelPage& page : sources_.model->pages)
        draft_.pages.push_back({{}, page.title, page.text, page.id, {}, {}});
    } else if (use_markdown_pages()) {
      const std::vector<MarkdownPage>& pages = sources_.markdown.front().pages;
      for (size_t i = 0; i < pages.size(); ++i)
        draft_.pages.push_back(
            {{}, pages[i].title, pages[i].text, "md" + std::to_string(i), {}, {}});
    } else {
      draft_.pages.push_back({{}, "Questions", {}, {}, {}, {}});
      log_.add(Topic::decided, raw_.file,
               "neither reference model nor questionnaire: all questions stand on one page");
    }
  }

  // The page of each question of the data, where a file places it.
  [[nodiscard]] std::vector<int> placed_pages() const {
    std::vector<int> pages;
    for (const RawQuestion& question : raw_.questions) {
      int page = -1;
      if (sources_.model) {
        for (size_t i = 0; i < sources_.model->pages.size(); ++i)
          for (const ModelQuestion& asked : sources_.model->pages[i].questions)
            if (asked.number == question.number && page < 0)
              page = static_cast<int>(i);
      } else if (const MarkdownQuestion* asked = markdown_question(question.number);
                 asked != nullptr && use_markdown_pages()) {
        page = static_cast<int>(asked->page);
      } else if (!use_markdown_pages()) {
        page = 0;
      }
      pages.push_back(page);
    }
    return pages;
  }

  [[nodiscard]] const MarkdownQuestion* markdown_question(int number) const {
    for (size_t i = 0; i < markdown_number_.size(); ++i)
      if (markdown_number_[i] == number)
        return &sources_.markdown.front().questions[i];
    return nullptr;
  }

  void build_questions() {
    const std::vector<int> placed = placed_pages();
    int page = -1;
    bool apart = false;  // on a page of their own, because no file places them
    for (size_t i = 0; i < raw_.questions.size(); ++i) {
      const int next = next_placed(placed, i);
      if (placed[i] >= 0) {
        page = placed[i];
        apart = false;
      } else if (page < 0) {
        page = std::max(0, next);
      } else if (next != page && !apart && run_length(placed, i) > 2) {
        page = add_page(raw_.questions[i].number, run_length(placed, i));
        apart = true;
      } else if (!apart) {
        log_.add(Topic::decided, "Q" + std::to_string(raw_.questions[i].number),
                 "no file says on which page it stood; it was put behind the question before it");
      }
      add_question(raw_.questions[i], static_cast<size_t>(page));
    }
    sort_by_page();
  }

  // The page of the next question that a file places; -1 at the end.
  [[nodiscard]] static int next_placed(const std::vector<int>& placed, size_t from) {
    for (size_t i = from; i < placed.size(); ++i)
      if (placed[i] >= 0)
        return placed[i];
    return -1;
  }

  [[nodiscard]] static size_t run_length(const std::vector<int>& placed, size_t from) {
    size_t length = 0;
    while (from + length < placed.size() && placed[from + length] < 0)
      ++length;
    return length;
  }

  // A page of its own for questions that the questionnaire does not hold. It gets its place in
  // the order of the data when all questions are there.
  int add_page(int first, size_t count) {
    log_.add(Topic::decided, "Q" + std::to_string(first),
             "this and the " + std::to_string(count - 1) +
                 " questions behind it do not stand in the questionnaire; they got a page of their "
                 "own, without routing");
    draft_.pages.push_back({{}, {}, {}, {}, {}, {}});
    return static_cast<int>(draft_.pages.size()) - 1;
  }

  void add_question(const RawQuestion& columns, size_t page) {
    QuestionSources from;
    from.model = model() == nullptr ? nullptr : model()->find(columns.number);
    if (sources_.criteria)
      for (const CriteriaQuestion& question : sources_.criteria->questions)
        if (question.number == columns.number &&
            likeness(question.text, columns.asked.text) >= kOtherQuestion)
          from.criteria = &question;
    const std::string& text = columns.asked.text.empty() && from.model != nullptr
                                  ? from.model->asked.text
                                  : columns.asked.text;
    from.markdown = markdown_question(columns.number);
    for (const MarkdownQuestionnaire& questionnaire : sources_.markdown)
      for (const MarkdownQuestion& question : questionnaire.questions)
        if (likeness(question.asked.text, text) >= kSameQuestion)
          from.known_lists.push_back(question.options);
    for (DraftQuestion& question : build_question(raw_, columns, from, log_)) {
      question.page = page;
      draft_.questions.push_back(std::move(question));
    }
  }

  // Pages in the order in which their first questions stand in the data where no file orders
  // them; questions page by page.
  void sort_by_page() {
    std::vector<size_t> order(draft_.pages.size());
    for (size_t i = 0; i < order.size(); ++i)
      order[i] = i;
    if (use_markdown_pages()) {
      const auto first_question = [&](size_t page) {
        size_t i = 0;
        while (i < draft_.questions.size() && draft_.questions[i].page != page)
          ++i;
        return i;
      };
      // Pages without questions keep their place before the next page of the questionnaire.
      std::vector<size_t> rank(draft_.pages.size());
      for (size_t i = draft_.pages.size(); i > 0; --i) {
        rank[i - 1] = first_question(i - 1);
        const bool followed = i < draft_.pages.size() && !draft_.pages[i].model_id.empty();
        if (rank[i - 1] == draft_.questions.size() && followed)
          rank[i - 1] = rank[i];
      }
      std::stable_sort(order.begin(), order.end(),
                       [&](size_t a, size_t b) { return rank[a] < rank[b]; });
    }
    std::vector<DraftPage> pages;
    std::vector<size_t> place(order.size());
    for (size_t i = 0; i < order.size(); ++i) {
      pages.push_back(std::move(draft_.pages[order[i]]));
      place[order[i]] = i;
    }
    draft_.pages = std::move(pages);
    for (DraftQuestion& question : draft_.questions)
      question.page = place[question.page];
    std::stable_sort(
        draft_.questions.begin(), draft_.questions.end(),
        [](const DraftQuestion& a, const DraftQuestion& b) { return a.page < b.page; });
  }

  void number_questions() {
    for (size_t i = 0; i < draft_.questions.size(); ++i)
      draft_.pages[draft_.questions[i].page].questions.push_back(i);
  }

  // A page with neither questions nor text stays out; rules that name it are then not followed.
  void drop_empty_pages() {
    std::vector<size_t> place(draft_.pages.size());
    std::vector<DraftPage> kept;
    for (size_t i = 0; i < draft_.pages.size(); ++i) {
      DraftPage& page = draft_.pages[i];
      if (page.questions.empty() && (page.text.empty() || i + 1 == draft_.pages.size())) {
        log_.add(Topic::row,
                 page.title.empty() ? "a page without a title" : "page \"" + page.title + "\"",
                 "none of its questions has a column in the raw data");
        continue;
      }
      place[i] = kept.size();
      kept.push_back(std::move(page));
    }
    draft_.pages = std::move(kept);
    for (DraftQuestion& question : draft_.questions)
      question.page = place[question.page];
  }

  void name_pages() {
    std::vector<std::string> taken;
    for (DraftPage& page : draft_.pages) {
      if (!page.title.empty())
        page.name = page_name(page.title, taken);
      else if (page.questions.empty())
        page.name = page_name("Introduction", taken);
      else
        page.name = "from_" + lower(draft_.questions[page.questions.front()].name);
      taken.push_back(page.name);
    }
  }

  // Questions of the other files that the data do not have.
  void list_unused() {
    if (sources_.model) {
      for (const ModelPage& page : sources_.model->pages)
        for (const ModelQuestion& question : page.questions)
          if (draft_.find_question(question.number) < 0)
            log_.add(
                Topic::row, question.where,
                "Q" + std::to_string(question.number) + " \"" + question.asked.text +
                    "\" has no column in the raw data; it was left out, so that nobody counts as "
                    "having skipped it");
    }
    for (size_t i = 0; i < markdown_number_.size(); ++i) {
      const MarkdownQuestion& question = sources_.markdown.front().questions[i];
      if (markdown_number_[i] == 0)
        log_.add(Topic::row, question.where,
                 question.number + ". \"" + question.asked.text +
                     "\" has no counterpart in the raw data");
      else if (std::to_string(markdown_number_[i]) != question.number)
        log_.add(Topic::differs, question.where,
                 "number " + question.number + " in the questionnaire is Q" +
                     std::to_string(markdown_number_[i]) + " in the raw data");
    }
    for (const MarkdownQuestionnaire& questionnaire : sources_.markdown)
      for (const MarkdownRule& line : questionnaire.unplaced)
        log_.add(Topic::row, line.where,
                 "a text that belongs to no question: \"" + cleaned(line.text) + "\"");
  }

  const Sources& sources_;
  const RawTable& raw_;
  ImportLog& log_;
  Diagnostics& faults_;
  std::vector<int> markdown_number_;  // of each question of the first questionnaire
  Draft draft_;
};

}  // namespace

std::vector<int> match_by_wording(const RawTable& raw, const MarkdownQuestionnaire& markdown) {
  std::vector<int> numbers(markdown.questions.size(), 0);
  for (const RawQuestion& question : raw.questions) {
    double best = kSameQuestion;
    int found = -1;
    for (size_t i = 0; i < markdown.questions.size(); ++i) {
      if (numbers[i] != 0)
        continue;
      const bool same_number = markdown.questions[i].number == std::to_string(question.number);
      const double alike = likeness(markdown.questions[i].asked.text, question.asked.text) +
                           (same_number ? 0.1 : 0.0);
      if (alike > best) {
        best = alike;
        found = static_cast<int>(i);
      }
    }
    if (found >= 0)
      numbers[static_cast<size_t>(found)] = question.number;
  }
  return numbers;
}

Draft assemble(const Sources& sources, ImportLog& log, Diagnostics& faults) {
  return Assembler(sources, log, faults).assemble();
}

}  // namespace topline::lf_srm
