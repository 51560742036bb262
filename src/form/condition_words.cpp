#include "form/condition_words.hpp"

#include <algorithm>

#include "text/list_format.hpp"

namespace topline {

namespace {

class ConditionWriter {
 public:
  ConditionWriter(const Expression& condition, const Codebook& codebook, const Messages& messages)
      : condition_(condition), codebook_(codebook), messages_(messages) {}

  [[nodiscard]] std::string write(const Node& node) const {
    switch (node.op) {
      case Op::option_is:
        return format(tr("{question} is {options}"), name(node), options(node));
      case Op::option_ticked:
        return format(tr("{question}: {options} is chosen"), name(node), quoted(node, node.option));
      case Op::read_flag:
        return name(node);
      case Op::logical_not:
        return messages_.format(tr("not ({condition})"), {{"condition", write(child(node, 0))}});
      case Op::logical_and:
      case Op::logical_or:
        return joined(node);
      case Op::equal:
        return compared(node, tr("{left} is {right}"));
      case Op::not_equal:
        return compared(node, tr("{left} is not {right}"));
      case Op::less:
        return compared(node, tr("{left} is less than {right}"));
      case Op::less_equal:
        return compared(node, tr("{left} is at most {right}"));
      case Op::greater:
        return compared(node, tr("{left} is more than {right}"));
      case Op::greater_equal:
        return compared(node, tr("{left} is at least {right}"));
      case Op::answered:
        return messages_.format(tr("{question} was answered"), {{"question", variables(node)}});
      case Op::asked:
        return messages_.format(tr("{question} was asked"), {{"question", variables(node)}});
      default:
        return written(node);
    }
  }

 private:
  [[nodiscard]] const Node& child(const Node& node, size_t i) const {
    return condition_.nodes[static_cast<size_t>(node.children[i])];
  }

  [[nodiscard]] std::string written(const Node& node) const {
    return condition_.text.substr(static_cast<size_t>(node.begin),
                                  static_cast<size_t>(node.length));
  }

  [[nodiscard]] std::string name(const Node& node) const { return codebook_[node.variable].name; }

  [[nodiscard]] std::string quoted(const Node& node, int option) const {
    const OptionList& all = *codebook_[node.variable].options;
    return messages_.format(tr("“{text}”"), {{"text", all[static_cast<size_t>(option)].text}});
  }

  [[nodiscard]] std::string options(const Node& node) const {
    std::vector<std::string> texts;
    for (int32_t option : node.options)
      texts.push_back(quoted(node, option));
    return format_alternatives(texts, messages_.language());
  }

  [[nodiscard]] std::string variables(const Node& node) const {
    std::vector<std::string> names;
    for (VariableId variable : node.variables)
      names.push_back(codebook_[variable].name);
    return format_alternatives(names, messages_.language());
  }

  [[nodiscard]] std::string format(MessageId id, const std::string& question,
                                   const std::string& options) const {
    return messages_.format(id, {{"question", question}, {"options", options}});
  }

  [[nodiscard]] std::string compared(const Node& node, MessageId id) const {
    return messages_.format(
        id, {{"left", written(child(node, 0))}, {"right", written(child(node, 1))}});
  }

  // An `and` of parts, or an `or`; parts that are the other of them stand in brackets.
  [[nodiscard]] std::string joined(const Node& node) const {
    const bool both = node.op == Op::logical_and;
    std::string left;
    for (size_t i = 0; i < node.children.size(); ++i) {
      const Node& part = child(node, i);
      const bool other = part.op == (both ? Op::logical_or : Op::logical_and);
      const std::string words = other ? "(" + write(part) + ")" : write(part);
      left = i == 0 ? words
             : both
                 ? messages_.format(tr("{left}, and {right}"), {{"left", left}, {"right", words}})
                 : messages_.format(tr("{left}, or {right}"), {{"left", left}, {"right", words}});
    }
    return left;
  }

  const Expression& condition_;
  const Codebook& codebook_;
  const Messages& messages_;
};

}  // namespace

std::string condition_words(const Expression& condition, const Codebook& codebook,
                            const Messages& messages) {
  return ConditionWriter(condition, codebook, messages).write(condition.root());
}

}  // namespace topline
