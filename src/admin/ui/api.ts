import { treaty } from '@elysiajs/eden'
import type { snugRoutes } from '../../dialects/snug/routes'

/** Where the program is served from, without a slash at the end: `https://go.example`. */
export const root = new URL('.', document.baseURI).href.replace(/\/$/, '')

/** The path below which all addresses of the app lie; empty unless a proxy adds one. */
export const basePath = new URL(root).pathname.replace(/\/$/, '')

/** Our own API, typed by the program itself. */
export const api = treaty<ReturnType<typeof snugRoutes>>(root, { parseDate: false }).api.snug.v1

/** An error with what the API said: its status, its word for the fault, and what is wrong with which field. */
export type Refusal = Error & { status: number; fault: string; fields: Record<string, string> }

type Answer<T> = { data: T | null; error: { status: unknown; value: unknown } | null }

/** The data of an answer; throws a `Refusal` when there is none. */
export const ask = async <T>(answering: Promise<Answer<T>>): Promise<T> => {
  const { data, error } = await answering.catch((cause: unknown) => {
    throw unreachable(cause)
  })
  if (error !== null) throw refusal(Number(error.status), error.value)
  return data as T
}

const perPage = 100

/** All rows of a list that is answered in pages, for those that are never long. */
export const allRows = async <T>(
  read: (page: { page: number; limit: number }) => Promise<{ data: T[]; total: number }>,
): Promise<T[]> => {
  const rows: T[] = []
  for (let page = 1; ; page++) {
    const { data, total } = await read({ page, limit: perPage })
    rows.push(...data)
    if (rows.length >= total || data.length === 0) return rows
  }
}

/** What an answer's data is, given the call that asks for it. */
export type Data<Call extends (...sent: never[]) => Promise<Answer<unknown>>> = Exclude<
  Awaited<ReturnType<Call>>['data'],
  null
>

/** Reads a problem document into an error; anything else becomes one that can be shown as well. */
export const refusal = (status: number, value: unknown): Refusal => {
  const { detail, message, fault, code, errors } = (
    typeof value === 'object' && value !== null ? value : {}
  ) as Problem
  const fields = (errors ?? []).map(({ field, reason }) => [field, reason])
  return Object.assign(new Error(detail ?? message ?? `The server answered ${status}.`), {
    status,
    fault: fault ?? code ?? '',
    fields: Object.fromEntries(fields),
  })
}

type Problem = {
  detail?: string
  message?: string
  fault?: string
  code?: string
  errors?: { field: string; reason: string }[]
}

const unreachable = (cause: unknown): Refusal =>
  Object.assign(new Error('The server could not be reached.', { cause }), {
    status: 0,
    fault: 'unreachable',
    fields: {},
  })

/** Whether an error is a `Refusal` of this status. */
export const isStatus = (error: unknown, status: number) =>
  error instanceof Error && 'status' in error && error.status === status
