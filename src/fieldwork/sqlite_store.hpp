// The store in one SQLite file: write-ahead log, every commit synchronized to the disk.
//
// SQLite up to 3.51.2 can damage a file when two connections write or checkpoint at the same
// instant (the "WAL-reset" fault). One connection of one process writes here, and alone makes
// checkpoints: a lock beside the file keeps a second writer out, readers are read-only and make
// none.
#pragma once

#include <memory>
#include <string>

#include "fieldwork/response_store.hpp"

namespace topline {

enum class StoreUse {
  write,  // makes the file where there is none; a fault while another process writes to it
  read,   // while it is written, too
};

struct SqliteOptions {
  StoreUse use = StoreUse::write;
  // For tests of what a loss of power leaves:
  std::string file_layer;   // name of a registered sqlite3_vfs; empty: the system's
  bool synchronize = true;  // false: commits may be lost
};

// `path`: of the file. The fault tells what is wrong with the file, and what to do.
Result<std::unique_ptr<ResponseStore>> open_sqlite_store(const std::string& path,
                                                         const SqliteOptions& options = {});

}  // namespace topline
