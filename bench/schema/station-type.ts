/** The record schema of one of many types: eleven fields of the usual kinds, the last of them a relation to the first type. */
export function stationType(number: number, edition = 1): object {
  const field = (name: string, rest: object): object => ({ name, title: name, titleEn: name, ...rest })
  return {
    name: `Station${number}`,
    plural: pluralOf(number),
    title: `Trạm ${number}`,
    titleEn: `Station ${number}`,
    description: `Trạm đo, lần ${edition}.`,
    descriptionEn: `A station, edition ${edition}.`,
    fields: [
      field('code', { type: 'string', constraints: { required: true } }),
      field('name', { type: 'string', searched: true, ordered: true }),
      field('address', { type: 'string' }),
      field('holders', { type: 'integer', constraints: { minimum: 0 }, ordered: true }),
      field('fee', { type: 'number', format: 'decimal', unit: 'VND' }),
      field('issuedOn', { type: 'date', ordered: true }),
      field('reportedAt', { type: 'datetime' }),
      field('open', { type: 'boolean' }),
      field('latitude', { type: 'number', constraints: { minimum: -90, maximum: 90 } }),
      field('longitude', { type: 'number', constraints: { minimum: -180, maximum: 180 } }),
      field('near', { type: 'string' }),
    ],
    primaryKey: ['code'],
    location: { latitude: 'latitude', longitude: 'longitude' },
    foreignKeys: [
      {
        fields: 'near',
        reference: { resource: 'Station1', fields: 'key' },
        dataset: 'stations-1',
        cardinality: 'one',
        reverse: `nearOf${number}`,
      },
    ],
  }
}

export function pluralOf(number: number): string {
  return `stations${number}`
}
