import { getSchemaValidator, type Static, type TSchema, t } from 'elysia'
import type { Fault } from '../core'
import { violationFault } from './errors'

/** An item of a list that `itemValidator` judges apart from its neighbours; documented as the schema says. */
export const validateEach = (schema: TSchema) => t.Unknown({ judgedAs: schema })

/** An item of a long list that is answered as it is: judging a thousand would take ten milliseconds. */
export const unvalidated = <S extends TSchema>(schema: S) =>
  t.Unknown({ judgedAs: schema }) as unknown as ReturnType<typeof t.Unsafe<Static<S>>>

/** Makes the reader of such items: answers an item that is as the schema says, else the fault. */
export const itemValidator = <S extends TSchema>(schema: S) => {
  const validator = getSchemaValidator(schema, { dynamic: true, additionalProperties: true })
  return (value: unknown): { item: Static<S> } | { fault: Fault } =>
    validator.Check(value)
      ? { item: value as Static<S> }
      : { fault: violationFault(validator.Errors(value).First() ?? {}) }
}
