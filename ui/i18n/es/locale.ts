export const esLocale = "es";
