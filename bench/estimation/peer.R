# The tasks of estimation_bench.cpp in R's survey: one row a task, seconds and the megabytes that R
# held at most. Whole tasks begin with the survey's columns and make the design.
#   Rscript peer.R <task>      replicates, crosstab or raking
task <- commandArgs(TRUE)
suppressMessages(library(survey))
set.seed(20240607)
rows <- 1e6
d <- data.frame(
  w = 50 + 100 * runif(rows), stratum = sample(50, rows, TRUE), y = 20 + 10 * runif(rows),
  a = sample(4, rows, TRUE), b = sample(3, rows, TRUE),
  age = sample(6, rows, TRUE), sex = sample(2, rows, TRUE), region = sample(8, rows, TRUE))
timed <- function(name, run) {
  invisible(gc(reset = TRUE))
  seconds <- system.time(run())[["elapsed"]]
  cat(sprintf("%-28s %8.2f s %8.0f MB\n", name, seconds, sum(gc()[, 6])))
}

if (task == "replicates") {
  weights <- as.data.frame(matrix(0.7 + 0.6 * runif(rows * 80), rows) * d$w)
  names(weights) <- paste0("rw", 1:80)
  d <- cbind(d, weights)
  rm(weights)
  timed("mean, 80 replicate weights", function() {
    replicated <<- svrepdesign(data = d, weights = ~w, repweights = "rw[0-9]+",
      type = "successive-difference", combined.weights = TRUE)
    svymean(~y, replicated)
  })
  timed("mean, design at hand", function() svymean(~y, replicated))
}

stratified <- function() svydesign(ids = ~1, strata = ~stratum, weights = ~w, data = d)
if (task == "crosstab") {
  timed("crosstab of 4 x 3, Taylor", function() {
    plain <<- stratified()
    svytotal(~ interaction(a, b), plain)
  })
  timed("crosstab, design at hand", function() svytotal(~ interaction(a, b), plain))
}

margin <- function(name, categories) {
  counts <- 1e8 * (1 + 0.1 * (seq_len(categories) - 1))
  counts <- counts / sum(counts) * 1e8
  setNames(data.frame(seq_len(categories), counts), c(name, "Freq"))
}
raked <- function(design)
  rake(design, list(~age, ~sex, ~region),
    list(margin("age", 6), margin("sex", 2), margin("region", 8)),
    control = list(maxit = 100, epsilon = 1e-9))
if (task == "raking") {
  timed("raking to 3 margins", function() {
    plain <<- stratified()
    raked(plain)
  })
  timed("raking, design at hand", function() raked(plain))
}
