#include <array>
#include <charconv>
#include <gtest/gtest.h>

#include "instrument/syntax.hpp"
#include "syntax_text.hpp"
#include "tape.hpp"

namespace topline {
namespace {

Syntax node(SyntaxKind kind, std::string text) {
  Syntax syntax;
  syntax.kind = kind;
  syntax.text = std::move(text);
  return syntax;
}

Syntax leaf(Tape& tape) {
  static const std::vector<std::string> names = {"a",    "Q1",    "Q18.accuracy", "Q12.other.text",
                                                 "note", "Q14.3", "order"};
  switch (tape.choose(4)) {
    case 0:
      return node(SyntaxKind::name, names[static_cast<size_t>(tape.choose(7))]);
    case 1: {
      Syntax number = node(SyntaxKind::number, "");
      number.number = tape.choose(200) / 4.0;
      return number;
    }
    case 2:
      return node(SyntaxKind::text, tape.choose(2) == 0 ? "x y" : "日本 (or)");
    default: {
      Syntax truth = node(SyntaxKind::truth, "");
      truth.number = tape.choose(2);
      return truth;
    }
  }
}

Syntax tree(Tape& tape, int depth) {
  static const std::vector<std::string> binary = {
      "or", "and", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"};
  if (depth == 0 || tape.at_end())
    return leaf(tape);
  const int kind = tape.choose(18);
  Syntax result;
  size_t children = 2;
  if (kind < 12) {
    result = node(SyntaxKind::operation, binary[static_cast<size_t>(kind)]);
  } else if (kind < 14) {
    result = node(SyntaxKind::operation, kind == 12 ? "not" : "-");
    children = 1;
  } else if (kind < 16) {
    result = node(SyntaxKind::membership, kind == 14 ? "in" : "not in");
    children = 2 + static_cast<size_t>(tape.choose(3));
  } else {
    result = node(SyntaxKind::call, kind == 16 ? "share" : "max");
    children = static_cast<size_t>(tape.choose(3));
    if (kind == 16 && tape.choose(2) == 1)
      result.condition = std::make_unique<Syntax>(tree(tape, depth - 1));
  }
  for (size_t i = 0; i < children; ++i)
    result.children.push_back(tree(tape, depth - 1));
  return result;
}

// How tightly a node holds together, as the grammar has it.
int level(const Syntax& syntax) {
  if (syntax.kind == SyntaxKind::membership)
    return 4;
  if (syntax.kind != SyntaxKind::operation)
    return 8;
  if (syntax.text == "or")
    return 1;
  if (syntax.text == "and")
    return 2;
  if (syntax.text == "not")
    return 3;
  if (syntax.children.size() == 1)
    return 7;
  return syntax.text == "+" || syntax.text == "-"   ? 5
         : syntax.text == "*" || syntax.text == "/" ? 6
                                                    : 4;
}

std::string printed(const Syntax& syntax, int least);

std::string listed(const Syntax& syntax, size_t first, int least) {
  std::string all;
  for (size_t i = first; i < syntax.children.size(); ++i)
    all += (i > first ? ", " : "") + printed(syntax.children[i], least);
  return all;
}

std::string bare(const Syntax& syntax) {
  switch (syntax.kind) {
    case SyntaxKind::number: {
      std::array<char, 32> digits{};
      return {digits.data(),
              std::to_chars(digits.data(), digits.data() + digits.size(), syntax.number).ptr};
    }
    case SyntaxKind::text:
      return "\"" + syntax.text + "\"";
    case SyntaxKind::truth:
      return syntax.number != 0 ? "true" : "false";
    case SyntaxKind::name:
      return syntax.text;
    case SyntaxKind::call:
      return syntax.text + "(" + listed(syntax, 0, 1) +
             (syntax.condition ? " | " + printed(*syntax.condition, 1) : "") + ")";
    case SyntaxKind::membership:
      return printed(syntax.children[0], 5) + " " + syntax.text + " (" + listed(syntax, 1, 5) + ")";
    case SyntaxKind::operation:
      break;
  }
  const int own = level(syntax);
  if (syntax.children.size() == 1)
    return syntax.text + (own == 3 ? " " : "") + printed(syntax.children[0], own);
  // Comparisons do not chain; all others go from the left.
  return printed(syntax.children[0], own == 4 ? 5 : own) + " " + syntax.text + " " +
         printed(syntax.children[1], own + 1);
}

// With parentheses only where the grammar needs them.
std::string printed(const Syntax& syntax, int least) {
  return level(syntax) < least ? "(" + bare(syntax) + ")" : bare(syntax);
}

TEST(SyntaxProperty, WhatIsPrintedIsReadAgain) {
  EXPECT_TRUE(holds_for_tapes("printing and parsing give the same tree", [](Tape tape) {
    const Syntax before = tree(tape, 5);
    const std::string text = printed(before, 1);
    Diagnostics faults;
    const std::optional<Syntax> after = parse_syntax(text, {"f", 1, 1, 0}, faults);
    return after && bracketed(*after) == bracketed(before) && after->begin == 0 &&
           after->length == static_cast<int>(text.size());
  }));
}

// Whatever the bytes, there is a tree or exactly one fault, inside the formula.
TEST(SyntaxProperty, AnyBytesAreReadOrRefused) {
  static const std::vector<std::string> pieces = {
      "a",  "Q1", " ", "and", "or", "not", "in", "(", ")", ",", "|", ".", "==",   "=",
      "\"", "'",  "1", "2.5", "-",  "+",   "*",  "/", "<", ">", "{", "é", "\xFF", "\n"};
  EXPECT_TRUE(holds_for_tapes("a tree or one fault", [](Tape tape) {
    std::string text;
    while (!tape.at_end())
      text += pieces[static_cast<size_t>(tape.choose(static_cast<int>(pieces.size())))];
    Diagnostics faults;
    const std::optional<Syntax> syntax = parse_syntax(text, {"f", 1, 1, 0}, faults);
    if (syntax)
      return faults.empty();
    if (faults.all().size() != 1)
      return false;
    const Place& place = faults.all()[0].place;
    return place.column >= 1 && place.column <= static_cast<int>(text.size()) + 1;
  }));
}

}  // namespace
}  // namespace topline
