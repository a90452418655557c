/** Builds that run now, and the umask that the process had before the first of them. */
let running = 0;
let before = 0;

/**
 * Folders and files that `work` makes have the modes that Debian's have, whatever the umask of who builds: a medium whose /etc only root
 * may read would start no browser. The umask is the whole process's; it is as before when no work runs any more.
 */
export async function withUsualModes<T>(work: () => Promise<T>): Promise<T> {
  if (running++ === 0) before = process.umask(0o022);
  try {
    return await work();
  } finally {
    if (--running === 0) process.umask(before);
  }
}
