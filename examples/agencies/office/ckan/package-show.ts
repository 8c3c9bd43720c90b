import { idOf, type PortalSite } from './envelope.js'
import type { PortalDataset, Upload } from './portal-dataset.js'

const created = '2024-01-08T02:15:37.402118'

export function uploadId(dataset: PortalDataset, upload: Upload): string {
  return idOf(`${dataset.name}/${upload.fileName}`)
}

/** A dataset as `package_show` answers with it. */
export function shownPackage(site: PortalSite, dataset: PortalDataset): object {
  const { organisation } = site
  return {
    author: organisation.title,
    author_email: '',
    creator_user_id: idOf('the portal’s administrator'),
    id: idOf(dataset.name),
    isopen: true,
    license_id: 'cc-by',
    license_title: 'Creative Commons Attribution',
    license_url: 'http://www.opendefinition.org/licenses/cc-by',
    maintainer: '',
    maintainer_email: '',
    metadata_created: created,
    metadata_modified: dataset.modified,
    name: dataset.name,
    notes: dataset.notes,
    num_resources: dataset.uploads.length,
    num_tags: dataset.tags.length,
    organization: {
      id: idOf(organisation.name),
      name: organisation.name,
      title: organisation.title,
      type: 'organization',
      description: '',
      image_url: '',
      created,
      is_organization: true,
      approval_status: 'approved',
      state: 'active',
    },
    owner_org: idOf(organisation.name),
    private: false,
    state: 'active',
    title: dataset.title,
    type: 'dataset',
    url: '',
    version: '',
    extras: [],
    groups: [],
    resources: dataset.uploads.map((upload, position) => shownResource(site, dataset, upload, position)),
    tags: dataset.tags.map((name) => ({
      display_name: name,
      id: idOf(`tag ${name}`),
      name,
      state: 'active',
      vocabulary_id: null,
    })),
    relationships_as_subject: [],
    relationships_as_object: [],
  }
}

const mediaTypes = {
  CSV: 'text/csv',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  PDF: 'application/pdf',
} as const

function shownResource(site: PortalSite, dataset: PortalDataset, upload: Upload, position: number): object {
  const id = uploadId(dataset, upload)
  const hasRows = upload.rows !== undefined
  return {
    cache_last_updated: null,
    cache_url: null,
    ckan_url: site.url,
    created,
    datastore_active: hasRows,
    datastore_contains_all_records_of_source_file: hasRows,
    description: upload.description ?? '',
    format: upload.format,
    hash: '',
    id,
    last_modified: dataset.modified,
    metadata_modified: dataset.modified,
    mimetype: mediaTypes[upload.format],
    mimetype_inner: null,
    name: upload.name,
    package_id: idOf(dataset.name),
    position,
    resource_type: null,
    size: null,
    state: 'active',
    url: `${site.url}/dataset/${idOf(dataset.name)}/resource/${id}/download/${upload.fileName}`,
    url_type: 'upload',
  }
}
