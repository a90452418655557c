import { expect, test } from "vitest";
import type { BootProof } from "#imaging/prove/boot-proof.ts";
import { describeProof, proofLines } from "#imaging/prove/describe-proof.ts";
import { say } from "#imaging/words/say.ts";

const PROOF: BootProof = {
  ...{ verdict: "initramfs", cause: "wrong-root", reached: "initramfs", seconds: 61.2 },
  ...{ reason: "Why.", next: "What to do.", evidence: "ALERT!  UUID=1 does not exist.", source: "/d.raw" },
  ...{ firmware: "uefi", firmwareBecause: "it was asked for", bus: "nvme", memoryMiB: 2048, accelerator: "steady-tcg" },
  ...{ readBytes: 1 << 20, writtenBytes: 0, warnings: ["slow"] },
  prepared: { added: ["partition 3: /boot/grub/grub.cfg: prints"], left: ["partition 4: it is encrypted"] },
  complaints: ["ALERT!  UUID=1 does not exist.", "error: x"],
};

test("a proof says first whether it starts, then why, by which line, and what was done to the copy", () => {
  expect(describeProof(PROOF)).toBe(`It does not start: the kernel does not come to its root file system.
  Why.
  Shown by:  ALERT!  UUID=1 does not exist.
  Reached:   the kernel's start files (initramfs), after 61 s
  Next:      What to do.
  Machine:   uefi (it was asked for), disk on nvme, 2048 MiB, emulated, no network
  Disk:      1 MiB read; 0 B written, to the throw-away copy alone
Said on the way:
  - error: x
Added to the throw-away copy:
  - partition 3: /boot/grub/grub.cfg: prints
Left as it is:
  - partition 4: it is encrypted
! slow`);
});

test("what it is told of with words has these in every language", () => {
  const [reason, next] = ["The kernel began and gave up (kernel panic).", "Look at the picture and the serial log."];
  const lines = proofLines({ ...PROOF, reason, next });
  const words = lines.flatMap(({ said }) => said ?? []);
  expect(words.every(({ key }) => /^(prove|proved|line)\./.test(key)) && words.length).toBe(lines.length);
  expect(words[1]?.values).toEqual({ reason: say("proof.kernel-panic") });
  expect(words.find(({ key }) => key === "proved.next")?.values).toEqual({ next: say("proof.next-look") });
});

test("of a system that is up it says which, and where the files are", () => {
  const system = {
    host: "office",
    state: "running",
    targets: ["graphical.target"],
    login: [],
    display: "gdm.service",
    failed: [],
  };
  const files = { screen: "/r/screen.png", serialLog: "/r/serial.log", report: "/r/report.json" };
  const text = describeProof({ ...PROOF, verdict: "up", cause: undefined, reached: "up", system, files });
  expect(text).toMatch(/^It starts\.\n/);
  expect(text).toContain("  System:    office, running, graphical.target\n");
  expect(text).toContain("  Files:     /r/screen.png, /r/serial.log, /r/report.json\n");
});
