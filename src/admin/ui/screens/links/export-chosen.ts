import { api, ask } from '../../api'
import { download } from '../../parts/download'

/** Saves the chosen links, as our API shows them, as one JSON file. */
export const exportChosen = async (ids: readonly number[]) => {
  const links = await Promise.all(ids.map((id) => ask(api.links({ id }).get())))
  const text = `${JSON.stringify(links, null, 2)}\n`
  download('links.json', new Blob([text], { type: 'application/json' }))
}
