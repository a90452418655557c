export const ptLocale = "pt-BR";
