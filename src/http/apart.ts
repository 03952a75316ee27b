import { getSchemaValidator, type Static, type TSchema, t } from 'elysia'
import type { Fault } from '../core'
import { violationFault } from './faults'

/** An item of a list that `readerOf` judges apart from its neighbours; documented as the schema says. */
export const apart = (schema: TSchema) => t.Unknown({ judgedAs: schema })

/** Makes the reader of such items: answers an item that is as the schema says, else the fault. */
export const readerOf = <S extends TSchema>(schema: S) => {
  const validator = getSchemaValidator(schema, { dynamic: true })
  return (value: unknown): { item: Static<S> } | { fault: Fault } =>
    validator.Check(value)
      ? { item: value as Static<S> }
      : { fault: violationFault(validator.Errors(value).First() ?? {}) }
}
