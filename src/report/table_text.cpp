#include <algorithm>

#include "report/printed_table.hpp"
#include "text/terminal_width.hpp"

namespace topline {

namespace {

constexpr int gap = 2;  // between columns
constexpr int least_label = 20;
constexpr int most_head = 14;  // wider heads wrap

int cell_width(const PrintedTable& table, size_t column) {
  int width = 0;
  for (const std::string& line : wrap_to_width(table.heads[column], most_head))
    width = std::max(width, display_width(line));
  for (const PrintedRow& row : table.rows) {
    if (column < row.cells.size())
      width = std::max(width, display_width(row.cells[column]));
  }
  return width + gap;
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

// The columns [from, to) of the table, below one another's heads.
class Block {
 public:
  Block(const PrintedTable& table, size_t from, size_t to, int label_width)
      : table_(table), from_(from), to_(to), label_width_(label_width) {
    for (size_t column = from; column < to; ++column)
      widths_.push_back(cell_width(table, column));
  }

  [[nodiscard]] std::string text() const {
    std::string out = over_heads() + heads();
    for (const PrintedRow& row : table_.rows)
      out += line(row);
    return out;
  }

 private:
  // The banner variables' names, each above its first column, cut to the columns it spans.
  [[nodiscard]] std::string over_heads() const {
    std::string out(static_cast<size_t>(label_width_), ' ');
    bool any = false;
    for (size_t column = from_; column < to_;) {
      size_t end = column + 1;
      int span = widths_[column - from_];
      while (end < to_ && table_.over_heads[end] == table_.over_heads[column])
        span += widths_[end++ - from_];
      const std::string& name = table_.over_heads[column];
      any = any || !name.empty();
      out += std::string(gap, ' ') + pad_to_width(cut_to_width(name, span - gap), span - gap);
      column = end;
    }
    return any ? without_trailing_spaces(out) + "\n" : "";
  }

  [[nodiscard]] std::string heads() const {
    std::vector<std::vector<std::string>> wrapped;
    size_t height = 1;
    for (size_t column = from_; column < to_; ++column) {
      wrapped.push_back(wrap_to_width(table_.heads[column], most_head));
      height = std::max(height, wrapped.back().size());
    }
    std::string out;
    for (size_t i = 0; i < height; ++i) {
      std::string row(static_cast<size_t>(label_width_), ' ');
      for (size_t column = 0; column < wrapped.size(); ++column) {
        // Heads stand on the line above the numbers, short ones at its foot.
        const size_t skip = height - wrapped[column].size();
        row +=
            pad_to_width(i < skip ? "" : wrapped[column][i - skip], widths_[column], Align::right);
      }
      out += without_trailing_spaces(std::move(row)) + "\n";
    }
    return out;
  }

  [[nodiscard]] std::string line(const PrintedRow& row) const {
    const int inset = row.member ? 2 : 0;
    const std::vector<std::string> label = wrap_to_width(row.label, label_width_ - inset);
    std::string out;
    for (size_t i = 0; i < label.size(); ++i) {
      std::string printed = std::string(static_cast<size_t>(inset), ' ') + label[i];
      if (i + 1 == label.size()) {
        printed = pad_to_width(printed, label_width_);
        for (size_t column = from_; column < to_; ++column)
          printed += pad_to_width(column < row.cells.size() ? row.cells[column] : "",
                                  widths_[column - from_], Align::right);
      }
      out += without_trailing_spaces(std::move(printed)) + "\n";
    }
    return out;
  }

  const PrintedTable& table_;
  const size_t from_, to_;
  const int label_width_;
  std::vector<int> widths_;
};

}  // namespace

std::string table_text(const PrintedTable& table, int width) {
  std::string out;
  auto wrapped = [&](const std::string& text) {
    for (const std::string& line : wrap_to_width(text, width))
      out += line + "\n";
  };
  wrapped(table.title);
  if (!table.question.empty())
    wrapped(table.question);
  wrapped(table.base);

  int label_width = least_label;
  for (const PrintedRow& row : table.rows)
    label_width = std::max(label_width, display_width(row.label) + (row.member ? 2 : 0));
  int cells = 0;
  for (size_t column = 0; column < table.heads.size(); ++column)
    cells += cell_width(table, column);
  label_width = std::clamp(label_width, least_label, std::max(least_label, width - cells));
  label_width = std::min(label_width, std::max(least_label, width / 2));

  // Columns that do not fit beside one another go below, each block with its labels.
  size_t from = 0;
  while (from < table.heads.size()) {
    size_t to = from;
    int used = label_width;
    while (to < table.heads.size() && (to == from || used + cell_width(table, to) <= width))
      used += cell_width(table, to++);
    if (from > 0)
      out += "\n";
    out += Block(table, from, to, label_width).text();
    from = to;
  }
  for (const std::string& note : table.notes)
    wrapped(note);
  return out;
}

}  // namespace topline
