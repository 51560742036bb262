#include "cli/application.hpp"

int main(int argc, char** argv) {
  return topline::run_topline(argc, argv);
}
