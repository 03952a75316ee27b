/** A bookmark that opens the drawer for a new link with the address of the page it is used on. */
export const bookmarkletFor = (root: string) =>
  `javascript:void open(${JSON.stringify(`${root}/admin/links?new=`)}+encodeURIComponent(location.href))`

/** A custom uploader of ShareX that shortens addresses. */
export const shareXFor = (root: string) =>
  JSON.stringify(
    {
      Version: '17.0.0',
      Name: `snug at ${new URL(root).host}`,
      DestinationType: 'URLShortener',
      RequestMethod: 'POST',
      RequestURL: `${root}/api/snug/v1/links`,
      Headers: { 'X-API-Key': 'YOUR_KEY' },
      Body: 'JSON',
      Data: '{"destination":"{input}"}',
      URL: '{json:shortUrl}',
      ErrorMessage: '{json:detail}',
    },
    null,
    2,
  )

/** Commands to paste into a terminal. */
export const snippetsFor = (root: string) => [
  {
    title: 'Make a link',
    text: `curl ${root}/api/snug/v1/links \\
  -H "X-API-Key: $SNUG_KEY" -H "Content-Type: application/json" \\
  -d '{"destination": "https://example.com/", "code": "example"}'`,
  },
  {
    title: 'Find links',
    text: `curl -G ${root}/api/snug/v1/links -H "X-API-Key: $SNUG_KEY" --data-urlencode "q=example"`,
  },
  {
    title: 'Save all links as CSV',
    text: `curl "${root}/api/snug/v1/links/export?format=csv" -H "X-API-Key: $SNUG_KEY" -o links.csv`,
  },
]
