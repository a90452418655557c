/** Linux names partition 2 sda2, and nvme0n1p2 where the disk's name ends in a digit. */
export const partitionPath = (disk: string, number: number): string =>
  number === 0 ? disk : /\d$/.test(disk) ? `${disk}p${number}` : `${disk}${number}`;
