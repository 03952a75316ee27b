/** The peer's TCP address; null when the server can't tell. */
export type PeerOf = (request: Request) => string | null
