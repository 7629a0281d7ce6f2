// Adds up the results of test runs: a folder with TRX files, and sentences on other checks that failed. Prints why tests were skipped, then the sum.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [folder, ...otherFailures] = process.argv.slice(2)
const plain = text => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#x([0-9A-F]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replace(/&amp;/g, '&')
const count = { Passed: 0, Failed: 0, NotExecuted: 0 }
const skipped = new Map()
for (const file of readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.trx'))) {
  const trx = readFileSync(join(folder, file), 'utf8')
  for (const [, attributes, , body = ''] of trx.matchAll(/<UnitTestResult ([^>]*?)(\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const outcome = /outcome="(\w+)"/.exec(attributes)?.[1] ?? 'Failed'
    count[outcome in count ? outcome : 'Failed']++
    if (outcome !== 'NotExecuted') continue
    const reason = plain(/<(?:Message|StdOut)>([\s\S]*?)<\/(?:Message|StdOut)>/.exec(body)?.[1] ?? 'no reason given').trim()
    skipped.set(reason, [...skipped.get(reason) ?? [], plain(/testName="([^"]*)"/.exec(attributes)[1])])
  }
}
for (const [reason, tests] of skipped) {
  console.log(`Skipped: ${reason}`)
  for (const test of tests) console.log(`  ${test}`)
}
for (const sentence of otherFailures) {
  console.log(`Failed: ${sentence}`)
  count.Failed++
}
console.log(`${count.Passed} passed, ${count.Failed} failed, ${count.NotExecuted} skipped`)
process.exitCode = count.Failed === 0 && count.Passed > 0 ? 0 : 1
