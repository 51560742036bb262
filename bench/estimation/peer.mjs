// The three tasks of estimation_bench.cpp in SQL written by hand, run by DuckDB on two threads: one
// row a task, milliseconds (the best of ten) and the megabytes that the process held at most.
//   node peer.mjs <task>      replicates, crosstab or raking
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRows().map((r) => r.map(Number));

const survey = `select 50 + 100 * random() as w, floor(50 * random())::int as stratum,
  20 + 30 * random() as y, floor(12 * random())::int as cell, floor(6 * random())::int as age,
  floor(2 * random())::int as sex, floor(8 * random())::int as region from range(1000000)`;
const numbers = (count) => [...Array(count).keys()];

async function makeSurvey(replicates) {
  await connection.run('select setseed(0.5)');
  const columns = numbers(replicates).map((r) => `, w * (0.7 + 0.6 * random()) as w${r}`).join('');
  await connection.run(`create table survey as select *${columns} from (${survey})`);
}

// The mean under every replicate; its variance is a sum of 80 numbers.
async function replicates() {
  const means = numbers(80).map((r) => `, sum(w${r} * y) / sum(w${r})`).join('');
  const [[mean, ...others]] = await rows(`select sum(w * y) / sum(w)${means} from survey`);
  const centre = others.reduce((a, b) => a + b) / 80;
  return [mean, Math.sqrt((4 / 80) * others.reduce((a, b) => a + (b - centre) ** 2, 0))];
}

// Cells exclude one another: moments by stratum and cell are all that their covariance needs.
async function crosstab() {
  const moments = await rows(`select stratum, cell, count(*), sum(w), sum(w * w)
    from survey group by stratum, cell`);
  const covariance = numbers(12).map(() => numbers(12).map(() => 0));
  const strata = numbers(50).map(() => ({ n: 0, first: numbers(12).map(() => 0), second: [] }));
  for (const [stratum, cell, n, first, second] of moments) {
    strata[stratum].n += n;
    strata[stratum].first[cell] = first;
    strata[stratum].second[cell] = second;
  }
  for (const { n, first, second } of strata) {
    for (let a = 0; a < 12; ++a) {
      for (let b = 0; b < 12; ++b)
        covariance[a][b] += (n / (n - 1)) * ((a === b ? second[a] : 0) - (first[a] * first[b]) / n);
    }
  }
  return covariance[3][4];
}

// Raked over the joint cells; the weights are made at the end, by a join.
async function raking() {
  const cells = await rows(`select age, sex, region, sum(w) from survey group by age, sex, region`);
  const factors = cells.map(() => 1);
  const margins = [[0, 6], [1, 2], [2, 8]];
  const target = (count, c) => (1e8 * (1 + 0.1 * c)) / (count * (1 + 0.05 * (count - 1)));
  for (let sweep = 0, off = 1; off > 1e-12 && sweep < 2000; ++sweep) {
    off = 0;
    for (const [margin, count] of margins) {
      const totals = numbers(count).map(() => 0);
      cells.forEach((cell, i) => (totals[cell[margin]] += cell[3] * factors[i]));
      const step = totals.map((total, c) => target(count, c) / total);
      step.forEach((s) => (off = Math.max(off, Math.abs(s - 1))));
      cells.forEach((cell, i) => (factors[i] *= step[cell[margin]]));
    }
  }
  const values = cells.map(([age, sex, region], i) => `(${age}, ${sex}, ${region}, ${factors[i]})`);
  await connection.run(`create or replace table raked as select w * factor as w
    from survey join (values ${values.join(',')}) as f(age, sex, region, factor)
    using (age, sex, region)`);
  return factors[0];
}

const tasks = {
  replicates: ['mean, 80 replicate weights', 'mean, design at hand', replicates, 80],
  crosstab: ['crosstab of 4 x 3, Taylor', 'crosstab, design at hand', crosstab, 0],
  raking: ['raking to 3 margins', 'raking, design at hand', raking, 0],
};
const [name, alone, task, replicateCount] = tasks[process.argv[2]];
await makeSurvey(replicateCount);
let best = Infinity;
for (let run = 0; run < 10; ++run) {
  const start = performance.now();
  await task();
  best = Math.min(best, performance.now() - start);
}
const peak = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1] / 1024;
for (const label of [name, alone])
  console.log(`${label.padEnd(28)} ${best.toFixed(2).padStart(8)} ms ${peak.toFixed(0).padStart(8)} MB`);
