import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

const rust: MantineColorsTuple = [
  ...(['#fdf3ee', '#f9e2d8', '#f5c3ae', '#f2a07b', '#e4875f'] as const),
  ...(['#d4683b', '#bb4e20', '#a33b12', '#85300e', '#67250b'] as const),
]
const red: MantineColorsTuple = [
  ...(['#fff1f0', '#ffdfdc', '#ffc4c0', '#ffa39d', '#f47a73'] as const),
  ...(['#e0564e', '#c93a32', '#b3261e', '#8f1d17', '#6b1511'] as const),
]
const gray: MantineColorsTuple = [
  ...(['#fbfaf7', '#f4f2ec', '#e9e5dc', '#dcd8ce', '#c8c3b6'] as const),
  ...(['#9b978c', '#6f6d68', '#5d6475', '#3a4152', '#1d2433'] as const),
]
const dark: MantineColorsTuple = [
  ...(['#ebe8e1', '#cfd0d3', '#a5abb8', '#858c9b', '#363a44'] as const),
  ...(['#2a2e37', '#1f2229', '#16181d', '#111318', '#0c0e12'] as const),
]

const text = "system-ui, 'Segoe UI', sans-serif"

/** Letters with feet for what is read first: headings and large figures. */
const display = "'Iowan Old Style', 'Palatino Linotype', 'URW Palladio L', P052, Georgia, serif"

/** What is written on rust or red must be light on their dark shades, and dark on their light ones. */
const readable: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input)
  const isStrong = input.variant === 'filled' && ['rust', 'red'].includes(input.color ?? 'rust')
  return isStrong ? { ...resolved, color: 'var(--snug-on-accent)' } : resolved
}

/** The look of the app: warm paper, dark ink, one accent of rust, as on the landing page. */
export const theme = createTheme({
  colors: { rust, red, gray, dark },
  primaryColor: 'rust',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  variantColorResolver: readable,
  black: '#1d2433',
  fontFamily: text,
  fontFamilyMonospace: "ui-monospace, 'Cascadia Code', Menlo, monospace",
  headings: { fontFamily: display, fontWeight: '600' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, centered: true } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: {
      defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } },
    },
  },
})

/** Where the app's colours differ from the library's idea of them. */
export const colours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfaf7',
    '--mantine-color-default': '#ffffff',
    '--mantine-color-default-border': '#dcd8ce',
    '--mantine-color-dimmed': '#5d6475',
    '--mantine-color-placeholder': '#6f6d68',
    '--mantine-color-error': '#a3121f',
    '--mantine-color-anchor': '#a33b12',
    '--snug-card': '#ffffff',
    '--snug-on-accent': '#ffffff',
    '--snug-bar': '#f6e3d9',
    '--snug-land': '#e9e5dc',
  },
  dark: {
    '--mantine-color-default': '#1f2229',
    '--mantine-color-dimmed': '#a5abb8',
    '--mantine-color-placeholder': '#858c9b',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-anchor': '#f2a07b',
    '--mantine-color-rust-light': '#3a2a25',
    '--mantine-color-rust-light-hover': '#47332c',
    '--mantine-color-rust-light-color': '#f7cdb8',
    '--snug-card': '#1f2229',
    '--snug-on-accent': '#1d1410',
    '--snug-bar': '#47302a',
    '--snug-land': '#2f333d',
  },
})
