#include "io/csv_source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.hpp"

namespace topline {

namespace {

constexpr uint64_t kBehind = 4096;  // loaded behind a stretch, for the record across its end

}  // namespace

Result<CsvSource> CsvSource::open(const std::string& path, const std::string& shown) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status {};
  if (descriptor >= 0 && ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
    CsvSource source;
    source.descriptor_ = std::shared_ptr<const int>(new int(descriptor), [](const int* open) {
      ::close(*open);
      delete open;
    });
    source.size_ = static_cast<uint64_t>(status.st_size);
    return source;
  }
  if (descriptor >= 0)
    ::close(descriptor);
  Result<std::string> bytes = read_file(path, shown);  // which also knows why it cannot be read
  if (!bytes)
    return bytes.fault();
  return owning(std::move(bytes).value());
}

CsvSource CsvSource::over(std::string_view bytes) {
  CsvSource source;
  source.bytes_ = bytes;
  source.size_ = bytes.size();
  return source;
}

CsvSource CsvSource::owning(std::string bytes) {
  auto owned = std::make_shared<const std::string>(std::move(bytes));
  CsvSource source = over(*owned);
  source.owned_ = std::move(owned);
  return source;
}

bool CsvSource::read(uint64_t offset, size_t count, char* to) const {
  if (count == 0)
    return true;
  if (!descriptor_) {
    std::memcpy(to, bytes_.data() + offset, count);
    return true;
  }
  while (count > 0) {
    const ssize_t got = ::pread(*descriptor_, to, count, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return false;
    to += got;
    offset += static_cast<uint64_t>(got);
    count -= static_cast<size_t>(got);
  }
  return true;
}

// The offset behind the character that begins before `offset`, if it is a UTF-16 pair across it.
uint64_t CsvWindow::whole_character(uint64_t offset) const {
  const bool little = encoding_ == Encoding::utf16_le;
  if ((!little && encoding_ != Encoding::utf16_be) || offset < 2 || offset + 2 > source_->size())
    return offset;
  char bytes[4] = {};
  if (!source_->read(offset - 2, 4, bytes))
    return offset;  // the loading that follows will fail and tell
  auto upper = [&](size_t i) { return static_cast<unsigned char>(bytes[little ? i + 1 : i]); };
  const bool pair = (upper(0) & 0xFC) == 0xD8 && (upper(2) & 0xFC) == 0xDC;
  return pair ? offset + 2 : offset;
}

bool CsvWindow::load(uint64_t begin, uint64_t end) {
  text_.clear();
  size_ = 0;
  begin = whole_character(begin);
  end = whole_character(end);
  next_ = begin;
  const uint64_t behind = std::min(end + kBehind, source_->size());
  if (encoding_ == Encoding::utf8) {  // the usual case: one read, in place
    const auto count = static_cast<size_t>(behind - begin);
    text_.resize(count + 1 + padding_);
    if (!source_->read(begin, count, text_.data()))
      return false;
    text_.resize(count);
    next_ = behind;
    stretch_ = static_cast<size_t>(end - begin);
  } else {
    if (!append(end))
      return false;
    stretch_ = text_.size();
    if (!append(behind))
      return false;
  }
  const bool stretch_is_last = end == source_->size();
  finish();
  if (stretch_is_last)
    stretch_ = size_;
  return true;
}

bool CsvWindow::extend() {
  text_.resize(size_);
  const uint64_t more = std::max<uint64_t>(kBehind, size_ - stretch_);
  if (!append(std::min(next_ + more, source_->size())))
    return false;
  finish();
  return true;
}

bool CsvWindow::append(uint64_t end) {
  const auto count = static_cast<size_t>(end - next_);
  raw_.resize(count);
  if (!source_->read(next_, count, raw_.data()))
    return false;
  const bool last = end == source_->size();
  next_ += append_as_utf8({raw_.data(), count}, encoding_, last, text_);
  return true;
}

void CsvWindow::finish() {
  at_end_ = next_ == source_->size();
  if (at_end_ && !text_.empty() && text_.back() != '\n' && text_.back() != '\r')
    text_.push_back('\n');
  size_ = text_.size();
  text_.resize(size_ + padding_);
  std::memset(text_.data() + size_, 0, padding_);
}

}  // namespace topline
