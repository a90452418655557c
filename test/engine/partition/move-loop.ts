import { openDevice } from "#imaging/device/file-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import { finishChange } from "#imaging/partition/finish-change.ts";
import { beginMove } from "#imaging/partition/move/begin-move.ts";
import { findMove } from "#imaging/partition/move/find-move.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";

/** Moves a partition, or goes on with a move; killed by the test in the middle. Arguments: disk, number, new start. */
const [path = "", number, start] = process.argv.slice(2);
await using device = await openDevice(path, { write: true });
const journal = (await findMove(device)) ?? (await begin());
process.stdout.write("begun\n");
for await (const done of finishChange(device, journal, new AbortController().signal)) process.stdout.write(`${done}\n`);

async function begin() {
  const before = await pictureDisk(device);
  const moved = before.partitions.find((one) => one.number === Number(number));
  if (!moved || moved.start === Number(start)) process.exit(0); // it is there already
  const after = applyEdit(before, { op: "move", number: Number(number), start: Number(start) }, "");
  return beginMove(device, { before, after, number: moved.number }, ExtentList.of([{ start: 0, end: moved.size }]));
}
