import { bundledFile } from './bundled-file.js'

/** What stands behind the addresses that are not ordinary URLs. main gives the one that knows the running samples. */
export interface EndpointResolver {
  /** Base URL of a sample agency that is running, without a slash at the end: `http://127.0.0.1:41001`; undefined: it is not. */
  sample(code: string): string | undefined
  /** Path of the file behind a `bundled:` or `uploaded:` URL; undefined: there is none, or this connector may not read it. */
  file(url: URL): Promise<string | undefined>
}

export interface EndpointSettings {
  /** Base URLs of the sample agencies that run, by code. */
  readonly samples: ReadonlyMap<string, string>
  /** The repository's folder of bundled data; undefined for a connector that was registered at run time. */
  readonly bundled: string | undefined
  /** The file that the agency uploaded last. */
  readonly uploaded?: string | undefined
}

export function createEndpointResolver({ samples, bundled, uploaded }: EndpointSettings): EndpointResolver {
  return {
    sample: (code) => samples.get(code),
    async file(url) {
      if (url.protocol === 'uploaded:') return uploaded
      return bundled === undefined ? undefined : bundledFile(bundled, url)
    },
  }
}

/** The same resolver for a connector whose last upload is that file. */
export function withUploaded(resolver: EndpointResolver, uploaded: string | undefined): EndpointResolver {
  return {
    sample: (code) => resolver.sample(code),
    file: (url) => (url.protocol === 'uploaded:' ? Promise.resolve(uploaded) : resolver.file(url)),
  }
}

const sampleTemplate = /^\{sample:([a-z0-9-]+)\}/

/** `{sample:education}/a` → `http://127.0.0.1:41001/a`, in every string of a manifest's options or selection. */
export function withEndpoints(value: unknown, resolver: EndpointResolver): unknown {
  return withSamples(value, (code) => resolver.sample(code) ?? unreachable(code))
}

/** The same with names that answer nothing, for checking a manifest while no sample runs. */
export function withPlaceholders(value: unknown): unknown {
  return withSamples(value, unreachable)
}

// The top-level domain `invalid` never resolves, so a sample that does not run is just a source that does not answer.
function unreachable(code: string): string {
  return `http://${code}.sample.invalid`
}

function withSamples(value: unknown, base: (code: string) => string): unknown {
  if (typeof value === 'string') return value.replace(sampleTemplate, (_whole, code: string) => base(code))
  if (Array.isArray(value)) return value.map((item) => withSamples(item, base))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withSamples(inner, base)]))
  }
  return value
}
