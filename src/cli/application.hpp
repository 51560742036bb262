// The command-line program: one subcommand per file, registered here.
#pragma once

namespace topline {

// Exit statuses: 0 done; 1 a fault in the study; 2 wrong usage; 3 the environment (a folder
// that cannot be written, a font that is not installed).
int run_topline(int argc, char** argv);

}  // namespace topline
