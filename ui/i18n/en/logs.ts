export const logs = {
  "logs.title": "Log",
  "logs.lead": "What the rescue system has done since it was started.",
  "logs.again": "Read again",
  "logs.bundle": "Support bundle",
  "logs.bundle-text":
    "Everything that somebody who helps you needs, in one file: logs, plans, reports, and what is in this computer. Passwords are never in it.",
  "logs.without-serials": "Leave out serial numbers",
  "logs.bundle-save": "Save to the rescue stick",
  "logs.bundle-saving": "Saving…",
  "logs.bundle-download": "Download",
  // path: of the file; size: of it
  "logs.bundle-saved": (p: { path: string; size: string }) => `Saved: ${p.path}, ${p.size}`,
};
