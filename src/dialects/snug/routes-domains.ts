import { type DialectContext, serveDialect } from '../../api'
import {
  createDomain,
  deleteDomain,
  findDomain,
  listDomains,
  renameDomain,
  verifyDomain,
} from '../../core'
import { snug } from './dialect'
import { deleted, listOf } from './schema'
import * as schema from './schema-groups'
import { pageOf } from './view'
import * as view from './view-groups'

/** Domains of one's own. */
export const domainRoutes = (context: DialectContext) => {
  const { core } = context
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/domains',
      async function getDomains({ caller, query }) {
        return pageOf((await listDomains(core, caller, query.account)).map(view.domain), query)
      },
      {
        query: schema.groupQuery,
        response: { 200: listOf(schema.domain) },
        detail: { summary: 'Domains by host' },
      },
    )
    .post(
      '/api/snug/v1/domains',
      async function postDomains({ body, caller, status }) {
        return status(201, view.domain(await createDomain(core, caller, body.host)))
      },
      {
        body: schema.domainBody,
        response: { 201: schema.domain },
        detail: {
          summary: 'Add a domain; it serves links once it is verified',
          'x-faults': ['domain_taken'],
        },
      },
    )
    .get(
      '/api/snug/v1/domains/:id',
      async function getDomainsById({ caller, params }) {
        return view.domain(await findDomain(core, caller, params.id))
      },
      {
        params: schema.recordParams,
        response: { 200: schema.domain },
        detail: { summary: 'One domain' },
      },
    )
    .patch(
      '/api/snug/v1/domains/:id',
      async function patchDomainsById({ body, caller, params }) {
        return view.domain(await renameDomain(core, caller, params.id, body.host))
      },
      {
        body: schema.domainPatch,
        params: schema.recordParams,
        response: { 200: schema.domain },
        detail: {
          summary: 'Give a domain without links another host, to be verified anew',
          'x-faults': ['still_used', 'domain_taken'],
        },
      },
    )
    .delete(
      '/api/snug/v1/domains/:id',
      async function deleteDomainsById({ caller, params }) {
        await deleteDomain(core, caller, params.id)
        return { deleted: true as const }
      },
      {
        params: schema.recordParams,
        response: { 200: deleted },
        detail: { summary: 'Delete a domain without links', 'x-faults': ['still_used'] },
      },
    )
    .post(
      '/api/snug/v1/domains/:id/verify',
      async function postDomainsByIdVerify({ body, caller, params }) {
        return view.domain(
          await verifyDomain(core, caller, params.id, { force: body?.force === true }),
        )
      },
      {
        body: schema.verifyBody,
        params: schema.recordParams,
        response: { 200: schema.domain },
        detail: {
          summary: 'Verify a domain by its TXT record',
          'x-faults': ['domain_unproved', 'domain_taken', 'admin_required'],
        },
      },
    )
}
