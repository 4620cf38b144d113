import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

const repository = 'https://github.com/simtally/simtally-java'
const docs = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const root = resolve(docs, '..')

/** A link that leaves docs/ works on GitHub; on the site it leads there, if its file exists. */
function linksToSources(md) {
  md.core.ruler.push('links_to_sources', (state) => {
    if (!state.env?.relativePath) return // a caption
    const from = dirname(resolve(docs, state.env.relativePath))
    for (const token of state.tokens.flatMap((block) => block.children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null
      if (!href?.startsWith('.')) continue
      const file = resolve(from, href.replace(/#.*/, ''))
      if (!relative(docs, file).startsWith('..')) continue
      if (!existsSync(file)) throw new Error(`${state.env.relativePath}: dead link ${href}`)
      token.attrSet('href', `${repository}/blob/main/${relative(root, file)}${href.match(/#.*/)?.[0] ?? ''}`)
    }
  })
}

const base = process.env.SITE_BASE ?? '/'

export default defineConfig({
  title: 'Simtally',
  description: 'Typed Java clients for the APIs that report the data usage of an IoT fleet',
  base,
  head: [['link', { rel: 'icon', href: `${base}favicon.svg` }]],
  cleanUrls: false,
  // npm's own page is no part of the site.
  srcExclude: ['node_modules/**'],
  markdown: { config: linksToSources },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: repository }],
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Providers', link: '/providers/iotx' },
      { text: 'Fleets', link: '/command' },
      { text: 'Javadoc', link: 'https://simtally.github.io/simtally-java/api/' },
    ],
    sidebar: [
      {
        text: 'Begin',
        items: [
          { text: 'Start', link: '/start' },
          { text: 'From nothing to a closed month', link: '/walk' },
          { text: 'Short programs', link: '/programs' },
          { text: 'All calls', link: '/calls' },
          { text: 'The public API', link: '/api' },
          { text: 'Clients', link: '/clients' },
        ],
      },
      {
        text: 'Providers',
        items: [
          { text: 'IoT-X Analytics', link: '/providers/iotx' },
          { text: 'Mason', link: '/providers/mason' },
          { text: 'Alef', link: '/providers/alef' },
          { text: 'ThingSpace M2M', link: '/providers/thingspace-m2m' },
          { text: 'ThingSpace Hyper-Precise', link: '/providers/thingspace-hyperprecise' },
          { text: 'Contradictions', link: '/providers' },
        ],
      },
      {
        text: 'Fleets',
        items: [
          { text: 'The command', link: '/command' },
          { text: 'Many devices', link: '/many-devices' },
          { text: 'The store', link: '/fleets' },
          { text: 'Recipes', link: '/recipes' },
          { text: 'Spark', link: '/spark' },
        ],
      },
      {
        text: 'Calls in depth',
        items: [
          { text: 'Paging and resuming', link: '/paging' },
          { text: 'Asynchronous use', link: '/async' },
          { text: 'Errors', link: '/errors' },
          { text: 'Time limits, retries, rates', link: '/time' },
          { text: 'Tokens', link: '/tokens' },
        ],
      },
      {
        text: 'Around it',
        items: [
          { text: 'Testing your code', link: '/testing' },
          { text: 'Logging', link: '/logging' },
          { text: 'Metrics and traces', link: '/metrics' },
          { text: 'Spring Boot', link: '/spring-boot' },
          { text: 'Where it runs', link: '/runs' },
          { text: 'Cold start', link: '/cold-start' },
          { text: 'Security', link: '/security' },
          { text: 'Migrating', link: '/migrating' },
        ],
      },
      {
        text: 'About it',
        items: [
          { text: 'Limits and unknowns', link: '/limits' },
          { text: 'How it is tested', link: '/reliability' },
          { text: 'How fast it is', link: '/speed' },
          { text: 'Fleet measurements', link: '/fleet-measurements' },
          { text: 'Architecture', link: '/architecture' },
          { text: 'Add a provider', link: '/add-a-provider' },
        ],
      },
    ],
  },
})
