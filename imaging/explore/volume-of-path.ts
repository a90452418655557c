/** The name of the volume that a path in an image begins with; undefined for the root. */
export const volumeOfPath = (path: string): string | undefined =>
  path.split("/").find((part) => part !== "" && part !== ".");
