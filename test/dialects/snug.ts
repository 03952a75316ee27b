import { expect } from 'bun:test'
import type { Scenario } from '../scenario'
import { snugAccountScenarios } from './snug-accounts'
import { snugBlocklistScenarios } from './snug-blocklist'
import { snugBulkScenarios } from './snug-bulk'
import { snugExportScenarios } from './snug-exports'
import { snugGroupScenarios } from './snug-groups'
import { snugKeyScenarios } from './snug-keys'
import { snugLinkScenarios } from './snug-links'
import { snugRuleScenarios } from './snug-rules'
import { snugStatsScenarios } from './snug-stats'
import { snugWebhookScenarios } from './snug-webhooks'
import { problem, root } from './snug-words'

export const snugScenarios: Scenario[] = [
  {
    says: 'Refusals are problem details with the fault’s name',
    steps: [
      {
        send: { path: `${root}/nowhere` },
        expect: {
          status: 404,
          json: {
            type: 'urn:snug:fault:route_missing',
            title: 'Not Found',
            status: 404,
            detail: 'There is no such endpoint',
            fault: 'route_missing',
          },
          headers: { 'content-type': 'application/problem+json' },
        },
      },
      {
        send: { path: `${root}/session`, headers: { 'X-API-Key': 'nonsense' } },
        expect: problem(401, 'key_malformed'),
      },
      { send: { path: `${root}/session`, method: 'PUT' }, expect: problem(404, 'route_missing') },
    ],
  },
  {
    says: 'Strangers are told what this server is, and that nobody knows them',
    with: { SNUG_PUBLIC: 'off', SNUG_SIGNUP: 'open', SNUG_BASE_URL: 'https://go.example/s' },
    steps: [
      {
        send: { path: `${root}/session` },
        expect: {
          status: 200,
          json: {
            account: null,
            plan: null,
            signedIn: false,
            public: false,
            signup: 'open',
            baseUrl: 'https://go.example/s',
            providers: [],
            needsSetUp: expect.any(Boolean),
            version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
          },
        },
      },
    ],
  },
  {
    says: 'One is told who one is, by key in either header or by sign-in',
    people: { ann: { plan: 'pro', role: 'admin' } },
    steps: [
      ...[
        (key: string) => ({ 'X-API-Key': key }),
        (key: string) => ({ Authorization: `Bearer ${key}` }),
      ].map((headers) => ({
        send: (saved: Record<string, string>) => ({
          path: `${root}/session`,
          headers: headers(saved.annKey ?? ''),
        }),
        expect: {
          status: 200,
          json: expect.objectContaining({
            signedIn: false,
            account: expect.objectContaining({ email: 'ann@example.com', role: 'admin' }),
            plan: expect.objectContaining({ name: 'pro', requestsPerHour: 1000, mintKeys: true }),
          }),
        },
      })),
      {
        send: ({ annCookie = '' }) => ({
          path: `${root}/session`,
          headers: { Cookie: annCookie },
        }),
        expect: { status: 200, json: expect.objectContaining({ signedIn: true }) },
      },
    ],
  },
  ...snugKeyScenarios,
  ...snugBlocklistScenarios,
  ...snugAccountScenarios,
  ...snugRuleScenarios,
  ...snugWebhookScenarios,
  ...snugLinkScenarios,
  ...snugBulkScenarios,
  ...snugStatsScenarios,
  ...snugExportScenarios,
  ...snugGroupScenarios,
]
