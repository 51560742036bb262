#include "report/about_html.hpp"

#include <algorithm>

#include "base/rounding.hpp"
#include "report/prose_html.hpp"
#include "report/study_entry.hpp"
#include "text/html_text.hpp"
#include "text/list_format.hpp"

namespace topline {

namespace {

class AboutWriter {
 public:
  explicit AboutWriter(const AboutContext& context)
      : context_(context),
        study_(context.study.study),
        messages_(context.printer.messages()),
        numbers_(context.printer.numbers()) {}

  std::string write() {
    out_ = "<dl class=\"about\">\n";
    strategy();
    people();
    item(tr("Question wording"),
         paragraph(messages_.text(tr("The wording of each question stands below its figure."))));
    item(tr("Population"), paragraph(study_.population));
    sample();
    mode();
    item(tr("Fieldwork dates"), paragraph(fieldwork_text(study_, context_.language)));
    item(tr("Sample size"), sizes());
    item(tr("Precision"), precision());
    item(tr("Weighting"), weighting());
    item(tr("Processing and quality of the data"),
         paragraph(study_.quality) + paragraph(study_.processing));
    item(tr("Limitations"),
         paragraph(study_.limitations.empty()
                       ? messages_.text(tr("Every survey has sources of error besides chance, "
                                           "such as the wording of questions and the choice of "
                                           "those who are asked."))
                       : study_.limitations));
    item(tr("Contact"), paragraph(study_.contact));
    if (context_.with_licence)
      item(tr("Licence"), paragraph(study_.licence));
    if (context_.with_citation)
      item(tr("Citation"), paragraph(study_.citation));
    return out_ + "</dl>\n<p class=\"source\">" +
           html_text(messages_.text(tr("The entries follow the disclosure list of the AAPOR Code "
                                       "of Professional Ethics and Practices."))) +
           "</p>\n";
  }

 private:
  [[nodiscard]] std::string shown(const std::string& text) const {
    return html_text(typographic(text, context_.language));
  }
  [[nodiscard]] std::string paragraph(const std::string& text) const {
    return text.empty() ? std::string() : "<p>" + shown(text) + "</p>";
  }

  void item(MessageId head, const std::string& body) {
    if (!body.empty())
      out_ += "<div><dt>" + shown(messages_.text(head)) + "</dt><dd>" + body + "</dd></div>\n";
  }

  [[nodiscard]] std::string list(const std::vector<std::string>& names) const {
    return format_list(names, context_.language);
  }

  void strategy() {
    const size_t questions = context_.study.questionnaire.questions.size();
    item(tr("Collection of the data"),
         paragraph(messages_.format(
             tr("A survey with a standardized questionnaire of {n} question",
                "A survey with a standardized questionnaire of {n} questions"),
             questions, {{"n", numbers_.count(static_cast<int64_t>(questions))}})));
  }

  void people() {
    item(tr("Sponsors"), paragraph(list(study_.sponsors)));
    item(tr("Conducted by"), paragraph(study_.publisher));
    item(tr("Authors"), paragraph(list(study_.authors)));
  }

  void sample() {
    std::string body = paragraph(messages_.text(study_.sample.kind == SampleKind::probability
                                                    ? tr("Probability sample")
                                                    : tr("Opt-in sample")));
    body += paragraph(study_.sample.frame);
    if (!study_.sample.sources.empty()) {
      body += "<p>" + html_text(messages_.text(tr("Sources of respondents"))) + "</p><ul>";
      for (const NamedText& source : study_.sample.sources)
        body += "<li>" + shown(source.text + source_count(source.name)) + "</li>";
      body += "</ul>";
    }
    if (!context_.cases.plain())
      body += paragraph(messages_.format(
          tr("Design: {design}."),
          {{"design", design_in_words(context_.cases.sample.design, *context_.cases.framed->frame,
                                      messages_)}}));
    item(tr("Sample design"), body);
  }

  // " (n = 120)": the valid cases from this source, where a hidden variable tells of it.
  [[nodiscard]] std::string source_count(const std::string& name) const {
    const Dataset& dataset = context_.cases.screened.dataset;
    const VariableId source = dataset.codebook().find("source");
    if (!source.valid() || dataset.codebook()[source].kind != VariableKind::single)
      return {};
    const int option = dataset.codebook()[source].find_option(name);
    if (option < 0)
      return {};
    int64_t count = 0;
    for (size_t row = 0; row < dataset.rows(); ++row)
      count +=
          context_.cases.screened.valid[row] != 0 && dataset.answer(source, row).option == option;
    return messages_.format(tr(" (n = {n})"), {{"n", numbers_.count(count)}});
  }

  void mode() {
    std::vector<std::string> names;
    for (const std::string& tag : study_.languages)
      if (const Result<Language> language = Language::parse(tag))
        names.push_back(language->name_in(context_.language));
    item(tr("Mode"), paragraph(study_.mode));
    item(tr("Languages"), paragraph(list(names)));
  }

  // ---- what became of the cases

  [[nodiscard]] std::string ledger_row(const char* style, const std::string& label,
                                       const std::string& removed, int64_t left) const {
    return "<tr class=\"" + std::string(style) + "\"><th scope=\"row\">" + shown(label) +
           "</th><td>" + html_text(removed) + "</td><td>" + html_text(numbers_.count(left)) +
           "</td></tr>\n";
  }

  [[nodiscard]] std::string step_label(const LedgerStep& step) const {
    if (!step.screened_out_by.valid())
      return messages_.format(
          tr("Removed: {reason}"),
          {{"reason", context_.study.processing.rules[static_cast<size_t>(step.rule)].why}});
    const Question& question = context_.study.questionnaire[step.screened_out_by];
    return messages_.format(tr("Screened out by {question}: {label}"),
                            {{"question", question.name}, {"label", question.short_text()}});
  }

  [[nodiscard]] std::string sizes() const {
    const Ledger& ledger = context_.cases.screened.ledger;
    const std::string label = messages_.text(tr("From the first click to the valid cases"));
    std::string body = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" +
                       html_text(label) + "\"><table>\n<thead><tr><td></td><th scope=\"col\">" +
                       html_text(messages_.text(tr("Removed"))) + "</th><th scope=\"col\">" +
                       html_text(messages_.text(tr("Left"))) + "</th></tr></thead>\n<tbody>\n";
    body += ledger_row("net", messages_.text(tr("Started")), "", ledger.started);
    for (const LedgerStep& step : ledger.steps)
      body += ledger_row("option", step_label(step), numbers_.count(step.removed), step.left);
    body += ledger_row("net", messages_.text(tr("Valid responses")), "", ledger.valid);
    body += ledger_row("net", messages_.text(tr("Answered to the end")), "", ledger.complete);
    return body + "</tbody></table></div>" + rates();
  }

  [[nodiscard]] std::string rate(MessageId name, int64_t part, int64_t whole) const {
    return paragraph(messages_.format(
        tr("{rate}: {percent} ({part} of {whole})"),
        {{"rate", messages_.text(name)},
         {"percent", numbers_.percent(static_cast<double>(percent_rounded(part, whole, 0)), 0)},
         {"part", numbers_.count(part)},
         {"whole", numbers_.count(whole)}}));
  }

  // Who volunteers does not respond to a sample: an opt-in sample has no response rate.
  [[nodiscard]] std::string rates() const {
    const Ledger& ledger = context_.cases.screened.ledger;
    std::string body;
    if (ledger.valid > 0)
      body += rate(tr("Completion rate"), ledger.complete, ledger.valid);
    if (study_.sample.invited && *study_.sample.invited > 0)
      body += rate(study_.sample.kind == SampleKind::probability ? tr("Response rate")
                                                                 : tr("Participation rate"),
                   ledger.complete, *study_.sample.invited);
    return body;
  }

  [[nodiscard]] std::string precision() const {
    const Sample& sample = study_.sample;
    if (!sample.gives_intervals())
      return paragraph(
          messages_.text(tr("The sample is not a probability sample, so no margin of error is "
                            "given; results describe the respondents.")));
    std::string body = sample.model ? paragraph(sample.model->text) : std::string();
    if (!context_.precision)
      return body;
    const bool plain = context_.cases.plain();
    const std::vector<MessageArgument> arguments = {
        {"level", numbers_.percent(study_.confidence, 0)},
        {"margin", numbers_.points(round_half_up(context_.precision->margin, 1), 1)},
        {"effect", numbers_.decimal(round_half_up(context_.precision->design_effect, 2), 2)},
        {"n", numbers_.count(context_.precision->n)}};
    body += paragraph(
        sample.kind == SampleKind::probability && plain
            ? messages_.format(tr("At the {level} confidence level the margin of error is "
                                  "±{margin} for a share of half of {n} respondents, computed as "
                                  "for a simple random sample (design effect 1)."),
                               arguments)
        : plain ? messages_.format(tr("Under this model the margin of error is ±{margin} at the "
                                      "{level} confidence level, for a share of half of {n} "
                                      "respondents (design effect 1)."),
                                   arguments)
                : messages_.format(tr("At the {level} confidence level the margin of error is "
                                      "±{margin} for a share of half of {n} respondents, with "
                                      "{effect}, the average design effect of this study's "
                                      "shares. The interval of each result follows the design."),
                                   arguments));
    return body;
  }

  // ---- weighting

  [[nodiscard]] std::string variables(const WeightingPlanStep& step) const {
    std::vector<std::string> names;
    const auto add = [&](VariableId id) {
      std::string name = context_.study.codebook()[id].short_text();
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
    };
    for (const MarginPlan& margin : step.margins)
      std::for_each(margin.variables.begin(), margin.variables.end(), add);
    for (const auto& [id, total] : step.totals)
      add(id);
    return list(names);
  }

  [[nodiscard]] std::string step_text(const WeightingPlanStep& step) const {
    switch (step.kind) {
      case WeightingKind::non_response:
        return messages_.format(tr("Those who responded stand for those who did not, within "
                                   "{variables}."),
                                {{"variables", variables(step)}});
      case WeightingKind::post_stratify:
        return messages_.format(tr("Post-stratified to {variables}."),
                                {{"variables", variables(step)}});
      case WeightingKind::rake:
        return messages_.format(tr("Raked to {variables}."), {{"variables", variables(step)}});
      case WeightingKind::calibrate:
        return messages_.format(tr("Calibrated to {variables}."), {{"variables", variables(step)}});
      case WeightingKind::trim:
        break;
    }
    return messages_.text(tr("Extreme weights were trimmed."));
  }

  [[nodiscard]] std::string weighting() const {
    const WeighedCases& cases = context_.cases;
    if (cases.weights.empty())
      return paragraph(messages_.text(tr("The data are not weighted.")));
    std::string body;
    if (context_.study.design.weight.valid())
      body += paragraph(messages_.text(tr("The data carry the weights of the sample design.")));
    for (const WeightingPlanStep& step : context_.study.weighting)
      body += paragraph(step_text(step));
    const WeightDiagnostics& weights = cases.weighting.diagnostics;
    return body +
           paragraph(messages_.format(
               tr("Unequal weights have a design effect of {effect} (Kish): {n} respondents count "
                  "like {effective}."),
               {{"effect", numbers_.decimal(round_half_up(weights.design_effect, 2), 2)},
                {"n", numbers_.count(static_cast<int64_t>(weights.n))},
                {"effective",
                 numbers_.count(static_cast<int64_t>(round_half_up(weights.effective_size)))}}));
  }

  const AboutContext& context_;
  const Study& study_;
  const Messages& messages_;
  const NumberFormat& numbers_;
  std::string out_;
};

}  // namespace

std::string about_html(const AboutContext& context) {
  return AboutWriter(context).write();
}

}  // namespace topline
