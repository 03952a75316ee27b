import { ago, exactMoment, moment } from './moments'

/** An instant in the viewer's zone, or how long ago it was; the exact one is in the tooltip. */
export const Moment = ({ at, since = false }: { at: string | number | null; since?: boolean }) =>
  at === null ? (
    <span className="soft">never</span>
  ) : (
    <time dateTime={new Date(at).toISOString()} title={exactMoment(at)}>
      {since ? ago(at) : moment(at)}
    </time>
  )
