/** Where backups are kept away from this machine, and what opens it. */
export type BucketConfig = {
  /** bucket and prefix, like `s3://backups/snug` */
  backupS3: { bucket: string; prefix: string } | null
  s3Endpoint: string | null
  s3Region: string
  s3AccessKeyId: string | null
  s3SecretAccessKey: string | null
}

/** A place for files in an S3-compatible storage, names without the prefix. */
export type Bucket = {
  put: (name: string, path: string) => Promise<void>
  names: () => Promise<string[]>
  remove: (name: string) => Promise<void>
}

/** Opens the configured bucket; null when none is. */
export const openBucket = (config: BucketConfig): Bucket | null => {
  if (config.backupS3 === null) return null
  const { bucket, prefix } = config.backupS3
  const client = new Bun.S3Client({
    bucket,
    region: config.s3Region,
    ...(config.s3Endpoint === null ? {} : { endpoint: config.s3Endpoint }),
    ...(config.s3AccessKeyId === null ? {} : { accessKeyId: config.s3AccessKeyId }),
    ...(config.s3SecretAccessKey === null ? {} : { secretAccessKey: config.s3SecretAccessKey }),
  })
  return {
    async put(name, path) {
      await client.write(prefix + name, Bun.file(path))
    },
    async names() {
      const { contents = [] } = await client.list({ prefix: `${prefix}snug-` })
      return contents.map(({ key }) => key.slice(prefix.length))
    },
    remove: (name) => client.delete(prefix + name),
  }
}
