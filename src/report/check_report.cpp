#include "report/check_report.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "instrument/resolve.hpp"
#include "report/exhibit.hpp"
#include "report/study_entry.hpp"
#include "report/value_printer.hpp"

namespace topline {

namespace {

class ReportChecker {
 public:
  ReportChecker(const Document& document, const OpenStudy& study, Diagnostics& faults)
      : document_(document), study_(study), faults_(faults) {}

  void run() {
    visit_values(document_, [&](const ValueText& value) { check_value(value); });
    for (const ExhibitText& exhibit : document_.exhibits)
      check_exhibit(exhibit);
    for (const Block& block : document_.blocks)
      if (block.kind == BlockKind::heading)
        anchors_.insert(block.anchor);
    check_links();
  }

 private:
  void check_value(const ValueText& value) {
    if (value.expression.empty())
      return;  // told when it was read
    if (const std::string_view entry = value.study_entry(); !entry.empty()) {
      check_study_entry(value, entry);
      return;
    }
    const std::optional<Expression> expression =
        resolve_expression(value.expression, value.place, study_.codebook(), ExpressionType::number,
                           Aggregates::allowed, faults_);
    if (expression && reads_one_case(*expression))
      faults_.error(value.place, "this value reads the answer of one respondent",
                    "put it into share(), mean() or their like");
    else if (expression && !expression->has_aggregates())
      faults_.error(value.place, "this value does not look at the cases",
                    "a value needs share(), n(), cases(), mean() or their like");
  }

  void check_study_entry(const ValueText& value, std::string_view entry) {
    const std::vector<std::string>& known = study_entries();
    if (std::find(known.begin(), known.end(), entry) == known.end()) {
      faults_.error(value.place, "study.yaml has no entry `" + std::string(entry) + "` to print",
                    did_you_mean(entry, known));
      return;
    }
    if (study_entry_text(study_.study, entry, Language())->empty())
      faults_.error(value.place, "study.yaml says nothing about `" + std::string(entry) + "`",
                    "add `" + std::string(entry) + ":` to study.yaml");
    if (value.unit != ValueUnit::natural || value.decimals)
      faults_.error(value.place, "an entry of study.yaml takes no format", "leave the format out");
  }

  void check_exhibit(const ExhibitText& exhibit) {
    if (exhibit.unreadable) {
      ids_are_known_ = false;
      return;
    }
    const std::string what = exhibit.table ? "table" : "figure";
    if (exhibit.title.empty())
      faults_.error(exhibit.place, "this " + what + " has no title",
                    "a title states the finding: `title: …`");
    if (!exhibit.id.empty() && !places_.emplace(exhibit.id, exhibit.id_place.line).second)
      faults_.error(exhibit.id_place, "the id `" + exhibit.id + "` is taken",
                    "it stands already in line " + std::to_string(places_[exhibit.id]));
    if (!exhibit.number.empty() &&
        !numbers_.emplace(what + " " + exhibit.number, exhibit.place.line).second)
      faults_.error(exhibit.place, "there is a " + what + " " + exhibit.number + " already",
                    "it stands in line " + std::to_string(numbers_[what + " " + exhibit.number]));
    resolve_exhibit(exhibit, study_, faults_);
  }

  void check_links() {
    visit_inlines(document_, [&](const Inline& piece) {
      if (piece.kind == InlineKind::link)
        check_link(piece);
    });
    for (const std::vector<FindingText>& findings : document_.findings)
      for (const FindingText& finding : findings)
        if (ids_are_known_ && !finding.show.empty() && !places_.contains(finding.show))
          faults_.error(finding.show_place, "there is no figure `" + finding.show + "`",
                        did_you_mean(finding.show, ids()));
  }

  void check_link(const Inline& link) {
    const std::string& target = link.target;
    if (target.starts_with('#')) {
      const std::string id = target.substr(1);
      std::vector<std::string> known = ids();
      known.insert(known.end(), anchors_.begin(), anchors_.end());
      if (!places_.contains(id) && !anchors_.contains(id) && ids_are_known_)
        faults_.error(link.place, "nothing here is called `" + target + "`",
                      did_you_mean(id, known));
      else if (link.children.empty() && !places_.contains(id))
        faults_.error(link.place, "this link has no text", "write it between the brackets");
      return;
    }
    if (link.children.empty())
      faults_.error(link.place, "this link has no text", "write it between the brackets");
    const bool known_kind = target.starts_with("https://") || target.starts_with("http://") ||
                            target.starts_with("mailto:");
    if (!known_kind)
      faults_.error(link.place, "`" + target + "` leads out of the report's single file",
                    "links begin with https:, http:, mailto: or #");
  }

  [[nodiscard]] std::vector<std::string> ids() const {
    std::vector<std::string> all;
    for (const auto& [id, line] : places_)
      all.push_back(id);
    return all;
  }

  const Document& document_;
  const OpenStudy& study_;
  Diagnostics& faults_;
  std::map<std::string, int> places_;   // ids of figures and tables: line
  std::map<std::string, int> numbers_;  // "figure 2a": line
  std::set<std::string> anchors_;
  bool ids_are_known_ = true;  // false: a figure that cannot be read may have any id
};

}  // namespace

void check_report(const Document& document, const OpenStudy& study, Diagnostics& faults) {
  ReportChecker(document, study, faults).run();
}

void check_reports(const OpenStudy& study, Diagnostics& faults) {
  for (const auto& [language, text] : study.report_texts)
    check_report(parse_report(text, "report/" + language + ".md", faults), study, faults);
}

}  // namespace topline
