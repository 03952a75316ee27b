/** An own path to go on to after signing in; anything else would lead people away. */
export const ownPath = (next: string | null): string =>
  next !== null && /^\/(?![/\\])[^\\]*$/.test(next) ? next : '/admin'
