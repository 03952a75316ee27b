import { type DialectContext, serveDialect } from '../../api'
import {
  createCampaign,
  deleteCampaign,
  findCampaign,
  listCampaigns,
  renameCampaign,
} from '../../core'
import { snug } from './dialect'
import { deleted, listOf } from './schema'
import * as schema from './schema-groups'
import { pageOf } from './view'
import * as view from './view-groups'

/** Campaigns: named groups of links. */
export const campaignRoutes = (context: DialectContext) => {
  const { core } = context
  return serveDialect(snug, context)
    .get(
      '/api/snug/v1/campaigns',
      async function getCampaigns({ caller, query }) {
        return pageOf((await listCampaigns(core, caller, query.account)).map(view.campaign), query)
      },
      {
        query: schema.groupQuery,
        response: { 200: listOf(schema.campaign) },
        detail: { summary: 'Campaigns by name' },
      },
    )
    .post(
      '/api/snug/v1/campaigns',
      async function postCampaigns({ body, caller, status }) {
        return status(201, view.campaign(await createCampaign(core, caller, body.name)))
      },
      {
        body: schema.campaignBody,
        response: { 201: schema.campaign },
        detail: { summary: 'Make a campaign' },
      },
    )
    .get(
      '/api/snug/v1/campaigns/:id',
      async function getCampaignsById({ caller, params }) {
        return view.campaign(await findCampaign(core, caller, params.id))
      },
      {
        params: schema.recordParams,
        response: { 200: schema.campaign },
        detail: { summary: 'One campaign' },
      },
    )
    .patch(
      '/api/snug/v1/campaigns/:id',
      async function patchCampaignsById({ body, caller, params }) {
        return view.campaign(await renameCampaign(core, caller, params.id, body.name))
      },
      {
        body: schema.campaignPatch,
        params: schema.recordParams,
        response: { 200: schema.campaign },
        detail: { summary: 'Rename a campaign' },
      },
    )
    .delete(
      '/api/snug/v1/campaigns/:id',
      async function deleteCampaignsById({ caller, params }) {
        await deleteCampaign(core, caller, params.id)
        return { deleted: true as const }
      },
      {
        params: schema.recordParams,
        response: { 200: deleted },
        detail: { summary: 'Delete a campaign; its links stay' },
      },
    )
}
