const PHYSICAL_DRIVE = /^\\\\[.?]\\PhysicalDrive(\d{1,4})$/i;

/** "\\.\PhysicalDrive3" -> 3; undefined for another path ("Naming Files, Paths, and Namespaces", Win32 Device Namespaces). */
export function physicalDriveNumber(path: string): number | undefined {
  const number = PHYSICAL_DRIVE.exec(path)?.[1];
  return number === undefined ? undefined : Number(number);
}

export const physicalDrivePath = (number: number): string => `\\\\.\\PhysicalDrive${number}`;
