import { geoNaturalEarth1, geoPath } from 'd3-geo'
import { useMemo } from 'react'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlas from 'world-atlas/countries-110m.json'
import { countryName, whole } from '../parts/names'
import { countryOf } from './country-codes'
import type { Shares } from './data'

const size = { width: 800, height: 400 }

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>

/** The outlines of all countries, with the letters we know them by; Antarctica has no visitors. */
const outlines = () => {
  const world = atlas as unknown as Atlas
  const countries = feature(world, world.objects.countries).features.filter(
    ({ id }) => id !== '010',
  )
  const shape = { type: 'FeatureCollection', features: countries } as const
  const draw = geoPath(geoNaturalEarth1().fitSize([size.width, size.height], shape))
  return countries.map((country, index) => ({
    key: `${country.id ?? 'none'}-${index}`,
    code: country.properties.name === 'Kosovo' ? 'XK' : countryOf(country.id),
    path: draw(country) ?? '',
  }))
}

type Props = { shares: Shares; onPick: (country: string) => void }

/** Where clicks came from. Small states are only in the table beside it, which also the keyboard reaches. */
export const WorldMap = ({ shares, onPick }: Props) => {
  const countries = useMemo(outlines, [])
  const clicks = new Map(shares.map(({ value, clicks }) => [value, clicks]))
  const most = Math.max(1, ...clicks.values())
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      className="map"
      role="img"
      aria-label="World map of clicks; the same figures are in the list of countries"
    >
      {countries.map(({ key, code, path }) => {
        const count = code === null ? 0 : (clicks.get(code) ?? 0)
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list beside the map does the same for keys
          <path
            key={key}
            d={path}
            className={count > 0 ? 'visited' : 'land'}
            style={count > 0 ? { opacity: 0.35 + 0.65 * Math.sqrt(count / most) } : {}}
            onClick={() => count > 0 && code !== null && onPick(code)}
          >
            {code !== null && <title>{`${countryName(code)}: ${whole(count)}`}</title>}
          </path>
        )
      })}
    </svg>
  )
}
