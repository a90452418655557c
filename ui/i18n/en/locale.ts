/** British: its dates (18 Nov 2026, 14:03) are read in one way only. */
export const enLocale = "en-GB";
