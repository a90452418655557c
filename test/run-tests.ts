import { spawn } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { relative } from "node:path";

/**
 * Runs every kind of test and closes with one line for all: `N passed, N failed`. `sample` is what every change runs, `all` the matrix.
 */
const scope = process.argv[2] === "all" ? "all" : "sample";
const checks = [
  { name: "types", command: ["node_modules/.bin/tsc", "-p", "."] },
  { name: "lint", command: ["node_modules/.bin/biome", "check", "--error-on-warnings", "."] },
];
/**
 * Kinds of one line run one after the other, lines side by side: a virtual machine keeps one processor busy, and no more. Last and
 * alone those that look at all mounts. The whole matrix has tests that compare times: there nothing runs beside anything.
 */
const stages: readonly (readonly (readonly string[])[])[] =
  scope === "all"
    ? [[["unit", "engine", "explore", "ui", "vm"]]]
    : [
        [
          ["unit", "engine"],
          ["vm", "ui"],
        ],
        [["explore"]],
      ];

interface Count {
  passed: number;
  failed: number;
}

/** The part of vitest's JSON report (the format of jest) that is read here. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    message: string;
    startTime: number;
    endTime: number;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

/** Where the time goes: who makes a test slow should see it. */
function slowestOf(report: Report): string[] {
  return report.testResults
    .map(({ name, startTime, endTime }) => ({
      file: relative(process.cwd(), name),
      seconds: (endTime - startTime) / 1000,
    }))
    .filter(({ seconds }) => seconds >= 20)
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 20)
    .map(({ file, seconds }) => `${seconds.toFixed(0).padStart(6)} s  ${file}`);
}

function run(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...env } });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Each failed test with the start of its message, and each file that could not be loaded. */
function failuresOf(report: Report): string[] {
  return report.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter(({ status }) => status === "failed");
    if (failed.length === 0) return message === "" ? [] : [`${file}: ${startOf(message)}`];
    return failed.map((test) => `${file} > ${test.fullName}: ${startOf(test.failureMessages.join("\n"))}`);
  });
}

function startOf(message: string): string {
  return message.split("\n").slice(0, 12).join("\n    ");
}

async function runProject(project: string): Promise<Count> {
  const report = `out/test-reports/${project}.json`;
  const status = await run(
    [
      "node_modules/.bin/vitest",
      "run",
      "--project",
      project,
      "--reporter=verbose",
      "--reporter=json",
      `--outputFile=${report}`,
    ],
    {
      LIFEBOAT_TEST_FULL: scope === "all" ? "1" : "",
      // Other things run at the same time here, and on many machines: what is waited for may come late.
      LIFEBOAT_TEST_TIMEOUT_FACTOR: process.env["LIFEBOAT_TEST_TIMEOUT_FACTOR"] ?? "3",
    },
  );
  const counts = JSON.parse(await readFile(report, "utf8")) as Report;
  const failed = counts.numFailedTests;
  failures.push(...failuresOf(counts));
  slowest.push(...slowestOf(counts));
  // A file that cannot even be loaded fails the run without counting a test.
  return { passed: counts.numPassedTests, failed: status !== 0 && failed === 0 ? 1 : failed };
}

const failures: string[] = [];
const slowest: string[] = [];
const total: Count = { passed: 0, failed: 0 };
await mkdir("out/test-reports", { recursive: true });
for (const { name, command } of checks) {
  const ok = (await run(command)) === 0;
  console.log(`${name}: ${ok ? "ok" : "FAILED"}`);
  if (ok) total.passed++;
  else {
    total.failed++;
    failures.push(name);
  }
}
async function runLine(line: readonly string[]): Promise<void> {
  for (const project of line) {
    const started = Date.now();
    const count = await runProject(project);
    console.log(
      `${project}: ${count.passed} passed, ${count.failed} failed in ${Math.round((Date.now() - started) / 1000)} s`,
    );
    total.passed += count.passed;
    total.failed += count.failed;
  }
}
for (const lines of stages) await Promise.all(lines.map(runLine));
console.log(`slowest files:\n${slowest.join("\n")}`);
// Last, because a log of thousands of lines is read, or kept, from its end.
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
