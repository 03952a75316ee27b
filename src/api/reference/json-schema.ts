/** A piece of JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type JsonSchema = { [keyword: string]: unknown }

/** Marks of ours and of the framework that mean nothing to readers of a document. */
const marks = new Set(['fault', 'judgedAs', '$id', 'error'])

/** A route's schema as it is on the wire: what the framework adds for its own use is taken away. */
export const toJsonSchema = (schema: unknown): JsonSchema => {
  if (!isRecord(schema)) return {}
  if (schema.judgedAs !== undefined) return toJsonSchema(schema.judgedAs)
  if (Array.isArray(schema.anyOf)) return toUnion(schema, schema.anyOf)
  const { multipleOf, ...rest } = schema
  const plain = schema.type === 'number' && multipleOf === 1 ? { ...rest, type: 'integer' } : schema
  return Object.fromEntries(
    Object.entries(plain).flatMap(([word, value]) =>
      marks.has(word) ? [] : [[word, toKeyword(word, value)]],
    ),
  )
}

const toKeyword = (word: string, value: unknown): unknown => {
  if ((word === 'properties' || word === 'patternProperties') && isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, schema]) => [name, toJsonSchema(schema)]),
    )
  if (['anyOf', 'allOf', 'oneOf'].includes(word) && Array.isArray(value))
    return value.map(toJsonSchema)
  const isSchema = ['items', 'not', 'additionalProperties'].includes(word) && isRecord(value)
  return isSchema ? toJsonSchema(value) : value
}

/** Alternatives, in as few words as they can be said. */
const toUnion = (
  { anyOf: _, ...rest }: JsonSchema,
  alternatives: readonly unknown[],
): JsonSchema => {
  const choices = alternatives.map(toJsonSchema)
  const number = choices.find(({ type }) => type === 'integer' || type === 'number')
  if (number !== undefined && choices.some(isNumberAsText))
    return toJsonSchema({ ...rest, ...number })
  const others = choices.filter(({ type }) => type !== 'null')
  const isNullable = others.length < choices.length
  const [only] = others
  if (only !== undefined && others.length === 1 && typeof only.type === 'string' && !only.enum)
    return toJsonSchema({ ...only, ...rest, type: isNullable ? [only.type, 'null'] : only.type })
  if (others.every((choice) => 'const' in choice)) {
    const words = others.map((choice) => choice.const)
    const type = typeof words[0]
    return isNullable
      ? { ...toJsonSchema(rest), type: [type, 'null'], enum: [...words, null] }
      : { ...toJsonSchema(rest), type, enum: words }
  }
  return { ...toJsonSchema(rest), anyOf: choices }
}

/** What the framework also takes in queries and paths, where everything is text. */
const isNumberAsText = ({ type, format }: JsonSchema) =>
  type === 'string' && (format === 'integer' || format === 'numeric')

/** A schema of values like this one. */
export const schemaLike = (value: unknown): JsonSchema => {
  if (Array.isArray(value)) return { type: 'array', items: schemaLike(value[0]) }
  if (!isRecord(value))
    return value === null || value === undefined ? {} : { type: typeName(value) }
  const properties = Object.entries(value).map(([name, part]) => [name, schemaLike(part)])
  return { type: 'object', properties: Object.fromEntries(properties) }
}

const typeName = (value: unknown) => (Number.isInteger(value) ? 'integer' : typeof value)

const isRecord = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
