import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { failureLines, report, type TargetResult } from "#test/fuzz/report.ts";
import { runTarget } from "#test/fuzz/run-target.ts";
import { showCase } from "#test/fuzz/show-case.ts";
import { failureCount } from "#test/fuzz/tally.ts";
import { loadTarget, TARGETS, targetNames } from "#test/fuzz/targets.ts";

/**
 * Tries every parser with damaged inputs. Options: --target NAME (may be given again), --cases N for each target,
 * --seed S, --jobs N, --case N to repeat one case and say all about it, --dump FILE to keep its input. Ctrl+C ends
 * the run with the table of what was tried until then; pressed again, at once.
 */
const { values } = parseArgs({
  options: {
    target: { type: "string", multiple: true },
    cases: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    case: { type: "string" },
    dump: { type: "string" },
  },
});

const folder = TARGETS.href;
const chosen = values.target ?? targetNames(TARGETS);
const seed = Number(values.seed);

async function runAll(): Promise<void> {
  const results: TargetResult[] = [];
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
  for (const name of chosen) {
    if (stop.signal.aborted) break;
    const target = await loadTarget(folder, name);
    const started = performance.now();
    const options = {
      folder,
      seed,
      cases: Math.ceil(Number(values.cases) * (target.share ?? 1)),
      jobs: Number(values.jobs),
    };
    const tally = await runTarget(target, options, stop.signal);
    const result = { target: target.name, tally, seconds: (performance.now() - started) / 1000 };
    results.push(result);
    const failures = failureCount(tally);
    console.log(`${target.name}: ${tally.cases} cases, ${failures} failures, ${result.seconds.toFixed(0)} s`);
  }
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  console.log(`\n${report(results)}\n\nseed ${seed}, ${(seconds / 60).toFixed(1)} minutes`);
  for (const line of failureLines(results, seed)) console.log(line);
  process.exitCode = results.some(({ tally }) => failureCount(tally) > 0) ? 1 : 0;
}

const [only] = chosen;
if (values.case === undefined) await runAll();
else if (only) await showCase(await loadTarget(folder, only), { seed, case: Number(values.case) }, values.dump);
