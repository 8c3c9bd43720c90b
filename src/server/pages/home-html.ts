import { renderDownloads } from './downloads-html.js'
import { exampleQuery } from './example-query.js'
import type { HomeData, HomeDataset, HomeResource, Language } from './home-data.js'
import { age, texts, type Texts } from './home-texts.js'
import { html, type Html } from './html.js'

export interface HomePageView {
  readonly data: HomeData
  readonly lang: Language
  readonly search: string | undefined
}

/** What stands there instead while the page cannot be made. */
export function renderAway({ lang, search }: Omit<HomePageView, 'data'>): Html {
  const text = texts[lang]
  return html`<!doctype html>
    <html lang="${lang}">
      ${renderHead(text.gateway)}
      <body>
        <header>
          ${renderNavigation({ lang, search })}
          <h1>${text.gateway}</h1>
          <p class="intro">${text.away}</p>
          <p><a href="${address('/', { lang, q: search })}">${text.tryAgain}</a></p>
        </header>
      </body>
    </html> `
}

function renderHead(title: string): Html {
  return html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/assets/page.css" />
    <script src="/assets/page.js" defer></script>
  </head>`
}

function renderNavigation({ lang, search }: Omit<HomePageView, 'data'>): Html {
  const text = texts[lang]
  const other = lang === 'vi' ? 'en' : 'vi'
  return html`<nav>
    <a class="brand" href="${address('/', { lang })}">${text.gateway}</a>
    <span
      ><a href="/graphql">${text.explore}</a>
      <a href="${address('/', { lang: other, q: search })}" lang="${other}" hreflang="${other}"
        >${text.otherLanguage}</a
      ></span
    >
  </nav>`
}

/** The whole page: it works without scripts, which only add a button that copies. */
export function renderHome({ data, lang, search }: HomePageView): Html {
  const text = texts[lang]
  const count = new Intl.NumberFormat(text.locale)
  const sections = search === undefined ? groupByTheme(data, text) : bestFirst(groupByTheme(data, text), data)
  const records = data.datasets.nodes
    .filter(({ duplicateOf }) => duplicateOf === null)
    .reduce((sum, dataset) => sum + dataset.recordCount, 0)
  return html`<!doctype html>
    <html lang="${lang}">
      ${renderHead(`${text.gateway} – ${data.plan.title}`)}
      <body>
        <header>
          ${renderNavigation({ lang, search })}
          <h1>${data.plan.title}</h1>
          <p class="intro">${text.intro}</p>
          <form role="search" action="/" method="get">
            <input type="hidden" name="lang" value="${lang}" />
            <label for="q">${text.searchLabel}</label>
            <input
              id="q"
              type="search"
              name="q"
              value="${search ?? ''}"
              placeholder="${text.searchHint}"
              maxlength="200"
            />
            <button>${text.search}</button>
          </form>
          ${
            search === undefined
              ? html`<ul class="figures">
                  <li><b>${data.themes.length}</b> ${text.themes}</li>
                  <li><b>${count.format(data.all.totalCount)}</b> ${text.datasets}</li>
                  <li><b>${count.format(data.published.totalCount)}</b> ${text.published}</li>
                  <li><b>${count.format(records)}</b> ${text.records}</li>
                </ul>`
              : html`<p class="found" role="status">
                  ${text.found(data.datasets.totalCount, search)} ·
                  <a href="${address('/', { lang })}">${text.clear}</a>
                </p>`
          }
          ${data.datasets.nodes.some(({ sample }) => sample) ? html`<p class="note">${text.sampleNote}</p>` : undefined}
        </header>
        <nav class="themes" aria-label="${text.themesLabel}">
          <ul>
            ${sections.map(({ id, title, datasets }) => html`<li><a href="#theme-${id}">${title}</a> <span class="meta">${datasets.length}</span></li>`)}
          </ul>
        </nav>
        <main>
          ${data.datasets.totalCount === 0 ? html`<p>${text.nothing}</p>` : undefined}
          ${sections.map((section) => renderSection(section, text, search !== undefined))}
        </main>
      </body>
    </html> `
}

interface Section {
  readonly id: string
  readonly title: string
  readonly datasets: readonly HomeDataset[]
}

function groupByTheme({ themes, datasets }: HomeData, text: Texts): Section[] {
  const of = (code: string | undefined): HomeDataset[] => datasets.nodes.filter(({ theme }) => theme?.code === code)
  return [
    ...themes.map(({ code, number, name }) => ({ id: code, title: `${number}. ${name}`, datasets: of(code) })),
    { id: 'reference', title: text.reference, datasets: of(undefined) },
  ].filter((section) => section.datasets.length > 0)
}

/** Themes in the order of the datasets that fit the search best: what was meant stands at the top. */
function bestFirst(sections: readonly Section[], { datasets }: HomeData): Section[] {
  const rank = ({ datasets: [first] }: Section): number =>
    first === undefined ? Infinity : datasets.nodes.indexOf(first)
  return sections.toSorted((a, b) => rank(a) - rank(b))
}

function renderSection({ id, title, datasets }: Section, text: Texts, open: boolean): Html {
  const connected = datasets.filter(({ resources }) => resources.length > 0)
  const planned = datasets.filter(({ resources }) => resources.length === 0)
  return html`<section aria-labelledby="theme-${id}">
    <h2 id="theme-${id}">${title}</h2>
    ${connected.map((dataset) => renderConnected(dataset, text))}
    ${
      planned.length === 0
        ? undefined
        : html`<details${open ? html` open` : undefined}>
<summary>${text.planned(planned.length)}</summary>
<ul class="planned">
${planned.map((dataset) => renderPlanned(dataset, text))}
</ul>
</details>`
    }
  </section> `
}

function renderConnected(dataset: HomeDataset, text: Texts): Html {
  const count = new Intl.NumberFormat(text.locale).format(dataset.recordCount)
  return html`<article id="${dataset.code}">
    <h3>${dataset.title}${dataset.sample ? html` <span class="sample">${text.sample}</span>` : undefined}</h3>
    <p class="meta">
      ${[dataset.agency?.name, `${count} ${text.records}`].filter(isText).join(' · ')} · <code>${dataset.code}</code>
      ${dataset.duplicateOf === null ? undefined : html`· ${text.same} <code>${dataset.duplicateOf.code}</code>`}
    </p>
    <ul class="resources">
      ${dataset.resources.map((resource) => renderResource(dataset, resource, text))}
    </ul>
  </article> `
}

function renderResource(dataset: HomeDataset, resource: HomeResource, text: Texts): Html {
  const { source, recordType, recordCount } = resource
  const when =
    source.fetchedAt === null
      ? html`${text.never}`
      : html`<time datetime="${source.fetchedAt.toISOString()}">${age(source.ageSeconds ?? 0, text)}</time>`
  const count = new Intl.NumberFormat(text.locale).format(recordCount)
  return html`<li>
    <span class="state ${source.state.toLowerCase()}">${text.states[source.state]}</span>
    <span class="what">${recordType.title} <span class="meta">${resource.name} · ${count} · ${when}</span></span>
    ${source.error === null ? undefined : html`<span class="fault">${source.error.message}</span>`}
    ${
      // What was never fetched has no file, and a list of it is an error and no example.
      source.fetchedAt === null
        ? html`<span class="meta">${text.noFiles}</span>`
        : html`${renderDownloads(dataset, resource, text)} ${renderExample(dataset, resource, text)}`
    }
  </li> `
}

function renderExample(dataset: HomeDataset, resource: HomeResource, text: Texts): Html {
  const query = exampleQuery(dataset, resource)
  return html`<details class="example">
    <summary>${text.example}</summary>
    <pre tabindex="0"><code>${query}</code></pre>
    <p class="actions">
      <a href="${address('/graphql', { query })}">${text.run}</a>
      <button type="button" class="copy" data-copied="${text.copied}" hidden>${text.copy}</button>
    </p>
  </details>`
}

function renderPlanned(dataset: HomeDataset, text: Texts): Html {
  const status = text.statuses[dataset.status]
  const about = [
    dataset.agency?.name ?? text.undecided,
    dataset.duplicateOf === null ? undefined : `${text.same} ${dataset.duplicateOf.code}`,
    dataset.status === 'PLANNED' ? undefined : status,
  ]
  return html`<li id="${dataset.code}">
    ${dataset.title} <span class="meta">${about.filter(isText).join(' · ')}</span>
  </li> `
}

function isText(value: string | undefined): value is string {
  return value !== undefined
}

function address(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) search.set(name, value)
  return `${path}?${search.toString()}`
}
