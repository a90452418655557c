/** How device mapper calls a logical volume: dashes are doubled, as a single one stands between both (LVM2, lib/misc/lvm-string.c). */
export const mappedName = (group: string, volume: string): string =>
  [group, volume].map((name) => name.replaceAll("-", "--")).join("-");

/** Characters that such a name may have (DM_NAME_LEN). */
export const MOST_MAPPED_NAME = 127;
