import type * as z from "zod";

export interface PlainIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** zod's complaint in words. An unknown name is a complaint of its own; of the branches of a union, the one that came furthest speaks. */
export function plainIssues(issue: z.core.$ZodIssue): PlainIssue[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: "there is no such option" }));
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path: issue.path, message: said(issue) }];
  const branches = issue.errors.map((branch) => branch.flatMap(plainIssues));
  const depth = (branch: readonly PlainIssue[]) => Math.max(...branch.map(({ path }) => path.length));
  const deepest = Math.max(...branches.map(depth));
  if (deepest > 0) {
    const meant = branches.find((branch) => depth(branch) === deepest) ?? [];
    return meant.map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
  }
  const messages = new Set(branches.flat().map(({ message }) => message));
  return [{ path: issue.path, message: isOwn(issue.message) ? issue.message : [...messages].join(", or ") }];
}

/** Our own messages begin in the middle of a sentence; zod's "Invalid option: expected one of ..." is made to. */
const isOwn = (message: string): boolean => !message.startsWith("Invalid");

function said(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_value") return `is one of ${issue.values.map((value) => String(value)).join(", ")}`;
  if (issue.code === "invalid_type" && /received undefined$/.test(issue.message)) return "is missing";
  if (issue.code === "invalid_type") return `must be ${AS_WORD[issue.expected] ?? issue.expected}`;
  return issue.message;
}

const AS_WORD: Readonly<Record<string, string>> = {
  string: "a text (in quotes, if it looks like a number)",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping (name: value)",
};
