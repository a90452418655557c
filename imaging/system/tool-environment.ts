/**
 * What a tool of the system gets to know: where other tools are, and a fixed locale, so that a program can read what it
 * prints. Not our own environment, which may hold LIFEBOAT_PASSWORD.
 */
export const TOOL_ENVIRONMENT = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" } as const;
