export const deLocale = "de";
