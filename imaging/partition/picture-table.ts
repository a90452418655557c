import type { TableDesign } from "#imaging/disk/build-table.ts";
import { editInvalid } from "#imaging/partition/edit-invalid.ts";
import type { Picture } from "#imaging/partition/picture.ts";
import { say } from "#imaging/words/say.ts";

/** The table of a picture, to be made. @param bootCode of sector 0, which stays */
export function pictureTable(picture: Picture, bootCode?: Uint8Array): TableDesign {
  const { tableType, size, sectorSize, diskId } = picture;
  if (tableType === "none") throw editInvalid(say("cannot.no-table"));
  const partitions = picture.partitions.map(
    ({ number, start, size: length, type, name, guid, active, attributes, role }) => ({
      ...{ number, start, size: length, type, name, guid, active, attributes, role },
    }),
  );
  return { type: tableType, size, sectorSize, diskId, partitions, ...(bootCode && { bootCode }) };
}
