// `npm run connector -- check|export …`: what operators and agencies do with connectors at a terminal.
const [command] = process.argv.slice(2)
switch (command) {
  case 'check':
    await import('./probe/check-command.js')
    break
  case 'export':
    await import('./registration/export/export-command.js')
    break
  default:
    process.stderr.write('Usage: npm run connector -- check <file>\n       npm run connector -- export <folder>\n')
    process.exitCode = 2
}
