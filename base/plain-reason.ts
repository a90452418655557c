/** "ENOENT: no such file or directory, open '/x'": how Node words what the system said. */
const NODE = /^E[A-Z0-9]+: (.+?), [a-z]+(?: '.*')?$/s;

/** What the system said, without its code, the call and the path: those stand elsewhere, or help nobody. */
export const plainReason = (message: string): string => NODE.exec(message)?.[1] ?? message;
