/** `make test` runs a sample of a matrix whose every cell costs minutes, `make test-all` all of it. */
export const scope = <T>(cells: { readonly sample: readonly T[]; readonly all: readonly T[] }): readonly T[] =>
  process.env["LIFEBOAT_TEST_FULL"] === "1" ? cells.all : cells.sample;
