import { whole } from '../parts/names'
import { Panel } from '../parts/panel'
import type { Report } from './data'

const all = Array.from({ length: 24 }, (_, hour) => hour)

/** Clicks by hour of the day, in the viewer's zone. */
export const Hours = ({ hours }: { hours: NonNullable<Report['hours']> }) => {
  const clicks = new Map(hours.map(({ hour, clicks }) => [hour, clicks]))
  const most = Math.max(1, ...clicks.values())
  return (
    <Panel title="Hours of the day">
      <ol className="hours">
        {all.map((hour) => {
          const count = clicks.get(hour) ?? 0
          const label = `${String(hour).padStart(2, '0')}:00`
          return (
            <li key={hour} title={`${label}: ${whole(count)}`}>
              <span className="unseen">{`${label}: ${whole(count)} clicks`}</span>
              <span className="column" style={{ height: `${(count / most) * 100}%` }} />
              <span className="label" aria-hidden>
                {hour % 6 === 0 ? hour : ''}
              </span>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}
