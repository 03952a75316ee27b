import { Link } from 'wouter'

/** The program's sign and name. */
export const Mark = () => (
  <Link href="/admin" className="mark" aria-label="snug: overview">
    <img src="favicon.ico" alt="" width={28} height={28} />
    <span>snug</span>
  </Link>
)
