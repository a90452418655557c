import { afterEach, expect, test, vi } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { ProgressMeter } from "#base/progress.ts";
import { toldIn } from "#base/told-line.ts";
import { openOutput, reportError, table } from "#cli/output.ts";
import { say } from "#imaging/words/say.ts";
import { sayError } from "#imaging/words/say-problem.ts";

const HOSTILE = "\u001b]0;owned\u0007\u202etxt";

afterEach(() => vi.restoreAllMocks());

test("a terminal obeys nothing that an image or a disk is called, wherever it is printed", () => {
  let printed = "";
  const take = (text: string | Uint8Array) => {
    printed += String(text);
    return true;
  };
  vi.spyOn(process.stderr, "write").mockImplementation(take);
  vi.spyOn(process.stdout, "write").mockImplementation(take);
  const output = openOutput(false);
  const meter = new ProgressMeter([{ phase: "write", bytes: 1 }]);
  meter.warn("CHUNK_DAMAGED", `region ${HOSTILE}`);
  output.message(HOSTILE);
  output.progress(meter.pausedBy({ code: "READ_FAILED", text: HOSTILE }));
  output.result({}, () => `first line\n${HOSTILE}`);
  reportError(new LifeboatError("NOT_FOUND", { what: HOSTILE }), false);
  reportError(new Error(HOSTILE), false);
  expect(printed.match(/[^\P{Cc}\n]|\u202e/gu)).toBeNull();
  expect(printed.match(/owned/g)?.length).toBeGreaterThanOrEqual(6);
  expect(printed).toContain("first line\n");
});

test("no newline in a name begins a line of its own", () => {
  const forged = "office\n  Next: lifeboat restore other.lbi --yes-erase disk";
  let printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const meter = new ProgressMeter([{ phase: "write", bytes: 1 }]);
  meter.warn("CHUNK_DAMAGED", forged);
  openOutput(false).progress(meter.pausedBy({ code: "READ_FAILED", text: forged }));
  reportError(new LifeboatError("NOT_FOUND", { what: forged }), false);
  const lines = `${printed}${table([["NAME"], [forged]])}`.split("\n");
  expect(lines.filter((line) => line.includes("other.lbi") && !/office|^ {6}[|]/.test(line))).toEqual([]);
  expect(printed.match(/^ {2}Next:/gm)).toHaveLength(1);
});

test("with --json what is said while it works comes with its keys: why it waits, that it goes on, each step and warning", () => {
  let printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const meter = new ProgressMeter([{ phase: "write", bytes: 1 }]);
  const away = sayError(
    new LifeboatError("READ_FAILED", { device: "/dev/sdb", offset: 0, reason: "Input/output error" }),
  );
  const damaged = say("damage.lost");
  meter.warn("CHUNK_DAMAGED", damaged.text, damaged.said);
  const output = openOutput(true);
  output.progress(meter.pausedBy({ code: "READ_FAILED", ...away }));
  output.progress(meter.at(1));
  output.tell(say("boot.menu-missing"));
  const told = printed.split("\n").flatMap((line) => toldIn(line) ?? []);
  expect(told.map(({ said }) => said?.key)).toEqual([
    ...["damage.lost", "goes.waiting", "goes.waiting-next", "goes.on", "boot.menu-missing"],
  ]);
  expect(told[1]?.said?.values["problem"]).toEqual(away);
  expect(told[1]?.text).toContain("Waiting: ");
});
