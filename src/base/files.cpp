#include "base/files.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace topline {

namespace {

std::string reason(int error) {
  if (error == ENOENT)
    return "there is no such file";
  if (error == EACCES)
    return "permission denied";
  if (error == ENOTDIR || error == EEXIST)
    return "a part of its path is a file, and no folder";
  if (error == ELOOP)
    return "its links lead back to themselves";
  if (error == ENAMETOOLONG)
    return "its name is too long";
  if (error == EISDIR)
    return "it is a folder";
  if (error == ENOSPC)
    return "the disk is full";
  return std::strerror(error);  // NOLINT(concurrency-mt-unsafe): the message is copied at once
}

class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0)
      ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }
  bool close() {
    const int result = ::close(descriptor_);
    descriptor_ = -1;
    return result == 0;
  }

 private:
  int descriptor_;
};

// errno of the first write that failed; 0 when all went well.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return errno;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return 0;
}

// A device or a pipe takes the bytes as they come: nothing can be put in its place.
Result<Done> write_into(const std::string& path, std::string_view bytes) {
  OpenFile file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  if (file.get() < 0)
    return fault_in(path, "cannot be written: " + reason(errno));
  if (const int error = write_all(file.get(), bytes); error != 0)
    return fault_in(path, "cannot be written: " + reason(error));
  if (!file.close())
    return fault_in(path, "cannot be written: " + reason(errno));
  return Done{};
}

}  // namespace

Result<std::string> read_file(const std::string& path, const std::string& shown) {
  OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0)
    return fault_in(shown, "cannot be read: " + reason(errno));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0)
    return fault_in(shown, "cannot be read: " + reason(errno));
  if (S_ISDIR(status.st_mode))
    return fault_in(shown, "cannot be read: " + reason(EISDIR));
  // A device or a pipe might never end, or never begin.
  if (!S_ISREG(status.st_mode))
    return fault_in(shown, "cannot be read: it is no plain file");
  std::string bytes;
  bytes.reserve(static_cast<size_t>(status.st_size));
  char buffer[65536];
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer, sizeof buffer);
    if (count == 0)
      return bytes;
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return fault_in(shown, "cannot be read: " + reason(errno));
    bytes.append(buffer, static_cast<size_t>(count));
  }
}

Result<Done> write_file(const std::string& path, std::string_view bytes) {
  struct stat there {};
  const bool exists = ::stat(path.c_str(), &there) == 0;
  if (!exists && errno == ELOOP)
    return fault_in(path, "cannot be written: " + reason(ELOOP));
  if (exists && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode))
    return write_into(path, bytes);
  // What a link leads to is replaced, and not the link.
  std::error_code error;
  if (std::filesystem::is_symlink(path, error)) {
    const std::filesystem::path led_to = std::filesystem::read_symlink(path, error);
    if (error)
      return fault_in(path, "cannot be written: " + reason(error.value()));
    return write_file((std::filesystem::path(path).parent_path() / led_to).string(), bytes);
  }
  const std::filesystem::path target(path);
  if (target.has_parent_path()) {
    std::filesystem::create_directories(target.parent_path(), error);
    if (error)
      return fault_in(path,
                      "cannot be written: " + (error.value() == ENOENT ? "its folder cannot be made"
                                                                       : reason(error.value())));
  }
  const std::string beside = path + ".part" + std::to_string(::getpid());
  auto give_up = [&](int code) -> Diagnostic {
    ::unlink(beside.c_str());
    return fault_in(path, "cannot be written: " + reason(code),
                    "what was there before is unchanged");
  };
  OpenFile file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.get() < 0)
    return fault_in(path, "cannot be written: " + reason(errno));
  if (const int failed = write_all(file.get(), bytes); failed != 0)
    return give_up(failed);
  if (!file.close())
    return give_up(errno);
  if (::rename(beside.c_str(), path.c_str()) != 0)
    return give_up(errno);
  return Done{};
}

}  // namespace topline
