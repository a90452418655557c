import { access } from "node:fs/promises";

/** Letters of volumes; X is Windows PE itself, in memory. */
const LETTERS = "CDEFGHIJKLMNOPQRSTUVWYZ";

/** What Windows has mounted: "C:\", "D:\" ... */
export async function driveRoots(): Promise<string[]> {
  const roots = [...LETTERS].map((letter) => `${letter}:\\`);
  const there = await Promise.all(
    roots.map((root) =>
      access(root).then(
        () => [root],
        () => [],
      ),
    ),
  );
  return there.flat();
}
