import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import { dayOf, hourTime, moment, shortDay } from '../parts/moments'
import { whole } from '../parts/names'
import type { Report } from './data'

const height = 240

/** Clicks and visitors over time. The picture is for the eyes; the same figures are in a table for all. */
export const Chart = ({ report: { series, step } }: { report: Report }) => {
  const place = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  useEffect(() => {
    const box = place.current
    if (box === null) return
    const plot = new UPlot(
      optionsFor(box.clientWidth, scheme === 'dark', step),
      dataOf(series),
      box,
    )
    const resized = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height }))
    resized.observe(box)
    return () => {
      resized.disconnect()
      plot.destroy()
    }
  }, [series, step, scheme])
  const label = step === 'hour' ? moment : dayOf
  const most = Math.max(0, ...series.map(({ clicks }) => clicks))
  return (
    <>
      <div
        ref={place}
        className="chart"
        role="img"
        aria-label={`Clicks and visitors by ${step}; at most ${whole(most)} clicks. The figures follow as a table.`}
      />
      <details className="as-table">
        <summary>The same as a table</summary>
        <table>
          <thead>
            <tr>
              <th>From</th>
              <th>Clicks</th>
              <th>Visitors</th>
            </tr>
          </thead>
          <tbody>
            {series.map(({ start, clicks, visitors }) => (
              <tr key={start}>
                <td>{label(start)}</td>
                <td className="figure">{whole(clicks)}</td>
                <td className="figure">{whole(visitors)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

const dataOf = (series: Report['series']): UPlot.AlignedData => [
  series.map(({ start }) => Date.parse(start) / 1000),
  series.map(({ clicks }) => clicks),
  series.map(({ visitors }) => visitors),
]

const optionsFor = (width: number, dark: boolean, step: Report['step']): UPlot.Options => {
  const ink = dark ? '#a5abb8' : '#5d6475'
  const line = dark ? '#2a2e37' : '#e9e5dc'
  const clicks = dark ? '#f2a07b' : '#a33b12'
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line } }
  return {
    width,
    height,
    padding: [12, 28, 0, 0],
    cursor: { y: false, points: { size: 7 } },
    legend: { live: true },
    scales: { y: { range: (_, __, top) => [0, Math.max(4, top * 1.1)] } },
    axes: [
      { ...axis, space: 70, incrs: step === 'hour' ? hours : days, values: namesOf(step) },
      { ...axis, size: 48, incrs: steps, values: (_, ticks) => ticks.map(whole) },
    ],
    series: [
      { label: 'From', value: (_, at) => (at === null ? '–' : nameOf(step)(at)) },
      { label: 'Clicks', stroke: clicks, width: 2, fill: `${clicks}22`, points: { show: false } },
      { label: 'Visitors', stroke: ink, width: 1.5, dash: [5, 4], points: { show: false } },
    ],
  }
}

const hour = 3600
const day = 24 * hour
const hours = [1, 2, 3, 6, 12, 24].map((count) => count * hour)
const days = [1, 2, 7, 14, 30, 61, 91, 182, 365].map((count) => count * day)

const nameOf = (step: Report['step']) => (seconds: number) =>
  step === 'hour' ? hourTime(seconds * 1000) : shortDay(seconds * 1000)

const namesOf = (step: Report['step']) => (_: UPlot, ticks: number[]) => ticks.map(nameOf(step))

/** Whole clicks only. */
const steps = [1, 2, 5]
  .flatMap((unit) => [0, 1, 2, 3, 4, 5, 6, 7].map((power) => unit * 10 ** power))
  .sort((a, b) => a - b)
