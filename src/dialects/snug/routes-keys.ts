import { t } from 'elysia'
import { type DialectContext, serveDialect } from '../../api'
import { accountOf } from '../../core'
import { snug } from './dialect'
import { accountQuery, deleted, idParams, listOf, pageQuery } from './schema'
import * as schema from './schema-keys'
import { pageOf } from './view'
import * as view from './view-keys'

/** Keys: of one's own, or for administrators of the account they name. */
export const keyRoutes = (context: DialectContext) => {
  const { keys, keyUses, subjectOf } = context.core
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/keys',
      async function getKeys({ caller, query }) {
        const all = await keys.all(await subjectOf(caller, query.account))
        return pageOf(
          all.map(({ key }) => view.key(keyUses.counted(key))),
          query,
        )
      },
      {
        query: t.Object({ ...pageQuery.properties, ...accountQuery.properties }),
        response: { 200: listOf(schema.key) },
        detail: { summary: 'The account’s keys, newest first' },
      },
    )
    .post(
      '/api/snug/v1/keys',
      async function postKeys({ body, caller, query, status }) {
        const subject = await subjectOf(caller, query.account)
        const { key, secret } = await keys.mint(subject, view.draft(body))
        return status(201, view.whole(key, secret))
      },
      {
        body: schema.keyBody,
        query: accountQuery,
        response: { 201: schema.newKey },
        detail: {
          summary: 'Make a key; the only answer that holds it whole',
          'x-faults': ['keys_full'],
        },
      },
    )
    .patch(
      '/api/snug/v1/keys/:id',
      async function patchKeysById({ body, caller, params, query }) {
        const subject = await subjectOf(caller, query.account)
        return view.key(keyUses.counted(await keys.patch(subject, params.id, view.draft(body))))
      },
      {
        body: schema.keyPatch,
        params: idParams,
        query: accountQuery,
        response: { 200: schema.key },
        detail: { summary: 'Change a key, from its next use on' },
      },
    )
    .delete(
      '/api/snug/v1/keys/:id',
      async function deleteKeysById({ caller, params, query }) {
        await keys.remove(await subjectOf(caller, query.account), params.id)
        return { deleted: true as const }
      },
      {
        params: idParams,
        query: accountQuery,
        response: { 200: deleted },
        detail: { summary: 'Revoke a key, from its next use on' },
      },
    )
    .get(
      '/api/snug/v1/keys/personal',
      async function getKeysPersonal({ caller }) {
        const personal = await keys.personal(accountOf(caller))
        return { key: personal && view.whole(keyUses.counted(personal.key), personal.secret) }
      },
      {
        response: { 200: schema.personalKey },
        detail: { summary: 'Your personal key, whole' },
      },
    )
    .post(
      '/api/snug/v1/keys/personal/rotate',
      async function postKeysPersonalRotate({ caller }) {
        const { key, secret } = await keys.rotatePersonal(accountOf(caller))
        return view.whole(key, secret)
      },
      {
        response: { 200: schema.newKey },
        detail: { summary: 'Make a new personal key; the old one ends at once' },
      },
    )
}
