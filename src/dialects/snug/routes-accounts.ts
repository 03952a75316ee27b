import { type DialectContext, serveDialect } from '../../api'
import { snug } from './dialect'
import { deleted, idParams, listOf } from './schema'
import * as schema from './schema-accounts'
import * as view from './view-accounts'

/** Everybody's accounts, for administrators. */
export const accountRoutes = (context: DialectContext) => {
  const { admin } = context.core
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/accounts',
      async function getAccounts({ caller, query: { q = '', kind, page, limit } }) {
        const filter = kind === undefined ? { q } : { q, kind }
        const { rows, total } = await admin.accounts(caller, filter, { page, limit })
        return { data: rows.map(view.account), page, limit, total }
      },
      {
        query: schema.accountsQuery,
        response: { 200: listOf(schema.account) },
        detail: { summary: 'Accounts, oldest first' },
      },
    )
    .post(
      '/api/snug/v1/accounts',
      async function postAccounts({ body: { email, ...body }, caller, status }) {
        return status(
          201,
          view.account(await admin.createAccount(caller, { email, ...view.edit(body) })),
        )
      },
      {
        body: schema.accountBody,
        response: { 201: schema.account },
        detail: {
          summary: 'Make an account; without a password it signs in by a provider only',
          'x-faults': ['passwords_busy'],
        },
      },
    )
    .post(
      '/api/snug/v1/accounts/lookup',
      async function postAccountsLookup({ body, caller }) {
        return view.account(await admin.accountOfKey(caller, body.customerKey))
      },
      {
        body: schema.lookupBody,
        response: { 200: schema.account },
        detail: { summary: 'The account that a customer’s key opens' },
      },
    )
    .get(
      '/api/snug/v1/accounts/:id',
      async function getAccountsById({ caller, params }) {
        return view.account(await admin.account(caller, params.id))
      },
      {
        params: idParams,
        response: { 200: schema.account },
        detail: { summary: 'One account' },
      },
    )
    .patch(
      '/api/snug/v1/accounts/:id',
      async function patchAccountsById({ body, caller, params }) {
        return view.account(await admin.changeAccount(caller, params.id, view.edit(body)))
      },
      {
        body: schema.accountPatch,
        params: idParams,
        response: { 200: schema.account },
        detail: {
          summary: 'Change an account, from its next request on',
          'x-faults': ['passwords_busy'],
        },
      },
    )
    .delete(
      '/api/snug/v1/accounts/:id',
      async function deleteAccountsById({ caller, params }) {
        await admin.removeAccount(caller, params.id)
        return { deleted: true as const }
      },
      {
        params: idParams,
        response: { 200: deleted },
        detail: { summary: 'Delete an account; its links answer 410, their codes stay taken' },
      },
    )
}
