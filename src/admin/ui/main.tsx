import { MantineProvider } from '@mantine/core'
import { createRoot } from 'react-dom/client'

const place = document.getElementById('app')
if (place !== null) createRoot(place).render(<MantineProvider>snug</MantineProvider>)
