// The bytes of a CSV file, read in pieces by several threads, and those pieces as UTF-8.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/column_vector.hpp"
#include "base/result.hpp"
#include "io/encoding.hpp"

namespace topline {

class CsvSource {
 public:
  // The file at `path`, which stays open. What is no plain file (a pipe) is read at once.
  static Result<CsvSource> open(const std::string& path, const std::string& shown);
  // `bytes` must live as long as the source.
  static CsvSource over(std::string_view bytes);
  static CsvSource owning(std::string bytes);

  [[nodiscard]] uint64_t size() const { return size_; }
  // Copies the bytes [offset, offset + count), which must be in the file, to `to`. False if they
  // cannot be read: a damaged disk, or a file that has become shorter. Any number of threads.
  [[nodiscard]] bool read(uint64_t offset, size_t count, char* to) const;

 private:
  std::shared_ptr<const int> descriptor_;     // closes itself
  std::shared_ptr<const std::string> owned_;  // so that bytes_ stays when the source moves
  std::string_view bytes_;
  uint64_t size_ = 0;
};

// A stretch of a file as UTF-8, with as much behind it as is wanted, and `padding` zeros behind
// that. At the end of the file the last line gets its line end if it has none.
class CsvWindow {
 public:
  CsvWindow(const CsvSource& source, Encoding encoding, size_t padding)
      : source_(&source), encoding_(encoding), padding_(padding) {}

  // Loads the bytes [begin, end) of the file and some behind. A UTF-16 character across `begin`
  // or `end` belongs to the stretch in which it begins. False if the file cannot be read.
  [[nodiscard]] bool load(uint64_t begin, uint64_t end);
  // Loads more behind; at least as much again as there is behind the stretch now.
  [[nodiscard]] bool extend();

  [[nodiscard]] const char* text() const { return text_.data(); }
  [[nodiscard]] char* text() { return text_.data(); }
  [[nodiscard]] size_t size() const { return size_; }             // all text
  [[nodiscard]] size_t stretch_size() const { return stretch_; }  // of that, [begin, end)
  [[nodiscard]] bool at_end() const { return at_end_; }           // nothing follows in the file
  ColumnVector<char>&& take_text() && { return std::move(text_); }

 private:
  [[nodiscard]] bool append(uint64_t end);
  [[nodiscard]] uint64_t whole_character(uint64_t offset) const;
  void finish();

  const CsvSource* source_;
  Encoding encoding_;
  size_t padding_;
  ColumnVector<char> text_;
  ColumnVector<char> raw_;
  uint64_t next_ = 0;  // where the file goes on behind the text
  size_t size_ = 0;
  size_t stretch_ = 0;
  bool at_end_ = false;
};

}  // namespace topline
