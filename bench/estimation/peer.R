# The three tasks of estimation_bench.cpp in R's survey: one row a task, seconds and the megabytes
# that R held at most.
suppressMessages(library(survey))
set.seed(20240607)
rows <- 1e6
d <- data.frame(
  w = 50 + 100 * runif(rows), stratum = sample(50, rows, TRUE), y = 20 + 10 * runif(rows),
  a = sample(4, rows, TRUE), b = sample(3, rows, TRUE),
  age = sample(6, rows, TRUE), sex = sample(2, rows, TRUE), region = sample(8, rows, TRUE))
timed <- function(name, task) {
  invisible(gc(reset = TRUE))
  seconds <- system.time(task())[["elapsed"]]
  cat(sprintf("%-28s %8.2f s %8.0f MB\n", name, seconds, sum(gc()[, 6])))
}

replicates <- matrix(0.7 + 0.6 * runif(rows * 80), rows) * d$w
replicated <- svrepdesign(data = d["y"], weights = d$w, repweights = replicates,
  type = "successive-difference", combined.weights = TRUE)
rm(replicates)
timed("mean, 80 replicate weights", function() svymean(~y, replicated))
rm(replicated)

plain <- svydesign(ids = ~1, strata = ~stratum, weights = ~w, data = d)
timed("crosstab of 4 x 3, Taylor", function() svytotal(~ interaction(a, b), plain))

margin <- function(name, categories) {
  counts <- 1e8 * (1 + 0.1 * (seq_len(categories) - 1))
  counts <- counts / sum(counts) * 1e8
  setNames(data.frame(seq_len(categories), counts), c(name, "Freq"))
}
timed("raking to 3 margins", function()
  rake(plain, list(~age, ~sex, ~region),
    list(margin("age", 6), margin("sex", 2), margin("region", 8)),
    control = list(maxit = 100, epsilon = 1e-9)))
