import { expect, test } from "vitest";
import { describeMendReport } from "#imaging/mend/describe-mend.ts";
import { say } from "#imaging/words/say.ts";

const NOTHING = { partitions: [], loaders: [], disk: [], notes: [], problems: [] };

test("what was refused does not pass for what was right already", () => {
  const system = { name: "Windows", kind: "windows" as const, steps: [], notes: [] };
  const report = { kind: "mend" as const, planId: "mend-1", seconds: 1, ...NOTHING };
  const right = describeMendReport({ ...report, systems: [{ ...system, problems: [] }] });
  expect(right).toContain("There was nothing to do.");
  const problems = [{ code: "HIBERNATED", text: "it is asleep", next: "wake it" }];
  const refused = describeMendReport({ ...report, systems: [{ ...system, problems }] });
  expect(refused).not.toContain("nothing to do");
  expect(refused.split("\n").slice(0, 4)).toEqual([
    "Nothing was done, because of this:",
    "Windows:",
    "  ! it is asleep",
    "    wake it",
  ]);
});

test("a name from a disk adds no line, and steers no terminal", () => {
  const text = describeMendReport({
    ...{ kind: "mend", planId: "mend-1", seconds: 1, partitions: [], loaders: [], disk: [], notes: [] },
    problems: [{ code: "X", text: "first\nDone in 9 s.", next: "then" }],
    systems: [{ name: "Linux\u001b[2J\nall is well", kind: "linux", steps: [], notes: [], problems: [] }],
  });
  const lines = text.split("\n");
  expect(lines).toHaveLength(6);
  expect(lines.at(-1)).toBe("Done in 1 s.");
  expect(text).not.toContain("\u001b");
});

test("a GRUB that comes with all its modules hides nothing else", () => {
  const module = (i: number) => ({
    ...say("boot.module", { file: `m${i}.mod`, isOwn: true }),
    what: `/boot/grub/m${i}.mod`,
  });
  const [before, after] = [{ text: "Before" }, { text: "After" }];
  const lines = (count: number) =>
    describeMendReport({
      ...{ kind: "mend", planId: "mend-1", seconds: 1, ...NOTHING },
      systems: [
        {
          ...{ name: "Linux", kind: "linux", notes: [], problems: [] },
          steps: [before, ...Array.from({ length: count }, (_, i) => module(i)), after],
        },
      ],
    }).split("\n");
  expect(lines(270).slice(2, -1)).toEqual([
    "  - Before",
    "  - Puts GRUB's 270 modules beside its menu, from the system's own GRUB",
    "  - After",
  ]);
  expect(lines(8)).toHaveLength(2 + 10 + 1);
});
