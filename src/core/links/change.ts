import type { Link } from '../../store'

/** What happened to a link; for a deleted one the row as it was. */
export type LinkChange = { kind: 'created' | 'updated' | 'deleted'; link: Link }
