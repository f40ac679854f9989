// The runner of Ace, with one browser for many books and pages that are used again: opening both for
// each page of each book takes longer than looking at it.
const { readFile } = require('node:fs/promises')
const { readFileSync } = require('node:fs')
const puppeteer = require('puppeteer')

const mostPages = 1500 // then the browser begins anew, so that what it keeps of them goes
const wait = 240000 // a page may take long while others use the machine
const sources = new Map()
const source = path => sources.get(path) ?? sources.set(path, readFileSync(path, 'utf8')).get(path)
let browser, idle = [], looked = 0

const newPage = async scripts => {
	const page = await browser.newPage()
	for (const script of scripts) await page.evaluateOnNewDocument(script)
	await page.setRequestInterception(true)
	page.on('request', async request => {
		const url = request.url()
		if (/^https?:/.test(url)) return request.abort()
		if (request.resourceType() !== 'document' || !url.startsWith('file:')) return request.continue()
		try { // as XHTML, whatever the file is called
			request.respond({ status: 200, contentType: 'application/xhtml+xml', body: await readFile(new URL(url), 'utf8') })
		} catch { request.abort() }
	})
	return page
}

module.exports = {
	concurrency: 3,
	setTimeout() {},
	async launch() {
		if (browser && looked < mostPages) return
		await module.exports.end()
		looked = 0
		browser = await puppeteer.launch({ args: ['--no-sandbox', '--disable-setuid-sandbox'], headless: true, timeout: wait, protocolTimeout: wait })
	},
	async close() {}, // Ace closes after each book; end does it after the last
	async end() {
		idle = []
		await browser?.close()
		browser = undefined
	},
	async run(url, scripts, contents) {
		looked++
		const page = idle.pop() ?? await newPage([...contents, ...scripts.map(source)])
		await page.goto(url)
		const found = await page.evaluate(() => new Promise((done, failed) => daisy.ace.run((err, found) => err ? failed(err) : done(found))))
		idle.push(page)
		return found
	},
}
