/** Whether a patch asks for no change at all; Drizzle throws when it is given such a one. */
export const changesNothing = (patch: object): boolean =>
  Object.values(patch).every((value) => value === undefined)
