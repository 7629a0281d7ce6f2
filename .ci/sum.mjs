// Reads the results of test runs (TRX), prints why tests were skipped and how many there were of each, for people and programs.
import { readFileSync, existsSync } from 'node:fs'

const plain = text => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#x([0-9A-F]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replace(/&amp;/g, '&')
const count = { Passed: 0, Failed: 0, NotExecuted: 0 }
const skipped = new Map()
for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) continue
  const trx = readFileSync(file, 'utf8')
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
console.log(`${count.Passed} passed, ${count.Failed} failed, ${count.NotExecuted} skipped`)
process.exitCode = count.Failed === 0 && count.Passed > 0 ? 0 : 1
