/** Why a point of a repository stays. */
export const retentionWords = {
  "retention.pinned": "pinned",
  "retention.last": (p: { count: number }) => `one of the last ${p.count}`,
  "retention.daily": "newest of its day",
  "retention.weekly": "newest of its week",
  "retention.monthly": "newest of its month",
  "retention.yearly": "newest of its year",
  "retention.no-rule": "no rule says otherwise",
};
