// Parses GIFT from standard input with gift-pegjs: node gift.cjs FOLDER-WITH-NODE_MODULES
// It prints the questions as JSON; what is no GIFT to it ends with the parser's own message.
const fs = require('node:fs');
const path = require('node:path');

const { parse } = require(path.join(process.argv[2], 'node_modules/gift-pegjs'));
try {
  process.stdout.write(JSON.stringify(parse(fs.readFileSync(0, 'utf8'))));
} catch (error) {
  const at = error.location ? `line ${error.location.start.line}: ` : '';
  process.stderr.write(`${at}${error.message}\n`);
  process.exit(1);
}
